import type { Finding } from "../../policies/model/finding";
import { escapeText } from "../../policies/model/identity";
import { nameOf } from "../../policies/model/resource";
import type { ReportChannel, ReportFinding, ReportIdentity, ReportInput } from "../report";

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

export interface Entry {
  finding: ReportFinding;
  detail: Finding;
}

/** What is said about one identity; `identity` is undefined where the findings are about one that is not in view. */
export interface Group {
  /** The identity's name, or null for findings about resources of no identity. */
  name: string | null;
  region: string | null;
  stack: string | null;
  identity: ReportIdentity | undefined;
  entries: Entry[];
}

const RANK: Record<Mark, number> = { error: 0, warning: 1, unverified: 2, waived: 3 };

/**
 * The report by identity, in its order; what fails the run comes first in each group. Every text is safe to print.
 * Findings without an identity come last.
 */
export function groupByIdentity({ report, details }: ReportInput): Group[] {
  const groups: Group[] = [];
  const byKey = new Map<string, Group>();
  const add = (group: Group) => {
    groups.push(group);
    for (const key of keysOf(group.name, group.region, group.stack)) if (!byKey.has(key)) byKey.set(key, group);
    return group;
  };
  for (const raw of report.identities) {
    const identity = safe(raw);
    add({ name: identity.identity, region: identity.region, stack: identity.stack, identity, entries: [] });
  }
  const rest: Group = { name: null, region: null, stack: null, identity: undefined, entries: [] };
  report.findings.forEach((raw, index) => {
    const finding = safe(raw);
    const detail = details[index]!;
    const { identity: name, region } = finding;
    const stack = safe(detail.stack);
    const keys = keysOf(name, region, stack);
    const known = (region === null ? keys : keys.slice(0, 2)).map((key) => byKey.get(key));
    const group =
      name === null
        ? rest
        : (known.find((one) => one) ?? add({ name, region, stack, identity: undefined, entries: [] }));
    group.entries.push({ finding, detail });
  });
  if (rest.entries.length > 0) groups.push(rest);
  const rank = ({ finding }: Entry) => (isBlocking(finding) ? -1 : RANK[markOf(finding)]);
  for (const { entries } of groups) entries.sort((a, b) => rank(a) - rank(b));
  return groups;
}

// With and without the stack: an identity declared in several stacks is reported under one of them. What is said of no
// Region (an exception, say) is said under the first. Safe text holds no line break, which therefore separates.
function keysOf(name: string | null, region: string | null, stack: string | null): string[] {
  const place = `${name}\n${region}`;
  return [`${place}\n${stack}`, place, `${name}`];
}

const PLAIN = /^[ -~]*$/;

/** A copy of plain data with every text in it printable. */
export function safe<T>(value: T): T {
  // Nearly all text is plain, and there is a lot of it.
  if (typeof value === "string") return (PLAIN.test(value) ? value : escapeText(value)) as T;
  if (Array.isArray(value)) return value.map(safe) as T;
  if (typeof value !== "object" || value === null) return value;
  const copy = {} as T;
  for (const key in value) copy[key] = safe(value[key]);
  return copy;
}

/** `index.ts:12:1`, else the resource's name, else nothing. */
export function placeOf({ location, urn }: ReportFinding): string {
  if (location) return `${location.path}:${location.line}:${location.column}`;
  return urn === null ? "" : nameOf(urn);
}

/**
 * `topic ses-bounces, forwarding`: where bounces or complaints of the group's identity go; `nobody`, or `not known`
 * where that is what the finding about it says.
 */
export function describeFeedback({ identity, entries }: Group, type: "bounce" | "complaint"): string {
  const channels = identity?.[type] ?? [];
  if (channels.length > 0) return describeChannels(channels);
  const isDoubt = ({ finding }: Entry) => finding.rule === `${type}-handling` && finding.verdict === "unverified";
  return entries.some(isDoubt) ? "not known" : "nobody";
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
export function summarise({ report }: ReportInput): string {
  const { identities, violations, advisories, unverified, waived } = report.summary;
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
export function unseen({ report }: ReportInput): string {
  const { length } = report.notVisible;
  return length === 0 ? "" : `${count(length, "thing")} can't be seen from here; --format json lists ${them(length)}.`;
}

export function them(number: number): string {
  return number === 1 ? "it" : "them";
}
