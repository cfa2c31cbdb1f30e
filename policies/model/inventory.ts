import type { IdentityKind } from "./identity";
import type { Entity, Graph, Link, Region } from "./links";
import type { ResourceRecord } from "./resource";
import type { Unknown, Value } from "./value";

/** The three notification types of SES (F1), as identity notifications and reports spell them. */
export const FEEDBACK_TYPES = ["bounce", "complaint", "delivery"] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];

/** Settings that could be anybody's: all owners ask the same list, so that each question is answered once. */
export class Anybodys<T> {
  readonly settings: T[] = [];
  private readonly answers = new Map<string, T | undefined>();

  find(question: string, matches: (setting: T) => boolean): T | undefined {
    if (this.settings.length === 0) return undefined;
    if (!this.answers.has(question)) this.answers.set(question, this.settings.find(matches));
    return this.answers.get(question);
  }
}

const NONE: never[] = [];

/**
 * Settings that could belong to the owner, because nobody knows whose they are: those with the owner among their
 * candidates, and those that could be anybody's.
 */
export class Loose<T> {
  // Nearly no owner has any, and there are tens of thousands of owners.
  private own: T[] = NONE;
  constructor(private readonly anybodys: Anybodys<T>) {}

  add(setting: T): void {
    if (this.own === NONE) this.own = [];
    this.own.push(setting);
  }

  /** The first that is none of those. */
  other(than: readonly T[]): T | undefined {
    const isOther = (setting: T): boolean => !than.includes(setting);
    return this.own.find(isOther) ?? this.anybodys.settings.find(isOther);
  }

  /** The first that matches. `question` says what `matches` asks: equal questions, equal answers, whoever asks. */
  find(question = "any", matches: (setting: T) => boolean = () => true): T | undefined {
    return this.own.find(matches) ?? this.anybodys.find(question, matches);
  }
}

/** A resource policy somebody attached: its text, and where it stands. */
export interface AttachedPolicy {
  raw: unknown;
  resource: ResourceRecord;
  property: string;
}

export interface Subscription {
  resource: ResourceRecord;
  topic: Link<Topic>;
  protocol: Value<string>;
  endpoint: Value<string>;
  queue: Link<Queue>;
  lambda: Link<LambdaFunction>;
  filter: unknown;
  filterScope: Value<string>;
  pendingConfirmation: Value<boolean>;
}

export interface Topic extends Entity {
  fifo: Value<boolean>;
  /** Declared: `TopicPolicy` before the topic's own input. Empty: the default policy applies. */
  policies: AttachedPolicy[];
  /** Policies whose topic is not known. */
  loosePolicies: Loose<AttachedPolicy>;
  key: Link<Key>;
  keyName: Value<string>;
  subscriptions: Subscription[];
  looseSubscriptions: Loose<Subscription>;
  /** What SES sends here. */
  uses: TopicUse[];
  /** What SES sends to a topic that nobody knows: perhaps this one. */
  looseUses: Loose<TopicUse>;
}

/** One notification type on its way from an identity or a configuration set to a topic. */
export interface TopicUse {
  type: FeedbackType;
  via: "topic" | "event-destination";
  /** Region of the identity or set, where the topic has to be too (F11). */
  region: Region;
  account: string | undefined;
  /** Name of the identity or of the configuration set that SES publishes for. */
  source: Value<string>;
  identity: Identity | undefined;
  resource: ResourceRecord;
  /** False where the type is not known: it may be sent here. */
  sure: boolean;
}

export interface Queue extends Entity {
  policies: AttachedPolicy[];
  loosePolicies: Loose<AttachedPolicy>;
  key: Link<Key>;
  keyName: Value<string>;
  /** The redrive policy's value; absent where there is none. */
  deadLetters: Value<unknown>;
  deadLettersPending: boolean;
}

export interface LambdaFunction extends Entity {
  permissions: Permission[];
  loosePermissions: Loose<Permission>;
}

export interface Permission {
  resource: ResourceRecord;
  principal: Value<string>;
  action: Value<string>;
  source: Link<Topic>;
}

export interface Key extends Entity {
  policies: AttachedPolicy[];
  loosePolicies: Loose<AttachedPolicy>;
}

export interface ConfigurationSet extends Entity {
  destinations: EventDestination[];
  /** Destinations whose set is not known. */
  loose: Loose<EventDestination>;
}

export type DestinationKind = "sns" | "firehose" | "eventbridge" | "pinpoint" | "cloudwatch";

export interface EventDestination {
  resource: ResourceRecord;
  /** The top-level property that holds the destination; undefined where it stands at the top itself (v1). */
  property: string | undefined;
  set: Link<ConfigurationSet>;
  region: Region;
  enabled: boolean | Unknown;
  /** Whether events of the type match. */
  matches(type: FeedbackType): boolean | Unknown;
  kind: Value<DestinationKind>;
  /** SNS only. */
  topic: Link<Topic>;
  /** ARN of the stream, bus or application. */
  target: Value<string>;
}

/** An `IdentityNotificationTopic`: where one type of one identity goes. */
export interface NotificationSetting {
  resource: ResourceRecord;
  identity: Link<Identity>;
  identityName: Value<string>;
  region: Region;
  type: FeedbackType | Unknown;
  topic: Link<Topic>;
}

/** Whether feedback forwarding is on; `enabled` absent cannot happen: the provider's default is false. */
export interface ForwardingSetting {
  resource: ResourceRecord;
  identity: Link<Identity>;
  identityName: Value<string>;
  region: Region;
  enabled: boolean | Unknown;
  /** False where the flag was left out, so that the provider's default decided. */
  explicit: boolean;
}

export interface DefaultSet {
  resource: ResourceRecord;
  set: Link<ConfigurationSet>;
}

/** What an external identity's report says about its channels. */
export interface ExternalChannel {
  channel: "forwarding" | "topic" | "event-destination";
  target: string | null;
  declared?: boolean;
}

export interface Identity extends Entity {
  /** Normalised; the URN where the name is not known. */
  label: string;
  nameKnown: boolean;
  kind: IdentityKind;
  stack: string;
  /** Resources that manage it, in the order of the view; empty for identities of elsewhere. */
  managedBy: ResourceRecord[];
  /** Read-only resources that name it. */
  readBy: ResourceRecord[];
  notifications: NotificationSetting[];
  forwarding: ForwardingSetting[];
  defaultSets: DefaultSet[];
  looseNotifications: Loose<NotificationSetting>;
  looseForwarding: Loose<ForwardingSetting>;
  /** Known channels of an identity managed elsewhere (configuration, section 4 of the contract). */
  external: Record<FeedbackType, readonly ExternalChannel[]> | undefined;
}

export interface Override {
  identity: string;
  region: Region | undefined;
  reason: string;
  expires: string | undefined;
  /** The component that declares it; undefined for one of the configuration. */
  resource: ResourceRecord | undefined;
}

/** A resource that may hide identities, or that cannot be read. */
export interface Opaque {
  resource: ResourceRecord;
  reason: string;
  pending: boolean;
}

export interface Suppression {
  resource: ResourceRecord;
  /** `BOUNCE`, `COMPLAINT`; unknown where it cannot be told. */
  reasons: Value<readonly unknown[]>;
  property: string;
  set: ConfigurationSet | undefined;
}

export interface MultiRegion {
  resource: ResourceRecord;
  region: Region;
  secondary: Value<string>[];
}

/** Everything the rules ask about a view. */
export interface Inventory {
  graph: Graph;
  identities: readonly Identity[];
  topics: readonly Topic[];
  /** Those that SES publishes to, as far as the view tells. */
  usedTopics: readonly Topic[];
  configurationSets: readonly ConfigurationSet[];
  eventDestinations: readonly EventDestination[];
  notifications: readonly NotificationSetting[];
  subscriptions: readonly Subscription[];
  forwardingSettings: readonly ForwardingSetting[];
  suppressions: readonly Suppression[];
  multiRegionEndpoints: readonly MultiRegion[];
  overrides: readonly Override[];
  opaque: readonly Opaque[];
  /** The identity of that name in the Region. */
  findIdentity(name: string, region: Region, account?: string): Identity | undefined;
  /** All identities of that name, in every Region and account. */
  named(name: string): readonly Identity[];
  /** Sets that the application names when it sends with this identity. */
  sendTimeSets(identity: Identity): readonly Link<ConfigurationSet>[];
}
