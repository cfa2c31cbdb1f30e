import type { ResourceRecord } from "../record";
import { UNKNOWN } from "../value";
import type { Draft, Drafts } from "./drafts";
import type { Entities } from "./entities";
import type { DkimFact, EventTargetFact, IdentityPolicyFact, ProtectionFact } from "./facts";
import type { Graph } from "./graph";
import type { Identities } from "./identities";
import { attach } from "./ownership";
import type { AttachedPolicy, Identity, IdentityPolicySetting, SigningSetting, Topic } from "./types";

/** What stands beside the ways of a mail: policies and signing of identities, protection of topics, targets of rules. */
export class Attachments {
  readonly identityPolicies: IdentityPolicySetting[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
    private readonly identities: Identities,
    private readonly entities: Entities,
  ) {}

  addEventTarget({ rule }: EventTargetFact): void {
    const link = this.entities.eventRules.resolve(rule);
    if (link.kind === "found") link.target.hasTarget = true;
    if (link.kind !== "unknown") return;
    for (const one of link.candidates ?? this.entities.eventRules.all) one.hasTarget ||= UNKNOWN;
  }

  addIdentityPolicy(resource: ResourceRecord, { identity, policy }: IdentityPolicyFact): void {
    const setting = { resource, ...this.identities.link(identity), ...this.graph.locate(resource), policy };
    this.identityPolicies.push(setting);
  }

  addDkim(resource: ResourceRecord, { identity }: DkimFact): void {
    attach<SigningSetting, Draft<Identity>>(
      { resource, on: true },
      this.graph.locate(resource),
      this.identities.link(identity).identity,
      (one) => one.signing,
      (one) => one.possibleSigning,
      this.drafts.signing,
    );
  }

  addProtection(resource: ResourceRecord, { topic, policy }: ProtectionFact): void {
    attach<AttachedPolicy, Draft<Topic>>(
      policy,
      this.graph.locate(resource),
      this.entities.topicLink(topic),
      (one) => one.protections,
      (one) => one.possibleProtections,
      this.drafts.protections,
    );
  }
}
