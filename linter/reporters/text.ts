import type { ReportInput, ReportOptions } from "../report";
import {
  count,
  describeChannels,
  describeFeedback,
  type Entry,
  type Group,
  groupByIdentity,
  isBlocking,
  type Mark,
  markOf,
  placeOf,
  safe,
  summarise,
  them,
  unseen,
} from "./shared";

const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
type Style = keyof typeof SGR;
type Paint = (style: Style, text: string) => string;
const STYLES: Record<Mark, Style> = { error: "red", warning: "yellow", unverified: "cyan", waived: "dim" };

/** For people: findings by identity, what is waiting or waived in a line each, and a summary as the last line. */
export function text(input: ReportInput, { color, width }: ReportOptions): string {
  const paint: Paint = (style, content) => (color ? `\u001b[${SGR[style]}m${content}\u001b[0m` : content);
  const groups = groupByIdentity(withShown(input)).filter(({ entries }) => entries.some(isShown));
  const marks = groups.flatMap(({ entries }) => entries.filter(isShown).map(({ finding }) => markOf(finding).length));
  const gutter = marks.reduce((widest, length) => Math.max(widest, length), 0) + 4;

  const sections = groups.map((group) => section(group, gutter, width, paint));
  const foot = footer(input, groups.length > 0, width).map((line) => paint("dim", line));
  const { violations, identities, unverified } = input.report.summary;
  const blocked = violations > 0 || input.report.findings.some(isBlocking);
  const style: Style = blocked ? "red" : identities === 0 || unverified > 0 ? "yellow" : "green";
  const last = wrap(summarise(input), "", width).map((line) => paint(style, line));
  return `${[...sections, [...foot, ...last].join("\n")].join("\n\n")}\n`;
}

function isPending({ finding, detail }: Entry): boolean {
  return detail.pending === true && finding.verdict === "unverified" && finding.waived === null;
}

function isShown(entry: Entry): boolean {
  return markOf(entry.finding) !== "waived" && !isPending(entry);
}

function entriesOf({ report, details }: ReportInput): Entry[] {
  return report.findings.map((finding, index) => ({ finding, detail: details[index]! }));
}

/** The part of the report about identities (or other resources) with a finding to show: seldom more than a few. */
function withShown(input: ReportInput): ReportInput {
  const all = entriesOf(input);
  const names = new Set(all.filter(isShown).map(({ finding }) => finding.identity));
  const entries = all.filter(({ finding }) => names.has(finding.identity));
  const identities = input.report.identities.filter(({ identity }) => names.has(identity));
  return {
    report: { ...input.report, identities, findings: entries.map(({ finding }) => finding) },
    details: entries.map(({ detail }) => detail),
  };
}

function section(group: Group, gutter: number, width: number, paint: Paint): string {
  const { name, region, stack, identity, entries } = group;
  const about = [identity?.kind, region ?? (identity ? "Region unknown" : undefined), stack].filter(Boolean);
  const heading = [paint("bold", harmless(name ?? "Other resources")), ...(about.length > 0 ? [about.join(", ")] : [])];
  const lines = [heading.join("  ")];
  if (identity) {
    const { delivery, shadows } = identity;
    const bounces = describeFeedback(group, "bounce");
    const complaints = describeFeedback(group, "complaint");
    const channels = [
      ...(bounces === complaints
        ? [`bounces and complaints: ${bounces}`]
        : [`bounces: ${bounces}`, `complaints: ${complaints}`]),
      ...(delivery.length > 0 ? [`deliveries: ${describeChannels(delivery)}`] : []),
      ...(shadows === null ? [] : [`shadows ${shadows}`]),
    ];
    lines.push(...wrap(channels.join("; "), "  ", width).map((line) => paint("dim", line)));
  }
  for (const [index, { finding }] of entries.filter(isShown).entries()) {
    if (index > 0) lines.push("");
    const mark = markOf(finding);
    const style = isBlocking(finding) ? "red" : STYLES[mark];
    const place = placeOf(finding);
    const label = paint(style, mark) + " ".repeat(gutter - 2 - mark.length);
    lines.push(`  ${label}${paint("bold", finding.rule)}  ${finding.severity}${place && paint("dim", `  ${place}`)}`);
    const indent = " ".repeat(gutter);
    lines.push(...wrap(finding.message, indent, width));
    lines.push(...wrap(`Fix: ${finding.remediation}`, indent, width));
  }
  return lines.join("\n");
}

function footer(input: ReportInput, hasFindings: boolean, width: number): string[] {
  const pending = entriesOf(input).filter(isPending).length;
  const sentences = [
    ...waivers(input),
    pending === 0
      ? ""
      : `${count(pending, "check")} ${pending === 1 ? "waits" : "wait"} for values this deployment creates; ` +
        `--format json lists ${them(pending)}.`,
    unseen(input),
    hasFindings ? "`ses-guard explain RULE` says more about a rule." : "",
  ];
  return sentences.filter(Boolean).flatMap((sentence) => wrap(sentence, "", width));
}

/** One sentence per reason, however many findings it accepts. */
function waivers({ report }: ReportInput): string[] {
  const byReason = new Map<string, string[]>();
  for (const { waived, rule, identity } of safe(report.findings)) {
    if (waived === null) continue;
    byReason.set(waived, [...(byReason.get(waived) ?? []), identity === null ? rule : `${rule} of ${identity}`]);
  }
  return [...byReason].map(([reason, findings]) => {
    const what = findings.length === 1 ? findings[0] : count(findings.length, "finding");
    return `Waived: ${what} (${reason})`;
  });
}

/** Lines of at most `width` columns; a word that is longer (an ARN) stays whole, to be copied. */
function wrap(content: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.split(" ").map(harmless)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

// GitHub runs a line of any output that begins with `::command`.
function harmless(word: string): string {
  return word.startsWith("::") ? `\\u{3a}${word.slice(1)}` : word;
}
