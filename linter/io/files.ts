import { constants } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
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
    if (statSync(path).size > constants.MAX_STRING_LENGTH) throw tooLarge(name);
    return decode(readFileSync(path), name);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError(`${name}: ${explain(fileProblem(error) ?? "not a readable file")}`);
  }
}

/** What standard input holds, read as a file is. Throws `KnownError`. */
export async function readStandardInput(): Promise<string> {
  const name = displayName("-");
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of process.stdin) {
      size += chunk.length;
      if (size > constants.MAX_STRING_LENGTH) throw tooLarge(name);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError(`${name}: can't be read: ${fileProblem(error) ?? "not a readable file"}`);
  }
  return decode(Buffer.concat(chunks), name);
}

function decode(bytes: Buffer, name: string): string {
  if (bytes.length > constants.MAX_STRING_LENGTH) throw tooLarge(name);
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

function tooLarge(name: string): KnownError {
  const limit = Math.floor(constants.MAX_STRING_LENGTH / 2 ** 20);
  return new KnownError(
    `${name}: too large, more than ${limit} MB can't be read; export and lint the stacks one by one`,
  );
}
