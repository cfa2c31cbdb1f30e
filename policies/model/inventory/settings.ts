import { sameHome } from "../home";
import { required } from "../reading";
import type { ResourceRecord } from "../record";
import { UNKNOWN } from "../value";
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
import { TakenBack } from "./taken-back";
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

const NO_FUNCTION = { link: NO_LINK, qualifier: undefined } as const;

/** What is set for an entity by a resource of its own: each setting is handed to whom it belongs. */
export class Settings {
  readonly notifications: Publishing<NotificationSetting>[] = [];
  readonly forwarding: ForwardingSetting[] = [];
  readonly destinations: Publishing<EventDestination>[] = [];
  readonly subscriptions: Subscription[] = [];
  /** What the preview deletes of these. */
  readonly takenBack = new TakenBack();
  /** A redrive policy of any queue was seen: a second one says nothing more. */
  private anyHasDeadLetters = false;

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
    private readonly identities: Identities,
    private readonly entities: Entities,
  ) {}

  addNotification(resource: ResourceRecord, fact: NotificationFact): void {
    const { identity, identityName, region, account } = this.identities.link(fact.identity);
    if (resource.gone) {
      this.takenBack.addNotification(resource, identity, fact.type);
      return;
    }
    const topic = this.entities.destinationLink(fact.topic);
    const { type, declaresTopic, withoutTopic } = fact;
    const setting: Publishing<NotificationSetting> = {
      resource,
      identity,
      identityName,
      region,
      account,
      type,
      topic,
      declaresTopic,
      withoutTopic,
      takenBackBy: this.takenBack.topicOf(identity, fact.type),
    };
    this.notifications.push(setting);
    attach<NotificationSetting, Draft<Identity>>(
      setting,
      this.graph.locate(resource),
      identity,
      (one) => one.notifications,
      (one) => one.possibleNotifications,
      this.drafts.notifications,
    );
  }

  addForwarding(resource: ResourceRecord, { identity, enabled }: ForwardingFact): void {
    const link = this.identities.link(identity);
    const { identityName, region, account } = link;
    const isOff = this.takenBack.switchesOff(link.identity);
    const setting: ForwardingSetting = {
      resource,
      identity: link.identity,
      identityName,
      region,
      account,
      enabled,
      on: isOff ? false : (enabled.value ?? false),
    };
    if (resource.gone) {
      this.takenBack.addForwarding(setting, link.identity);
      return;
    }
    this.forwarding.push(setting);
    attach<ForwardingSetting, Draft<Identity>>(
      setting,
      this.graph.locate(resource),
      link.identity,
      (one) => one.forwarding,
      (one) => one.possibleForwarding,
      this.drafts.forwarding,
    );
  }

  /** What an identity's own resource declares about it. */
  addInline(resource: ResourceRecord, { defaultSet, forwarding, signing }: IdentityFact): void {
    const identity = this.identities.ofResource(resource);
    if (!identity) return;
    if (signing !== undefined) identity.signing.push({ resource, on: signing });
    if (defaultSet) identity.defaultSets.push({ resource, set: this.entities.setLink(defaultSet) });
    if (!forwarding) return;
    const { region, account, label, nameKnown } = identity;
    const setting: ForwardingSetting = {
      resource,
      identity: { kind: "found", target: identity },
      identityName: nameKnown ? label : UNKNOWN,
      region,
      account,
      enabled: forwarding,
      on: forwarding.value ?? false,
    };
    this.forwarding.push(setting);
    identity.forwarding.push(setting);
  }

  addDestination(resource: ResourceRecord, { fact: _, set: reference, target, role, ...about }: DestinationFact): void {
    const { kind } = about;
    const set = this.entities.setLink(reference);
    const mayBeTopic = kind === "sns" || kind === UNKNOWN;
    const destination: Publishing<EventDestination> = {
      resource,
      set,
      ...this.graph.locate(resource),
      ...about,
      topic: mayBeTopic ? this.entities.destinationLink(target.as(target.value ?? UNKNOWN)) : NO_LINK,
      bus: kind === "eventbridge" ? this.entities.buses.resolve(target) : NO_LINK,
      stream: kind === "firehose" ? this.entities.streams.resolve(target) : NO_LINK,
      target,
      role: this.entities.roles.resolve(role),
    };
    this.destinations.push(destination);
    attach(
      destination,
      this.graph.locate(resource),
      set,
      (one) => one.destinations,
      (one) => one.possibleDestinations,
      this.drafts.destinations,
    );
  }

  addSubscription(resource: ResourceRecord, fact: SubscriptionFact): void {
    const { protocol, endpoint, filter, filterScope, pendingConfirmation, redrivePolicy } = fact;
    const topic = fact.topic ? this.entities.topicLink(fact.topic) : this.ownTopic(resource, fact.isCertain);
    const target = required(endpoint);
    const isQueue = protocol === UNKNOWN || protocol === "sqs";
    const queue = isQueue ? this.entities.queues.resolve(target) : NO_LINK;
    const isFunction = protocol === UNKNOWN || protocol === "lambda";
    const { link: lambda, qualifier } = isFunction ? this.entities.functionLink(target) : NO_FUNCTION;
    const subscription: Subscription = {
      resource,
      topic,
      protocol,
      endpoint,
      queue,
      lambda,
      qualifier,
      filter,
      filterScope,
      pendingConfirmation,
      redrivePolicy,
      deadLetterQueue: this.entities.queues.resolve(fact.deadLetters),
      role: this.entities.roles.resolve(fact.role),
    };
    if (!resource.gone) this.subscriptions.push(subscription);
    // A subscription to what the preview deletes counts as none.
    const isStream = fact.protocol === "firehose";
    const isSilent =
      isStream && (leadsNowhere(subscription.role) || leadsNowhere(this.entities.streams.resolve(target)));
    if (resource.gone || leadsNowhere(queue) || leadsNowhere(lambda) || isSilent) {
      if (topic.kind === "found") topic.target.lostSubscriptions.push(resource);
      if (resource.gone) this.takenBack.addSubscription(subscription, topic);
      return;
    }
    if (this.takenBack.unsubscribes(topic, subscription)) return;
    attach<Subscription, Draft<Topic>>(
      subscription,
      this.graph.locate(resource),
      topic,
      (one) => one.subscriptions,
      (one) => one.possibleSubscriptions,
      this.drafts.subscriptions,
    );
  }

  private ownTopic(resource: ResourceRecord, isCertain: boolean): Link<Draft<Topic>> {
    const topic = this.entities.topics.ofResource(resource);
    if (!topic) return NO_LINK;
    return isCertain ? { kind: "found", target: topic } : oneOf([topic]);
  }

  addPermission(resource: ResourceRecord, fact: PermissionFact): void {
    const { principal, action, sourceAccount } = fact;
    const { link, qualifier: inName } = this.entities.functionLink(fact.lambda);
    const permission: InvokePermission = {
      ...{ resource, principal, action, sourceAccount },
      source: this.entities.topicLink(fact.source),
      qualifier: this.entities.qualifierOf(fact.qualifier) ?? inName,
    };
    // It is made in its own Region and account, where that function is not.
    if (link.kind === "found" && sameHome(link.target, this.graph.locate(resource)) === false) return;
    attach<InvokePermission, Draft<LambdaFunction>>(
      permission,
      this.graph.locate(resource),
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
    if (link.candidates === undefined && this.anyHasDeadLetters) return;
    this.anyHasDeadLetters ||= link.candidates === undefined;
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
      attachPolicy(policy, link, every, (one) => ownerless.add(one, this.graph.locate(policy.resource)));
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
  keepForAnybody: (policy: AttachedPolicy) => void,
): void {
  const all = owner.kind === "found" ? [owner.target] : owner.kind === "unknown" ? owner.candidates : [];
  if (all === undefined) keepForAnybody(policy);
  for (const target of all ?? []) {
    if (owner.kind === "unknown" && !every) target.possiblePolicies.add(policy);
    // A policy resource of its own overwrites the owner's inline one.
    else if (target.policies[0]?.resource === target.resource) target.policies = [policy];
    // A policy with several owners comes once for each.
    else if (target.policies.at(-1) !== policy) target.policies.push(policy);
  }
}

function leadsNowhere(link: Link<Entity>): boolean {
  return link.kind === "found" && link.target.gone === true;
}
