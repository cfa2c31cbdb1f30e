import { withoutCommands } from "../../policies/text/commands";
import type { Report } from "../report/shapes";
import { driftLines } from "./drift";
import { DEFAULT_MAX, type Entry, type Fold, fold, rankOf, together } from "./entries";
import { describeFeedback, type Group, groupSafe, safeIdentities, worstFirst } from "./groups";
import type { RenderOptions } from "./reporter";
import {
  count,
  countsByRule,
  describeChannels,
  isBlocking,
  isShown,
  leftOut,
  type Mark,
  markOf,
  placeOf,
  safe,
  summarise,
  unseen,
  waitingSentences,
  waivers,
} from "./words";

const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
type Style = keyof typeof SGR;
type Paint = (style: Style, text: string) => string;
const STYLES: Record<Mark, Style> = { error: "red", warning: "yellow", unverified: "cyan", waived: "dim" };

interface Layout {
  /** Columns before the text of a finding. */
  gutter: number;
  width: number;
  max: number;
  paint: Paint;
  /** The rule's name, linked to its page where the terminal can. */
  link(rule: string): string;
}

/**
 * For people: kinds of which there are many, then identities, the worst first; what is waiting or waived in a line each,
 * counts per rule, and a summary.
 */
export function text(report: Report, options: RenderOptions): string {
  const entries = together(safe(report.findings));
  const shown = entries.filter(isShown);
  const layout = layoutOf(shown, report, options);
  const { folds, rest } = fold(shown, layout.max);
  const groups = worstFirst(groupsOf(report, entries, new Set(rest)));
  const sections = [
    ...folds.map((many) => ({ rank: many.entries[0] ? rankOf(many.entries[0]) : 0, text: foldSection(many, layout) })),
    ...groups.map((group) => ({ rank: group.rank, text: section(group, layout) })),
  ].sort((a, b) => a.rank - b.rank);
  const { paint, width } = layout;
  const foot = footer(report, shown, layout).map((line) => paint("dim", line));
  const last = wrap(summarise(report), "", width).map((line) => paint(styleOf(report), line));
  const drift = driftLines(report.drift).join("\n");
  const parts = [...sections.map((one) => one.text), ...(drift === "" ? [] : [drift]), [...foot, ...last].join("\n")];
  return withoutCommands(`${parts.join("\n\n")}\n`);
}

function layoutOf(shown: readonly Entry[], { rules }: Report, options: RenderOptions): Layout {
  const { color, width, links = false, max = DEFAULT_MAX } = options;
  const paint: Paint = (style, content) => (color ? `\u001b[${SGR[style]}m${content}\u001b[0m` : content);
  const pages = new Map(rules.map(({ id, url }) => [id, url]));
  const link = (rule: string) => {
    const page = pages.get(rule) ?? "";
    const isSafe = /^https?:\/\/[!-~]+$/.test(page) && /^[\w-]+$/.test(rule);
    return links && isSafe ? `\u001b]8;;${page}\u001b\\${rule}\u001b]8;;\u001b\\` : rule;
  };
  return { gutter: Math.max(0, ...shown.map((entry) => markOf(entry).length)) + 4, width, max, paint, link };
}

function styleOf({ summary, findings }: Report): Style {
  if (summary.violations > 0 || findings.some(isBlocking)) return "red";
  return summary.identities === 0 || summary.unverified > 0 ? "yellow" : "green";
}

/** An identity (or other resources), and those of its entries that get a block of their own. */
interface Section extends Group<Entry> {
  blocks: readonly Entry[];
  rank: number;
}

/** The part of the report about identities with a finding to show: seldom more than a few. */
function groupsOf(report: Report, entries: readonly Entry[], shown: ReadonlySet<Entry>): Section[] {
  const names = new Set([...shown].map(({ identity }) => identity));
  const groups = groupSafe({
    identities: safeIdentities(report.identities).filter(({ identity }) => names.has(identity)),
    findings: entries.filter(({ identity }) => names.has(identity)),
  });
  return groups.flatMap((group) => {
    const blocks = group.findings.filter((entry) => shown.has(entry));
    const [worst] = blocks;
    return worst === undefined ? [] : [{ ...group, blocks, rank: rankOf(worst) }];
  });
}

function section(group: Section, layout: Layout): string {
  const { name, region, stack, identity, blocks } = group;
  const { paint, width } = layout;
  const about = [identity?.kind, region ?? (identity ? "Region unknown" : undefined), stack].filter(Boolean);
  const heading = line([{ text: name ?? "Other resources", style: "bold" }, { text: about.join(", ") }], 2, layout, "");
  const channels = wrap(describeIdentity(group), "  ", width).map((line) => paint("dim", line));
  const texts = blocks.map((entry) =>
    [headOf(entry, ruleParts(entry, layout), layout), ...body(entry, layout, true)].join("\n"),
  );
  return [heading, ...(identity ? channels : []), texts.join("\n\n")].join("\n");
}

/** `bounces: topic a; complaints: nobody; shadows example.com` */
function describeIdentity(group: Group<Entry>): string {
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

/** `bounce-handling: 243 identities, the first 5`, and these. */
function foldSection({ rules, entries, shown, total }: Fold, layout: Layout): string {
  const { gutter, width } = layout;
  const heading = line(
    [{ text: rules.join(", "), style: "bold", print: rules.map(layout.link).join(", ") }],
    2,
    layout,
    "",
    `: ${count(total.count, total.noun)}, the first ${shown.length}`,
  );
  const fixes = new Set(entries.map(({ remediation }) => remediation));
  const isOneFix = fixes.size === 1;
  const isOneReason = new Set(shown.map(reasonOf)).size === 1;
  const indent = " ".repeat(gutter);
  const blocks = shown.map((entry) => {
    const head = headOf(entry, subjectParts(entry), layout);
    return [head, ...(isOneReason ? [] : body(entry, layout, !isOneFix))].join("\n");
  });
  const [first] = shown;
  const more = `and ${entries.length - shown.length} more; --max ${entries.length} shows them.`;
  const rest = [
    ...wrap(more, indent, width),
    ...(isOneReason && first ? wrap(first.message, indent, width) : []),
    ...(isOneFix && first ? wrap(`Fix: ${first.remediation}`, indent, width) : []),
  ];
  const gap = isOneReason && isOneFix ? "\n" : "\n\n";
  return [heading, [...blocks, rest.join("\n")].join(gap)].join("\n");
}

/** The message without the names: equal where the same happened to several identities. */
function reasonOf({ message, identity, region, remediation }: Entry): string {
  const without = (text: string, name: string | null) => (name ? text.replaceAll(name, "*") : text);
  return [without(without(message, identity), region), remediation].join("\n");
}

interface Part {
  text: string;
  style?: Style;
  /** What is printed where it is more than the text (a link). */
  print?: string;
}

function ruleParts(entry: Entry, { link }: Layout): Part[] {
  return [
    { text: entry.rules.join(", "), style: "bold", print: entry.rules.map(link).join(", ") },
    { text: entry.severity },
    { text: placeOf(entry), style: "dim" },
  ];
}

/** The place comes early, so that it hardly ever stands on another line than the name: the problem matcher wants both. */
function subjectParts(entry: Entry): Part[] {
  const { identity, region, stack, severity } = entry;
  const about = { text: [region, stack].filter(Boolean).join(", ") };
  const place = { text: placeOf(entry), style: "dim" } as const;
  return identity === null
    ? [{ ...place, style: "bold" }, about, { text: severity }]
    : [{ text: identity, style: "bold" }, place, about, { text: severity }];
}

function headOf(entry: Entry, parts: readonly Part[], layout: Layout): string {
  const { gutter, paint } = layout;
  const mark = markOf(entry);
  const label = `  ${paint(isBlocking(entry) ? "red" : STYLES[mark], mark)}${" ".repeat(gutter - 2 - mark.length)}`;
  return line(parts, gutter, layout, label);
}

function body({ message, remediation }: Entry, { gutter, width }: Layout, withFix: boolean): string[] {
  const indent = " ".repeat(gutter);
  return [...wrap(message, indent, width), ...(withFix ? wrap(`Fix: ${remediation}`, indent, width) : [])];
}

/** Parts in a row after what starts it, in as many lines as they need; later lines are indented by `columns`. */
function line(parts: readonly Part[], columns: number, { width, paint }: Layout, start: string, end = ""): string {
  const rows: string[] = [];
  let row = "";
  let used = start === "" ? 0 : columns;
  for (const { text, style, print = text } of parts.filter(({ text }) => text !== "")) {
    const isFirst = row === "";
    if (!isFirst && used + 2 + text.length > width) {
      rows.push(row);
      row = " ".repeat(columns);
      used = columns;
    } else if (!isFirst) {
      row += "  ";
      used += 2;
    }
    row += style ? paint(style, print) : print;
    used += text.length;
  }
  return `${start}${[...rows, row].join("\n")}${end}`;
}

function footer(report: Report, shown: readonly Entry[], { width, max }: Layout): string[] {
  const counts = countsByRule(shown.flatMap(({ findings }) => findings));
  const sentences = [
    ...waivers(report),
    ...waitingSentences(report),
    unseen(report),
    leftOut(report),
    shown.length > 0 ? "`ses-guard explain RULE` says more about a rule." : "",
    // A few can be counted by eye.
    ...(shown.length > max ? counts : []),
  ];
  return sentences.filter(Boolean).flatMap((sentence) => wrap(sentence, "", width));
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
