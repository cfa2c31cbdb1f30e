import type { ReportInput } from "../report";

// The order of keys at every level, in one list: `JSON.stringify` writes these, in this order, and nothing else.
const KEYS = [
  ...["name", "version", "tool", "summary", "identities", "violations", "advisories", "unverified"],
  ...["findings", "notVisible", "rule", "verdict", "level", "severity"],
  ...["identity", "kind", "account", "region", "stack", "urn", "bounce", "complaint", "delivery", "inheritsFrom"],
  ...["shadows", "message", "remediation", "url", "location", "waived"],
  ...["channel", "target", "declared", "path", "line", "column"],
];

// Allowed raw in JSON, but not on a terminal.
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** For programs: the report in the contract's shape, names as they are, escaped as JSON escapes. */
export function json({ report }: ReportInput): string {
  const content = JSON.stringify(report, KEYS, 2).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${content}\n`;
}
