import fc from "fast-check";
import {
  type DestinationSpec,
  HANDLER,
  type IdentitySpec,
  KINDS,
  type Named,
  NOBODY,
  type PlainTopicSpec,
  type SetSpec,
  type Spec,
  type Subscribers,
  type TopicSpec,
} from "../engine/life-program";
import { movedFromSet } from "../engine/watch";

const REGIONS = ["us-east-1", "eu-west-1"];
const DOMAINS = ["example.com", "example.org", "mail.example.com", "ceo@example.com"];
/** Exists already and belongs to nobody here: an edit that wants it fails. */
export const TAKEN = "taken.example";
const KEYS = ["a", "b", "c"];
const NAMES = ["crm", "audit", "ops"];
const TYPES = ["bounces", "complaints", "deliveries"] as const;
const ENTRIES = [...KINDS, "targets"] as const;
type Entries = (typeof ENTRIES)[number];

const endpointName = (kind: Entries) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: fc.constant(kind === "queues" ? HANDLER : "crm") },
  );

/** Names of endpoints by key, each endpoint once. */
const entries = (kind: Entries): fc.Arbitrary<Record<string, string>> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), endpointName(kind)), { maxLength: 2, selector: ([key]) => key })
    .map((pairs) => pairs.filter(([, name], index) => pairs.findIndex(([, other]) => other === name) === index))
    .map((pairs) => Object.fromEntries(pairs));

const seldom = <T>(weight: number, usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const NO_SUBSCRIBERS: Subscribers = { emails: {}, webhooks: {}, queues: {}, functions: {} };

const subscribers: fc.Arbitrary<Subscribers> = fc.record({
  queues: entries("queues"),
  functions: seldom(3, {}, entries("functions")),
  emails: seldom(3, {}, entries("emails")),
  webhooks: seldom(4, {}, entries("webhooks")),
});

const destination = (ways: readonly DestinationSpec["way"][]): fc.Arbitrary<DestinationSpec> =>
  fc
    .tuple(
      subscribers,
      seldom<DestinationSpec["way"]>(3, "own", fc.constantFrom(...ways)),
      entries("targets"),
      seldom(3, false, fc.constant(true)),
    )
    .map(([given, way, targets, forwardByEmail]) => ({ ...given, way, targets, forwardByEmail }));

const WAYS = ["own", "given", "shared", "plain", "set"] as const;
const WAYS_OF_SETS = ["own", "given", "plain", "bus"] as const;
const zone = fc.record({
  id: fc.constantFrom("Z1", "Z2"),
  dkim: seldom(3, true, fc.boolean()),
  mailFrom: seldom(3, true, fc.boolean()),
  dmarc: seldom(3, true, fc.boolean()),
});

const identitySpec = (lineage: string): fc.Arbitrary<IdentitySpec> =>
  fc.record(
    {
      lineage: fc.constant(lineage),
      name: fc.constant(lineage),
      identity: fc.constantFrom(...DOMAINS),
      region: fc.constant(REGIONS[0] as string),
      includeOriginalHeaders: fc.boolean(),
      bounces: destination(WAYS),
      complaints: destination(WAYS),
      deliveries: destination(WAYS),
      attached: fc.boolean(),
      mailFrom: fc.boolean(),
      zone,
      waitForVerification: fc.boolean(),
    },
    { requiredKeys: ["lineage", "name", "identity", "region", "includeOriginalHeaders", "bounces", "complaints"] },
  );

const topicSpec: fc.Arbitrary<TopicSpec> = fc.record({
  lineage: fc.constant("feedback"),
  name: fc.constant("feedback"),
  region: fc.constant(REGIONS[0] as string),
  subscribers,
});

const TOPIC_NAMES = ["one", "two"];
const plainSpec: fc.Arbitrary<PlainTopicSpec> = fc.record({
  topicName: fc.constantFrom(...TOPIC_NAMES),
  region: fc.constant(REGIONS[0] as string),
  queues: entries("queues").filter((queues) => Object.keys(queues).length > 0),
});

const setSpec: fc.Arbitrary<SetSpec> = fc.record(
  {
    name: fc.constant("letters"),
    region: fc.constant(REGIONS[0] as string),
    setName: fc.constantFrom("one", "two"),
    failures: fc.boolean(),
    bounces: destination(WAYS_OF_SETS),
    complaints: destination(WAYS_OF_SETS),
    deliveries: destination(WAYS_OF_SETS),
  },
  { requiredKeys: ["name", "region", "failures", "bounces", "complaints"] },
);

type Edit = (spec: Spec) => Spec;
type Path = { of: "identity" | "set"; type: (typeof TYPES)[number] } | { of: "topic" };

const own = (given: Subscribers) => KINDS.some((kind) => Object.keys(given[kind]).length > 0);

/** Edits one destination of the first identity or of the set, or the shared topic, where it is there. */
const within =
  (path: Path, change: <T extends Subscribers & Partial<DestinationSpec>>(given: T) => T): Edit =>
  (spec) => {
    if (path.of === "topic") {
      const { topic } = spec;
      return topic ? { ...spec, topic: { ...topic, subscribers: change(topic.subscribers) } } : spec;
    }
    const { type } = path;
    if (path.of === "set") {
      const given = spec.set?.[type];
      return spec.set && given ? { ...spec, set: { ...spec.set, [type]: change(given) } } : spec;
    }
    return onIdentity((one) => {
      const given = one[type];
      return given ? { ...one, [type]: change(given) } : one;
    })(spec);
  };

const onIdentity =
  (change: (one: IdentitySpec) => IdentitySpec): Edit =>
  (spec) => {
    const [one, ...others] = spec.identities;
    return one ? { ...spec, identities: [change(one), ...others] } : spec;
  };

const show = (path: Path) => (path.of === "topic" ? "topic" : `${path.of === "set" ? "set." : ""}${path.type}`);
const type = fc.constantFrom(...TYPES);
const path: fc.Arbitrary<Path> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ of: fc.constant("identity" as const), type }) },
  { weight: 2, arbitrary: fc.record({ of: fc.constant("set" as const), type }) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant("topic" as const) }) },
);
const kind = fc.constantFrom(...ENTRIES, "queues" as const, "queues" as const);
const key = fc.constantFrom(...KEYS);

function withoutDuplicates(map: Record<string, string>, kept: string): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([key, name]) => key === kept || name !== map[kept]));
}

const put = fc
  .tuple(path, kind, key)
  .chain(([at, k, name]) =>
    endpointName(k).map((endpoint): [string, Edit] => [
      `${show(at)}.${k}.${name} = ${endpoint}`,
      within(at, (given) => ({ ...given, [k]: withoutDuplicates({ ...given[k], [name]: endpoint }, name) })),
    ]),
  );

const drop = fc.tuple(path, kind, key).map(([at, k, name]): [string, Edit] => [
  `delete ${show(at)}.${k}.${name}`,
  within(at, (given) => {
    const { [name]: _, ...rest } = given[k] ?? {};
    return { ...given, [k]: rest };
  }),
]);

const renameKey = fc.tuple(path, kind, key, key).map(([at, k, from, to]): [string, Edit] => [
  `${show(at)}.${k}: ${from} is called ${to}`,
  within(at, (given) => {
    const { [from]: moved, ...rest } = given[k] ?? {};
    return moved === undefined || to in rest ? given : { ...given, [k]: { ...rest, [to]: moved } };
  }),
]);

const PATHS: readonly Path[] = [
  ...TYPES.map((t): Path => ({ of: "identity", type: t })),
  ...TYPES.map((t): Path => ({ of: "set", type: t })),
  { of: "topic" },
];

/** Where two names could exchange their endpoints. */
function exchangeable(spec: Spec): Edit[] {
  const found: Edit[] = [];
  for (const at of PATHS) {
    within(at, (given) => {
      for (const k of ENTRIES) {
        const [[first, one] = [], [second, other] = []] = Object.entries(given[k] ?? {});
        if (first === undefined || second === undefined || one === undefined || other === undefined) continue;
        found.push(within(at, (now) => ({ ...now, [k]: { ...now[k], [first]: other, [second]: one } })));
      }
      return given;
    })(spec);
  }
  return found;
}

const exchange = fc.nat({ max: 50 }).map((number): [string, Edit] => [
  "two names exchange their endpoints",
  (spec) => {
    const possible = exchangeable(spec);
    return possible[number % possible.length]?.(spec) ?? spec;
  },
]);

const move = fc.tuple(fc.constantFrom(...KINDS), key, fc.boolean()).map(([k, name, back]): [string, Edit] => {
  const [from, to] = back ? (["complaints", "bounces"] as const) : (["bounces", "complaints"] as const);
  return [
    `${k}.${name} moves from ${from} to ${to}`,
    onIdentity((one) => {
      const { [name]: moved, ...rest } = one[from][k];
      if (moved === undefined) return one;
      return {
        ...one,
        [from]: { ...one[from], [k]: rest },
        [to]: { ...one[to], [k]: withoutDuplicates({ ...one[to][k], [name]: moved }, name) },
      };
    }),
  ];
});

const forward = fc
  .tuple(fc.constantFrom("bounces" as const, "complaints" as const), fc.boolean())
  .map(([t, on]): [string, Edit] => [
    `${t}.forwardByEmail = ${on}`,
    within({ of: "identity", type: t }, (given) => ({ ...given, forwardByEmail: on })),
  ]);

const onlyForward = fc.constant<[string, Edit]>([
  "forwarding alone",
  onIdentity((one) => {
    const alone = { ...NOBODY, forwardByEmail: true };
    return { ...one, bounces: alone, complaints: alone };
  }),
]);

const turn = fc.oneof(
  fc
    .tuple(type, fc.constantFrom(...WAYS))
    .map(([t, way]): [string, Edit] => [
      `${t} go by ${way}`,
      within({ of: "identity", type: t }, (given) => ({ ...given, way })),
    ]),
  fc
    .tuple(type, fc.constantFrom(...WAYS_OF_SETS))
    .map(([t, way]): [string, Edit] => [
      `set.${t} go by ${way}`,
      within({ of: "set", type: t }, (given) => ({ ...given, way })),
    ]),
);

const deliveries = destination(WAYS).map((given): [string, Edit] => [
  "deliveries begin or end",
  onIdentity(({ deliveries: before, ...one }) => (before ? one : { ...one, deliveries: given })),
]);

const everywhere =
  (change: <T extends Named>(one: T) => T): Edit =>
  (spec) => ({
    ...spec,
    identities: spec.identities.map(change),
    ...(spec.topic ? { topic: change(spec.topic) } : {}),
    ...(spec.set ? { set: change(spec.set) } : {}),
  });

const setting = fc.oneof(
  fc
    .constantFrom(...DOMAINS)
    .map((identity): [string, Edit] => [`identity = ${identity}`, onIdentity((one) => ({ ...one, identity }))]),
  fc.constantFrom(...REGIONS).map((region): [string, Edit] => [
    `region = ${region}`,
    (spec) => {
      const { plain, ...moved } = everywhere((one) => ({ ...one, region }))(spec);
      return plain ? { ...moved, plain: { ...plain, region } } : moved;
    },
  ]),
  fc
    .boolean()
    .map((on): [string, Edit] => [
      `includeOriginalHeaders = ${on}`,
      onIdentity((one) => ({ ...one, includeOriginalHeaders: on })),
    ]),
  fc
    .constantFrom("alias/mail", undefined)
    .map((kmsKeyId): [string, Edit] => [`kmsKeyId = ${kmsKeyId}`, everywhere((one) => ({ ...one, kmsKeyId }))]),
  fc
    .option(zone, { nil: undefined })
    .map((given): [string, Edit] => [
      `zone = ${JSON.stringify(given)}`,
      onIdentity(({ zone: _, ...one }) => (given ? { ...one, zone: given } : one)),
    ]),
  fc
    .tuple(fc.constantFrom("mailFrom" as const, "waitForVerification" as const), fc.boolean())
    .map(([property, on]): [string, Edit] => [
      `${property} = ${on}`,
      onIdentity((one) => ({ ...one, [property]: on })),
    ]),
  fc.constantFrom("one", "two", undefined).map((setName): [string, Edit] => [
    `set.setName = ${setName}`,
    (spec) => {
      if (!spec.set) return spec;
      const { setName: _, ...set } = spec.set;
      return { ...spec, set: setName === undefined ? set : { ...set, setName } };
    },
  ]),
);

const rename = fc
  .tuple(fc.constantFrom("identity" as const, "topic" as const, "set" as const), fc.constantFrom("post", "example.com"))
  .map(([of, other]): [string, Edit] => {
    const called = <T extends { name: string }>(one: T): T => ({
      ...one,
      name: one.name.startsWith(`${of}-${other}`) ? `${of}-another` : `${of}-${other}`,
    });
    return [
      `${of} is called ${other}`,
      (spec) => {
        if (of === "identity") return onIdentity(called)(spec);
        const one = spec[of];
        return one ? { ...spec, [of]: called<TopicSpec | SetSpec>(one) } : spec;
      },
    ];
  });

/** Another topic in the place of one that is given, of the program's own or a component's; or none. */
const anotherTopic = fc.oneof(
  fc.constant<[string, Edit]>(["the program's own topic goes", ({ plain: _, ...spec }) => spec]),
  fc
    .constantFrom(...TOPIC_NAMES)
    .map((topicName): [string, Edit] => [
      `the program's topic is another: ${topicName}`,
      ({ plain, ...spec }) => (plain ? { ...spec, plain: { ...plain, topicName } } : spec),
    ]),
  fc
    .constantFrom("other", "third")
    .map((lineage): [string, Edit] => [
      `the shared topic is another: ${lineage}`,
      ({ topic, ...spec }) => (topic ? { ...spec, topic: { ...topic, lineage, name: `topic-${lineage}` } } : spec),
    ]),
);

const queuesOfPlain = entries("queues").map((queues): [string, Edit] => [
  `the program's topic has the queues ${JSON.stringify(queues)}`,
  ({ plain, ...spec }) =>
    plain && Object.keys(queues).length > 0
      ? { ...spec, plain: { ...plain, queues } }
      : { ...spec, ...(plain && { plain }) },
]);

const join = fc.oneof(
  plainSpec.map((plain): [string, Edit] => [
    "a topic of the program's own",
    (spec) => (spec.plain ? spec : { ...spec, plain: { ...plain, region: regionOf(spec) } }),
  ]),
  topicSpec.map((topic): [string, Edit] => [
    "a shared topic",
    (spec) => (spec.topic ? spec : { ...spec, topic: { ...topic, region: regionOf(spec) } }),
  ]),
  fc.constant<[string, Edit]>(["the shared topic goes", ({ topic: _, ...spec }) => spec]),
  setSpec.map((set): [string, Edit] => [
    "a configuration set",
    (spec) => (spec.set ? spec : { ...spec, set: { ...set, region: regionOf(spec) } }),
  ]),
  fc.constant<[string, Edit]>(["has the set", onIdentity((one) => ({ ...one, attached: true }))]),
  identitySpec("other").map((other): [string, Edit] => [
    "another component comes or goes",
    (spec) => {
      const [one, ...others] = spec.identities;
      const added = { ...other, identity: "another.example", region: regionOf(spec) };
      return one ? { ...spec, identities: [one, ...(others.length > 0 ? [] : [added])] } : spec;
    },
  ]),
);

const regionOf = ({ identities }: Spec): string => identities[0]?.region ?? (REGIONS[0] as string);

const edit = fc.oneof(
  { weight: 4, arbitrary: put },
  { weight: 4, arbitrary: drop },
  { weight: 2, arbitrary: renameKey },
  { weight: 3, arbitrary: exchange },
  { weight: 2, arbitrary: move },
  { weight: 2, arbitrary: forward },
  { weight: 1, arbitrary: onlyForward },
  { weight: 1, arbitrary: deliveries },
  { weight: 4, arbitrary: turn },
  { weight: 5, arbitrary: setting },
  { weight: 2, arbitrary: rename },
  { weight: 4, arbitrary: join },
  { weight: 4, arbitrary: anotherTopic },
  { weight: 1, arbitrary: queuesOfPlain },
);

/** Leaves out what the components refuse: destinations that are none, keys that nothing uses, zones of addresses. */
function allowed(spec: Spec): Spec {
  const set = spec.set && allowedSet(spec.set, spec.plain !== undefined);
  const topic = spec.topic && {
    ...spec.topic,
    subscribers: own(spec.topic.subscribers) ? spec.topic.subscribers : { ...NO_SUBSCRIBERS, queues: { a: "crm" } },
  };
  const identities = spec.identities.map((one) => allowedIdentity(one, { ...spec, ...(set ? { set } : {}) }));
  return { ...spec, identities, ...(set ? { set } : {}), ...(topic ? { topic } : {}) };
}

function allowedSet(set: SetSpec, hasPlain: boolean): SetSpec {
  const allowedWay = (given: DestinationSpec): DestinationSpec => {
    const possible = given.way === "bus" ? hasTargets(given) : given.way !== "plain" || hasPlain;
    return somebody({ ...given, forwardByEmail: false, way: possible ? given.way : "own" });
  };
  return withoutUnusedKey({ ...set, ...destinations(set, allowedWay) });
}

function allowedIdentity(one: IdentitySpec, { set, topic, plain }: Spec): IdentitySpec {
  const attached = set !== undefined && one.attached === true;
  const possible: Record<DestinationSpec["way"], boolean> = {
    own: true,
    given: true,
    shared: topic !== undefined,
    plain: plain !== undefined,
    set: attached,
    bus: false,
  };
  const allowedWay = (given: DestinationSpec): DestinationSpec =>
    somebody(possible[given.way] ? given : { ...given, way: "own" });
  const given = { ...one, ...destinations(one, allowedWay), attached };
  if (given.deliveries) given.deliveries = somebody({ ...given.deliveries, forwardByEmail: false });
  if (!one.identity.includes("@")) return withoutUnusedKey(given);
  const { zone: _, mailFrom: __, waitForVerification: ___, ...address } = given;
  return withoutUnusedKey(address);
}

const hasTargets = (given: DestinationSpec) => Object.keys(given.targets).length > 0;

function destinations<T extends IdentitySpec | SetSpec>(
  { bounces, complaints, deliveries }: T,
  change: (given: DestinationSpec) => DestinationSpec,
) {
  return {
    bounces: change(bounces),
    complaints: change(complaints),
    ...(deliveries ? { deliveries: change(deliveries) } : {}),
  };
}

/** At least somebody hears. */
function somebody(given: DestinationSpec): DestinationSpec {
  const empty = given.way === "own" && !given.forwardByEmail && !own(given);
  return empty ? { ...given, queues: { a: "crm" } } : given;
}

function withoutUnusedKey<T extends IdentitySpec | SetSpec>(one: T): T {
  const makesTopics = [one.bounces, one.complaints, one.deliveries].some((given) => given?.way === "own" && own(given));
  if (makesTopics) return one;
  const { kmsKeyId: _, ...rest } = one;
  return rest as T;
}

/**
 * The configuration set goes, in the steps that the docs name: destinations leave it, then identities, then it is deleted.
 * An edit of its own, since what leaves the set in the same update has nobody for a moment.
 */
function withdraw(spec: Spec): [string, Spec] {
  const bySet = (one: IdentitySpec) => TYPES.some((t) => one[t]?.way === "set");
  const leave = (given: DestinationSpec): DestinationSpec => (given.way === "set" ? { ...given, way: "own" } : given);
  if (spec.identities.some(bySet)) {
    const identities = spec.identities.map((one) => ({ ...one, ...destinations(one, leave) }));
    return ["nothing goes by the set", { ...spec, identities }];
  }
  if (spec.identities.some((one) => one.attached)) {
    return [
      "no identity has the set",
      { ...spec, identities: spec.identities.map((one) => ({ ...one, attached: false })) },
    ];
  }
  const { set: _, ...rest } = spec;
  return ["no set", rest];
}

/** What happens in one update. */
export interface Episode {
  /** In words, for whoever reads a counterexample. */
  what: string[];
  spec: Spec;
  /** The engine is killed before the operation of this number, and started again; undefined where nobody kills it. */
  stopBefore?: number;
  /** It is killed while that operation is on its way: AWS does it, and the state does not know. */
  lost?: boolean;
  /** An identity that exists already stands in the program first: that update fails. */
  fails: boolean;
  /** What comes after the update: a refresh, or the replacement of one child, by its number among those that are replaced. */
  afterwards?: "refresh" | { replace: number };
}

interface Change {
  edits: [string, Edit][] | "withdraw";
  stopBefore: number | undefined;
  lost: boolean;
  fails: boolean;
  afterwards: Episode["afterwards"];
}

const oneIn = (count: number) => fc.integer({ min: 1, max: count }).map((n) => n === count);

const change: fc.Arbitrary<Change> = fc.record({
  edits: fc.oneof(
    { weight: 9, arbitrary: fc.array(edit, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant("withdraw" as const) },
  ),
  stopBefore: fc.option(fc.nat({ max: 30 }), { nil: undefined, freq: 2 }),
  lost: oneIn(4),
  fails: oneIn(10),
  afterwards: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant("refresh" as const) },
    { weight: 2, arbitrary: fc.record({ replace: fc.nat({ max: 50 }) }) },
  ),
});

const first: fc.Arbitrary<Spec> = fc
  .record({ one: identitySpec("mail"), topic: topicSpec, plain: plainSpec, set: setSpec }, { requiredKeys: ["one"] })
  .map(({ one, ...rest }) => allowed({ identities: [one], ...rest }));

/** A component's life: first update, edits, and, at the end, nothing. */
export const life: fc.Arbitrary<Episode[]> = fc
  .tuple(first, fc.array(change, { minLength: 1, maxLength: 5 }))
  .map(([spec, changes]) => {
    const episodes: Episode[] = [{ what: ["first update"], spec, fails: false }];
    let now = spec;
    for (const { edits, stopBefore, lost, fails, afterwards } of changes) {
      const before = settled(now);
      const what: string[] = [];
      if (edits === "withdraw") {
        const [word, after] = withdraw(before);
        what.push(word);
        now = allowed(after);
      } else {
        what.push(...edits.map(([word]) => word));
        const edited = allowed(edits.reduce((given, [, apply]) => apply(given), before));
        now = notFromSet(before, keptInSet(before, edited));
      }
      now = withFormerNames(before, now);
      episodes.push({ what, spec: now, stopBefore, lost, fails, afterwards });
    }
    const last = changes[0]?.stopBefore;
    return [...episodes, { what: ["destroy"], spec: { identities: [] }, stopBefore: last, fails: false }];
  });

/** Nobody but `withdraw` leaves the set. */
function keptInSet(before: Spec, after: Spec): Spec {
  const identities = after.identities.map((one) => {
    const old = before.identities.find(({ lineage }) => lineage === one.lineage);
    return old?.attached ? { ...one, attached: true } : one;
  });
  return { ...after, identities };
}

/** Whoever moves from the set to an identity's topic does so in two updates, as the docs ask: the set turns in none of these. */
function notFromSet(before: Spec, after: Spec): Spec {
  const moved = movedFromSet(before, after);
  if (!before.set || !after.set || moved.length === 0) return after;
  const kept = Object.fromEntries(moved.map((type) => [type, before.set?.[type]]));
  return allowed({ ...after, set: { ...after.set, ...kept } });
}

function settled(spec: Spec): Spec {
  const without = <T extends { formerName?: string }>({ formerName: _, ...one }: T) => one as T;
  return {
    ...spec,
    identities: spec.identities.map(without),
    ...(spec.topic ? { topic: without(spec.topic) } : {}),
    ...(spec.set ? { set: without(spec.set) } : {}),
  };
}

/** Two renames in one update are one. */
function withFormerNames(before: Spec, after: Spec): Spec {
  const renamed = <T extends { name: string }>(old: T | undefined, now: T): T =>
    old && old.name !== now.name ? { ...now, formerName: old.name } : now;
  return {
    ...after,
    identities: after.identities.map((one) =>
      renamed(
        before.identities.find(({ lineage }) => lineage === one.lineage),
        one,
      ),
    ),
    ...(after.topic ? { topic: renamed(sameTopic(before, after), after.topic) } : {}),
    ...(after.set ? { set: renamed(before.set, after.set) } : {}),
  };
}

function sameTopic(before: Spec, after: Spec): TopicSpec | undefined {
  return before.topic?.lineage === after.topic?.lineage ? before.topic : undefined;
}
