import fc from "fast-check";
import { type DestinationSpec, HANDLER, type IdentitySpec, KINDS, type Kind, type Spec } from "../engine/life-program";

const REGIONS = ["us-east-1", "eu-west-1"];
const DOMAINS = ["example.com", "example.org", "mail.example.com", "ceo@example.com"];
/** Exists already and belongs to nobody here: an edit that wants it fails. */
export const TAKEN = "taken.example";
const KEYS = ["a", "b", "c"];
const NAMES = ["crm", "audit", "ops"];
const TYPES = ["bounces", "complaints", "deliveries"] as const;

const endpointName = (kind: Kind) => fc.constantFrom(...NAMES, ...(kind === "queues" ? [HANDLER] : []));

/** Names of endpoints by key, each endpoint once. */
const entries = (kind: Kind): fc.Arbitrary<Record<string, string>> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), endpointName(kind)), { maxLength: 2, selector: ([key]) => key })
    .map((pairs) => pairs.filter(([, name], index) => pairs.findIndex(([, other]) => other === name) === index))
    .map((pairs) => Object.fromEntries(pairs));

const destination: fc.Arbitrary<DestinationSpec> = fc
  .record({
    queues: entries("queues"),
    functions: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: entries("functions") }),
    emails: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: entries("emails") }),
    webhooks: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: entries("webhooks") }),
    forwardByEmail: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(usable);

/** At least somebody hears. */
function usable(given: DestinationSpec): DestinationSpec {
  const some = given.forwardByEmail || KINDS.some((kind) => Object.keys(given[kind]).length > 0);
  return some ? given : { ...given, queues: { a: "crm" } };
}

const identitySpec = (lineage: string): fc.Arbitrary<IdentitySpec> =>
  fc.record(
    {
      lineage: fc.constant(lineage),
      name: fc.constant(lineage),
      identity: fc.constantFrom(...DOMAINS),
      region: fc.constant(REGIONS[0] as string),
      includeOriginalHeaders: fc.boolean(),
      bounces: destination,
      complaints: destination,
      deliveries: destination.map((given) => usable({ ...given, forwardByEmail: false })),
    },
    { requiredKeys: ["lineage", "name", "identity", "region", "includeOriginalHeaders", "bounces", "complaints"] },
  );

type Edit = (one: IdentitySpec) => IdentitySpec;

/** Changes one destination that is there. */
const within =
  (type: (typeof TYPES)[number], change: (given: DestinationSpec) => DestinationSpec): Edit =>
  (one) => {
    const given = one[type];
    return given === undefined ? one : { ...one, [type]: usable(change(given)) };
  };

function withoutDuplicates(map: Record<string, string>, kept: string): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([key, name]) => key === kept || name !== map[kept]));
}

const type = fc.constantFrom(...TYPES);
const kind = fc.constantFrom(...KINDS, "queues" as const, "queues" as const);
const key = fc.constantFrom(...KEYS);

const put = fc
  .tuple(type, kind, key)
  .chain(([t, k, name]) =>
    endpointName(k).map((endpoint): [string, Edit] => [
      `${t}.${k}.${name} = ${endpoint}`,
      within(t, (given) => ({ ...given, [k]: withoutDuplicates({ ...given[k], [name]: endpoint }, name) })),
    ]),
  );

const drop = fc.tuple(type, kind, key).map(([t, k, name]): [string, Edit] => [
  `delete ${t}.${k}.${name}`,
  within(t, (given) => {
    const { [name]: _, ...rest } = given[k];
    return { ...given, [k]: rest };
  }),
]);

const renameKey = fc.tuple(type, kind, key, key).map(([t, k, from, to]): [string, Edit] => [
  `${t}.${k}: ${from} is called ${to}`,
  within(t, (given) => {
    const { [from]: moved, ...rest } = given[k];
    return moved === undefined || to in rest ? given : { ...given, [k]: { ...rest, [to]: moved } };
  }),
]);

const exchange = fc.tuple(type, kind).map(([t, k]): [string, Edit] => [
  `${t}.${k}: two names exchange their endpoints`,
  within(t, (given) => {
    const [[first, one] = [], [second, other] = []] = Object.entries(given[k]);
    if (first === undefined || second === undefined || one === undefined || other === undefined) return given;
    return { ...given, [k]: { ...given[k], [first]: other, [second]: one } };
  }),
]);

const move = fc.tuple(kind, key).map(([k, name]): [string, Edit] => [
  `${k}.${name} moves from bounces to complaints`,
  (one) => {
    const { [name]: moved, ...rest } = one.bounces[k];
    if (moved === undefined) return one;
    return {
      ...one,
      bounces: usable({ ...one.bounces, [k]: rest }),
      complaints: { ...one.complaints, [k]: withoutDuplicates({ ...one.complaints[k], [name]: moved }, name) },
    };
  },
]);

const forward = fc
  .tuple(fc.constantFrom("bounces" as const, "complaints" as const), fc.boolean())
  .map(([t, on]): [string, Edit] => [
    `${t}.forwardByEmail = ${on}`,
    within(t, (given) => ({ ...given, forwardByEmail: on })),
  ]);

const NOBODY = { queues: {}, functions: {}, emails: {}, webhooks: {} };
const onlyForward = fc.constant<[string, Edit]>([
  "forwarding alone",
  (one) => ({
    ...one,
    bounces: { ...NOBODY, forwardByEmail: true },
    complaints: { ...NOBODY, forwardByEmail: true },
  }),
]);

const deliveries = destination.map((given): [string, Edit] => [
  "deliveries begin or end",
  ({ deliveries: before, ...one }) =>
    before ? one : { ...one, deliveries: usable({ ...given, forwardByEmail: false }) },
]);

const setting = fc.oneof(
  fc
    .constantFrom(...DOMAINS)
    .map((identity): [string, Edit] => [`identity = ${identity}`, (one) => ({ ...one, identity })]),
  fc.constantFrom(...REGIONS).map((region): [string, Edit] => [`region = ${region}`, (one) => ({ ...one, region })]),
  fc
    .boolean()
    .map((on): [string, Edit] => [`includeOriginalHeaders = ${on}`, (one) => ({ ...one, includeOriginalHeaders: on })]),
  fc.constantFrom("alias/mail", undefined).map((kmsKeyId): [string, Edit] => [
    `kmsKeyId = ${kmsKeyId}`,
    // A key that nothing uses is refused.
    ({ kmsKeyId: _, ...one }) => (kmsKeyId === undefined || !hasTopics(one) ? one : { ...one, kmsKeyId }),
  ]),
);

const rename = fc
  .constantFrom("mail", "post", "letters", "example.com")
  .map((name): [string, Edit] => [
    `the component is called ${name}`,
    (one) => (one.name === name ? one : { ...one, name, formerName: one.name }),
  ]);

export function hasTopics(one: Pick<IdentitySpec, "bounces" | "complaints" | "deliveries">): boolean {
  return [one.bounces, one.complaints, one.deliveries].some(
    (given) => given && KINDS.some((k) => Object.keys(given[k]).length > 0),
  );
}

const edit = fc.oneof(
  { weight: 4, arbitrary: put },
  { weight: 4, arbitrary: drop },
  { weight: 2, arbitrary: renameKey },
  { weight: 3, arbitrary: exchange },
  { weight: 2, arbitrary: move },
  { weight: 2, arbitrary: forward },
  { weight: 1, arbitrary: onlyForward },
  { weight: 1, arbitrary: deliveries },
  { weight: 4, arbitrary: setting },
  { weight: 2, arbitrary: rename },
);

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
}

interface Change {
  edits: [string, Edit][];
  stopBefore: number | undefined;
  lost: boolean;
  fails: boolean;
  second: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  stopBefore: fc.option(fc.nat({ max: 30 }), { nil: undefined, freq: 2 }),
  lost: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  second: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
});

/** A component's life: first update, edits, and, at the end, nothing. */
export const life: fc.Arbitrary<Episode[]> = fc
  .tuple(identitySpec("mail"), identitySpec("other"), fc.array(change, { minLength: 1, maxLength: 5 }))
  .map(([first, other, changes]) => {
    const episodes: Episode[] = [{ what: ["first update"], spec: { identities: [first] }, fails: false }];
    let [one, others]: [IdentitySpec, IdentitySpec[]] = [first, []];
    for (const { edits, stopBefore, lost, fails, second } of changes) {
      const { formerName: _, ...settled } = one;
      one = edits.reduce((spec, [, apply]) => apply(spec), settled as IdentitySpec);
      // Two renames in one update are one.
      if (one.formerName !== undefined)
        one = one.name === settled.name ? withoutFormer(one) : { ...one, formerName: settled.name };
      if (!hasTopics(one)) one = withoutKey(one);
      if (second) others = others.length > 0 ? [] : [{ ...other, name: "another", identity: "another.example" }];
      episodes.push({
        what: [...edits.map(([what]) => what), ...(second ? ["another component comes or goes"] : [])],
        spec: { identities: [one, ...others] },
        stopBefore,
        lost,
        fails,
      });
    }
    return [
      ...episodes,
      { what: ["destroy"], spec: { identities: [] }, stopBefore: changes[0]?.stopBefore, fails: false },
    ];
  });

function withoutFormer({ formerName: _, ...one }: IdentitySpec): IdentitySpec {
  return one;
}

function withoutKey({ kmsKeyId: _, ...one }: IdentitySpec): IdentitySpec {
  return one;
}
