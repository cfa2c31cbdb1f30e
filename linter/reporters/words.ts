import { nameOf } from "../../policies/model/record";
import { printable } from "../../policies/text/printable";
import type { Report, ReportChannel, ReportFinding } from "../report/shapes";

export type Mark = "error" | "warning" | "unverified" | "waived";

/** How a finding counts: `error` fails the run, `warning` is an advisory. */
export function markOf(finding: ReportFinding): Mark {
  if (finding.waived !== null) return "waived";
  if (finding.verdict === "unverified") return "unverified";
  return finding.level === "mandatory" ? "error" : "warning";
}

/** True where the finding fails the run; doubts do when the level of `unverified` says so. */
export function isBlocking(finding: ReportFinding): boolean {
  return finding.waived === null && finding.level === "mandatory";
}

const PLAIN = /^[ -~]*$/;

/** Plain data with every text in it printable: a copy, or the data itself where all of it is. */
export function safe<T>(value: T): T {
  // Nearly all text is plain, and there is a lot of it.
  if (typeof value === "string") return (PLAIN.test(value) ? value : printable(value)) as T;
  if (Array.isArray(value)) return (value.every(isSafe) ? value : value.map(safe)) as T;
  if (typeof value !== "object" || value === null || isSafe(value)) return value;
  const copy = {} as T;
  for (const key in value) copy[key] = safe(value[key]);
  return copy;
}

function isSafe(value: unknown): boolean {
  if (typeof value === "string") return PLAIN.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isSafe);
}

/** `index.ts:12:1`, else the resource's name, else nothing. */
export function placeOf({ location, urn }: ReportFinding): string {
  if (location) return `${location.path}:${location.line}:${location.column}`;
  return urn === null ? "" : nameOf(urn);
}

/** `topic ses-bounces, forwarding`: where one notification type goes; ARNs without the part that all share. */
export function describeChannels(channels: readonly ReportChannel[]): string {
  const texts = channels.map((channel) => {
    if (channel.channel === "forwarding") return channel.declared ? "forwarding" : "forwarding (not declared)";
    const target = channel.target === null ? "(ARN not known)" : channel.target.replace(/^(?:[^:]*:){5}/, "");
    return `${channel.channel === "topic" ? "topic" : "event destination"} ${target}`;
  });
  return texts.join(", ");
}

/** `1 violation`, `2 violations`. */
export function count(number: number, noun: string): string {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${number} ${number === 1 ? noun : plural}`;
}

/** The run in one sentence. */
export function summarise({ summary }: Report): string {
  const { identities, violations, advisories, unverified, waived } = summary;
  const seen = count(identities, "identity");
  const rest = [
    ...(advisories > 0 ? [count(advisories, "advisory")] : []),
    ...(unverified > 0 ? [`${unverified} unverified`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
  ];
  if (violations === 0 && identities === 0)
    return `No identity in view, so nothing could be checked${rest.length > 0 ? `: ${rest.join(", ")}` : ""}.`;
  if (violations === 0 && rest.length === 0) return `No findings in ${seen}.`;
  return `${[violations === 0 ? "No violation" : count(violations, "violation"), ...rest].join(", ")} in ${seen}.`;
}

/** What the report does not show, in one sentence; empty where there is nothing. */
export function unseen({ notVisible }: Report): string {
  const { length } = notVisible;
  return length === 0 ? "" : `${count(length, "thing")} can't be seen from here; --format json lists ${them(length)}.`;
}

export function them(number: number): string {
  return number === 1 ? "it" : "them";
}
