import { isObject, type Json } from "../../policies/model/value";
import { KnownError } from "./errors";

/**
 * `JSON.parse` that says where the text is broken, on every Node version, and never quotes the text (it may hold
 * secrets). Throws `KnownError`.
 */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KnownError(`${name}: ${describeMistake(text)}`);
  }
}

/** The value of a JSON text; undefined where it is none. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object of a JSON text; undefined where it is none. */
export function tryParseObject(text: string): Json | undefined {
  const value = tryParseJson(text);
  return isObject(value) ? value : undefined;
}

function describeMistake(text: string): string {
  const mistake = findMistake(text);
  if (mistake === undefined) return "not valid JSON";
  const before = text.slice(0, mistake.offset);
  const place = `line ${before.split("\n").length}, column ${mistake.offset - before.lastIndexOf("\n")}`;
  return mistake.cutOff
    ? `the JSON ends too early, at ${place}; the file is cut off, write it again`
    : `not valid JSON at ${place}`;
}

interface Mistake {
  offset: number;
  /** The text is right as far as it goes. */
  cutOff: boolean;
}

/** The first token that can't stand where it does. The library's own parser is recursive, documents are deep. */
function findMistake(text: string): Mistake | undefined {
  // Loaded only for text that is broken.
  const { createScanner, SyntaxKind } = require("jsonc-parser") as typeof import("jsonc-parser");
  const literals = [SyntaxKind.NullKeyword, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.NumericLiteral];
  const scanner = createScanner(text);
  const open: string[] = [];
  let expected: Expected = "value";
  for (let kind = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    if (kind === SyntaxKind.Trivia || kind === SyntaxKind.LineBreakTrivia) continue;
    const offset = scanner.getTokenOffset();
    const token = literals.includes(kind) ? "literal" : text.charAt(offset);
    const next: Expected | undefined = scanner.getTokenError() === 0 ? after(token, expected, open) : undefined;
    if (next === undefined) {
      const isLast = offset + scanner.getTokenLength() === text.length;
      const isWord = kind === SyntaxKind.Unknown || kind === SyntaxKind.StringLiteral || token === "literal";
      const cutOff = isLast && isWord && /^(?:value|key)/.test(expected);
      return { offset: cutOff ? text.length : offset, cutOff };
    }
    expected = next;
  }
  return expected === "end" ? undefined : { offset: text.length, cutOff: true };
}

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "end";

/** What is expected after a token that is expected itself. `open`: the ends of what is open, the last one last. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  if (expected.endsWith("or end") && token === open.at(-1)) {
    open.pop();
    return open.length === 0 ? "end" : "comma or end";
  }
  switch (expected) {
    case "value":
    case "value or end":
      return afterValue(token, open);
    case "key":
    case "key or end":
      return token === '"' ? "colon" : undefined;
    case "colon":
      return token === ":" ? "value" : undefined;
    case "comma or end":
      if (token !== ",") return undefined;
      return open.at(-1) === "}" ? "key" : "value";
    case "end":
      return undefined;
  }
}

function afterValue(token: string, open: string[]): Expected | undefined {
  if (token === "{" || token === "[") {
    open.push(token === "{" ? "}" : "]");
    return token === "{" ? "key or end" : "value or end";
  }
  if (token !== '"' && token !== "literal") return undefined;
  return open.length === 0 ? "end" : "comma or end";
}
