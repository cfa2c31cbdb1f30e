import type jsTokens from "js-tokens";
import type { JSXToken, Token } from "js-tokens";
import { isExpired } from "../../policies/config";
import type { Finding } from "../../policies/model/finding";
import type { Position, StackRecords } from "../../policies/model/record";
import { rules } from "../../policies/rules";
import { staleOverride } from "../../policies/rules/stale-override";
import { isBlank, printable } from "../../policies/text/printable";

/** The text of a source file, by its path in positions; undefined where nobody has it. */
export type ReadSource = (path: string) => string | undefined;

/** `ses-guard-ignore RULE: REASON, until DAY`, above a registration. */
interface Comment {
  path: string;
  line: number;
  column: number;
  rules: readonly string[];
  reason: string;
  until: string | undefined;
  /** Whether it stands above the registration at a place. */
  isAbove(line: number, column: number): boolean;
  isUsed: boolean;
}

const SIGN = "ses-guard-ignore";
const FORM =
  /^[\s*]*ses-guard-ignore(?:\s+(?<rules>[\w-]+(?:\s*,\s*[\w-]+)*))?\s*(?::(?<reason>.*?))?(?:,\s*until\s+(?<until>\d{4}-\d{2}-\d{2}))?[\s.]*$/;

/**
 * The findings, waived with the reason of the comment above what they are about, and what is wrong with the comments in
 * the files that register something.
 * @param today `YYYY-MM-DD`
 */
export function applyComments(
  findings: readonly Finding[],
  stacks: readonly StackRecords[],
  readSource: ReadSource,
  today: string,
): Finding[] {
  const comments = new Map(pathsOf(stacks).map((path) => [path, commentsIn(path, readSource(path))]));
  const judged = findings.map((finding) => excused(finding, comments, today));
  const doubtful = mayHoldMore(stacks);
  const stale = [...comments.values()].flat().flatMap((comment) => {
    const problem = problemOf(comment, today);
    if (problem === undefined && comment.isUsed) return [];
    const isDoubt = problem === undefined && doubtful(comment.path);
    return [complaint(comment, problem ?? "excuses nothing", isDoubt ? "unverified" : "violation")];
  });
  return [...judged, ...stale];
}

/** Whether a file may register what is not in view, and what a comment in it may mean: one of a stack of that kind. */
function mayHoldMore(stacks: readonly StackRecords[]): (path: string) => boolean {
  const incomplete = stacks.filter(({ partial, mayBeMissing }) => partial || mayBeMissing);
  const paths = incomplete.map((stack) => new Set([...pathsOf([stack]), ...callbacksOf(stack)]));
  // A stack of which no place is known may be of any file.
  return (path) => paths.some((files) => files.size === 0 || files.has(path));
}

function callbacksOf({ mayBeMissing = [] }: StackRecords): string[] {
  return mayBeMissing.flatMap(({ position }) => position?.path ?? []);
}

function pathsOf(stacks: readonly StackRecords[]): string[] {
  const positions = stacks.flatMap(({ resources }) => resources.map(({ position }) => position?.path));
  return [...new Set(positions)].filter((path) => path !== undefined).sort();
}

function excused(finding: Finding, comments: ReadonlyMap<string, Comment[]>, today: string): Finding {
  const { location, rule, acceptable, waived } = finding;
  if (location === null || acceptable === false) return finding;
  const fitting = (comments.get(location.path) ?? []).filter(
    (comment) =>
      comment.rules.includes(rule) &&
      problemOf(comment, today) === undefined &&
      comment.isAbove(location.line, location.column),
  );
  for (const comment of fitting) comment.isUsed = true;
  const [first] = fitting;
  return first === undefined ? finding : { ...finding, waived: waived ?? printable(first.reason) };
}

/** Why a comment can't excuse anything. */
function problemOf({ rules: named, reason, until }: Comment, today: string): string | undefined {
  const unknown = named.find((id) => !rules.some(({ meta }) => meta.id === id));
  if (named.length === 0) return "names no rule";
  if (unknown !== undefined) return `names ${unknown}, which is no rule`;
  if (isBlank(reason)) return "gives no reason";
  // Nobody who writes that means for ever.
  if (until === undefined && /(^|,)\s*until\b/i.test(reason)) return "needs a reason and after until a day, YYYY-MM-DD";
  if (until !== undefined && !isDay(until)) return `names ${until}, which is no day of the calendar`;
  return isExpired(until, today) ? `expired on ${until}` : undefined;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function complaint(
  { path, line, column, rules: named }: Comment,
  problem: string,
  verdict: Finding["verdict"],
): Finding {
  const location: Position = { path, line, column };
  const about = named.length === 0 ? "" : ` ${named.join(", ")}`;
  return {
    rule: staleOverride.meta.id,
    verdict,
    identity: null,
    region: null,
    stack: null,
    urn: null,
    message: printable(`The comment ${SIGN}${about} (${path}:${line}) ${problem}.`),
    remediation: `Write it above the registration that it is about, as // ${SIGN} RULE: REASON, until YYYY-MM-DD, or remove it.`,
    location,
    cause: printable(`${path}: ${named.join(", ")}`),
    waived: null,
  };
}

/** A token that is code, and where it starts; lines and columns from 1. */
interface Code {
  text: string;
  type: (Token | JSXToken)["type"];
  line: number;
  column: number;
}

function commentsIn(path: string, source: string | undefined): Comment[] {
  if (!source?.includes(SIGN)) return [];
  const code: Code[] = [];
  const found: { comment: Omit<Comment, "isAbove">; start: number }[] = [];
  for (const token of tokensOf(source, /\.[jt]sx$/.test(path))) {
    const { type, text, line } = token;
    if (type.endsWith("Comment")) {
      // Behind code on its line it is not above anything.
      const start = code.at(-1)?.line === line ? Number.POSITIVE_INFINITY : code.length;
      found.push(...parse(text, { ...token, path }).map((comment) => ({ comment, start })));
    } else if (type !== "WhiteSpace" && type !== "LineTerminatorSequence") code.push(token);
  }
  return found.map(({ comment, start }) => ({
    ...comment,
    isAbove: (line, column) => leadsTo(code, start, line, column),
  }));
}

function* tokensOf(source: string, jsx: boolean): Generator<Code> {
  // Loaded only where a comment may stand.
  const tokenize: typeof jsTokens = require("js-tokens");
  let line = 1;
  let column = 1;
  for (const { type, value } of jsx ? tokenize(source, { jsx }) : tokenize(source)) {
    yield { type, text: value, line, column };
    const lines = value.split(/\r\n|[\r\n\u2028\u2029]/);
    column = lines.length === 1 ? column + value.length : (lines.at(-1) ?? "").length + 1;
    line += lines.length - 1;
  }
}

/** What a comment says, line by line. */
function parse(value: string, { path, line, column }: Position): Omit<Comment, "isAbove">[] {
  const inner = value.startsWith("//") ? value.slice(2) : value.slice(2).replace(/\*\/$/, "");
  return inner.split(/\r\n|[\r\n]/).flatMap((text, index) => {
    if (!new RegExp(`^[\\s*]*${SIGN}(?![\\w-])`).test(text)) return [];
    const { rules: named = "", reason = "", until } = FORM.exec(text)?.groups ?? {};
    return {
      path,
      line: line + index,
      column: index === 0 ? column : 1,
      rules: named
        .split(",")
        .map((id) => id.trim())
        .filter((id) => id !== ""),
      reason: reason.trim(),
      until,
      isUsed: false,
    };
  });
}

/** Whether the expression at a place belongs to the statement, argument or element that starts with a token. */
function leadsTo(code: readonly Code[], start: number, line: number, column: number): boolean {
  const isBefore = (one: Code) => one.line < line || (one.line === line && one.column < column);
  let depth = 0;
  let index = start;
  for (let token = code[index]; token !== undefined && isBefore(token); token = code[++index]) {
    if (/^[;{}]$/.test(token.text)) return false;
    if (depth === 0 && (token.text === "," || startsStatement(code, index, start))) return false;
    if (/^[([]$/.test(token.text)) depth++;
    if (/^[)\]]$/.test(token.text)) depth--;
  }
  const reached = code[index];
  if (reached?.line !== line || reached.column !== column) return false;
  return depth >= 0 && !startsStatement(code, index, start);
}

/** A line that goes on where a whole expression has ended, without an operator: a statement without its semicolon. */
function startsStatement(code: readonly Code[], index: number, start: number): boolean {
  const [before, token] = [code[index - 1], code[index]];
  if (index === start || before === undefined || token === undefined || before.line === token.line) return false;
  return token.type === "IdentifierName" && /^[)\]]$/.test(before.text);
}
