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
  region: string | null;
  stack: string | null;
  verdict?: "unverified";
}

/** The baseline's file: JSON, sorted, one entry per rule, identity (else URN), Region and stack. */
export function formatBaseline(findings: readonly Finding[]): string {
  const entries = new Map(findings.map((finding) => [keyOf(toEntry(finding)), toEntry(finding)]));
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
  const keys = new Set<string>();
  for (const [index, entry] of content.findings.entries()) {
    if (!isEntry(entry)) {
      throw new KnownError(
        `${source}: findings[${index}] is not an entry of a baseline; write it again with --write-baseline`,
      );
    }
    keys.add(keyOf(entry));
  }
  return {
    accepts(finding) {
      const entry = toEntry(finding);
      return keys.has(keyOf(entry)) || keys.has(keyOf({ ...entry, verdict: undefined }));
    },
  };
}

function toEntry({ rule, verdict, identity, urn, region, stack }: Finding): Entry {
  return {
    rule,
    ...(identity === null ? { urn: urn ?? undefined } : { identity }),
    region,
    stack,
    ...(verdict === "unverified" ? { verdict } : {}),
  };
}

function keyOf({ rule, identity, urn, region, stack, verdict }: Entry): string {
  return JSON.stringify([
    rule,
    identity ?? null,
    identity === undefined ? (urn ?? null) : null,
    region,
    stack,
    verdict ?? null,
  ]);
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
    isNullable("region") &&
    isNullable("stack") &&
    (value.verdict === undefined || value.verdict === "unverified")
  );
}
