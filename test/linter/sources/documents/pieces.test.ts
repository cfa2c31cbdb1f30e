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
    read(into) {
      const count = bytes.copy(into, 0, at, Math.min(at + size, bytes.length));
      at += count;
      return count;
    },
    close: () => undefined,
  };
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
