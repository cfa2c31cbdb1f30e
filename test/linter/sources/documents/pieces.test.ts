import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { KnownError } from "../../../../linter/io/errors";
import type { Input, Pieces } from "../../../../linter/io/files";
import { tryParseJson } from "../../../../linter/io/json";
import { buildReport } from "../../../../linter/report/build";
import { renderReport } from "../../../../linter/reporters";
import { mergeDocuments, readInput } from "../../../../linter/sources/documents";
import { readPieces } from "../../../../linter/sources/documents/pieces";
import { DEFAULT_CONFIG } from "../../../../policies/config";
import { isObject, type Json } from "../../../../policies/model/value";
import { documentFrom, randomFrom } from "../../../generators/documents";
import { worlds } from "../../../oracle/generator";
import { render } from "../../../oracle/render";

const FIXTURES = join(__dirname, "..", "..", "..", "fixtures");

/** How many documents are generated, and where to begin: `npm run pieces` takes 10,000. */
const DOCUMENTS = Number(process.env.PIECES_DOCUMENTS ?? 600);
const SEED = Number(process.env.PIECES_SEED ?? 20261126);

const fixtures = ["corpus", "documents", "recordings", "examples"].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name): [string, string] => [`${folder}/${name}`, readFileSync(join(FIXTURES, folder, name), "utf8")]),
);

/** A text in memory that is read in pieces of some bytes, whatever its size is. */
function inputOf(text: string, size: number, isText = false): Input & { opened: number } {
  const bytes = Buffer.from(text);
  const input = { opened: 0, text: () => text, open };
  function open(): Pieces {
    input.opened++;
    return piecesOf(bytes, size, isText);
  }
  return input;
}

function piecesOf(bytes: Buffer, size: number, isText = false): Pieces {
  let at = 0;
  return {
    isText,
    samples: () => [bytes.toString()],
    read(into) {
      const count = bytes.copy(into, 0, at, Math.min(at + size, bytes.length));
      at += count;
      return count;
    },
    close: () => undefined,
  };
}

/** Copies what follows of buffers, which it takes off as they end. */
function readFrom(buffers: Buffer[], into: Uint8Array): number {
  const first = buffers.shift();
  if (first === undefined) return 0;
  const count = first.copy(into);
  if (count < first.length) buffers.unshift(first.subarray(count));
  return count;
}

/** What a user sees of documents: both reports, or the message. */
function seen(inputs: readonly Input[], isWhole: boolean): string {
  try {
    const isOnly = inputs.length === 1;
    const stacks = mergeDocuments(inputs.map((input, index) => readInput(input, `${index}.json`, { isOnly, isWhole })));
    const report = buildReport(stacks, DEFAULT_CONFIG, { today: "2026-11-26", version: "test" });
    const options = { color: false, width: 80, now: "2026-11-26T00:00:00.000Z", max: 1000 };
    return ["json", "text"].map((format) => renderReport(report, format, options)).join("\n");
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return error.message;
  }
}

function expectSame(texts: readonly string[], size: number): void {
  const whole = seen(
    texts.map((text) => inputOf(text, size)),
    true,
  );
  const inPieces = seen(
    texts.map((text) => inputOf(text, size)),
    false,
  );
  if (whole !== inPieces) expect({ texts, size, report: inPieces }).toEqual({ texts, size, report: whole });
}

function isReadInPieces(text: string, withoutLeaves = true): boolean {
  return readPieces(piecesOf(Buffer.from(text), text.length), { wanted: new Set(), withoutLeaves }) !== undefined;
}

describe("what is read in pieces reads as what is read whole", () => {
  test.each(fixtures)("%s", (name, text) => {
    expectSame([text], 100);
    if (!name.startsWith("examples/")) expectSame([text], 1);
    const content: unknown = JSON.parse(text);
    for (const indent of [undefined, "  ", "    ", "\t"])
      expectSame([JSON.stringify(content, undefined, indent)], 5000);
    expectSame([text.replaceAll("\n", "\r\n")], 5000);
    expect(isReadInPieces(text)).toBe(true);
  });

  test("a state and a preview of one stack", () => {
    for (const folder of readdirSync(join(FIXTURES, "recordings"))) {
      const own = fixtures.filter(([name]) =>
        [`recordings/${folder}/state.json`, `recordings/${folder}/preview.json`].includes(name),
      );
      expect(own).toHaveLength(2);
      expectSame(
        own.map(([, text]) => text),
        1000,
      );
    }
  });
});

const BASE = "urn:pulumi:prod::mail::";
const row = (type: string, name: string, rest: object = {}) => ({
  urn: `${BASE}${type}::${name}`,
  custom: true,
  type,
  ...rest,
});
const STACK = { ...row("pulumi:pulumi:Stack", "mail-prod"), custom: false };
const BUCKET = "aws:s3/bucketV2:BucketV2";
const TOPIC = "aws:sns/topic:Topic";
const bucket = (name: string, rest: object = {}) => row(BUCKET, name, { inputs: { bucket: name }, ...rest });
const state = (...resources: unknown[]) => JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });

/** The document, and how often it was read in pieces. */
function read(text: string, options: { isOnly?: boolean } = {}) {
  const input = inputOf(text, 50);
  const { resources } = readInput(
    { ...input, text: () => fail("it was read whole"), open: () => input.open() },
    "f",
    options,
  );
  return {
    resources,
    passes: input.opened,
    find: (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`)),
  };
}

function fail(message: string): never {
  throw new Error(message);
}

describe("of a type that nobody reads", () => {
  test("only who and where it is, is kept", () => {
    const placed = bucket("a", { parent: STACK.urn, id: "a", sourcePosition: "project:///index.ts#3,1" });
    const { find, passes } = read(state(STACK, placed, row(TOPIC, "t", { inputs: { name: "t" } })));
    expect(find("a")).toMatchObject({ type: BUCKET, stack: "mail/prod", parent: STACK.urn, position: { line: 3 } });
    expect([find("a")?.inputs, find("a")?.id, find("t")?.inputs, passes]).toEqual([
      undefined,
      undefined,
      { name: "t" },
      1,
    ]);
  });

  test("nothing is kept where it is the only document, unless something hangs on it", () => {
    const component = { ...row("platform:index:Service", "s", { parent: STACK.urn }), custom: false };
    const { find, passes } = read(state(STACK, bucket("a"), component, bucket("b")), { isOnly: true });
    expect([find("a"), find("b"), find("s")?.parent, passes]).toEqual([undefined, undefined, STACK.urn, 1]);
  });

  test.each<[string, unknown[]]>([
    ["another's parent", [bucket("a"), bucket("b"), row(TOPIC, "t", { parent: bucket("a").urn })]],
    ["there twice", [bucket("a"), bucket("b"), bucket("b")]],
    ["there a second time, waiting for its deletion", [bucket("a"), bucket("a", { delete: true })]],
  ])("all are kept where one is %s", (_, rows) => {
    const { find, passes } = read(state(STACK, ...rows), { isOnly: true });
    expect(find("a")?.type).toBe(BUCKET);
    expect(passes).toBeGreaterThan(1);
  });

  test("all is kept of one that an operation was interrupted on", () => {
    const operations = [{ type: "updating", resource: bucket("a") }];
    const deployment = { resources: [STACK, bucket("a"), bucket("b")], pending_operations: operations };
    const { find } = read(JSON.stringify({ version: 3, deployment }), { isOnly: true });
    expect(find("a")).toMatchObject({ defect: expect.stringContaining("interrupted"), inputs: { bucket: "a" } });
    expect(find("b")).not.toHaveProperty("inputs");
  });

  test("all is kept of one that is somebody's provider", () => {
    const { find } = read(state(STACK, bucket("a"), row(TOPIC, "t", { provider: `${bucket("a").urn}::id` })), {
      isOnly: true,
    });
    expect(find("a")?.inputs).toEqual({ bucket: "a" });
  });

  test.each<[string, object]>([
    ["that is read only", { external: true }],
    ["that waits for its deletion", { delete: true }],
    ["whose replacement was interrupted", { pendingReplacement: true }],
    ["that is tainted", { taint: true }],
    ["that failed in part", { initErrors: ["x"] }],
    ["with inputs that are none", { inputs: [] }],
    ["with outputs that are none", { outputs: "x" }],
    ["with a parent that is none", { parent: 1 }],
    ["with a provider that is none", { provider: {} }],
    ["with dependencies that are none", { propertyDependencies: { a: [1] } }],
    ["with a type of another's URN", { type: "aws:s3/bucket:Bucket" }],
    ["of another stack", { urn: `urn:pulumi:dev::mail::${BUCKET}::a` }],
    ["with a broken URN", { urn: "urn:pulumi:prod" }],
    ["with a URN without a name", { urn: `${BASE}${BUCKET}` }],
    ["with a URN of a type and nothing else", { urn: `${BASE}::a` }],
    ["with an empty type", { type: "" }],
  ])("all is kept of one %s", (_, rest) => {
    const text = state(STACK, bucket("a", { id: "here", ...rest }));
    expect(isReadInPieces(text)).toBe(true);
    const { resources } = read(text, { isOnly: true });
    expect(resources).toEqual([expect.anything(), expect.objectContaining({ id: "here" })]);
  });

  test("what is written with escapes is what it means", () => {
    const deleted = state(STACK, bucket("a", { delete: true })).replace('"delete"', '"d\\u0065lete"');
    expect(read(deleted, { isOnly: true }).find("a")).toMatchObject({ gone: true, inputs: { bucket: "a" } });
    const twins = state(STACK, bucket("a"), bucket("a")).replace("V2::a", "V2::\\u0061");
    expect(read(twins, { isOnly: true }).find("a")?.defect).toBe("the document has two resources with this URN");
    const topic = state(STACK, row(TOPIC, "t", { id: "t" })).replace('"aws:sns', '"aws:\\u0073ns');
    expect(read(topic, { isOnly: true }).find("t")?.id).toBe("t");
  });

  test("of keys that stand twice the last counts", () => {
    const text = state(STACK, bucket("a", { id: "a" })).replace(
      '"custom":true',
      '"type":"aws:sns/topic:Topic","custom":true',
    );
    expect(read(text, { isOnly: true }).find("a")).toMatchObject({ type: BUCKET, id: "a" });
    const rows = state(STACK, bucket("a"));
    for (const member of ["deployment", "version", "steps"]) {
      expectSame([`${rows.slice(0, -1)},"${member}":{}}`, `{"${member}":{},${rows.slice(1)}`], 100);
      expectSame([`${rows.slice(0, -1)},"${member}":{}}`], 100);
    }
  });

  test("steps of a preview are kept without what they hold", () => {
    const [a, t] = [bucket("a", { id: "a" }), row(TOPIC, "t", { id: "t", inputs: { name: "t" } })];
    const steps = [a, t].map((one) => ({ op: "same", urn: one.urn, oldState: one, newState: one }));
    const { find } = read(JSON.stringify({ steps, changeSummary: { same: 2 } }));
    expect([find("a")?.type, find("a")?.inputs, find("t")?.inputs]).toEqual([BUCKET, undefined, { name: "t" }]);
  });
});

test("a document is read whole where most of its rows are read", () => {
  const topics = Array.from({ length: 100 }, (_, index) => row(TOPIC, `t${index}`));
  const buckets = topics.map((_, index) => bucket(`b${index}`));
  const isDense = (rows: unknown[]) => {
    const pieces = piecesOf(Buffer.from(state(STACK, ...rows)), 4096, true);
    return readPieces(pieces, { wanted: new Set(), withoutLeaves: false }) === undefined;
  };
  expect([isDense(topics), isDense(buckets), isDense([...topics, ...buckets, ...buckets])]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a state larger than a string is read", () => {
  const filler = Buffer.from(`,${JSON.stringify(bucket("a", { outputs: { text: "x".repeat(9_000_000) } }))}`);
  const parts = [Buffer.from(state(STACK, row(TOPIC, "t")).slice(0, -3))];
  const input: Input = {
    text: () => fail("it was read whole"),
    open: () => {
      const all = [...parts, ...Array.from({ length: 64 }, () => filler), Buffer.from("]}}")];
      return { isText: false, samples: () => [], read: (into) => readFrom(all, into), close: () => undefined };
    },
  };
  const found = readInput(input, "large.json").resources;
  expect(found.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack", TOPIC, BUCKET]);
});

test("what is no JSON is not read in pieces, and all else is", () => {
  const places = [
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\n",
    "\t ",
    "\u0001",
    "\u00a0",
    "1",
    "-",
    ".",
    "e",
    "tru",
    "nul",
    "\\u00",
  ];
  const property = fc.property(
    fc.json({ maxDepth: 4 }),
    fc.nat(),
    fc.nat(3),
    fc.constantFrom(...places),
    fc.integer({ min: 1, max: 40 }),
    (json, position, cut, insert, size) => {
      const at = position % (json.length + 1);
      const text = `[${json.slice(0, at)}${insert}${json.slice(at + cut)}]`;
      const read = readPieces(piecesOf(Buffer.from(text), size), { wanted: new Set(), withoutLeaves: false });
      const value = tryParseJson(text);
      expect(read?.content).toEqual(value);
      expect(read === undefined).toBe(value === undefined);
    },
  );
  fc.assert(property, { numRuns: 3000, seed: SEED });
});

test.each([
  "0",
  "-0",
  "1",
  "10",
  "01",
  "-",
  "-1",
  "1.",
  "1.5",
  ".5",
  "1e",
  "1e5",
  "1E+5",
  "1e-05",
  "+1",
  "1.e1",
  "0x1",
  "NaN",
  "true",
  "True",
  "null",
  "nulll",
  "fals",
  '"\\u12g4"',
  '"\\u12a4"',
  '"\\/"',
  '"\\x"',
  '"\t"',
  '"\u007f"',
])("%s is read or refused as JSON.parse does", (text) => {
  for (const size of [1, 100]) {
    const pieces = piecesOf(Buffer.from(`[${text}]`), size);
    expect(readPieces(pieces, { wanted: new Set(), withoutLeaves: false })?.content).toEqual(tryParseJson(`[${text}]`));
  }
});

test("what is nested more deeply than there is room for is read whole", () => {
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(isReadInPieces(nested)).toBe(false);
  expect(isReadInPieces(nested.slice(50_000, 150_000))).toBe(true);
  expectSame([state(STACK).replace("{}", nested)], 1 << 20);
});

test("generated documents, broken ones among them, are reported on as those read whole", () => {
  const ofWorlds = fc
    .sample(worlds(), { seed: SEED, numRuns: 40 })
    .flatMap((world) => (["state", "preview", "partial"] as const).flatMap((form) => render(world, form)))
    .map(({ text }) => text);
  const small = fixtures.map(([, text]) => text).filter((text) => text.length < 30_000);
  const bases = [...small, ...ofWorlds].map(tryParseJson).filter((content): content is Json => isObject(content));
  let inPieces = 0;
  let refused = 0;
  for (let number = 0; number < DOCUMENTS; number++) {
    const random = randomFrom(SEED + number);
    const texts = Array.from({ length: random(5) === 0 ? 2 : 1 }, () => documentFrom(random, bases));
    expectSame(texts, [1, 16, 333, 4096, 1 << 20][random(5)] ?? 1);
    if (texts.every((text) => isReadInPieces(text))) inPieces++;
    if (texts.some((text) => tryParseJson(text) === undefined)) refused++;
  }
  // Most are read in pieces, and a good part is no JSON: both ways are tried.
  expect(inPieces).toBeGreaterThan(DOCUMENTS * 0.5);
  expect(refused).toBeGreaterThan(DOCUMENTS * 0.05);
}, 3_600_000);
