import type { ResourceRecord } from "../record";
import { UNKNOWN } from "../value";
import type { Draft, Drafts } from "./drafts";
import type { Entities } from "./entities";
import type { DkimFact, EventTargetFact, IdentityPolicyFact, ProtectionFact } from "./facts";
import type { Graph } from "./graph";
import type { Identities } from "./identities";
import type { Entity, Link } from "./links";
import { attach } from "./ownership";
import { ruleOf } from "./rules";
import type { AttachedPolicy, Identity, IdentityPolicySetting, SigningSetting, Topic } from "./types";

/** What stands beside the ways of a mail: policies and signing of identities, protection of topics, targets of rules. */
export class Attachments {
  readonly identityPolicies: IdentityPolicySetting[] = [];
  /** A target of any rule was seen: a second one says nothing more. */
  private anyHasTarget = false;

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
    private readonly identities: Identities,
    private readonly entities: Entities,
  ) {}

  addEventTarget(fact: EventTargetFact): void {
    const { target } = fact;
    // A target that the preview deletes receives nothing.
    if (this.isGone(this.entities.queues.resolve(target)) || this.isGone(this.entities.functions.resolve(target)))
      return;
    const link = ruleOf(fact, this.entities);
    if (link.kind === "found") link.target.hasTarget = true;
    if (link.kind !== "unknown") return;
    if (link.candidates === undefined && this.anyHasTarget) return;
    this.anyHasTarget ||= link.candidates === undefined;
    for (const one of link.candidates ?? this.entities.eventRules.all) one.hasTarget ||= UNKNOWN;
  }

  private isGone(link: Link<Entity>): boolean {
    return link.kind === "found" && link.target.gone === true;
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
