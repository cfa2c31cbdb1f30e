import type { Finding } from "../../policies/model/finding";
import { isObject } from "../../policies/model/value";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { parseJson } from "../io/json";

/** Why such a finding is waived. */
export const IN_BASELINE = "in the baseline";

/** Findings that were there when the baseline was written. */
export interface Baseline {
  accepts(finding: Finding): boolean;
}

/** What a baseline remembers of a finding. A doubt that was accepted does not accept the violation it may become. */
interface Entry {
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
export const ACCEPTS_ALL: Baseline = { accepts: isAcceptable };

/** A rule that failed and a view in which nothing was checked can't be lived with. */
function isAcceptable({ acceptable }: Finding): boolean {
  return acceptable !== false;
}

/** The baseline's file: JSON, sorted, one entry per rule, identity (else URN), Region, stack and cause. */
export function formatBaseline(findings: readonly Finding[]): string {
  const all = findings.filter(isAcceptable).map(toEntry);
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
  const regions = new Map<string, Set<string | null>>();
  for (const [index, entry] of content.findings.entries()) {
    if (!isEntry(entry)) {
      throw new KnownError(
        `${source}: findings[${index}] is not an entry of a baseline; write it again with --write-baseline`,
      );
    }
    const known = regions.get(keyOf(entry)) ?? new Set();
    regions.set(keyOf(entry), known.add(entry.region));
  }
  const remembers = (entry: Entry) => {
    const known = regions.get(keyOf(entry));
    return known !== undefined && (entry.region === null || known.has(null) || known.has(entry.region));
  };
  return {
    accepts(finding) {
      const entry = toEntry(finding);
      return isAcceptable(finding) && (remembers(entry) || remembers({ ...entry, verdict: undefined }));
    },
  };
}

function toEntry({ rule, verdict, identity, urn, region, stack, cause }: Finding): Entry {
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
function keyOf({ rule, identity, urn, stack, verdict, cause }: Entry): string {
  const subject = identity === undefined ? [null, urn ?? null] : [identity, null];
  return JSON.stringify([rule, ...subject, stack, verdict ?? null, cause ?? null]);
}

function isEntry(value: unknown): value is Entry {
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
