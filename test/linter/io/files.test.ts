import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileInput, headOf, type Input, standardInput } from "../../../linter/io/files";

const folder = mkdtempSync(join(tmpdir(), "ses-guard-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LARGE = `{"a": "${"\u00e9".repeat(600_000)}"}\n`;

function inputOf(bytes: Buffer | string): Input {
  const path = join(folder, "file.json");
  writeFileSync(path, bytes);
  return fileInput(path);
}

/** All that is read in pieces, of which each has room for so many bytes; undefined where it is not. */
function inPieces(input: Input, room = 70_001): string | undefined {
  const pieces = input.open();
  if (pieces === undefined) return undefined;
  const read: Buffer[] = [];
  for (;;) {
    const into = Buffer.alloc(room);
    const count = pieces.read(into);
    if (count === 0) break;
    read.push(into.subarray(0, count));
  }
  pieces.close();
  return Buffer.concat(read).toString();
}

describe("a large file", () => {
  test.each([
    ["UTF-8", Buffer.from(LARGE)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${LARGE}`)],
  ])("in %s is read in pieces as it is read whole", (_, bytes) => {
    const input = inputOf(bytes);
    expect(input.text()).toBe(LARGE);
    expect(inPieces(input)).toBe(LARGE);
    expect(headOf(input).slice(0, 4000)).toBe(LARGE.slice(0, 4000));
    expect(input.open()?.samples().join("")).toContain("\u00e9");
  });

  test.each([
    ["UTF-16", Buffer.from(LARGE, "utf16le")],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${LARGE}`, "utf16le")],
    ["UTF-16, the other way round", Buffer.from(LARGE, "utf16le").swap16()],
    ["UTF-16 with a mark, the other way round", Buffer.from(`\ufeff${LARGE}`, "utf16le").swap16()],
  ])("in %s is read whole", (_, bytes) => {
    const input = inputOf(bytes);
    expect(inPieces(input)).toBeUndefined();
    expect(input.text()).toBe(LARGE);
    expect(headOf(input)).toBe(LARGE);
  });
});

test.each(["", "{}", "\u0000"])("a small file is read whole: %j", (text) => {
  const input = inputOf(text);
  expect([inPieces(input), input.text(), headOf(input)]).toEqual([undefined, text, text]);
});

test("what can't be read says so when it is read whole", () => {
  for (const path of [join(folder, "none.json"), folder]) {
    expect(fileInput(path).open()).toBeUndefined();
    expect(() => fileInput(path).text()).toThrow("can't be read");
  }
});

describe("standard input", () => {
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  afterEach(() => void Object.defineProperty(process, "stdin", stdin));

  async function read(chunks: readonly string[]): Promise<Input> {
    const value = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    Object.defineProperty(process, "stdin", { configurable: true, value });
    return standardInput();
  }

  test("that is large is read in pieces, as often as it is asked for", async () => {
    const input = await read(["\ufeff", LARGE.slice(0, 500_000), "", LARGE.slice(500_000)]);
    expect(inPieces(input)).toBe(LARGE);
    expect(inPieces(input, 999)).toBe(LARGE);
    expect(input.text()).toBe(LARGE);
    expect(input.open()?.isText).toBe(true);
  });

  test("that is small is read whole", async () => {
    const input = await read(["{", "}"]);
    expect([inPieces(input), input.text()]).toEqual([undefined, "{}"]);
  });
});
