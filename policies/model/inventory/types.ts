import type { Account } from "../account";
import type { ExternalChannel, IdentityKind } from "../identity";
import type { Reading } from "../reading";
import type { PartialStack, ResourceRecord } from "../record";
import type { Region } from "../region";
import type { Maybe, Unknown, Value } from "../value";
import type { HiddenResource, Override } from "./declared";
import type { Entity, Link } from "./links";
import type { LiveAccount, LiveSender } from "./live";
import type { PossibleSettings } from "./ownership";
import type { Step } from "./steps";

export type { HiddenResource, Override };

/** The three notification types of SES (F1), as identity notifications and reports spell them. */
export const FEEDBACK_TYPES = ["bounce", "complaint", "delivery"] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];

/** A resource policy somebody attached: its text, and where it stands. */
export type AttachedPolicy = Reading<unknown>;

export interface Subscription {
  readonly resource: ResourceRecord;
  readonly topic: Link<Topic>;
  readonly protocol: Value<string>;
  readonly endpoint: Reading<string>;
  readonly queue: Link<Queue>;
  readonly lambda: Link<LambdaFunction>;
  readonly filter: Value<unknown>;
  readonly filterScope: Value<string>;
  readonly pendingConfirmation: Value<boolean>;
  /** Version or alias of the function; absent: the function itself. */
  readonly qualifier: Value<string>;
  /** Dead-letter queue of the subscription itself. */
  readonly deadLetterQueue: Link<Queue>;
  /** Role that SNS assumes (Firehose). */
  readonly role: Link<Role>;
  /** Where SNS puts what it cannot deliver; absent where there is none. */
  readonly redrivePolicy: Reading<unknown>;
}

export interface Topic extends Entity {
  readonly fifo: Maybe;
  /** Declared: `TopicPolicy` before the topic's own input. Empty: the default policy applies. */
  readonly policies: readonly AttachedPolicy[];
  readonly possiblePolicies: PossibleSettings<AttachedPolicy>;
  readonly protections: readonly AttachedPolicy[];
  readonly possibleProtections: PossibleSettings<AttachedPolicy>;
  readonly key: Link<Key>;
  readonly keyName: Value<string>;
  readonly subscriptions: readonly Subscription[];
  /** Resources that subscribed somebody until this preview, which deletes them or what they deliver to. */
  readonly lostSubscriptions: readonly ResourceRecord[];
  readonly possibleSubscriptions: PossibleSettings<Subscription>;
  /** What SES sends here. */
  readonly uses: readonly TopicUse[];
  /** What SES sends to a topic that nobody knows: perhaps this one. */
  readonly possibleUses: PossibleSettings<TopicUse>;
  readonly twins: Link<Topic>;
}

/** One notification type on its way from an identity or a configuration set to a topic. */
export interface TopicUse {
  readonly type: FeedbackType;
  readonly via: "topic" | "event-destination";
  /** Region of the identity or set, where the topic has to be too (F11). */
  readonly region: Region;
  readonly account: Account;
  /** Name of the identity or of the configuration set that SES publishes for. */
  readonly source: Value<string>;
  readonly identity: Identity | undefined;
  readonly resource: ResourceRecord;
  /** False where the type is not known: it may be sent here. */
  readonly isCertain: boolean;
}

export interface Queue extends Entity {
  readonly fifo: Maybe;
  readonly policies: readonly AttachedPolicy[];
  readonly possiblePolicies: PossibleSettings<AttachedPolicy>;
  readonly key: Link<Key>;
  readonly keyName: Value<string>;
  /** The redrive policy; absent where there is none. */
  readonly deadLetters: Reading<unknown>;
}

export interface LambdaFunction extends Entity {
  /** How many may run at once; 0 is none, absent is as many as the account has. */
  readonly reservedConcurrency: Value<unknown>;
  readonly permissions: readonly InvokePermission[];
  readonly possiblePermissions: PossibleSettings<InvokePermission>;
}

/** A statement of a function's policy. */
export interface InvokePermission {
  readonly resource: ResourceRecord;
  readonly principal: Value<string>;
  readonly action: Value<string>;
  readonly source: Link<Topic>;
  readonly sourceAccount: Value<string>;
  /** Version or alias that it is for; absent: the function itself. */
  readonly qualifier: Value<string>;
}

/** What a key is; absent is what KMS makes without being told: enabled, symmetric, for encrypting. */
export interface KeyTraits {
  readonly enabled: Value<boolean>;
  readonly usage: Value<string>;
  readonly spec: Value<string>;
}

export interface Role extends Entity {
  readonly trust: Reading<unknown>;
}

/** A rule of EventBridge. */
export interface EventRule extends Entity {
  /** Whether it stands on the default bus. */
  readonly onDefaultBus: Maybe;
  readonly pattern: Reading<unknown>;
  readonly enabled: Maybe;
  readonly hasTarget: Maybe;
}

export interface Key extends Entity, KeyTraits {
  readonly policies: readonly AttachedPolicy[];
  readonly possiblePolicies: PossibleSettings<AttachedPolicy>;
}

/** An EventBridge bus of the program's own. */
export type EventBus = Entity;

export interface ConfigurationSet extends Entity {
  /** Absent is off. */
  readonly reputationMetrics: Value<boolean>;
  /** `REQUIRE` or `OPTIONAL`, in either case; absent is optional. */
  readonly tlsPolicy: Value<string>;
  readonly destinations: readonly EventDestination[];
  /** Destinations whose set is not known. */
  readonly possibleDestinations: PossibleSettings<EventDestination>;
}

export type DestinationKind = "sns" | "firehose" | "eventbridge" | "pinpoint" | "cloudwatch";

/**
 * Events of mail that never left, as the resource spells them, and whether they match. v1 knows no delivery delays.
 * Source: SES API Reference, EventDestination, v1 and v2.
 */
export type FailureTypes = readonly (readonly [type: string, matches: Maybe])[];

export interface EventDestination {
  readonly resource: ResourceRecord;
  readonly set: Link<ConfigurationSet>;
  readonly region: Region;
  readonly account: Account;
  readonly enabled: Maybe;
  /** Switched off on purpose: it is used by nobody. */
  readonly parked: boolean;
  /** Whether events of the type match. */
  matches(type: FeedbackType): Maybe;
  readonly failures: FailureTypes;
  readonly kind: Value<DestinationKind>;
  /** SNS only. */
  readonly topic: Link<Topic>;
  /** EventBridge only. */
  readonly bus: Link<EventBus>;
  /** ARN of the topic, stream, bus or application. */
  readonly target: Reading<string>;
  /** Firehose only. */
  readonly stream: Link<Entity>;
  /** Firehose only: role that SES delivers as. */
  readonly role: Link<Role>;
}

interface IdentitySetting {
  readonly account: Account;
  readonly resource: ResourceRecord;
  readonly identity: Link<Identity>;
  readonly identityName: Value<string>;
  readonly region: Region;
}

/** An `IdentityNotificationTopic`: where one type of one identity goes. */
export interface NotificationSetting extends IdentitySetting {
  readonly type: FeedbackType | Unknown;
  readonly topic: Link<Topic>;
  readonly declaresTopic: boolean;
  /** Written as none, or none in what was deployed: SES may have taken it away (F14). */
  readonly withoutTopic: boolean;
  /** Its deletion comes last, and takes the topic away again. */
  readonly takenBackBy: ResourceRecord | undefined;
}

/** Whether feedback forwarding is on; absent cannot happen: the provider's default is false. */
export interface ForwardingSetting extends IdentitySetting {
  readonly enabled: Reading<boolean>;
  readonly on: Maybe;
}

export interface IdentityPolicySetting extends IdentitySetting {
  readonly policy: AttachedPolicy;
}

/** Whether a resource has DKIM sign for the identity. */
export interface SigningSetting {
  readonly resource: ResourceRecord;
  readonly on: Maybe;
}

export interface DefaultSet {
  readonly resource: ResourceRecord;
  readonly set: Link<ConfigurationSet>;
}

export interface Identity extends Entity {
  /** Normalised; the URN where the name is not known. */
  readonly label: string;
  readonly nameKnown: boolean;
  /** Whether the deployment will tell a name that is not known. */
  readonly namePending: boolean;
  readonly kind: IdentityKind;
  /** Whether the kind is told by the resource's type, so that it holds for a name that is not known. */
  readonly kindKnown: boolean;
  readonly stack: string;
  /** Some resource in view manages it; identities that are only read, or of elsewhere, are not judged. */
  readonly judged: boolean;
  /** Resources that manage it, in the order of the view. */
  readonly managedBy: readonly ResourceRecord[];
  readonly notifications: readonly NotificationSetting[];
  readonly forwarding: readonly ForwardingSetting[];
  readonly defaultSets: readonly DefaultSet[];
  readonly signing: readonly SigningSetting[];
  readonly possibleSigning: PossibleSettings<SigningSetting>;
  readonly possibleNotifications: PossibleSettings<NotificationSetting>;
  readonly possibleForwarding: PossibleSettings<ForwardingSetting>;
  /** Known channels of an identity managed elsewhere (configuration, section 4 of the contract). */
  readonly external: Readonly<Record<FeedbackType, readonly ExternalChannel[]>> | undefined;
}

export interface Suppression {
  readonly resource: ResourceRecord;
  readonly region: Region;
  /** `BOUNCE`, `COMPLAINT`; unknown where it cannot be told. */
  readonly reasons: Reading<readonly unknown[]>;
  readonly set: ConfigurationSet | undefined;
}

export interface MultiRegion {
  readonly resource: ResourceRecord;
  readonly region: Region;
  readonly secondary: readonly Value<string>[];
}

/** Everything the rules ask about a view. Finished: nobody adds to it, and every question has one answer. */
export interface Inventory {
  /** Whether the source left resources of the stack out, so that absence proves nothing there. */
  isPartial(stack: string): boolean;
  /** Whether the stack's program may have registered more than could be seen: a callback that nobody ran. */
  hasGaps(stack: string): boolean;
  /** Stacks of which the view shows a part, why it does, and what their previews delete. */
  readonly partialStacks: readonly PartialStack[];
  readonly identities: readonly Identity[];
  /** Those that a resource in view manages. */
  readonly judged: readonly Identity[];
  readonly topics: readonly Topic[];
  /** Those that SES publishes to, as far as the view tells. */
  readonly usedTopics: readonly Topic[];
  readonly configurationSets: readonly ConfigurationSet[];
  /** Sets that the preview deletes, or that the live account does not have. */
  readonly deletedSets: readonly ConfigurationSet[];
  readonly eventDestinations: readonly EventDestination[];
  readonly notifications: readonly NotificationSetting[];
  readonly forwardingSettings: readonly ForwardingSetting[];
  readonly subscriptions: readonly Subscription[];
  readonly eventRules: readonly EventRule[];
  readonly identityPolicies: readonly IdentityPolicySetting[];
  readonly suppressions: readonly Suppression[];
  readonly multiRegionEndpoints: readonly MultiRegion[];
  readonly overrides: readonly Override[];
  readonly hidden: readonly HiddenResource[];
  /** Live accounts, Region by Region; none where the view is of documents or programs. */
  readonly liveAccounts: readonly LiveAccount[];
  readonly liveSenders: readonly LiveSender[];
  /** Entries of `externalIdentities` for identities that a resource in view manages: nothing of them counts. */
  readonly contradicted: readonly { identity: Identity; external: NonNullable<Identity["external"]> }[];
  /** The identity of that name in the Region. */
  findIdentity(name: string, region: Region, account: Account): Identity | undefined;
  /** All identities of that name, in every Region and account. */
  named(name: string): readonly Identity[];
  /** Configuration sets in view that mail of the identity takes: those named at send time, else the default ones. */
  senderSets(identity: Identity): readonly ConfigurationSet[];
  /** Who gets next what a queue or a rule of EventBridge received. */
  stepsFrom(entity: Entity): readonly Step[];
  /** Where a queue puts what cannot be worked off. */
  deadLettersOf(queue: Queue): Link<Entity>;
  /** Sets that the application names when it sends with this identity, those of its tenants included. */
  sendTimeSets(identity: Identity): readonly Link<ConfigurationSet>[];
}
