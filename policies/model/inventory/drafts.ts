import type { Reading } from "../reading";
import type { Maybe, Value } from "../value";
import { type Entity, NO_LINK } from "./links";
import { OwnerlessSettings, PossibleSettings } from "./ownership";
import type {
  AttachedPolicy,
  ConfigurationSet,
  EventDestination,
  ForwardingSetting,
  Identity,
  InvokePermission,
  Key,
  KeyTraits,
  LambdaFunction,
  NotificationSetting,
  Queue,
  SigningSetting,
  Subscription,
  Topic,
  TopicUse,
} from "./types";

/** An entity while the inventory is built; afterwards nobody can change it any more. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

/** What a topic declares itself. */
export interface TopicAbout {
  fifo: Maybe;
  policies?: AttachedPolicy[];
  keyName?: Value<string>;
  protections?: AttachedPolicy[];
}

/** What a queue declares itself. */
export type QueueAbout = Pick<Draft<Queue>, "fifo" | "policies" | "keyName" | "deadLetters">;

/**
 * Makes entities that have nothing yet, and keeps what could be anybody's. Every property is written out: views have
 * tens of thousands of entities, and an object spread into another costs ten times as much.
 */
export class Drafts {
  readonly notifications = new OwnerlessSettings<NotificationSetting>();
  readonly forwarding = new OwnerlessSettings<ForwardingSetting>();
  readonly destinations = new OwnerlessSettings<EventDestination>();
  readonly uses = new OwnerlessSettings<TopicUse>();
  readonly subscriptions = new OwnerlessSettings<Subscription>();
  readonly topicPolicies = new OwnerlessSettings<AttachedPolicy>();
  readonly queuePolicies = new OwnerlessSettings<AttachedPolicy>();
  readonly keyPolicies = new OwnerlessSettings<AttachedPolicy>();
  readonly permissions = new OwnerlessSettings<InvokePermission>();
  readonly protections = new OwnerlessSettings<AttachedPolicy>();
  readonly signing = new OwnerlessSettings<SigningSetting>();

  identity(
    entity: Entity,
    about: Pick<Identity, "label" | "nameKnown" | "namePending" | "kind" | "kindKnown" | "stack">,
  ): Draft<Identity> {
    const { resource, name, arn, region, account, gone } = entity;
    const { label, nameKnown, namePending, kind, kindKnown, stack } = about;
    return {
      resource,
      name,
      arn,
      region,
      account,
      gone,
      label,
      nameKnown,
      namePending,
      kind,
      kindKnown,
      stack,
      judged: false,
      managedBy: [],
      notifications: [],
      forwarding: [],
      defaultSets: [],
      signing: [],
      possibleSigning: new PossibleSettings(this.signing, entity),
      possibleNotifications: new PossibleSettings(this.notifications, entity),
      possibleForwarding: new PossibleSettings(this.forwarding, entity),
      external: undefined,
    };
  }

  topic(entity: Entity, { fifo, policies = [], keyName, protections = [] }: TopicAbout): Draft<Topic> {
    const { resource, name, arn, region, account, gone } = entity;
    return {
      resource,
      name,
      arn,
      region,
      account,
      gone,
      fifo,
      policies,
      possiblePolicies: new PossibleSettings(this.topicPolicies, entity),
      protections,
      possibleProtections: new PossibleSettings(this.protections, entity),
      key: NO_LINK,
      keyName,
      subscriptions: [],
      possibleSubscriptions: new PossibleSettings(this.subscriptions, entity),
      uses: [],
      possibleUses: new PossibleSettings(this.uses, entity),
    };
  }

  queue(entity: Entity, { fifo, policies, keyName, deadLetters }: QueueAbout): Draft<Queue> {
    const { resource, name, arn, region, account, gone } = entity;
    return {
      resource,
      name,
      arn,
      region,
      account,
      gone,
      fifo,
      policies,
      possiblePolicies: new PossibleSettings(this.queuePolicies, entity),
      key: NO_LINK,
      keyName,
      deadLetters,
    };
  }

  lambda(entity: Entity, reservedConcurrency: Value<unknown>): Draft<LambdaFunction> {
    return {
      ...entity,
      reservedConcurrency,
      permissions: [],
      possiblePermissions: new PossibleSettings(this.permissions, entity),
    };
  }

  key(entity: Entity, { enabled, usage, spec }: KeyTraits, policies: AttachedPolicy[]): Draft<Key> {
    return {
      ...entity,
      enabled,
      usage,
      spec,
      policies,
      possiblePolicies: new PossibleSettings(this.keyPolicies, entity),
    };
  }

  set(entity: Entity, reputationMetrics: Value<boolean>, tlsPolicy?: Value<string>): Draft<ConfigurationSet> {
    return {
      ...entity,
      reputationMetrics,
      tlsPolicy,
      destinations: [],
      possibleDestinations: new PossibleSettings(this.destinations, entity),
    };
  }
}

/** The policy that an entity declares itself; the empty text that providers answer for "none" is none. */
export function ownPolicies(policy: Reading<unknown>): AttachedPolicy[] {
  return policy.value === undefined || policy.value === "" ? [] : [policy];
}
