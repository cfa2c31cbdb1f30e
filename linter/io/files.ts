import { constants } from "node:buffer";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { printable } from "../../policies/text/printable";
import { fileProblem, KnownError } from "./errors";

/** A path as messages write it; `-` is standard input. */
export function displayName(path: string): string {
  return path === "-" ? "standard input" : printable(path);
}

/** How a file is called in messages, and what they say of one that can't be read. */
export interface ReadOptions {
  /** Printable; default: the path. */
  name?: string;
  /** The words after the name; default: `can't be read: PROBLEM`. */
  explain?(problem: string): string;
}

/**
 * A file's text: UTF-8, and UTF-16 as PowerShell's redirection writes it, without the byte order mark. Throws
 * `KnownError` for what can't be read or is longer than a JavaScript string can be.
 */
export function readText(path: string, options: ReadOptions = {}): string {
  const { name = displayName(path), explain = (problem) => `can't be read: ${problem}` } = options;
  try {
    if (!isText(statSync(path).size)) throw tooLarge(name);
    return decode(readFileSync(path), name);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError(`${name}: ${explain(fileProblem(error) ?? "not a readable file")}`);
  }
}

/** What a document is read from, whole or piece by piece. */
export interface Input {
  /** All of it, as `readText` reads it. Throws `KnownError`. */
  text(): string;
  /** From its beginning, without the byte order mark; undefined where it is small or not UTF-8. */
  open(): Pieces | undefined;
}

export interface Pieces {
  /** Whether it could be read whole, too. */
  isText: boolean;
  /** Parts from all over it. */
  samples(): string[];
  /** Fills bytes with those that follow, as far as there are any, and says how many it filled: 0 at the end. */
  read(into: Uint8Array): number;
  close(): void;
}

/** What an input begins with, all of it where it is small. Throws `KnownError`. */
export function headOf(input: Input): string {
  const pieces = input.open();
  if (pieces === undefined) return input.text();
  try {
    const head = Buffer.alloc(2 ** 13);
    return head.toString("utf8", 0, pieces.read(head));
  } finally {
    pieces.close();
  }
}

/** What is smaller is read whole as fast. */
const LARGE = 2 ** 20;

export function fileInput(path: string): Input {
  return { text: () => readText(path), open: () => openLarge(path) };
}

/** Nothing where it can't be opened either: reading it whole says why. */
function openLarge(path: string): Pieces | undefined {
  let file: number | undefined;
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size < LARGE) return undefined;
    file = openSync(path, "r");
    const head = Buffer.alloc(4);
    const position = startOf(head.subarray(0, readSync(file, head, 0, head.length, 0)));
    if (position !== undefined) return piecesOf(file, position, stats.size);
    closeSync(file);
  } catch {
    if (file !== undefined) closeSync(file);
  }
  return undefined;
}

function piecesOf(file: number, start: number, size: number): Pieces {
  let position = start;
  return {
    isText: isText(size),
    samples: () =>
      placesIn(size).map((place) => {
        const part = Buffer.alloc(SAMPLE);
        return part.toString("utf8", 0, readSync(file, part, 0, SAMPLE, place));
      }),
    read(into) {
      const count = readSync(file, into, 0, into.length, position);
      position += count;
      return count;
    },
    close: () => closeSync(file),
  };
}

// Little, so that whoever reads the file whole afterwards does so with a heap as good as new.
const SAMPLE = 2 ** 12;
const SAMPLES = 16;

function placesIn(size: number): number[] {
  return Array.from({ length: SAMPLES }, (_, index) => Math.floor((size / SAMPLES) * index));
}

/** What standard input holds. Throws `KnownError`. */
export async function standardInput(): Promise<Input> {
  const name = displayName("-");
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of process.stdin) {
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new KnownError(`${name}: can't be read: ${fileProblem(error) ?? "not a readable file"}`);
  }
  return inputOf(chunks, size, name);
}

function inputOf(chunks: readonly Buffer[], size: number, name: string): Input {
  return {
    text: () => {
      if (!isText(size)) throw tooLarge(name);
      return decode(Buffer.concat(chunks), name);
    },
    open: () => {
      const start = size < LARGE ? undefined : startOf(Buffer.concat(chunks.slice(0, 4)));
      return start === undefined ? undefined : piecesFrom(chunks, start, size);
    },
  };
}

function piecesFrom(chunks: readonly Buffer[], start: number, size: number): Pieces {
  let index = 0;
  let offset = start;
  return {
    isText: isText(size),
    samples: () => placesIn(chunks.length).map((place) => chunks[place]?.toString("utf8", 0, SAMPLE) ?? ""),
    read(into) {
      for (let chunk = chunks[index]; chunk !== undefined; chunk = chunks[++index]) {
        if (offset < chunk.length) {
          const count = chunk.copy(into, 0, offset);
          offset += count;
          return count;
        }
        offset -= chunk.length;
      }
      return 0;
    },
    close: () => undefined,
  };
}

/** Where the text starts, behind the mark; undefined where it is not UTF-8. */
function startOf([first, second, third]: Buffer): number | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 3;
  const isUtf16 = first === 0 || second === 0 || (first === 0xff && second === 0xfe);
  return isUtf16 || (first === 0xfe && second === 0xff) ? undefined : 0;
}

function decode(bytes: Buffer, name: string): string {
  if (!isText(bytes.length)) throw tooLarge(name);
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.toString("utf8", 3);
  // JSON and YAML start with an ASCII character, so a zero among the first two bytes says UTF-16, marked or not.
  if (first === 0xff && second === 0xfe) return bytes.toString("utf16le", 2);
  if (first !== 0 && second === 0) return bytes.toString("utf16le");
  const even = bytes.length % 2 === 0;
  if (first === 0xfe && second === 0xff && even) return bytes.swap16().toString("utf16le", 2);
  if (first === 0 && second !== 0 && second !== undefined && even) return bytes.swap16().toString("utf16le");
  return bytes.toString("utf8");
}

/** Whether a string can hold so many bytes. */
function isText(size: number): boolean {
  return size <= constants.MAX_STRING_LENGTH;
}

function tooLarge(name: string): KnownError {
  const limit = Math.floor(constants.MAX_STRING_LENGTH / 2 ** 20);
  return new KnownError(
    `${name}: too large, more than ${limit} MB can be read only of a sound document in UTF-8; export it again, or lint the stacks one by one`,
  );
}
