import type { Json } from "../../policies/model/value";
import { replaceHidden } from "../../policies/text/printable";
import type { Report } from "../report/shapes";

/**
 * Which fields of an object are part of the format, in its order. Every field of the type has to be named, at every
 * level, so that a new one compiles only when somebody has decided about it.
 */
type Format<T> = { [Field in AnyKey<T>]-?: Decision<Inner<T, Field>> };
type Decision<T> = [T] extends [object] ? false | Format<T> : boolean;
type AnyKey<T> = T extends unknown ? keyof T : never;
type Inner<T, Field> = T extends unknown ? (Field extends keyof T ? Item<NonNullable<T[Field]>> : never) : never;
type Item<T> = T extends readonly (infer One)[] ? One : T;

const CHANNEL: Format<Report["identities"][number]["bounce"][number]> = { channel: true, target: true, declared: true };

const IDENTITY: Format<Report["identities"][number]> = {
  identity: true,
  kind: true,
  account: true,
  region: true,
  stack: true,
  urn: true,
  bounce: CHANNEL,
  complaint: CHANNEL,
  delivery: CHANNEL,
  inheritsFrom: true,
  shadows: true,
  reception: false,
  ancestor: false,
};

const FINDING: Format<Report["findings"][number]> = {
  rule: true,
  verdict: true,
  level: true,
  severity: true,
  identity: true,
  region: true,
  stack: false,
  urn: true,
  message: true,
  remediation: true,
  url: true,
  location: { path: true, line: true, column: true, inner: false },
  pending: false,
  awaits: false,
  cause: false,
  account: false,
  acceptable: false,
  waived: true,
};

const REPORT: Format<Report> = {
  version: true,
  tool: { name: true, version: true },
  readAt: true,
  summary: { identities: true, violations: true, advisories: true, unverified: true, waived: true },
  identities: IDENTITY,
  findings: FINDING,
  notVisible: true,
  drift: {
    identities: {
      change: true,
      identity: true,
      account: true,
      region: true,
      stack: true,
      feedback: { type: true, declared: CHANNEL, live: CHANNEL },
    },
    notCompared: true,
  },
  configuration: { path: true, lowered: true },
  rules: false,
  hidden: false,
};

/** For programs: the report in the contract's shape, names as they are, escaped as JSON escapes. */
export function json(report: Report): string {
  return jsonText(pick(report, REPORT));
}

/** True for a text that `ses-guard inventory` wrote. */
export function isEntries(text: string): boolean {
  return /^\[\s*(?:\]\s*$|\{\s*"identity":[\s\S]*?"seen":)/.test(text);
}

/** JSON for a file, a terminal or the log of a CI job, ending in a newline. */
export function jsonText(value: unknown): string {
  const content = JSON.stringify(value, undefined, 2);
  // Allowed raw in JSON, but not on a terminal, nor in the log of a CI job.
  return `${replaceHidden(withoutMarkersIn(content), (character) => (character === "\n" ? character : escapeCode(character)))}\n`;
}

function pick(value: unknown, format: object): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, format));
  if (typeof value !== "object" || value === null) return value;
  const picked: Json = {};
  for (const [field, inner] of Object.entries(format)) {
    if (inner === false || !hasField(value, field)) continue;
    picked[field] = typeof inner === "object" ? pick(value[field], inner) : value[field];
  }
  return picked;
}

function hasField<F extends string>(value: object, field: F): value is Record<F, unknown> {
  return Object.hasOwn(value, field);
}

// JSON counts in UTF-16: a character above U+FFFF takes two.
function escapeCode(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** JSON text in which no CI log finds a command, as JSON escapes. */
export function withoutMarkersIn(content: string): string {
  return content.replace(/#(?=#\w*\[)/g, "\\u0023");
}
