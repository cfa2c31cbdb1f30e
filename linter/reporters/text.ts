import { withoutCommands } from "../../policies/text/commands";
import type { Report, ReportFinding } from "../report/shapes";
import { describeFeedback, type Group, groupByIdentity } from "./groups";
import type { RenderOptions } from "./reporter";
import {
  count,
  describeChannels,
  isBlocking,
  type Mark,
  markOf,
  placeOf,
  safe,
  summarise,
  them,
  unseen,
} from "./words";

const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
type Style = keyof typeof SGR;
type Paint = (style: Style, text: string) => string;
const STYLES: Record<Mark, Style> = { error: "red", warning: "yellow", unverified: "cyan", waived: "dim" };

/** For people: findings by identity, what is waiting or waived in a line each, and a summary as the last line. */
export function text(report: Report, { color, width }: RenderOptions): string {
  const paint: Paint = (style, content) => (color ? `\u001b[${SGR[style]}m${content}\u001b[0m` : content);
  const groups = groupByIdentity(withShown(report)).filter(({ findings }) => findings.some(isShown));
  const marks = groups.flatMap(({ findings }) => findings.filter(isShown).map((finding) => markOf(finding).length));
  const gutter = marks.reduce((widest, length) => Math.max(widest, length), 0) + 4;

  const sections = groups.map((group) => section(group, { gutter, width, paint }));
  const foot = footer(report, groups.length > 0, width).map((line) => paint("dim", line));
  const last = wrap(summarise(report), "", width).map((line) => paint(styleOf(report), line));
  return withoutCommands(`${[...sections, [...foot, ...last].join("\n")].join("\n\n")}\n`);
}

function styleOf({ summary, findings }: Report): Style {
  if (summary.violations > 0 || findings.some(isBlocking)) return "red";
  return summary.identities === 0 || summary.unverified > 0 ? "yellow" : "green";
}

function isPending({ pending, verdict, waived }: ReportFinding): boolean {
  return pending === true && verdict === "unverified" && waived === null;
}

function isShown(finding: ReportFinding): boolean {
  return markOf(finding) !== "waived" && !isPending(finding);
}

/** The part of the report about identities (or other resources) with a finding to show: seldom more than a few. */
function withShown({ identities, findings }: Report): Pick<Report, "identities" | "findings"> {
  const names = new Set(findings.filter(isShown).map(({ identity }) => identity));
  return {
    identities: identities.filter(({ identity }) => names.has(identity)),
    findings: findings.filter(({ identity }) => names.has(identity)),
  };
}

interface Layout {
  /** Columns before the text of a finding. */
  gutter: number;
  width: number;
  paint: Paint;
}

function section(group: Group, layout: Layout): string {
  const { name, region, stack, identity, findings } = group;
  const { paint, width } = layout;
  const about = [identity?.kind, region ?? (identity ? "Region unknown" : undefined), stack].filter(Boolean);
  const heading = [paint("bold", name ?? "Other resources"), ...(about.length > 0 ? [about.join(", ")] : [])];
  const channels = wrap(describeIdentity(group), "  ", width).map((line) => paint("dim", line));
  const blocks = findings.filter(isShown).map((finding) => block(finding, layout));
  return [heading.join("  "), ...(identity ? channels : []), blocks.join("\n\n")].join("\n");
}

/** `bounces: topic a; complaints: nobody; shadows example.com` */
function describeIdentity(group: Group): string {
  if (!group.identity) return "";
  const { delivery, shadows } = group.identity;
  const bounces = describeFeedback(group, "bounce");
  const complaints = describeFeedback(group, "complaint");
  const feedback =
    bounces === complaints
      ? [`bounces and complaints: ${bounces}`]
      : [`bounces: ${bounces}`, `complaints: ${complaints}`];
  return [
    ...feedback,
    ...(delivery.length > 0 ? [`deliveries: ${describeChannels(delivery)}`] : []),
    ...(shadows === null ? [] : [`shadows ${shadows}`]),
  ].join("; ");
}

function block(finding: ReportFinding, { gutter, width, paint }: Layout): string {
  const mark = markOf(finding);
  const place = placeOf(finding);
  const label = paint(isBlocking(finding) ? "red" : STYLES[mark], mark) + " ".repeat(gutter - 2 - mark.length);
  const indent = " ".repeat(gutter);
  return [
    `  ${label}${paint("bold", finding.rule)}  ${finding.severity}${place && paint("dim", `  ${place}`)}`,
    ...wrap(finding.message, indent, width),
    ...wrap(`Fix: ${finding.remediation}`, indent, width),
  ].join("\n");
}

function footer(report: Report, hasFindings: boolean, width: number): string[] {
  const pending = report.findings.filter(isPending).length;
  const sentences = [
    ...waivers(report),
    pending === 0
      ? ""
      : `${count(pending, "check")} ${pending === 1 ? "waits" : "wait"} for values this deployment creates; ` +
        `--format json lists ${them(pending)}.`,
    unseen(report),
    hasFindings ? "`ses-guard explain RULE` says more about a rule." : "",
  ];
  return sentences.filter(Boolean).flatMap((sentence) => wrap(sentence, "", width));
}

/** One sentence per reason, however many findings it accepts. */
function waivers({ findings }: Report): string[] {
  const byReason = new Map<string, string[]>();
  for (const { waived, rule, identity } of safe(findings)) {
    if (waived === null) continue;
    byReason.set(waived, [...(byReason.get(waived) ?? []), identity === null ? rule : `${rule} of ${identity}`]);
  }
  return [...byReason].map(([reason, accepted]) => {
    const what = accepted.length === 1 ? accepted[0] : count(accepted.length, "finding");
    return `Waived: ${what} (${reason})`;
  });
}

/** Lines of at most `width` columns; a word that is longer (an ARN) stays whole, to be copied. */
function wrap(content: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
