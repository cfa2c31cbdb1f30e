import type { ReportFinding } from "../report/shapes";

/** The same for the same finding tomorrow, wherever its line has moved; another cause is another accident. */
export function fingerprintOf({ rule, identity, region, stack, urn, cause }: ReportFinding): string {
  return JSON.stringify([rule, identity, region, stack, urn, ...(cause === undefined ? [] : [cause])]);
}

/** A function that gives each finding of a report a hash of its own, the same one in the next run. */
export function fingerprints(): (finding: ReportFinding) => string {
  const seen = new Map<string, number>();
  return (finding) => {
    const key = `${fingerprintOf(finding)} ${finding.verdict}`;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return hash(times === 0 ? key : `${key} ${times}`);
  };
}

/** 64 bits of FNV-1a: services want a hash, and only compare it. */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return value.toString(16).padStart(16, "0");
}
