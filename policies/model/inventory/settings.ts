import type { ResourceRecord } from "../record";
import { sameRegion } from "../region";
import { UNKNOWN } from "../value";
import type { Catalog } from "./catalog";
import type { Draft, Drafts } from "./drafts";
import type { Entities } from "./entities";
import type {
  DestinationFact,
  ForwardingFact,
  IdentityFact,
  NotificationFact,
  PermissionFact,
  PolicyFact,
  RedriveFact,
  Reference,
  SubscriptionFact,
} from "./facts";
import type { Graph } from "./graph";
import type { Identities } from "./identities";
import { type Entity, type Link, NO_LINK, oneOf } from "./links";
import { attach, type OwnerlessSettings, type PossibleSettings } from "./ownership";
import type {
  AttachedPolicy,
  EventDestination,
  ForwardingSetting,
  Identity,
  InvokePermission,
  LambdaFunction,
  NotificationSetting,
  Subscription,
  Topic,
} from "./types";

/** A setting that publishes to a topic, while the inventory is built. */
export type Publishing<T> = T & { readonly topic: Link<Draft<Topic>> };

/** What is set for an entity by a resource of its own: each setting is handed to whom it belongs. */
export class Settings {
  readonly notifications: Publishing<NotificationSetting>[] = [];
  readonly forwarding: ForwardingSetting[] = [];
  readonly destinations: Publishing<EventDestination>[] = [];
  readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
    private readonly identities: Identities,
    private readonly entities: Entities,
  ) {}

  addNotification(resource: ResourceRecord, fact: NotificationFact): void {
    const link = this.identities.link(fact.identity);
    const topic = this.entities.topicLink(fact.topic);
    const region = this.graph.regionOf(resource);
    const setting: Publishing<NotificationSetting> = { resource, ...link, region, type: fact.type, topic };
    this.notifications.push(setting);
    attach<NotificationSetting, Draft<Identity>>(
      setting,
      link.identity,
      (one) => one.notifications,
      (one) => one.possibleNotifications,
      this.drafts.notifications,
    );
  }

  addForwarding(resource: ResourceRecord, { identity, enabled }: ForwardingFact): void {
    const link = this.identities.link(identity);
    const region = this.graph.regionOf(resource);
    const setting: ForwardingSetting = { resource, ...link, region, enabled, on: enabled.value ?? false };
    this.forwarding.push(setting);
    attach<ForwardingSetting, Draft<Identity>>(
      setting,
      link.identity,
      (one) => one.forwarding,
      (one) => one.possibleForwarding,
      this.drafts.forwarding,
    );
  }

  /** What an identity's own resource declares about it. */
  addInline(resource: ResourceRecord, { defaultSet, forwarding }: IdentityFact): void {
    const identity = this.identities.ofResource(resource);
    if (!identity) return;
    if (defaultSet) identity.defaultSets.push({ resource, set: this.entities.setLink(defaultSet) });
    if (!forwarding) return;
    const { region, label, nameKnown } = identity;
    const setting: ForwardingSetting = {
      resource,
      identity: { kind: "found", target: identity },
      identityName: nameKnown ? label : UNKNOWN,
      region,
      enabled: forwarding,
      on: forwarding.value ?? false,
    };
    this.forwarding.push(setting);
    identity.forwarding.push(setting);
  }

  addDestination(resource: ResourceRecord, { set: reference, enabled, matches, kind, target }: DestinationFact): void {
    const set = this.entities.setLink(reference);
    const mayBeTopic = kind === "sns" || kind === UNKNOWN;
    const destination: Publishing<EventDestination> = {
      resource,
      set,
      region: this.graph.regionOf(resource),
      enabled,
      matches,
      kind,
      topic: mayBeTopic ? this.entities.topicLink(target.as(target.value ?? UNKNOWN)) : NO_LINK,
      bus: kind === "eventbridge" ? this.entities.buses.resolve(target) : NO_LINK,
      target,
    };
    this.destinations.push(destination);
    attach(
      destination,
      set,
      (one) => one.destinations,
      (one) => one.possibleDestinations,
      this.drafts.destinations,
    );
  }

  addSubscription(resource: ResourceRecord, fact: SubscriptionFact): void {
    const { fact: _, topic: reference, sure, endpoint, ...rest } = fact;
    const topic = reference ? this.entities.topicLink(reference) : this.ownTopic(resource, sure);
    const to = <T extends Entity>(catalog: Catalog<T>, protocol: string): Link<T> =>
      fact.protocol === UNKNOWN || fact.protocol === protocol
        ? catalog.resolve(endpoint.as(endpoint.value ?? UNKNOWN))
        : NO_LINK;
    const queue = to(this.entities.queues, "sqs");
    const lambda = to(this.entities.functions, "lambda");
    const subscription = { resource, topic, queue, lambda, endpoint, ...rest };
    this.subscriptions.push(subscription);
    attach<Subscription, Draft<Topic>>(
      subscription,
      topic,
      (one) => one.subscriptions,
      (one) => one.possibleSubscriptions,
      this.drafts.subscriptions,
    );
  }

  private ownTopic(resource: ResourceRecord, sure: boolean): Link<Draft<Topic>> {
    const topic = this.entities.topics.ofResource(resource);
    if (!topic) return NO_LINK;
    return sure ? { kind: "found", target: topic } : oneOf([topic]);
  }

  addPermission(resource: ResourceRecord, { lambda, principal, action, source }: PermissionFact): void {
    const permission: InvokePermission = { resource, principal, action, source: this.entities.topicLink(source) };
    const link = this.entities.functions.resolve(lambda);
    // It is made in its own Region, where that function is not.
    if (link.kind === "found" && sameRegion(link.target.region, this.graph.regionOf(resource)) === false) return;
    attach<InvokePermission, Draft<LambdaFunction>>(
      permission,
      link,
      (one) => one.permissions,
      (one) => one.possiblePermissions,
      this.drafts.permissions,
    );
  }

  addRedrive({ queue, deadLetters }: RedriveFact): void {
    const link = this.entities.queues.resolve(queue);
    if (link.kind === "found") link.target.deadLetters = deadLetters;
    if (link.kind !== "unknown") return;
    for (const one of link.candidates ?? this.entities.queues.all) {
      if (one.deadLetters.value === undefined) one.deadLetters = one.deadLetters.as<unknown>(UNKNOWN);
    }
  }

  addPolicy({ fact, owners, policy }: PolicyFact): void {
    const unknown = owners.filter(({ value }) => value === UNKNOWN).length;
    for (const owner of owners) {
      const [link, ownerless] = this.policyOwner(fact, owner);
      // With as many unknown references as there are candidates behind them, every candidate is one of them.
      const candidates = link.kind === "unknown" ? link.candidates : undefined;
      const every = owner.value === UNKNOWN && candidates !== undefined && candidates.length <= unknown;
      attachPolicy(policy, link, every, ownerless);
    }
  }

  private policyOwner(
    fact: PolicyFact["fact"],
    owner: Reference,
  ): [Link<PolicyOwner>, OwnerlessSettings<AttachedPolicy>] {
    switch (fact) {
      case "topic-policy":
        return [this.entities.topicLink(owner), this.drafts.topicPolicies];
      case "queue-policy":
        return [this.entities.queues.resolve(owner), this.drafts.queuePolicies];
      case "key-policy":
        return [this.entities.keys.resolve(owner), this.drafts.keyPolicies];
    }
  }
}

interface PolicyOwner extends Entity {
  policies: AttachedPolicy[];
  readonly possiblePolicies: PossibleSettings<AttachedPolicy>;
}

function attachPolicy(
  policy: AttachedPolicy,
  owner: Link<PolicyOwner>,
  every: boolean,
  ownerless: OwnerlessSettings<AttachedPolicy>,
): void {
  const all = owner.kind === "found" ? [owner.target] : owner.kind === "unknown" ? owner.candidates : [];
  if (all === undefined) ownerless.settings.push(policy);
  for (const target of all ?? []) {
    if (owner.kind === "unknown" && !every) target.possiblePolicies.add(policy);
    // A policy resource of its own overwrites the owner's inline one.
    else if (target.policies[0]?.resource === target.resource) target.policies = [policy];
    else if (!target.policies.includes(policy)) target.policies.push(policy);
  }
}
