import type { Finding } from "../../policies/model/finding";
import { nameOf } from "../../policies/model/record";
import { isObject } from "../../policies/model/value";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { parseJson } from "../io/json";

/** Why such a finding is waived. */
export const IN_BASELINE = "in the baseline";

/** Findings that were there when the baseline was written. */
export interface Baseline {
  accepts(finding: Finding): boolean;
  /** What it remembers, in the file's order. */
  entries: readonly BaselineEntry[];
}

/** What a baseline remembers of a finding. A doubt that was accepted does not accept the violation it may become. */
export interface BaselineEntry {
  rule: string;
  /** One of the two. */
  identity?: string;
  urn?: string;
  /** Null where it was not known: then it may have been any. */
  region: string | null;
  stack: string | null;
  verdict?: "unverified";
  /** Which channel, topic or subscriber it was (`Finding.cause`). */
  cause?: string;
}

/** Accepts all that can be accepted: what a new baseline is written from. */
export const ACCEPTS_ALL: Baseline = { accepts: isAcceptable, entries: [] };

/** A rule that failed and a view in which nothing was checked can't be lived with. */
function isAcceptable({ acceptable }: Finding): boolean {
  return acceptable !== false;
}

/** The baseline's file: JSON, sorted, one entry per rule, identity (else URN), Region, stack and cause. */
export function formatBaseline(findings: readonly Finding[]): string {
  return formatEntries(findings.filter(isAcceptable).map(toEntry));
}

/** The same of entries. */
export function formatEntries(all: readonly BaselineEntry[]): string {
  const entries = new Map(all.map((entry) => [JSON.stringify([keyOf(entry), entry.region]), entry]));
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  return `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`;
}

/** Reads a baseline's text. Throws `KnownError`, which names the file and the place in it. */
export function parseBaseline(text: string, name: string): Baseline {
  const source = printable(name);
  const content = parseJson(text, source);
  if (!isObject(content) || content.version !== 1 || !Array.isArray(content.findings)) {
    throw new KnownError(`${source}: not a baseline; write one with --baseline FILE --write-baseline`);
  }
  const entries = content.findings.map((entry: unknown, index) => {
    if (isEntry(entry)) return entry;
    throw new KnownError(
      `${source}: findings[${index}] is not an entry of a baseline; write it again with --write-baseline`,
    );
  });
  const remembers = matcher(entries);
  return {
    accepts: (finding) => isAcceptable(finding) && acceptedBy(finding).some(remembers),
    entries,
  };
}

/** Whether one of the entries is the one given, but for the Region where either does not know it. */
function matcher(entries: readonly BaselineEntry[]): (entry: BaselineEntry) => boolean {
  const regions = new Map<string, Set<string | null>>();
  for (const entry of entries) {
    const known = regions.get(keyOf(entry)) ?? new Set();
    regions.set(keyOf(entry), known.add(entry.region));
  }
  return (entry) => {
    const known = regions.get(keyOf(entry));
    return known !== undefined && (entry.region === null || known.has(null) || known.has(entry.region));
  };
}

/** The entries under which a finding is accepted: its own, and for a doubt that of the violation it may become. */
function acceptedBy(finding: Finding): BaselineEntry[] {
  const entry = toEntry(finding);
  return entry.verdict === undefined ? [entry] : [entry, { ...entry, verdict: undefined }];
}

/**
 * Entries that no finding matches, waived or not. Entries of a stack that was not looked at, or only in part, are none:
 * nobody knows about them.
 * @param isComplete whether all of a stack (`project/stack`) is in view
 */
export function staleEntries(
  { entries }: Baseline,
  findings: readonly Finding[],
  isComplete: (stack: string | null) => boolean,
): BaselineEntry[] {
  const isFound = matcher(findings.flatMap(acceptedBy));
  return entries.filter((entry) => isComplete(entry.stack) && !isFound(entry));
}

/** What is said of an entry that matches nothing. */
export function staleFinding({ rule, identity, urn, region, stack }: BaselineEntry): Finding {
  const subject = printable(identity ?? nameOf(urn ?? ""));
  const where = region === null ? "" : ` (${printable(region)})`;
  return {
    rule: "stale-override",
    verdict: "violation",
    identity: identity === undefined ? null : printable(identity),
    region: region === null ? null : printable(region),
    stack: stack === null ? null : printable(stack),
    urn: urn ?? null,
    message: `The baseline accepts ${printable(rule)} of ${subject || "a resource"}${where}, which is not found any more.`,
    remediation: "Take it out of the baseline: --prune does.",
    location: null,
    cause: `baseline ${printable(rule)}`,
    acceptable: false,
    waived: null,
  };
}

function toEntry({ rule, verdict, identity, urn, region, stack, cause }: Finding): BaselineEntry {
  return {
    rule,
    ...(identity === null ? { urn: urn ?? undefined } : { identity }),
    region,
    stack,
    ...(verdict === "unverified" ? { verdict } : {}),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** All but the Region, which is compared on its own. */
function keyOf({ rule, identity, urn, stack, verdict, cause }: BaselineEntry): string {
  const subject = identity === undefined ? [null, urn ?? null] : [identity, null];
  return JSON.stringify([rule, ...subject, stack, verdict ?? null, cause ?? null]);
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isObject(value)) return false;
  const isText = (key: string) => typeof value[key] === "string";
  const isNullable = (key: string) => value[key] === null || isText(key);
  const isOptional = (key: string) => value[key] === undefined || isText(key);
  return (
    isText("rule") &&
    isOptional("identity") &&
    isOptional("urn") &&
    isOptional("cause") &&
    isNullable("region") &&
    isNullable("stack") &&
    (value.verdict === undefined || value.verdict === "unverified")
  );
}
