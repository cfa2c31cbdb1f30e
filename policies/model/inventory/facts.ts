import type { IdentityKind } from "../identity";
import type { Reading, ResourceReader } from "../reading";
import type { Reason } from "../reason";
import type { Maybe, Unknown, Value } from "../value";
import type { LiveAccountFact, LiveSenderFact } from "./live";
import type { DestinationKind, FailureTypes, FeedbackType, KeyTraits, Override } from "./types";

/** A reference as it stands in a property; the inventory finds out what it means. */
export type Reference = Reading<string>;

interface Named {
  name: Value<string>;
  arn: Value<string>;
}

export interface IdentityFact {
  fact: "identity";
  name: Reading<string>;
  arn: Value<string>;
  /** Where the type tells it: v1 has a type for domains and one for addresses. */
  kind: IdentityKind | undefined;
  /** Default configuration set, in types that can have one. */
  defaultSet: Reference | undefined;
  /** Forwarding, in types that declare it inside; absent where they don't. */
  forwarding: Reading<boolean> | undefined;
  /** DKIM, in types that sign by themselves; absent where another resource has to turn it on. */
  signing: Maybe | undefined;
}

export interface SetFact extends Named {
  fact: "set";
  reputationMetrics: Value<boolean>;
  tlsPolicy: Value<string>;
  /** Absent: the account's suppression applies. */
  suppressedReasons: Reading<readonly unknown[]> | undefined;
}

export interface TopicFact extends Named {
  fact: "topic";
  fifo: Maybe;
  policy: Reading<unknown>;
  key: Reference;
  dataProtection: Reading<unknown> | undefined;
  subscriptions: SubscriptionFact[];
}

export interface QueueFact extends Named {
  fact: "queue";
  url: Value<string>;
  fifo: Maybe;
  policy: Reading<unknown>;
  key: Reference;
  deadLetters: Reading<unknown>;
  /** Dead-letter queue that they name. */
  deadLetterTarget: Reference;
}

export interface FunctionFact extends Named {
  fact: "function";
  reservedConcurrency: Value<unknown>;
}

/** A name for one version of a function. */
export interface FunctionAliasFact {
  fact: "function-alias";
  name: Value<string>;
  arn: Value<string>;
  lambda: Reference;
}

export interface KeyFact extends Named, KeyTraits {
  fact: "key";
  policy: Reading<unknown>;
}

export interface BusFact extends Named {
  fact: "bus";
}

export interface KeyAliasFact extends Named {
  fact: "key-alias";
  key: Reference;
}

export interface NotificationFact {
  fact: "notification";
  identity: Reference;
  type: FeedbackType | Unknown;
  topic: Reference;
  /** The program names the topic; in an answer it may be another resource's. */
  declaresTopic: boolean;
  withoutTopic: boolean;
}

export interface ForwardingFact {
  fact: "forwarding";
  identity: Reference;
  enabled: Reading<boolean>;
}

export interface DestinationFact {
  fact: "destination";
  set: Reference;
  enabled: Maybe;
  /** Switched off on purpose. */
  parked: boolean;
  /** Whether events of the type match. */
  matches(type: FeedbackType): Maybe;
  failures: FailureTypes;
  kind: Value<DestinationKind>;
  target: Reference;
  /** Role that SES delivers as (Firehose). */
  role: Reference;
}

export interface SubscriptionFact {
  fact: "subscription";
  /** Undefined for one that stands inside its topic. */
  topic: Reference | undefined;
  /** False where a list that is not known may be empty. */
  isCertain: boolean;
  protocol: Value<string>;
  endpoint: Reference;
  filter: Value<unknown>;
  filterScope: Value<string>;
  pendingConfirmation: Value<boolean>;
  /** Dead-letter queue of the subscription itself. */
  deadLetters: Reference;
  /** Role that SNS assumes (Firehose). */
  role: Reference;
  redrivePolicy: Reading<unknown>;
}

/** A resource policy that stands in a resource of its own, for one owner or several. */
export interface PolicyFact {
  fact: "topic-policy" | "queue-policy" | "key-policy";
  owners: Reference[];
  policy: Reading<unknown>;
}

export interface RedriveFact {
  fact: "redrive";
  queue: Reference;
  deadLetters: Reading<unknown>;
  deadLetterTarget: Reference;
}

export interface PermissionFact {
  fact: "permission";
  lambda: Reference;
  principal: Value<string>;
  action: Value<string>;
  source: Reference;
  sourceAccount: Value<string>;
  qualifier: Reference;
}

/** A function that works off a queue. */
export interface EventSourceFact {
  fact: "event-source";
  source: Reference;
  lambda: Reference;
  enabled: Maybe;
}

export interface RoleFact extends Named {
  fact: "role";
  trust: Reading<unknown>;
}

export interface StreamFact extends Named {
  fact: "stream";
}

export interface EventRuleFact extends Named {
  fact: "event-rule";
  bus: Reference;
  pattern: Reading<unknown>;
  enabled: Maybe;
  /** Whether the rule's own resource gives it a target. */
  hasTarget: Maybe;
  /** What those targets are. */
  targets: Reference[];
}

export interface EventTargetFact {
  fact: "event-target";
  rule: Reference;
  /** Bus on which the rule of that name is; absent: the default one. */
  bus: Reference;
  /** What the rule sends to. */
  target: Reference;
}

export interface IdentityPolicyFact {
  fact: "identity-policy";
  identity: Reference;
  policy: Reading<unknown>;
}

/** A data protection policy of a topic. */
export interface ProtectionFact {
  fact: "topic-protection";
  topic: Reference;
  policy: Reading<unknown>;
}

export interface DkimFact {
  fact: "dkim";
  identity: Reference;
}

export interface SuppressionFact {
  fact: "suppression";
  reasons: Reading<readonly unknown[]>;
}

/** An identity or a configuration set that belongs to a tenant. */
export interface TenantAssociationFact {
  fact: "tenant-association";
  tenant: Reference;
  /** ARN of the identity or set. */
  associated: Reference;
}

export interface MultiRegionFact {
  fact: "multi-region";
  secondary: Value<string>[];
}

export interface OverrideFact {
  fact: "override";
  override: Omit<Override, "resource">;
}

/** It may hide identities, or cannot be read. */
export interface HiddenFact {
  fact: "hidden";
  reason: Reason;
  pending: boolean;
}

export type Fact =
  | IdentityFact
  | SetFact
  | TopicFact
  | QueueFact
  | FunctionFact
  | KeyFact
  | BusFact
  | KeyAliasFact
  | NotificationFact
  | ForwardingFact
  | DestinationFact
  | SubscriptionFact
  | PolicyFact
  | RedriveFact
  | PermissionFact
  | FunctionAliasFact
  | EventSourceFact
  | RoleFact
  | StreamFact
  | EventRuleFact
  | EventTargetFact
  | IdentityPolicyFact
  | DkimFact
  | ProtectionFact
  | SuppressionFact
  | TenantAssociationFact
  | MultiRegionFact
  | OverrideFact
  | HiddenFact
  | LiveAccountFact
  | LiveSenderFact;

/** What a resource of one type says; undefined where it says nothing. */
export type Reader = (at: ResourceReader) => Fact | undefined;

/** By type token. */
export type ReaderTable = Readonly<Record<string, Reader>>;
