import type { Config } from "../config";
import { parseArn } from "./arn";
import { push } from "./collections";
import { normaliseIdentity } from "./identity";
import {
  Anybodys,
  type AttachedPolicy,
  type ConfigurationSet,
  type DestinationKind,
  type EventDestination,
  FEEDBACK_TYPES,
  type FeedbackType,
  type ForwardingSetting,
  type Identity,
  type Inventory,
  type Key,
  type LambdaFunction,
  Loose,
  type MultiRegion,
  type NotificationSetting,
  type Opaque,
  type Override,
  type Permission,
  type Queue,
  type Subscription,
  type Suppression,
  type Topic,
  type TopicUse,
} from "./inventory";
import { among, Catalog, type Entity, Graph, type Link, type Region, sameRegion } from "./links";
import { isDeclared, type ResourceRecord, read, readId, readOutput, type StackRecords } from "./resource";
import { asArray, asBoolean, asObject, asString, isKnown, UNKNOWN, type Unknown, type Value } from "./value";

/** Reads a view once and answers every question of the rules. Linear in the number of resources. */
export function buildInventory(views: readonly StackRecords[], config: Config): Inventory {
  return new Builder(views, config).build();
}

type Reader = (builder: Builder, resource: ResourceRecord) => void;

/** What others refer to: read first, so that every reference can be followed afterwards. */
const ENTITIES: Readonly<Record<string, Reader>> = {
  "aws:ses/domainIdentity:DomainIdentity": (b, r) => b.addIdentity(r, "domain"),
  "aws:ses/emailIdentity:EmailIdentity": (b, r) => b.addIdentity(r, "email"),
  "aws:sesv2/emailIdentity:EmailIdentity": (b, r) => b.addIdentity(r, "emailIdentity"),
  "aws-native:ses:EmailIdentity": (b, r) => b.addIdentity(r, "emailIdentity"),
  "aws:ses/configurationSet:ConfigurationSet": (b, r) => b.addSet(r, "name"),
  "aws:sesv2/configurationSet:ConfigurationSet": (b, r) => b.addSet(r, "configurationSetName"),
  "aws-native:ses:ConfigurationSet": (b, r) => b.addSet(r, "name"),
  "aws:sns/topic:Topic": (b, r) => b.addTopic(r, "name", "arn"),
  "aws-native:sns:Topic": (b, r) => b.addTopic(r, "topicName", "topicArn"),
  "aws:sqs/queue:Queue": (b, r) => b.addQueue(r, "name", "url"),
  "aws-native:sqs:Queue": (b, r) => b.addQueue(r, "queueName", "queueUrl"),
  "aws:lambda/function:Function": (b, r) => b.addFunction(r, "name"),
  "aws-native:lambda:Function": (b, r) => b.addFunction(r, "functionName"),
  "aws:kms/key:Key": (b, r) => b.addKey(r, "policy"),
  "aws:kms/replicaKey:ReplicaKey": (b, r) => b.addKey(r, "policy"),
  "aws:kms/externalKey:ExternalKey": (b, r) => b.addKey(r, "policy"),
  "aws-native:kms:Key": (b, r) => b.addKey(r, "keyPolicy"),
  "aws-native:kms:ReplicaKey": (b, r) => b.addKey(r, "keyPolicy"),
};

/** Further names of entities: read second. */
const ALIASES: Readonly<Record<string, Reader>> = {
  "aws:kms/alias:Alias": (b, r) => b.addKeyAlias(r, "name"),
  "aws-native:kms:Alias": (b, r) => b.addKeyAlias(r, "aliasName"),
};

/** What refers to entities. */
const SETTINGS: Readonly<Record<string, Reader>> = {
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic": (b, r) => b.addNotification(r),
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": (b, r) => b.addForwarding(r),
  "aws:ses/eventDestination:EventDestination": (b, r) => b.addEventDestination(r, "matchingTypes"),
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": (b, r) =>
    b.addEventDestination(r, "matchingEventTypes", "eventDestination"),
  "aws-native:ses:ConfigurationSetEventDestination": (b, r) =>
    b.addEventDestination(r, "matchingEventTypes", "eventDestination"),
  "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes": (b, r) => b.addSuppression(r),
  "aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint": (b, r) => b.addMultiRegion(r),
  "aws-native:ses:MultiRegionEndpoint": (b, r) => b.addMultiRegion(r),
  "aws:sns/topicPolicy:TopicPolicy": (b, r) => b.addTopicPolicy(r, "arn", "policy"),
  "aws-native:sns:TopicPolicy": (b, r) => b.addTopicPolicy(r, "topics", "policyDocument"),
  "aws-native:sns:TopicInlinePolicy": (b, r) => b.addTopicPolicy(r, "topicArn", "policyDocument"),
  "aws:sns/topicSubscription:TopicSubscription": (b, r) => b.addSubscription(r, "topic"),
  "aws-native:sns:Subscription": (b, r) => b.addSubscription(r, "topicArn"),
  "aws-native:sns:Topic": (b, r) => b.addInlineSubscriptions(r),
  "aws:sqs/queuePolicy:QueuePolicy": (b, r) => b.addQueuePolicy(r, "queueUrl", "policy"),
  "aws-native:sqs:QueuePolicy": (b, r) => b.addQueuePolicy(r, "queues", "policyDocument"),
  "aws-native:sqs:QueueInlinePolicy": (b, r) => b.addQueuePolicy(r, "queue", "policyDocument"),
  "aws:sqs/redrivePolicy:RedrivePolicy": (b, r) => b.addRedrive(r),
  "aws:kms/keyPolicy:KeyPolicy": (b, r) => b.addKeyPolicy(r),
  "aws:lambda/permission:Permission": (b, r) => b.addPermission(r, "function"),
  "aws-native:lambda:Permission": (b, r) => b.addPermission(r, "functionName"),
};

/** What refers to configuration sets by name, after the sets that only their destinations name are known. */
const DEFAULT_SETS: Readonly<Record<string, Reader>> = {
  "aws:sesv2/emailIdentity:EmailIdentity": (b, r) => b.addDefaultSet(r, "configurationSetName"),
  "aws-native:ses:EmailIdentity": (b, r) => {
    b.addDefaultSet(r, "configurationSetAttributes", "configurationSetName");
    b.addNativeForwarding(r);
  },
};

/** Resources that create others out of sight, by the property that could tell. */
const TEMPLATES: Readonly<Record<string, string>> = {
  "aws:cloudformation/stack:Stack": "templateBody",
  "aws:cloudformation/stackSet:StackSet": "templateBody",
  "aws-native:cloudformation:Stack": "templateBody",
  "aws-native:cloudformation:StackSet": "templateBody",
};

const PASSES = [ENTITIES, ALIASES, SETTINGS, DEFAULT_SETS];
const PASSES_OF = new Map<string, readonly (Reader | undefined)[]>();
for (const type of PASSES.flatMap((pass) => Object.keys(pass))) {
  PASSES_OF.set(
    type,
    PASSES.map((pass) => pass[type]),
  );
}

/** Where an event destination sends to, by property; the second word is the property of the ARN. */
const DESTINATIONS: readonly (readonly [property: string, kind: DestinationKind, arn: string])[] = [
  ["snsDestination", "sns", "topicArn"],
  ["kinesisFirehoseDestination", "firehose", "deliveryStreamArn"],
  ["kinesisDestination", "firehose", "streamArn"],
  ["eventBridgeDestination", "eventbridge", "eventBusArn"],
  ["pinpointDestination", "pinpoint", "applicationArn"],
  ["cloudWatchDestination", "cloudwatch", ""],
  ["cloudwatchDestinations", "cloudwatch", ""],
];

const ABSENT = { kind: "absent" } as const;

class Builder implements Inventory {
  readonly graph: Graph;
  readonly identities: Identity[] = [];
  readonly notifications: NotificationSetting[] = [];
  readonly forwardingSettings: ForwardingSetting[] = [];
  readonly eventDestinations: EventDestination[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly suppressions: Suppression[] = [];
  readonly multiRegionEndpoints: MultiRegion[] = [];
  readonly overrides: Override[] = [];
  readonly opaque: Opaque[] = [];
  private readonly identityCatalog: Catalog<Identity>;
  private readonly topicCatalog: Catalog<Topic>;
  private readonly queueCatalog: Catalog<Queue>;
  private readonly lambdaCatalog: Catalog<LambdaFunction>;
  private readonly keyCatalog: Catalog<Key>;
  private readonly setCatalog: Catalog<ConfigurationSet>;
  private readonly byName = new Map<string, Identity[]>();
  private readonly unnamed = new Map<Region, Identity[]>();
  private readonly outsideTopics = new Map<string, Topic>();
  private readonly outsideSets = new Map<string, ConfigurationSet>();
  private readonly sendTime = new Map<string, string[]>();
  private readonly anybodys = {
    notifications: new Anybodys<NotificationSetting>(),
    forwarding: new Anybodys<ForwardingSetting>(),
    destinations: new Anybodys<EventDestination>(),
    uses: new Anybodys<TopicUse>(),
    subscriptions: new Anybodys<Subscription>(),
    topicPolicies: new Anybodys<AttachedPolicy>(),
    queuePolicies: new Anybodys<AttachedPolicy>(),
    keyPolicies: new Anybodys<AttachedPolicy>(),
    permissions: new Anybodys<Permission>(),
  };

  constructor(
    views: readonly StackRecords[],
    private readonly config: Config,
  ) {
    this.graph = new Graph(views);
    const catalog = <T extends Entity>(): Catalog<T> => new Catalog<T>(this.graph);
    this.identityCatalog = catalog();
    this.topicCatalog = catalog();
    this.queueCatalog = catalog();
    this.lambdaCatalog = catalog();
    this.keyCatalog = catalog();
    this.setCatalog = catalog();
  }

  get topics(): readonly Topic[] {
    return [...this.topicCatalog.all, ...this.outsideTopics.values()];
  }

  usedTopics: readonly Topic[] = [];

  get configurationSets(): readonly ConfigurationSet[] {
    return this.setCatalog.all;
  }

  build(): Inventory {
    const relevant: ResourceRecord[] = [];
    for (const resource of this.graph.byUrn.values()) {
      if (PASSES_OF.has(resource.type)) {
        relevant.push(resource);
        if (resource.odd !== undefined) this.readOpaque(resource);
      } else this.readOpaque(resource);
    }
    // The order of a document means nothing, so no finding may depend on it.
    relevant.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    for (const resource of relevant) this.graph.learn(resource);
    const work = PASSES.map((): [Reader, ResourceRecord][] => []);
    for (const resource of relevant) {
      const readers = PASSES_OF.get(resource.type) ?? [];
      for (let place = 0; place < readers.length; place++) {
        const reader = readers[place];
        if (reader) work[place]?.push([reader, resource]);
      }
    }
    for (const [place, pass] of PASSES.entries()) {
      for (const [reader, resource] of work[place] ?? []) reader(this, resource);
      if (pass === ENTITIES) this.readConfiguration();
      if (pass === ALIASES) {
        for (const entity of [...this.topicCatalog.all, ...this.queueCatalog.all]) {
          if (entity.resource) entity.key = this.keyCatalog.resolve(entity.resource, "kmsMasterKeyId");
        }
      }
    }
    this.relateOutsideSets();
    this.collectUses();
    this.usedTopics = this.topics.filter(({ uses }) => uses.length > 0);
    return this;
  }

  findIdentity(name: string, region: Region, account?: string): Identity | undefined {
    return this.byName
      .get(name)
      ?.find((one) => one.region === region && (!account || !one.account || one.account === account));
  }

  named(name: string): readonly Identity[] {
    return this.byName.get(name) ?? [];
  }

  sendTimeSets(identity: Identity): readonly Link<ConfigurationSet>[] {
    return (this.sendTime.get(identity.label) ?? []).map((name) => {
      const target =
        this.setCatalog.named(name).find((set) => sameRegion(set.region, identity.region) !== false) ??
        this.outsideSets.get(`${name}\n${identity.region}`);
      return target ? { kind: "found", target } : { kind: "outside", value: name };
    });
  }

  private readConfiguration(): void {
    for (const { configurationSet, identities } of this.config.sendTimeConfigurationSets) {
      for (const identity of identities) push(this.sendTime, normaliseIdentity(identity).name, configurationSet);
    }
    for (const { identity, reason, expires } of this.config.intendedOverrides) {
      const { name } = normaliseIdentity(identity);
      this.overrides.push({ identity: name, region: undefined, reason, expires, resource: undefined });
    }
    for (const { identity: raw, region, account, bounce, complaint, delivery } of this.config.externalIdentities) {
      const { name, kind } = normaliseIdentity(raw);
      const where = { region: region ?? "?external", account: account ?? undefined };
      const identity =
        this.findIdentity(name, where.region, where.account) ??
        this.keepIdentity(
          this.newIdentity({ name, arn: undefined, ...where }, { label: name, nameKnown: true, kind, stack: "" }),
        );
      identity.external = { bounce, complaint, delivery };
    }
  }

  private newIdentity(
    { resource, name, arn, region, account }: Entity,
    { label, nameKnown, kind, stack }: Pick<Identity, "label" | "nameKnown" | "kind" | "stack">,
  ): Identity {
    return {
      resource,
      name,
      arn,
      region,
      account,
      label,
      nameKnown,
      kind,
      stack,
      managedBy: [],
      readBy: [],
      notifications: [],
      forwarding: [],
      defaultSets: [],
      looseNotifications: new Loose(this.anybodys.notifications),
      looseForwarding: new Loose(this.anybodys.forwarding),
      external: undefined,
    };
  }

  private keepIdentity(identity: Identity): Identity {
    this.identities.push(identity);
    if (identity.nameKnown) push(this.byName, identity.label, identity);
    else push(this.unnamed, identity.region, identity);
    return identity;
  }

  addIdentity(resource: ResourceRecord, property: string): void {
    const raw = asString(read(resource, property));
    const known = isKnown(raw);
    const { name, kind } = known ? normaliseIdentity(raw) : { name: resource.urn, kind: "domain" as const };
    const entity = this.entity(resource, known ? name : UNKNOWN, asString(readOutput(resource, "arn")));
    let identity = known ? this.findIdentity(name, entity.region, entity.account) : undefined;
    identity ??= this.keepIdentity(
      this.newIdentity(entity, { label: name, nameKnown: known, kind, stack: resource.stack }),
    );
    identity.account ??= entity.account;
    (resource.external ? identity.readBy : identity.managedBy).push(resource);
    if (!resource.external && identity.managedBy.length === 1) {
      identity.resource = resource;
      identity.stack = resource.stack;
    }
    this.identityCatalog.alias(resource.urn, identity);
    this.identityCatalog.name(identity, name, entity.arn, readId(resource));
  }

  addTopic(resource: ResourceRecord, nameProperty: string, arnProperty: string): void {
    const name = asString(read(resource, nameProperty));
    const arn = asString(readOutput(resource, arnProperty));
    const topic = this.newTopic(this.entity(resource, name, arn));
    topic.fifo = isFifo(asBoolean(read(resource, "fifoTopic")), name, arn);
    topic.policies = ownPolicies(resource, "policy");
    topic.keyName = asString(read(resource, "kmsMasterKeyId"));
    this.topicCatalog.add(topic, readId(resource));
  }

  private newTopic({ resource, name, arn, region, account }: Entity): Topic {
    return {
      resource,
      name,
      arn,
      region,
      account,
      fifo: false,
      policies: [],
      loosePolicies: new Loose(this.anybodys.topicPolicies),
      key: ABSENT,
      keyName: undefined,
      subscriptions: [],
      looseSubscriptions: new Loose(this.anybodys.subscriptions),
      uses: [],
      looseUses: new Loose(this.anybodys.uses),
    };
  }

  addQueue(resource: ResourceRecord, nameProperty: string, urlProperty: string): void {
    const deadLetters = read(resource, "redrivePolicy");
    this.queueCatalog.add(
      {
        ...this.entity(resource, asString(read(resource, nameProperty)), asString(readOutput(resource, "arn"))),
        policies: ownPolicies(resource, "policy"),
        loosePolicies: new Loose(this.anybodys.queuePolicies),
        key: { kind: "absent" },
        keyName: asString(read(resource, "kmsMasterKeyId")),
        deadLetters: deadLetters === "" ? undefined : deadLetters,
        deadLettersPending: this.graph.isPending(resource, "redrivePolicy"),
      },
      readId(resource),
      asString(readOutput(resource, urlProperty)),
    );
  }

  addFunction(resource: ResourceRecord, nameProperty: string): void {
    const entity = this.entity(resource, asString(read(resource, nameProperty)), asString(readOutput(resource, "arn")));
    const loosePermissions = new Loose(this.anybodys.permissions);
    this.lambdaCatalog.add({ ...entity, permissions: [], loosePermissions }, readId(resource));
  }

  addKey(resource: ResourceRecord, policyProperty: string): void {
    const keyId = asString(readOutput(resource, "keyId"));
    const entity = this.entity(resource, keyId, asString(readOutput(resource, "arn")));
    const loosePolicies = new Loose(this.anybodys.keyPolicies);
    this.keyCatalog.add(
      { ...entity, policies: ownPolicies(resource, policyProperty), loosePolicies },
      readId(resource),
    );
  }

  addKeyAlias(resource: ResourceRecord, nameProperty: string): void {
    const link = this.keyCatalog.resolve(resource, "targetKeyId", read(resource, "targetKeyId") ?? UNKNOWN);
    // A key outside the view: nothing is known about it but the alias. One that nobody knows: not even that.
    const policies = link.kind === "unknown" ? [{ raw: UNKNOWN, resource, property: "targetKeyId" }] : [];
    const key: Key =
      link.kind === "found"
        ? link.target
        : {
            ...this.entity(resource, undefined, undefined),
            resource: undefined,
            policies,
            loosePolicies: new Loose(this.anybodys.keyPolicies),
          };
    const name = asString(read(resource, nameProperty));
    this.keyCatalog.alias(resource.urn, key);
    this.keyCatalog.name(key, name, readId(resource), asString(readOutput(resource, "arn")));
    if (name === UNKNOWN) this.keyCatalog.nameUnknown(key);
  }

  addSet(resource: ResourceRecord, nameProperty: string): void {
    const entity = this.entity(resource, asString(read(resource, nameProperty)), asString(readOutput(resource, "arn")));
    const set = this.setCatalog.add(this.newSet(entity), readId(resource));
    const options = asObject(read(resource, "suppressionOptions"));
    if (options === undefined) return;
    const reasons = options === UNKNOWN ? UNKNOWN : (asArray(options.suppressedReasons) ?? UNKNOWN);
    this.suppressions.push({ resource, reasons, property: "suppressionOptions", set });
  }

  private newSet(entity: Entity): ConfigurationSet {
    return { ...entity, destinations: [], loose: new Loose(this.anybodys.destinations) };
  }

  private entity(resource: ResourceRecord, name: Value<string>, arn: Value<string>): Entity {
    return { resource, name, arn, region: this.graph.regionOf(resource), account: this.graph.accountOf(resource) };
  }

  /** Follows a reference to a topic; one that is only named gets a stand-in: its ARN tells Region and FIFO. */
  private topicLink(from: ResourceRecord, property: string, raw: unknown): Link<Topic> {
    if (raw === undefined || raw === "") return ABSENT;
    const link = this.topicCatalog.resolve(from, property, raw);
    if (link.kind !== "outside") return link;
    const arn = parseArn(link.value);
    if (arn?.service !== "sns") return link;
    let target = this.outsideTopics.get(link.value);
    if (!target) {
      const name = arn.resource;
      const region = arn.region || "?outside";
      target = this.newTopic({ name, arn: link.value, region, account: arn.account || undefined });
      target.fifo = name.endsWith(".fifo");
      this.outsideTopics.set(link.value, target);
    }
    return { kind: "found", target };
  }

  /** Follows a reference to a set; one outside the view still has those of its destinations that stand in it. */
  private setLink(from: ResourceRecord, property: string, raw: unknown): Link<ConfigurationSet> {
    if (raw === undefined || raw === "") return ABSENT;
    const region = this.graph.regionOf(from);
    let link = this.setCatalog.resolve(from, property, raw);
    if (link.kind === "found" && asString(raw) === UNKNOWN) {
      // Only the name is taken from a set of another Region: it means the one of that name here.
      const { name, region: other } = link.target;
      const same = sameRegion(other, region);
      if (same === UNKNOWN) return among([link.target]);
      if (same === false) link = isKnown(name) ? this.setCatalog.resolve(from, property, name) : among([]);
    }
    if (link.kind !== "outside") return link;
    const key = `${link.value}\n${region}`;
    let target = this.outsideSets.get(key);
    if (!target) {
      target = this.newSet({ name: link.value, arn: undefined, region, account: this.graph.accountOf(from) });
      this.outsideSets.set(key, target);
    }
    return { kind: "found", target };
  }

  private identityLink(resource: ResourceRecord): { identity: Link<Identity>; identityName: Value<string> } {
    const property = read(resource, "identity") === undefined ? "emailIdentity" : "identity";
    let raw = asString(read(resource, property)) ?? UNKNOWN;
    if (raw === UNKNOWN) {
      const identity = this.identityCatalog.resolve(resource, property, UNKNOWN);
      if (identity.kind !== "found") return { identity, identityName: UNKNOWN };
      const { target } = identity;
      const identityName = target.nameKnown ? target.label : UNKNOWN;
      const same = sameRegion(target.region, this.graph.regionOf(resource));
      if (same === true) return { identity, identityName };
      if (same === UNKNOWN) {
        const here = this.graph.regionOf(resource);
        const known = target.nameKnown ? this.named(target.label) : [target];
        return { identity: among(known.filter((one) => sameRegion(one.region, here) !== false)), identityName };
      }
      // Only the name is taken from an identity of another Region: it means the one of that name here.
      if (identityName === UNKNOWN) return { identity: among<Identity>([]), identityName };
      raw = identityName;
    }
    const { name } = normaliseIdentity(raw);
    const arn = parseArn(raw);
    const region = arn?.region || this.graph.regionOf(resource);
    const found = this.findIdentity(name, region, arn?.account || this.graph.accountOf(resource));
    if (found) return { identity: { kind: "found", target: found }, identityName: name };
    // An identity whose Region is not known may be the one; one whose name is not known only beside its provider.
    const twins = this.named(name).filter((one) => sameRegion(one.region, region) === UNKNOWN);
    const unnamed = this.unnamed.get(region) ?? [];
    const candidates = twins.length > 0 ? [...twins, ...unnamed] : unnamed;
    return candidates.length > 0
      ? { identity: among(candidates), identityName: name }
      : { identity: { kind: "outside", value: name }, identityName: name };
  }

  addNotification(resource: ResourceRecord): void {
    const { identity, identityName } = this.identityLink(resource);
    const setting: NotificationSetting = {
      resource,
      identity,
      identityName,
      region: this.graph.regionOf(resource),
      type: feedbackType(read(resource, "notificationType")),
      topic: this.topicLink(resource, "topicArn", read(resource, "topicArn")),
    };
    this.notifications.push(setting);
    attach(
      setting,
      setting.identity,
      (one) => one.notifications,
      (one) => one.looseNotifications,
      this.anybodys.notifications,
    );
  }

  addForwarding(resource: ResourceRecord): void {
    const enabled = asBoolean(read(resource, "emailForwardingEnabled"));
    this.keepForwarding({
      resource,
      ...this.identityLink(resource),
      region: this.graph.regionOf(resource),
      enabled: enabled ?? false,
      explicit: enabled !== undefined,
    });
  }

  addNativeForwarding(resource: ResourceRecord): void {
    const identity = this.identityCatalog.ofResource(resource);
    // What the service answers undeclared is its default: nobody decided it.
    if (!identity || !isDeclared(resource, "feedbackAttributes")) return;
    const attributes = asObject(read(resource, "feedbackAttributes"));
    const enabled = isKnown(attributes) ? asBoolean(attributes.emailForwardingEnabled) : attributes;
    if (enabled === undefined) return;
    const { region, label, nameKnown } = identity;
    const identityName = nameKnown ? label : UNKNOWN;
    this.keepForwarding({
      resource,
      identity: { kind: "found", target: identity },
      identityName,
      region,
      enabled,
      explicit: true,
    });
  }

  private keepForwarding(setting: ForwardingSetting): void {
    this.forwardingSettings.push(setting);
    attach(
      setting,
      setting.identity,
      (one) => one.forwarding,
      (one) => one.looseForwarding,
      this.anybodys.forwarding,
    );
  }

  addDefaultSet(resource: ResourceRecord, property: string, inner?: string): void {
    const identity = this.identityCatalog.ofResource(resource);
    let raw = read(resource, property);
    if (inner !== undefined) {
      const block = asObject(raw);
      raw = isKnown(block) ? asString(block[inner]) : block;
    }
    const set = raw === undefined ? ({ kind: "absent" } as const) : this.setLink(resource, property, raw);
    identity?.defaultSets.push({ resource, set });
  }

  /** `block` is the property that holds the destination; v1 has it at the top. */
  addEventDestination(resource: ResourceRecord, typesProperty: string, block?: string): void {
    const values = block === undefined ? undefined : (asObject(read(resource, block)) ?? UNKNOWN);
    const at = (property: string): Value<unknown> =>
      values === undefined
        ? read(resource, property)
        : values === UNKNOWN
          ? UNKNOWN
          : read({ ...resource, inputs: values, outputs: undefined }, property);
    const types = asArray(at(typesProperty));
    const destination: EventDestination = {
      resource,
      property: block,
      set: this.setLink(resource, "configurationSetName", read(resource, "configurationSetName") ?? UNKNOWN),
      region: this.graph.regionOf(resource),
      enabled: asBoolean(at("enabled")) ?? false,
      matches: (type) => matchesType(types, type),
      ...this.readTarget(resource, block, values === UNKNOWN, at),
    };
    this.eventDestinations.push(destination);
    attach(
      destination,
      destination.set,
      (set) => set.destinations,
      (set) => set.loose,
      this.anybodys.destinations,
    );
  }

  private readTarget(
    resource: ResourceRecord,
    block: string | undefined,
    unknown: boolean,
    at: (property: string) => Value<unknown>,
  ): Pick<EventDestination, "kind" | "topic" | "target"> {
    const none: Link<Topic> = { kind: "absent" };
    if (unknown) return { kind: UNKNOWN, topic: this.topicLink(resource, block as string, UNKNOWN), target: UNKNOWN };
    for (const [property, kind, arnProperty] of DESTINATIONS) {
      const raw = at(property);
      if (raw === undefined || (Array.isArray(raw) && raw.length === 0)) continue;
      const inner = asObject(Array.isArray(raw) ? raw[0] : raw);
      const arn = isKnown(inner) ? asString(inner[arnProperty]) : UNKNOWN;
      if (kind !== "sns") return { kind, topic: none, target: arn };
      return { kind, topic: this.topicLink(resource, block ?? property, arn ?? UNKNOWN), target: arn };
    }
    return { kind: undefined, topic: none, target: undefined };
  }

  addTopicPolicy(resource: ResourceRecord, topicProperty: string, policyProperty: string): void {
    const policy = { raw: read(resource, policyProperty), resource, property: policyProperty };
    for (const [link, every] of this.links(resource, topicProperty, (raw) =>
      this.topicLink(resource, topicProperty, raw),
    )) {
      attachPolicy(policy, link, every, this.anybodys.topicPolicies);
    }
  }

  addQueuePolicy(resource: ResourceRecord, queueProperty: string, policyProperty: string): void {
    const policy = { raw: read(resource, policyProperty), resource, property: policyProperty };
    for (const [link, every] of this.links(resource, queueProperty, (raw) =>
      this.queueCatalog.resolve(resource, queueProperty, raw),
    )) {
      attachPolicy(policy, link, every, this.anybodys.queuePolicies);
    }
  }

  addKeyPolicy(resource: ResourceRecord): void {
    const policy = { raw: read(resource, "policy"), resource, property: "policy" };
    const link = this.keyCatalog.resolve(resource, "keyId", read(resource, "keyId") ?? UNKNOWN);
    attachPolicy(policy, link, false, this.anybodys.keyPolicies);
  }

  /**
   * The references of a property that holds one or a list. With as many unknown references as there are candidates
   * behind them, every candidate is one of them.
   */
  private links<T>(
    resource: ResourceRecord,
    property: string,
    resolve: (raw: unknown) => Link<T>,
  ): [link: Link<T>, every: boolean][] {
    const raw = read(resource, property) ?? UNKNOWN;
    const references = Array.isArray(raw) ? raw : [raw];
    const unknown = references.filter((reference) => asString(reference) === UNKNOWN).length;
    return references.map((reference) => {
      const link = resolve(reference ?? UNKNOWN);
      const every = link.kind === "unknown" && link.candidates !== undefined && link.candidates.length <= unknown;
      return [link, every && asString(reference) === UNKNOWN];
    });
  }

  addRedrive(resource: ResourceRecord): void {
    const link = this.queueCatalog.resolve(resource, "queueUrl", read(resource, "queueUrl") ?? UNKNOWN);
    if (link.kind === "found") {
      link.target.deadLetters = read(resource, "redrivePolicy");
      link.target.deadLettersPending = this.graph.isPending(resource, "redrivePolicy");
    } else if (link.kind === "unknown") {
      for (const queue of link.candidates ?? this.queueCatalog.all) queue.deadLetters ??= UNKNOWN;
    }
  }

  addSubscription(resource: ResourceRecord, topicProperty: string): void {
    const topic = this.topicLink(resource, topicProperty, read(resource, topicProperty) ?? UNKNOWN);
    this.addSubscriber(resource, topic, (property) => read(resource, property), "endpoint");
  }

  /** `aws-native:sns:Topic` may carry its subscriptions inside. */
  addInlineSubscriptions(resource: ResourceRecord): void {
    const topic = this.topicCatalog.ofResource(resource);
    const list = asArray(read(resource, "subscription"));
    if (!topic || list === undefined) return;
    // A list that is not known may be empty.
    const link: Link<Topic> = list === UNKNOWN ? among([topic]) : { kind: "found", target: topic };
    for (const item of list === UNKNOWN ? [UNKNOWN] : list) {
      const block = asObject(item);
      const at = (property: string): unknown => (isKnown(block) ? block[property] : UNKNOWN);
      this.addSubscriber(resource, link, at, "subscription");
    }
  }

  private addSubscriber(
    resource: ResourceRecord,
    topic: Link<Topic>,
    at: (property: string) => unknown,
    endpointProperty: string,
  ): void {
    const protocol = asString(at("protocol"));
    const endpoint = asString(at("endpoint"));
    const to = <T extends Entity>(catalog: Catalog<T>, wanted: string): Link<T> =>
      protocol === UNKNOWN || protocol === wanted
        ? catalog.resolve(resource, endpointProperty, endpoint ?? UNKNOWN)
        : ABSENT;
    const subscription: Subscription = {
      resource,
      topic,
      protocol,
      endpoint,
      queue: to(this.queueCatalog, "sqs"),
      lambda: to(this.lambdaCatalog, "lambda"),
      filter: at("filterPolicy"),
      filterScope: asString(at("filterPolicyScope")),
      pendingConfirmation: asBoolean(at("pendingConfirmation")),
    };
    this.subscriptions.push(subscription);
    attach(
      subscription,
      topic,
      (one) => one.subscriptions,
      (one) => one.looseSubscriptions,
      this.anybodys.subscriptions,
    );
  }

  addPermission(resource: ResourceRecord, functionProperty: string): void {
    const permission: Permission = {
      resource,
      principal: asString(read(resource, "principal")),
      action: asString(read(resource, "action")),
      source: this.topicLink(resource, "sourceArn", read(resource, "sourceArn")),
    };
    const link = this.lambdaCatalog.resolve(resource, functionProperty, read(resource, functionProperty) ?? UNKNOWN);
    // It is made in its own Region, where that function is not.
    if (link.kind === "found" && sameRegion(link.target.region, this.graph.regionOf(resource)) === false) return;
    attach(
      permission,
      link,
      (one) => one.permissions,
      (one) => one.loosePermissions,
      this.anybodys.permissions,
    );
  }

  addSuppression(resource: ResourceRecord): void {
    const reasons = asArray(read(resource, "suppressedReasons")) ?? UNKNOWN;
    this.suppressions.push({ resource, reasons, property: "suppressedReasons", set: undefined });
  }

  addMultiRegion(resource: ResourceRecord): void {
    const details = asObject(read(resource, "details"));
    const routes = isKnown(details) ? (details.routesDetails ?? details.routeDetails) : details;
    const secondary = (Array.isArray(routes) ? routes : [routes]).map((route) => {
      const block = asObject(route);
      return isKnown(block) ? asString(block.region) : block;
    });
    this.multiRegionEndpoints.push({ resource, region: this.graph.regionOf(resource), secondary });
  }

  private readOpaque(resource: ResourceRecord): void {
    const hides = (reason: string, pending = false): void => void this.opaque.push({ resource, reason, pending });
    if (resource.odd !== undefined) hides(resource.odd);
    else if (resource.opaque) hides("its children cannot be seen");
    else if (resource.type.startsWith("pulumi-nodejs:dynamic"))
      hides("a dynamic resource may create identities out of sight");
    else if (resource.type === "ses-guard:index:MonitoredIdentity") this.readOverride(resource);
    const property = TEMPLATES[resource.type];
    if (property === undefined) return;
    const template = read(resource, property);
    if (typeof template !== "string") {
      hides("its CloudFormation template cannot be read here", this.graph.isPending(resource, property));
    } else if (template.includes("AWS::SES::")) hides("its CloudFormation template contains SES resources");
    else if (/AWS::CloudFormation::Stack\b|AWS::Include|Fn::Transform/.test(template)) {
      hides("its CloudFormation template includes other templates");
    }
  }

  private readOverride(resource: ResourceRecord): void {
    const override = asObject(read(resource, "intendedOverride"));
    if (override === undefined) return;
    const identity = asString(read(resource, "identity"));
    const reason = isKnown(override) ? asString(override.reason) : UNKNOWN;
    const expires = isKnown(override) ? asString(override.expires) : UNKNOWN;
    const region = asString(read(resource, "region"));
    if (!isKnown(identity) || !isKnown(reason) || expires === UNKNOWN || region === UNKNOWN) {
      this.opaque.push({ resource, reason: "its intended override is not known here", pending: true });
      return;
    }
    const { name } = normaliseIdentity(identity);
    this.overrides.push({ identity: name, region, reason, expires, resource });
  }

  /** Sets outside the view that have one name may be one set, where it is not known whether their Regions are one. */
  private relateOutsideSets(): void {
    const byName = new Map<string, ConfigurationSet[]>();
    for (const set of this.outsideSets.values()) if (isKnown(set.name)) push(byName, set.name, set);
    for (const sets of byName.values()) {
      for (const set of sets) {
        const twins = sets.filter((one) => sameRegion(one.region, set.region) === UNKNOWN);
        for (const destination of twins.flatMap(({ destinations }) => destinations)) set.loose.add(destination);
      }
    }
  }

  private collectUses(): void {
    for (const { topic, type, region, identity, identityName, resource } of this.notifications) {
      const target = identity.kind === "found" ? identity.target : undefined;
      const account = target?.account ?? this.graph.accountOf(resource);
      const sure = topic.kind === "found" && type !== UNKNOWN;
      const use = (one: FeedbackType): TopicUse => ({
        type: one,
        via: "topic",
        region,
        account,
        source: identityName,
        identity: target,
        resource,
        sure,
      });
      if (type !== UNKNOWN) this.addUse(use(type), topic);
      else for (const one of FEEDBACK_TYPES) this.addUse(use(one), topic);
    }
    for (const { topic, kind, matches, region, set, resource } of this.eventDestinations) {
      const source = set.kind === "found" ? set.target.name : UNKNOWN;
      const account = this.graph.accountOf(resource);
      const use = { via: "event-destination", region, account, resource, source, identity: undefined } as const;
      for (const type of FEEDBACK_TYPES) {
        const match = matches(type);
        const sure = topic.kind === "found" && kind === "sns" && match === true;
        if (match !== false) this.addUse({ ...use, type, sure }, topic);
      }
    }
    for (const topic of this.topicCatalog.all) {
      // What goes nobody knows where may go to a topic that nothing else uses; the others are looked at anyway.
      if (topic.uses.length > 0 || !topic.resource || topic.resource.external) continue;
      for (const type of FEEDBACK_TYPES) {
        const near = (use: TopicUse) => use.type === type && sameRegion(use.region, topic.region) !== false;
        const use = topic.looseUses.find(`${type} ${topic.region}`, near);
        if (use) topic.uses.push(use);
      }
    }
  }

  private addUse(use: TopicUse, topic: Link<Topic>): void {
    attach(
      use,
      topic,
      (one) => one.uses,
      (one) => one.looseUses,
      this.anybodys.uses,
    );
  }
}

/** Hands a setting to whom it belongs, or to everybody it could belong to. */
function attach<S, T>(
  setting: S,
  owner: Link<T>,
  listOf: (owner: T) => S[],
  looseOf: (owner: T) => Loose<S>,
  anybodys: Anybodys<S>,
): void {
  if (owner.kind === "found") listOf(owner.target).push(setting);
  else if (owner.kind !== "unknown") return;
  else if (owner.candidates === undefined) anybodys.settings.push(setting);
  else for (const candidate of owner.candidates) looseOf(candidate).add(setting);
}

function attachPolicy(
  policy: AttachedPolicy,
  owner: Link<Topic> | Link<Queue> | Link<Key>,
  every: boolean,
  anybodys: Anybodys<AttachedPolicy>,
): void {
  const all = owner.kind === "found" ? [owner.target] : owner.kind === "unknown" ? owner.candidates : [];
  if (all === undefined) anybodys.settings.push(policy);
  for (const target of all ?? []) {
    if (owner.kind === "unknown" && !every) target.loosePolicies.add(policy);
    // A policy resource of its own overwrites the owner's inline one.
    else if (target.policies[0]?.resource === target.resource) target.policies = [policy];
    else if (!target.policies.includes(policy)) target.policies.push(policy);
  }
}

function ownPolicies(resource: ResourceRecord, property: string): AttachedPolicy[] {
  const raw = read(resource, property);
  return raw === undefined || raw === "" ? [] : [{ raw, resource, property }];
}

/** A FIFO topic's name always ends in `.fifo`. Source: SNS API reference, CreateTopic. */
function isFifo(flag: Value<boolean>, name: Value<string>, arn: Value<string>): boolean | Unknown {
  if (flag === true) return true;
  const known = isKnown(arn) ? arn : name;
  if (isKnown(known)) return known.endsWith(".fifo");
  return flag === UNKNOWN ? UNKNOWN : false;
}

function feedbackType(raw: Value<unknown>): FeedbackType | Unknown {
  const type = typeof raw === "string" ? raw.toLowerCase() : undefined;
  return FEEDBACK_TYPES.find((known) => known === type) ?? UNKNOWN;
}

/** v1 writes types in lower case, v2 in upper, CloudFormation in either. */
function matchesType(types: Value<readonly unknown[]>, type: FeedbackType): boolean | Unknown {
  if (!isKnown(types)) return types === UNKNOWN ? UNKNOWN : false;
  const values = types.map((one) => asString(one));
  if (values.some((one) => isKnown(one) && one.toLowerCase() === type)) return true;
  return values.includes(UNKNOWN) ? UNKNOWN : false;
}
