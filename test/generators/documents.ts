import { isObject, type Json } from "../../policies/model/value";

/** A number below a bound; the same ones for the same seed. */
export type Random = (bound: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const BASE = "urn:pulumi:prod::mail::";
const UNREAD = ["aws:s3/bucketV2:BucketV2", "aws:ec2/instance:Instance", "random:index/randomId:RandomId"];
const READ = ["aws:ses/domainIdentity:DomainIdentity", "aws:sns/topic:Topic", "command:local:Command"];
const COMPONENT = "platform:index:Service";
/** What stands in rows and steps where something else should. */
const ODD: readonly unknown[] = [
  null,
  0,
  7,
  "",
  "x",
  true,
  false,
  [],
  {},
  ["x"],
  { a: [1] },
  [null],
  { a: null },
  "\u00e9\ud83d\ude00",
];
const MEMBERS = [
  ...["urn", "type", "parent", "provider", "custom", "id", "inputs", "outputs", "delete", "external", "dependencies"],
  ...[
    "propertyDependencies",
    "pendingReplacement",
    "initErrors",
    "taint",
    "retainOnDelete",
    "aliases",
    "sourcePosition",
  ],
];
const STEP_MEMBERS = ["op", "urn", "provider", "oldState", "newState", "detailedDiff", "type"];
const OPS = ["same", "create", "update", "delete", "read", "refresh", "replace", "delete-replaced", "discard", "other"];

/**
 * A document that is one of the bases, with rows of types that nobody reads among its own and changed in a few places, as
 * text in one of many layouts; some are broken. Nothing but the text leaves: the bases stay as they are.
 */
export function documentFrom(random: Random, bases: readonly Json[]): string {
  const content = structuredClone(pick(random, bases));
  for (const list of listsIn(content)) {
    const { rows, isPreview } = list;
    for (let count = random(6); count > 0; count--) rows.splice(random(rows.length + 1), 0, unread(random, list));
    for (let count = random(4); count > 0; count--) change(random, rows, isPreview);
  }
  if (random(12) === 0) content[pick(random, ["steps", "deployment", "checkpoint", "version"])] = odd(random);
  const text = written(random, content);
  return random(5) === 0 ? broken(random, text) : random(3) === 0 ? disguised(random, text) : text;
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random(values.length)] as T;
}

/** A value of its own: what is changed afterwards is not that of another document. */
function odd(random: Random): unknown {
  return structuredClone(pick(random, ODD));
}

interface List {
  rows: unknown[];
  isPreview: boolean;
  /** What URNs of the document start with. */
  base: string;
  /** As a resource names a provider of the document. */
  provider: unknown;
}

function listsIn(content: Json): List[] {
  const inside = (value: unknown, key: string) => (isObject(value) ? value[key] : undefined);
  const states = [inside(content.deployment, "resources"), inside(inside(content.checkpoint, "latest"), "resources")];
  return [...states, content.steps].filter(Array.isArray).map((rows) => {
    const urn = rows.map((row) => inside(row, "urn")).find((one) => typeof one === "string" && one.startsWith("urn:"));
    const base = /^urn:pulumi:[^:]*::[^:]*::/.exec(String(urn))?.[0] ?? BASE;
    const states = rows.flatMap((row) => [row, inside(row, "newState"), inside(row, "oldState")]);
    const provider = states.map((row) => inside(row, "provider")).find((one) => typeof one === "string");
    return { rows, isPreview: rows === content.steps, base, provider };
  });
}

/** A row, or step, of a type that nobody reads; now and then of one that is read, or of a component. */
function unread(random: Random, { base, isPreview, provider }: List): Json {
  const type = pick(random, random(5) === 0 ? READ : random(4) === 0 ? [COMPONENT] : UNREAD);
  const urn = `${base}${random(3) === 0 ? `${COMPONENT}$` : ""}${type}::unread-${random(5)}`;
  const parents = [`${base}${COMPONENT}::unread-${random(5)}`, `${base}pulumi:pulumi:Stack::mail-prod`, undefined];
  const row: Json = {
    urn,
    custom: type !== COMPONENT,
    id: `id-${random(9)}`,
    type,
    inputs: { resources: [{ urn, type: READ[0] }], text: '"}],\\', bucket: "b" },
    outputs: { steps: [{}], number: -1.5e-7, list: [[], {}, [1, null, true]] },
    parent: pick(random, parents),
    provider,
    propertyDependencies: { bucket: [], text: [urn], ...(random(4) === 0 && { none: null }) },
    sourcePosition: `project:///${random(3) === 0 ? "node_modules/a/" : ""}index.ts#${random(30) + 1},1`,
    ...(random(9) === 0 && { delete: true }),
  };
  if (!isPreview) return row;
  // As a creation that `--target` leaves out.
  if (random(6) === 0) for (const member of ["id", "inputs", "outputs"]) delete row[member];
  const op = pick(random, row.inputs === undefined ? ["same"] : OPS);
  return {
    op,
    urn,
    ...(op !== "create" && { oldState: row }),
    ...(op !== "delete" && { newState: row }),
    detailedDiff: null,
  };
}

function change(random: Random, rows: unknown[], isPreview: boolean): void {
  const index = random(Math.max(1, rows.length));
  const row = rows[index];
  switch (random(7)) {
    case 0:
      rows[index] = odd(random);
      return;
    case 1:
      if (row !== undefined) rows.splice(random(rows.length), 0, structuredClone(row));
      return;
    case 2:
      rows.splice(index, 1);
      return;
    case 3:
      rows.reverse();
      return;
  }
  if (!isObject(row)) return;
  const inner = isPreview && random(3) > 0 ? pick(random, [row.oldState, row.newState]) : row;
  if (!isObject(inner)) return;
  const member = pick(random, inner === row && isPreview ? STEP_MEMBERS : MEMBERS);
  const other = pick(random, rows);
  if (random(3) === 0) delete inner[member];
  else inner[member] = random(2) === 0 && isObject(other) ? other.urn : odd(random);
}

function written(random: Random, content: Json): string {
  const text = JSON.stringify(content, undefined, pick(random, [undefined, "  ", "    ", "\t", " "]));
  return random(6) === 0 ? text.replaceAll("\n", "\r\n") : random(2) === 0 ? `${text}\n` : text;
}

/** The same value, written otherwise, or another by keys that stand twice. */
function disguised(random: Random, text: string): string {
  if (random(2) === 0) {
    const rate = pick(random, [1, 5, 50]);
    const which = pick(random, [/"(?:[^"\\]|\\.)+"/g, /"\w+"(?=:)/g, /"(?:[^"\\]|\\.)+"(?!:)/g]);
    return text.replaceAll(which, (string) => (random(rate) === 0 ? withEscape(random, string) : string));
  }
  if (random(3) === 0) {
    const end = text.lastIndexOf("}");
    const at = random(2) === 0 ? end : Math.max(1, text.lastIndexOf("}", end - 1));
    return `${text.slice(0, at)}, "${pick(random, ["resources", "deployment", "steps"])}": ${JSON.stringify(odd(random))}${text.slice(at)}`;
  }
  // Keys of rows and steps, and those above them.
  const keys = [...text.matchAll(random(3) === 0 ? /"(?!urn)\w+":/g : /"(?:urn|custom|type|id|sourcePosition)":/g)];
  const at = keys.length === 0 ? 1 : pick(random, random(3) === 0 ? keys.slice(0, 6) : keys).index;
  const members = [...MEMBERS, ...STEP_MEMBERS, "resources", "deployment", "steps", "checkpoint", "latest"];
  const value = random(2) === 0 ? odd(random) : pick(random, [...UNREAD, ...READ]);
  return `${text.slice(0, at)}"${pick(random, members)}": ${JSON.stringify(value)}, ${text.slice(at)}`;
}

/** A string of JSON with one character written as a number. */
function withEscape(random: Random, string: string): string {
  const at = 1 + random(string.length - 2);
  const code = string.charCodeAt(at);
  // An escape, or what follows its backslash, stays as it is.
  if (string.includes("\\") || code > 0x7e) return string;
  return `${string.slice(0, at)}\\u${code.toString(16).padStart(4, "0")}${string.slice(at + 1)}`;
}

/** Most likely no JSON any more. */
function broken(random: Random, text: string): string {
  const at = random(text.length + 1);
  switch (random(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text + pick(random, ["}", "]", "x", " {}", ",", "\u0000", "\u00a0"]);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random(3));
    case 3: {
      const depth = 1 + random(200);
      return text.replace("{", `{"deep": ${"[".repeat(depth)}${"]".repeat(depth - random(2))},`);
    }
    default:
      return `${text.slice(0, at)}${pick(random, ["{", "}", "[", "]", ",", ":", '"', "\\", "\n", "\u0001", "0", "-", "e", "\u00e9"])}${text.slice(at)}`;
  }
}
