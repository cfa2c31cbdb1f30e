import type { Config } from "../config";
import { push } from "./collections";
import { normaliseIdentity } from "./identity";
import { Attachments } from "./inventory/attachments";
import { Drafts } from "./inventory/drafts";
import { Entities } from "./inventory/entities";
import type { Fact } from "./inventory/facts";
import { Graph } from "./inventory/graph";
import { Identities } from "./inventory/identities";
import type { Entity, Link } from "./inventory/links";
import { Onward } from "./inventory/onward";
import { Settings } from "./inventory/settings";
import { Tenants } from "./inventory/tenants";
import type {
  ConfigurationSet,
  HiddenResource,
  Identity,
  Inventory,
  MultiRegion,
  Override,
  Suppression,
} from "./inventory/types";
import { TopicUses } from "./inventory/uses";
import { isJudged, READERS } from "./readers";
import { hiddenBehind, mayHide, mayMakeSes } from "./readers/hidden";
import { ResourceReader } from "./reading";
import type { Reason } from "./reason";
import type { PartialStack, ResourceRecord, StackRecords } from "./record";

/**
 * Reads a view once and answers every question of the rules. Linear in the number of resources.
 * @param isOver whether the last day on which something is believed has passed
 */
export function buildInventory(
  stacks: readonly StackRecords[],
  config: Config,
  isOver: (expires: string | undefined) => boolean = () => false,
): Inventory {
  const builder = new Builder(new Graph(stacks, config.accounts, onlyAccount(config)), stacksWithGaps(stacks));
  builder.read();
  builder.addEntities();
  builder.addConfigured(config, isOver);
  builder.addSettings();
  return builder.finish(config);
}

const REFERRED_TO: ReadonlySet<string> = new Set([
  ...["identity", "topic", "subscription", "queue", "function", "function-alias", "key", "key-alias"],
  ...["bus", "set", "role", "stream"],
  // Settings that a deletion takes back, whoever else declares them.
  ...["notification", "forwarding"],
]);

/** Stacks whose program may have registered more than the source could see, of the types that are read here. */
function stacksWithGaps(stacks: readonly StackRecords[]): ReadonlySet<string> {
  const open = stacks.filter(({ mayBeMissing = [] }) =>
    mayBeMissing.some(({ types }) => types === undefined || types.some(isJudged)),
  );
  return new Set(open.flatMap((one) => [...(one.stacks ?? []), ...one.resources.map(({ stack }) => stack)]));
}

/** Where all entries of an inventory name one account, it was made for that account. */
function onlyAccount({ externalIdentities }: Config): string | undefined {
  const accounts = new Set(externalIdentities.map(({ account }) => account ?? undefined));
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

type Said<K extends Fact["fact"]> = readonly [resource: ResourceRecord, fact: Extract<Fact, { fact: K }>];

class Builder {
  private readonly drafts = new Drafts();
  private readonly identities: Identities;
  private readonly entities: Entities;
  private readonly settings: Settings;
  private readonly attachments: Attachments;
  private readonly onward: Onward;
  private readonly said = new Map<string, [ResourceRecord, Fact][]>();
  private readonly hidden: HiddenResource[] = [];
  private readonly suppressions: Suppression[] = [];
  private readonly multiRegionEndpoints: MultiRegion[] = [];
  private readonly overrides: Override[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly gaps: ReadonlySet<string>,
  ) {
    this.identities = new Identities(graph, this.drafts);
    this.entities = new Entities(graph, this.drafts);
    this.attachments = new Attachments(graph, this.drafts, this.identities, this.entities);
    this.onward = new Onward(this.entities);
    this.settings = new Settings(graph, this.drafts, this.identities, this.entities);
  }

  /** Asks the reader of every resource's type. */
  read(): void {
    const known: ResourceRecord[] = [];
    for (const resource of this.graph.byUrn.values()) {
      if (READERS.has(resource.type)) known.push(resource);
      if (!resource.gone) this.lookBehind(resource);
    }
    // The order of a document means nothing, so no finding may depend on it.
    known.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    for (const resource of known) this.graph.learn(resource);
    for (const resource of known) {
      const fact = READERS.get(resource.type)?.(new ResourceReader(resource, this.graph.locate));
      // Of what the preview deletes only that remains: others may refer to it.
      if (fact && (!resource.gone || REFERRED_TO.has(fact.fact))) push(this.said, fact.fact, [resource, fact]);
    }
  }

  private lookBehind(resource: ResourceRecord): void {
    const hide = (reason: Reason, pending = false): void => void this.hidden.push({ resource, reason, pending });
    if (resource.defect !== undefined) hide({ kind: "malformed", problem: resource.defect });
    else if (resource.opaque && mayMakeSes(resource.type)) hide({ kind: "remote-component" });
    if (!mayHide(resource.type)) return;
    const found = hiddenBehind(new ResourceReader(resource, this.graph.locate));
    if (found) hide(found.reason, found.pending);
  }

  /** What was said of one kind. */
  private of<K extends Fact["fact"]>(kind: K): readonly Said<K>[] {
    // The key of the map is the fact's own kind.
    return (this.said.get(kind) ?? []) as unknown as readonly Said<K>[];
  }

  /** Deletions take back what others set, so they are known before these. */
  private deletedFirst<K extends Fact["fact"]>(kind: K): readonly Said<K>[] {
    const all = this.of(kind);
    const deleted = all.filter(([resource]) => resource.gone);
    return deleted.length === 0 ? all : [...deleted, ...all.filter(([resource]) => !resource.gone)];
  }

  /** What others refer to: first, so that every reference can be followed afterwards. */
  addEntities(): void {
    const { entities } = this;
    for (const [resource, fact] of this.of("identity")) this.identities.addDeclared(resource, fact);
    for (const [resource, fact] of this.of("topic")) entities.addTopic(resource, fact);
    for (const [resource, fact] of this.of("queue")) entities.addQueue(resource, fact);
    for (const [resource, fact] of this.of("function")) entities.addFunction(resource, fact);
    for (const [resource, fact] of this.of("key")) entities.addKey(resource, fact);
    this.addDelivery();
    for (const [resource, fact] of this.of("event-rule")) entities.addEventRule(resource, fact);
    for (const [resource, fact] of this.of("function-alias")) entities.addFunctionAlias(resource, fact);
    for (const [resource, fact] of this.of("set")) {
      const set = entities.addSet(resource, fact);
      const reasons = set.gone ? undefined : fact.suppressedReasons;
      if (reasons) this.suppressions.push({ resource, region: this.graph.regionOf(resource), reasons, set });
    }
    for (const [resource, fact] of this.of("key-alias")) entities.addKeyAlias(resource, fact);
    entities.linkKeys();
  }

  /** What events are delivered to, topics aside, and who delivers them. */
  private addDelivery(): void {
    const { entities } = this;
    for (const [resource, fact] of this.of("bus")) entities.addBus(resource, fact);
    for (const [resource, fact] of this.of("role")) entities.addRole(resource, fact);
    for (const [resource, fact] of this.of("stream")) entities.addStream(resource, fact);
  }

  /** Identities and overrides that the configuration names. */
  addConfigured({ intendedOverrides, externalIdentities }: Config, isOver: (expires?: string) => boolean): void {
    for (const [index, { identity, reason, expires }] of intendedOverrides.entries()) {
      const { name } = normaliseIdentity(identity);
      const entry = ["intendedOverrides", index] as const;
      this.overrides.push({ identity: name, region: undefined, reason, expires, resource: undefined, entry });
    }
    for (const entry of externalIdentities) {
      const { bounce, complaint, delivery } = entry;
      const { name, kind } = normaliseIdentity(entry.identity);
      const home = [entry.region ?? "?external", entry.account ?? "?external"] as const;
      const isBelieved = entry.doubt === undefined && !isOver(entry.expires);
      this.identities.addExternal(name, kind, ...home, isBelieved ? { bounce, complaint, delivery } : undefined);
    }
  }

  /** What refers to entities; default sets last, after the sets that only their destinations name are known. */
  addSettings(): void {
    const { settings, graph } = this;
    for (const [resource, fact] of this.deletedFirst("notification")) settings.addNotification(resource, fact);
    for (const [resource, fact] of this.deletedFirst("forwarding")) settings.addForwarding(resource, fact);
    for (const [resource, fact] of this.of("destination")) settings.addDestination(resource, fact);
    for (const [resource, fact] of this.deletedFirst("subscription")) settings.addSubscription(resource, fact);
    for (const [resource, { subscriptions }] of this.of("topic")) {
      if (resource.gone) continue;
      for (const fact of subscriptions) settings.addSubscription(resource, fact);
    }
    settings.takenBack.leaveOff();
    this.addPolicies();
    for (const [resource, { reasons }] of this.of("suppression")) {
      this.suppressions.push({ resource, region: graph.regionOf(resource), reasons, set: undefined });
    }
    for (const [resource, { secondary }] of this.of("multi-region")) {
      this.multiRegionEndpoints.push({ resource, region: graph.regionOf(resource), secondary });
    }
    for (const [resource, fact] of this.of("identity")) if (!resource.gone) settings.addInline(resource, fact);
    this.entities.relateOutsideSets();
    this.addAttachments();
    this.addOnward();
  }

  private addPolicies(): void {
    const { settings } = this;
    for (const kind of ["topic-policy", "queue-policy", "key-policy"] as const) {
      for (const [, fact] of this.of(kind)) settings.addPolicy(fact);
    }
    for (const [, fact] of this.of("redrive")) settings.addRedrive(fact);
    for (const [resource, fact] of this.of("permission")) settings.addPermission(resource, fact);
  }

  private addOnward(): void {
    const { onward } = this;
    for (const [resource, fact] of this.of("queue")) onward.addQueue(resource, fact);
    for (const [, fact] of this.of("redrive")) onward.addRedrive(fact);
    for (const [, fact] of this.of("event-source")) onward.addEventSource(fact);
    for (const [resource, fact] of this.of("event-rule")) onward.addRule(resource, fact);
    for (const [, fact] of this.of("event-target")) onward.addEventTarget(fact);
  }

  private addAttachments(): void {
    const { attachments } = this;
    for (const [resource, { override }] of this.of("override")) this.overrides.push({ ...override, resource });
    for (const [resource, { reason, pending }] of this.of("hidden")) this.hidden.push({ resource, reason, pending });
    for (const [, fact] of this.of("event-target")) attachments.addEventTarget(fact);
    for (const [resource, fact] of this.of("identity-policy")) attachments.addIdentityPolicy(resource, fact);
    for (const [resource, fact] of this.of("dkim")) attachments.addDkim(resource, fact);
    for (const [resource, fact] of this.of("topic-protection")) attachments.addProtection(resource, fact);
  }

  finish({ sendTimeConfigurationSets }: Config): Inventory {
    // The functions below outlive the builder: they hold these, not it with all that was said.
    const { identities, entities, settings, graph, gaps } = this;
    const uses = new TopicUses(graph, this.drafts);
    for (const setting of settings.notifications) uses.fromNotification(setting);
    for (const destination of settings.destinations) uses.fromDestination(destination);
    for (const topic of entities.topics.all) uses.lend(topic);
    const topics = entities.allTopics;
    const tenants = new Tenants(graph, identities, entities);
    for (const [, fact] of this.of("tenant-association")) tenants.add(fact);
    const sendTime = new Map<string, string[]>();
    for (const { configurationSet, identities: names } of sendTimeConfigurationSets) {
      for (const name of names) push(sendTime, normaliseIdentity(name).name, configurationSet);
    }
    const sendTimeSets = (identity: Identity): readonly Link<ConfigurationSet>[] => {
      const { label, region, account } = identity;
      const names = sendTime.get(label);
      const ofTenants = tenants.setsOf(identity);
      return names ? [...names.map((name) => entities.setNamed(name, region, account)), ...ofTenants] : ofTenants;
    };
    return Object.freeze({
      isPartial: (stack: string) => graph.partialStacks.has(stack),
      hasGaps: (stack: string) => gaps.has(stack),
      partialStacks: this.partialStacks(),
      identities: identities.all,
      judged: identities.all.filter(({ judged }) => judged),
      topics,
      usedTopics: topics.filter((topic) => topic.uses.length > 0 && !topic.gone),
      configurationSets: entities.sets.all.filter(({ gone }) => !gone),
      deletedSets: entities.sets.all.filter(({ gone }) => gone),
      eventDestinations: settings.destinations,
      notifications: settings.notifications,
      forwardingSettings: settings.forwarding,
      subscriptions: settings.subscriptions,
      eventRules: entities.eventRules.all,
      identityPolicies: this.attachments.identityPolicies,
      suppressions: this.suppressions,
      multiRegionEndpoints: this.multiRegionEndpoints,
      overrides: this.overrides,
      hidden: this.hidden,
      liveAccounts: this.of("live-account").map(([resource, fact]) => ({
        ...fact,
        resource,
        region: graph.regionOf(resource),
      })),
      liveSenders: this.of("live-sender").map(([resource, fact]) => ({
        ...fact,
        resource,
        region: graph.regionOf(resource),
      })),
      contradicted: identities.contradicted,
      findIdentity: (name: string, region: string, account: string) => identities.find(name, region, account),
      named: (name: string) => identities.named(name),
      sendTimeSets,
      stepsFrom: (entity: Entity) => this.onward.from(entity),
      deadLettersOf: (queue: Entity) => this.onward.deadLettersOf(queue),
      senderSets: (identity: Identity) => {
        const named = sendTimeSets(identity);
        const links = named.length > 0 ? named : identity.defaultSets.map(({ set }) => set);
        return links.flatMap((link) => (link.kind === "found" ? [link.target] : []));
      },
    });
  }

  private partialStacks(): PartialStack[] {
    const deleted = [...this.graph.byUrn.values()].filter((one) => one.gone && !one.superseded && isJudged(one.type));
    return [...this.graph.partialStacks]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([stack, omissions]) => ({ stack, omissions, deleted: deleted.filter((one) => one.stack === stack) }));
  }
}
