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

/** True for a doubt that the deployment itself settles, and that does not fail the run. */
export function isPending(finding: ReportFinding): boolean {
  return (
    finding.pending === true && finding.verdict === "unverified" && finding.waived === null && !isBlocking(finding)
  );
}

/** What the deployment settles, and what answers would settle, one sentence each; none where nothing waits. */
export function waitingSentences({ findings }: Report): string[] {
  const pending = findings.filter(isPending);
  const created = pending.filter(({ awaits }) => awaits === undefined).length;
  const lines = new Set(pending.flatMap(({ awaits = [] }) => awaits));
  const answers = [...lines].map((line) => `\`${line}\``).join(", ");
  const listed = (length: number) => `--format json lists ${them(length)}`;
  return [
    created > 0 ? `${waits(created)} for values this deployment creates; ${listed(created)}.` : "",
    lines.size > 0
      ? `${waits(pending.length - created)} for answers that --mocks FILE gives, with ` +
        `${lines.size === 1 ? "this line" : "these lines"}: ${answers}; ${listed(pending.length - created)}.`
      : "",
  ].filter(Boolean);
}

function waits(checks: number): string {
  return `${count(checks, "check")} ${checks === 1 ? "waits" : "wait"}`;
}

/** True for what is written out: neither waived nor left to the deployment. */
export function isShown(finding: ReportFinding): boolean {
  return finding.waived === null && !isPending(finding);
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
  // Without a list of the values, which would be made for every finding.
  for (const key in value) if (!isSafe(value[key as keyof typeof value])) return false;
  return true;
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

/** The run in one sentence, and what configured it in another. */
export function summarise(report: Report): string {
  return [outcome(report), configured(report)].filter(Boolean).join(" ");
}

/** Which file configured the run, and the mandatory rules that it lowers; empty without a file. */
export function configured({ configuration }: Pick<Report, "configuration">): string {
  const { path, lowered } = configuration;
  const by = path === null ? "The configuration" : printable(path);
  if (lowered.length > 0) return `${by} lowers ${lowered.map((id) => printable(id)).join(", ")}.`;
  return path === null ? "" : `Configured by ${by}.`;
}

/** How many findings of each kind there are, in one sentence. */
export function outcome({ summary }: Report): string {
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

/** How many findings the options leave out; empty where that is none. */
export function leftOut({ hidden }: Pick<Report, "hidden">): string {
  return hidden === 0 ? "" : `${count(hidden, "finding")} ${hidden === 1 ? "is" : "are"} left out by the options.`;
}

const MARK_NAMES = { error: "Errors", warning: "Warnings", unverified: "Unverified" } as const;

/** `Errors: bounce-handling 243, topic-fifo 1.`: a sentence per mark, the most frequent rule first. */
export function countsByRule(findings: readonly ReportFinding[]): string[] {
  return (["error", "warning", "unverified"] as const).flatMap((mark) => {
    const numbers = new Map<string, number>();
    for (const finding of findings) {
      if (markOf(finding) === mark) numbers.set(finding.rule, (numbers.get(finding.rule) ?? 0) + 1);
    }
    const sorted = [...numbers].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
    if (sorted.length === 0) return [];
    return [`${MARK_NAMES[mark]}: ${sorted.map(([rule, number]) => `${rule} ${number}`).join(", ")}.`];
  });
}

/** One sentence per reason, however many findings it accepts. */
export function waivers({ findings }: Pick<Report, "findings">): string[] {
  const byReason = new Map<string, string[]>();
  for (const { waived, rule, identity } of safe(findings.filter((finding) => finding.waived !== null))) {
    if (waived === null) continue;
    const about = identity === null ? rule : `${rule} of ${identity}`;
    const known = byReason.get(waived);
    if (known) known.push(about);
    else byReason.set(waived, [about]);
  }
  return [...byReason].map(([reason, accepted]) => {
    const what = accepted.length === 1 ? accepted[0] : count(accepted.length, "finding");
    return `Waived: ${what} (${reason})`;
  });
}

export function them(number: number): string {
  return number === 1 ? "it" : "them";
}
