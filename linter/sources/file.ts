import { constants } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { printable } from "../../policies/text/printable";
import { fileProblem, KnownError } from "../errors";

/** What a document given as `-` is called in messages. */
export const STDIN_NAME = "standard input";

/**
 * A file's text; `-` is standard input. UTF-8, and UTF-16 as PowerShell's redirection writes it, without the
 * byte order mark. Throws `KnownError` for what can't be read or is longer than a JavaScript string can be.
 */
export async function readText(path: string): Promise<string> {
  const name = displayName(path);
  let bytes: Buffer;
  try {
    if (path === "-") bytes = await readStdin(name);
    else {
      if (statSync(path).size > constants.MAX_STRING_LENGTH) throw tooLarge(name);
      bytes = readFileSync(path);
    }
  } catch (error) {
    if (error instanceof KnownError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ERR_FS_FILE_TOO_LARGE") throw tooLarge(name);
    throw new KnownError(`${name}: can't be read: ${fileProblem(error) ?? "not a readable file"}`);
  }
  return decode(bytes, name);
}

/** A path as messages write it. */
export function displayName(path: string): string {
  return path === "-" ? STDIN_NAME : printable(path);
}

async function readStdin(name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > constants.MAX_STRING_LENGTH) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  if (bytes.length > constants.MAX_STRING_LENGTH) throw tooLarge(name);
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.toString("utf8", 3);
  // JSON starts with an ASCII character, so a zero among the first two bytes says UTF-16, with or without a mark.
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
