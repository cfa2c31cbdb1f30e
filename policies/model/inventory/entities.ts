import { parseArn } from "../arn";
import { push } from "../collections";
import type { ResourceRecord } from "../record";
import { sameRegion } from "../region";
import { asString, isKnown, UNKNOWN, type Value } from "../value";
import { Catalog } from "./catalog";
import { type Draft, type Drafts, ownPolicies, type QueueAbout, type TopicAbout } from "./drafts";
import type { FunctionFact, KeyAliasFact, KeyFact, QueueFact, Reference, SetFact, TopicFact } from "./facts";
import type { Graph } from "./graph";
import { type Entity, type Link, NO_LINK, oneOf } from "./links";
import type { ConfigurationSet, EventBus, Key, LambdaFunction, Queue, Topic } from "./types";

/** Everything that settings refer to, identities aside, and how a reference to it is followed. */
export class Entities {
  readonly topics: Catalog<Draft<Topic>>;
  readonly queues: Catalog<Draft<Queue>>;
  readonly functions: Catalog<Draft<LambdaFunction>>;
  readonly keys: Catalog<Draft<Key>>;
  readonly sets: Catalog<Draft<ConfigurationSet>>;
  readonly buses: Catalog<Draft<EventBus>>;
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
  }

  get allTopics(): Draft<Topic>[] {
    return [...this.topics.all, ...this.outsideTopics.values()];
  }

  addTopic(resource: ResourceRecord, fact: TopicFact): void {
    const { fifo, policy, key } = fact;
    const about: TopicAbout = { fifo, policies: ownPolicies(policy), keyName: key.value };
    const topic = this.topics.add(this.drafts.topic(this.entity(resource, fact), about), asString(resource.id));
    this.keyReferences.push([topic, key]);
  }

  addQueue(resource: ResourceRecord, fact: QueueFact): void {
    const { policy, key, deadLetters, url } = fact;
    const about: QueueAbout = { policies: ownPolicies(policy), keyName: key.value, deadLetters };
    const queue = this.queues.add(this.drafts.queue(this.entity(resource, fact), about), asString(resource.id), url);
    this.keyReferences.push([queue, key]);
  }

  addFunction(resource: ResourceRecord, fact: FunctionFact): void {
    this.functions.add(this.drafts.lambda(this.entity(resource, fact)), asString(resource.id));
  }

  addKey(resource: ResourceRecord, fact: KeyFact): void {
    this.keys.add(this.drafts.key(this.entity(resource, fact), ownPolicies(fact.policy)), asString(resource.id));
  }

  addSet(resource: ResourceRecord, fact: SetFact): ConfigurationSet {
    return this.sets.add(this.drafts.set(this.entity(resource, fact), fact.reputationMetrics), asString(resource.id));
  }

  addBus(resource: ResourceRecord, fact: { name: Value<string>; arn: Value<string> }): void {
    this.buses.add(this.entity(resource, fact), asString(resource.id));
  }

  addKeyAlias(resource: ResourceRecord, { name, arn, key: reference }: KeyAliasFact): void {
    const link = this.keys.resolve(reference);
    const key = link.kind === "found" ? link.target : this.keyBehindAlias(resource, reference, link);
    this.keys.alias(resource.urn, key);
    this.keys.name(key, name, asString(resource.id), arn);
    if (name === UNKNOWN) this.keys.nameUnknown(key);
  }

  /** A key outside the view: nothing is known about it but the alias. One that nobody knows: not even that. */
  private keyBehindAlias(resource: ResourceRecord, reference: Reference, link: Link<Key>): Draft<Key> {
    const entity = { name: undefined, arn: undefined, ...this.graph.locate(resource) };
    return this.drafts.key(entity, link.kind === "unknown" ? [reference.as<unknown>(UNKNOWN)] : []);
  }

  /** Once all keys have all their names. */
  linkKeys(): void {
    for (const [owner, reference] of this.keyReferences) owner.key = this.keys.resolve(reference);
  }

  private entity(resource: ResourceRecord, { name, arn }: { name: Value<string>; arn: Value<string> }): Entity {
    const { region, account } = this.graph.locate(resource);
    return { resource, name, arn, region, account };
  }

  /** Follows a reference to a topic; one that is only named gets a stand-in: its ARN tells Region and FIFO. */
  topicLink(reference: Reference): Link<Draft<Topic>> {
    if (reference.value === undefined || reference.value === "") return NO_LINK;
    const link = this.topics.resolve(reference);
    if (link.kind !== "outside") return link;
    const arn = parseArn(link.value);
    if (arn?.service !== "sns") return link;
    let target = this.outsideTopics.get(link.value);
    if (!target) {
      const name = arn.resource;
      const place = { region: arn.region || "?outside", account: arn.account || undefined };
      target = this.drafts.topic({ name, arn: link.value, ...place }, { fifo: name.endsWith(".fifo") });
      this.outsideTopics.set(link.value, target);
    }
    return { kind: "found", target };
  }

  /** Follows a reference to a set; one outside the view still has those of its destinations that stand in it. */
  setLink(reference: Reference): Link<Draft<ConfigurationSet>> {
    if (reference.value === undefined || reference.value === "") return NO_LINK;
    const { region, account } = this.graph.locate(reference.resource);
    let link = this.sets.resolve(reference);
    if (link.kind === "found" && reference.value === UNKNOWN) {
      // Only the name is taken from a set of another Region: it means the one of that name here.
      const { name, region: other } = link.target;
      const same = sameRegion(other, region);
      if (same === UNKNOWN) return oneOf([link.target]);
      if (same === false) link = isKnown(name) ? this.sets.resolve(reference.as<string>(name)) : oneOf([]);
    }
    if (link.kind !== "outside") return link;
    const key = `${link.value}\n${region}`;
    let target = this.outsideSets.get(key);
    if (!target) {
      target = this.drafts.set({ name: link.value, arn: undefined, region, account }, undefined);
      this.outsideSets.set(key, target);
    }
    return { kind: "found", target };
  }

  /** A set that the configuration names for sending from a Region. */
  setNamed(name: string, region: string): Link<ConfigurationSet> {
    const target =
      this.sets.named(name).find((set) => sameRegion(set.region, region) !== false) ??
      this.outsideSets.get(`${name}\n${region}`);
    return target ? { kind: "found", target } : { kind: "outside", value: name };
  }

  /** Sets outside the view that have one name may be one set, where it is not known whether their Regions are one. */
  relateOutsideSets(): void {
    const byName = new Map<string, Draft<ConfigurationSet>[]>();
    for (const set of this.outsideSets.values()) if (isKnown(set.name)) push(byName, set.name, set);
    for (const sets of byName.values()) {
      for (const set of sets) {
        const twins = sets.filter((one) => sameRegion(one.region, set.region) === UNKNOWN);
        for (const destination of twins.flatMap(({ destinations }) => destinations)) {
          set.possibleDestinations.add(destination);
        }
      }
    }
  }
}
