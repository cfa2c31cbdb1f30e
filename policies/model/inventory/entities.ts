import type { Account } from "../account";
import { type Arn, parseArn, parseFunction } from "../arn";
import { push } from "../collections";
import { sameHome } from "../home";
import type { ResourceRecord } from "../record";
import { findPartition, type Region, regionName } from "../region";
import { asString, isKnown, UNKNOWN, type Value } from "../value";
import { Catalog } from "./catalog";
import { type Draft, type Drafts, ownPolicies, type QueueAbout, type TopicAbout } from "./drafts";
import type {
  EventRuleFact,
  FunctionAliasFact,
  FunctionFact,
  KeyAliasFact,
  KeyFact,
  QueueFact,
  Reference,
  RoleFact,
  SetFact,
  TopicFact,
} from "./facts";
import type { Graph } from "./graph";
import { type Entity, type Link, NO_LINK, oneOf, targetsOf } from "./links";
import { isDefaultBus } from "./rules";
import type { ConfigurationSet, EventBus, EventRule, Key, LambdaFunction, Queue, Role, Topic } from "./types";

/** Everything that settings refer to, identities aside, and how a reference to it is followed. */
export class Entities {
  readonly topics: Catalog<Draft<Topic>>;
  readonly queues: Catalog<Draft<Queue>>;
  readonly functions: Catalog<Draft<LambdaFunction>>;
  readonly keys: Catalog<Draft<Key>>;
  readonly sets: Catalog<Draft<ConfigurationSet>>;
  readonly buses: Catalog<Draft<EventBus>>;
  readonly roles: Catalog<Role>;
  readonly streams: Catalog<Entity>;
  readonly eventRules: Catalog<Draft<EventRule>>;
  /** ARNs of aliases of functions that the preview deletes. */
  private readonly goneAliases = new Set<string>();
  /** Of functions: the name that an alias gives to a version. */
  private readonly aliasNames = new Map<string, Value<string>>();
  private readonly outsideTopics = new Map<string, Draft<Topic>>();
  private readonly outsideSets = new Map<string, Draft<ConfigurationSet>>();
  private readonly keyReferences: [owner: { key: Link<Key> }, reference: Reference][] = [];

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
  ) {
    this.topics = new Catalog(graph);
    this.queues = new Catalog(graph);
    this.functions = new Catalog(graph);
    this.keys = new Catalog(graph);
    this.sets = new Catalog(graph);
    this.buses = new Catalog(graph);
    this.roles = new Catalog(graph);
    this.streams = new Catalog(graph);
    this.eventRules = new Catalog(graph);
  }

  get allTopics(): Draft<Topic>[] {
    return [...this.topics.all, ...this.outsideTopics.values()];
  }

  addTopic(resource: ResourceRecord, fact: TopicFact): void {
    const { fifo, policy, key, dataProtection } = fact;
    const protections = dataProtection ? ownPolicies(dataProtection) : [];
    const about: TopicAbout = { fifo, policies: ownPolicies(policy), keyName: key.value, protections };
    const topic = this.topics.add(this.drafts.topic(this.entity(resource, fact), about), asString(resource.id));
    this.keyReferences.push([topic, key]);
  }

  addQueue(resource: ResourceRecord, fact: QueueFact): void {
    const { fifo, policy, key, deadLetters, url } = fact;
    const about: QueueAbout = { fifo, policies: ownPolicies(policy), keyName: key.value, deadLetters };
    const queue = this.queues.add(this.drafts.queue(this.entity(resource, fact), about), asString(resource.id), url);
    this.keyReferences.push([queue, key]);
  }

  addFunction(resource: ResourceRecord, fact: FunctionFact): void {
    this.functions.add(
      this.drafts.lambda(this.entity(resource, fact), fact.reservedConcurrency),
      asString(resource.id),
    );
  }

  addKey(resource: ResourceRecord, fact: KeyFact): void {
    this.keys.add(this.drafts.key(this.entity(resource, fact), fact, ownPolicies(fact.policy)), asString(resource.id));
  }

  addSet(resource: ResourceRecord, fact: SetFact): ConfigurationSet {
    const set = this.drafts.set(this.entity(resource, fact), fact.reputationMetrics, fact.tlsPolicy);
    return this.sets.add(set, asString(resource.id));
  }

  addBus(resource: ResourceRecord, fact: { name: Value<string>; arn: Value<string> }): void {
    this.buses.add(this.entity(resource, fact), asString(resource.id));
  }

  addStream(resource: ResourceRecord, fact: { name: Value<string>; arn: Value<string> }): void {
    this.streams.add(this.entity(resource, fact), asString(resource.id));
  }

  addRole(resource: ResourceRecord, fact: RoleFact): void {
    this.roles.add({ ...this.entity(resource, fact), trust: fact.trust }, asString(resource.id));
  }

  addEventRule(resource: ResourceRecord, fact: EventRuleFact): void {
    const { bus, pattern, enabled, hasTarget } = fact;
    const rule: Draft<EventRule> = {
      ...this.entity(resource, fact),
      onDefaultBus: isDefaultBus(bus, this.buses),
      pattern,
      enabled,
      hasTarget,
    };
    // Targets of a rule that is only read stand where it is managed.
    if (resource.external && !hasTarget) rule.hasTarget = UNKNOWN;
    this.eventRules.add(rule, asString(resource.id));
  }

  /** An alias means its function; which version it is for is told by its name. */
  addFunctionAlias(resource: ResourceRecord, { name, arn, lambda }: FunctionAliasFact): void {
    if (resource.gone) {
      if (isKnown(arn)) this.goneAliases.add(arn);
      return;
    }
    this.aliasNames.set(resource.urn, name);
    const { link } = this.functionLink(lambda);
    if (link.kind === "found") this.functions.alias(resource.urn, link.target);
  }

  /** Follows a reference to a function, its version or its alias. */
  functionLink(reference: Reference): { link: Link<Draft<LambdaFunction>>; qualifier: Value<string> } {
    const { value, resource, property } = reference;
    if (isKnown(value)) {
      const { reference: name, account, qualifier } = parseFunction(value);
      const region = account === undefined ? null : regionName(this.graph.regionOf(resource));
      const partition = region && findPartition(region)?.id;
      const whole = partition && `arn:${partition}:lambda:${region}:${account}:function:${name}`;
      const link = this.functions.resolve(reference.as<string>(whole || name));
      const isGone = link.kind === "found" && this.goneAliases.has(value);
      return { link: isGone ? { ...link, target: { ...link.target, gone: true } } : link, qualifier };
    }
    const aliases = this.graph.dependencies(resource, property).filter(({ urn }) => this.aliasNames.has(urn));
    const [alias] = aliases;
    const qualifier = aliases.length > 1 ? UNKNOWN : alias && this.aliasNames.get(alias.urn);
    return { link: this.functions.resolve(reference), qualifier };
  }

  /** Which version or alias a setting names on its own. */
  qualifierOf({ value, resource, property }: Reference): Value<string> {
    if (value !== UNKNOWN) return value;
    const aliases = this.graph.dependencies(resource, property).filter(({ urn }) => this.aliasNames.has(urn));
    return aliases.length === 1 ? (this.aliasNames.get(aliases[0]?.urn ?? "") ?? UNKNOWN) : UNKNOWN;
  }

  addKeyAlias(resource: ResourceRecord, { name, arn, key: reference }: KeyAliasFact): void {
    const link: Link<Draft<Key>> = resource.gone ? NO_LINK : this.keys.resolve(reference);
    const key = link.kind === "found" ? link.target : this.keyBehindAlias(resource, reference, link);
    this.keys.alias(resource.urn, key);
    this.keys.name(key, name, asString(resource.id), arn);
    if (name === UNKNOWN) this.keys.nameUnknown(key);
  }

  /** A key outside the view: nothing is known about it but the alias. One that nobody knows: not even that. */
  private keyBehindAlias(resource: ResourceRecord, reference: Reference, link: Link<Key>): Draft<Key> {
    const entity = { name: undefined, arn: undefined, gone: resource.gone, ...this.graph.locate(resource) };
    const traits = { enabled: undefined, usage: undefined, spec: undefined };
    return this.drafts.key(entity, traits, link.kind === "unknown" ? [reference.as<unknown>(UNKNOWN)] : []);
  }

  /** Once all keys have all their names. */
  linkKeys(): void {
    for (const [owner, reference] of this.keyReferences) owner.key = this.keys.resolve(reference);
  }

  private entity(resource: ResourceRecord, { name, arn }: { name: Value<string>; arn: Value<string> }): Entity {
    const { region, account } = this.graph.locate(resource);
    return { resource, name, arn, region, account, gone: resource.gone };
  }

  /** Follows a reference to a topic; one that is only named gets a stand-in: its ARN tells Region and FIFO. */
  topicLink(reference: Reference): Link<Draft<Topic>> {
    if (reference.value === undefined || reference.value === "") return NO_LINK;
    const link = this.topics.resolve(reference);
    if (link.kind !== "outside") return link;
    const target = this.outsideTopic(link.value);
    return target ? { kind: "found", target } : link;
  }

  /**
   * Where a setting publishes to. An ARN says that itself, although it may be a topic's in view whose account nobody
   * knows: what stands for it tells the Region and FIFO, and is perhaps that topic.
   */
  destinationLink(reference: Reference): Link<Draft<Topic>> {
    const link = this.topicLink(reference);
    if (!isKnown(reference.value) || link.kind !== "unknown" || link.candidates?.some(({ gone }) => gone)) return link;
    const target = this.outsideTopic(reference.value);
    if (!target) return link;
    target.twins = link;
    return { kind: "found", target };
  }

  /** What stands for the ARN of a topic; undefined where it is no topic's. */
  private outsideTopic(reference: string): Draft<Topic> | undefined {
    const arn = parseArn(reference);
    if (!arn || !isTopicArn(arn)) return undefined;
    let topic = this.outsideTopics.get(reference);
    if (!topic) {
      const name = arn.resource;
      const home = { region: arn.region || "?outside", account: arn.account || "?outside" };
      topic = this.drafts.topic({ name, arn: reference, ...home }, { fifo: name.endsWith(".fifo") });
      this.outsideTopics.set(reference, topic);
    }
    return topic;
  }

  /** Follows a reference to a set; one outside the view still has those of its destinations that stand in it. */
  setLink(reference: Reference): Link<Draft<ConfigurationSet>> {
    if (reference.value === undefined || reference.value === "") return NO_LINK;
    const { region, account } = this.graph.locate(reference.resource);
    const link = this.setBehind(reference);
    if (link.kind !== "outside") return link;
    const key = `${link.value}\n${region}\n${account}`;
    let target = this.outsideSets.get(key);
    if (!target) {
      target = this.drafts.set({ name: link.value, arn: undefined, region, account }, undefined);
      this.outsideSets.set(key, target);
    }
    return { kind: "found", target };
  }

  /** Only the name is taken from the sets behind a value: it means the one of that name here. */
  private setBehind(reference: Reference): Link<Draft<ConfigurationSet>> {
    const link = this.sets.resolve(reference);
    if (reference.value !== UNKNOWN || (link.kind === "unknown" && link.candidates === undefined)) return link;
    const meant = targetsOf(link);
    const names = new Set(meant.map((set) => set.name));
    const [name] = names;
    const byName = (one: string) => this.sets.resolve(reference.as<string>(one));
    if (isKnown(name) && names.size === 1) return byName(name);
    const home = this.graph.locate(reference.resource);
    const unnamed = meant.filter((set) => !isKnown(set.name) && sameHome(set, home) !== false);
    const [only] = unnamed;
    if (link.kind === "found" && only && sameHome(only, home) === true) return link;
    const named = [...names].filter(isKnown).flatMap((one) => targetsOf(byName(one)));
    return oneOf([...new Set([...named, ...unnamed])], reference.pending);
  }

  /** A set that the configuration names for sending from a Region and account: one of elsewhere is another. */
  setNamed(name: string, region: Region, account: Account): Link<ConfigurationSet> {
    const target =
      this.sets.named(name).find((set) => sameHome(set, { region, account }) === true) ??
      this.outsideSets.get(`${name}\n${region}\n${account}`);
    return target ? { kind: "found", target } : { kind: "outside", value: name };
  }

  /** Sets outside the view that have one name may be one set, where it is not known whether their Regions are one. */
  relateOutsideSets(): void {
    const byName = new Map<string, Draft<ConfigurationSet>[]>();
    for (const set of this.outsideSets.values()) if (isKnown(set.name)) push(byName, set.name, set);
    for (const sets of byName.values()) {
      for (const set of sets) {
        const twins = sets.filter((one) => sameHome(one, set) === UNKNOWN);
        for (const destination of twins.flatMap(({ destinations }) => destinations)) {
          set.possibleDestinations.add(destination);
        }
      }
    }
  }
}

/**
 * A topic's ARN ends in its name: 1 to 256 letters, digits, `-` and `_`; permissions write patterns of it.
 * Source: SNS API reference, CreateTopic.
 */
function isTopicArn({ service, account, resource }: Arn): boolean {
  return service === "sns" && /^(\d{12})?$/.test(account) && /^[\w*?-]{1,256}(\.fifo)?$/.test(resource);
}
