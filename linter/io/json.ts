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
    throw new KnownError(`${name}${describeMistake(text)}`);
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

/** What follows the file's name: `:LINE:COLUMN: …`. */
function describeMistake(text: string): string {
  const mistake = findMistake(text);
  if (mistake === undefined) return ": not valid JSON";
  const before = text.slice(0, mistake.offset);
  const place = `:${before.split("\n").length}:${mistake.offset - before.lastIndexOf("\n")}`;
  const what = mistake.cutOff ? "the JSON ends too early; the file is cut off, write it again" : "not valid JSON";
  return `${place}: ${what}`;
}

interface Mistake {
  offset: number;
  /** The text is right as far as it goes. */
  cutOff: boolean;
}

/** The first token that can't stand where it does. The library's own parser is recursive, documents are deep. */
function findMistake(text: string): Mistake | undefined {
  const open: string[] = [];
  let expected: Expected = "value";
  for (const { sign, offset, end, isValid } of tokensOf(text)) {
    const next: Expected | undefined = isValid ? after(sign, expected, open) : undefined;
    if (next === undefined) {
      const isPart = end === text.length && !MARKS.has(sign) && /^(?:value|key)/.test(expected);
      return { offset: isPart ? text.length : offset, cutOff: isPart };
    }
    expected = next;
  }
  return expected === "end" ? undefined : { offset: text.length, cutOff: true };
}

interface Token {
  /** The first character; `literal` for numbers, booleans and null. */
  sign: string;
  offset: number;
  end: number;
  isValid: boolean;
}

const MARKS: ReadonlySet<string> = new Set("{}[],:");

function* tokensOf(text: string): Generator<Token> {
  // Loaded only for text that is broken.
  const { createScanner, SyntaxKind } = require("jsonc-parser") as typeof import("jsonc-parser");
  const literals = [SyntaxKind.NullKeyword, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.NumericLiteral];
  const scanner = createScanner(text);
  for (let kind = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    if (kind === SyntaxKind.Trivia || kind === SyntaxKind.LineBreakTrivia) continue;
    const offset = scanner.getTokenOffset();
    yield {
      sign: literals.includes(kind) ? "literal" : text.charAt(offset),
      offset,
      end: offset + scanner.getTokenLength(),
      isValid: scanner.getTokenError() === 0,
    };
  }
}

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "end";

/** What is expected after a token that is expected itself. `open`: the ends of what is open, the last one last. */
function after(sign: string, expected: Expected, open: string[]): Expected | undefined {
  if (expected.endsWith("or end") && sign === open.at(-1)) {
    open.pop();
    return open.length === 0 ? "end" : "comma or end";
  }
  switch (expected) {
    case "value":
    case "value or end":
      return afterValue(sign, open);
    case "key":
    case "key or end":
      return sign === '"' ? "colon" : undefined;
    case "colon":
      return sign === ":" ? "value" : undefined;
    case "comma or end":
      if (sign !== ",") return undefined;
      return open.at(-1) === "}" ? "key" : "value";
    case "end":
      return undefined;
  }
}

function afterValue(sign: string, open: string[]): Expected | undefined {
  if (sign === "{" || sign === "[") {
    open.push(sign === "{" ? "}" : "]");
    return sign === "{" ? "key or end" : "value or end";
  }
  if (sign !== '"' && sign !== "literal") return undefined;
  return open.length === 0 ? "end" : "comma or end";
}
