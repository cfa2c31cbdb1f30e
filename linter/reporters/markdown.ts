import { withoutCommands } from "../../policies/text/commands";
import type { Report } from "../report/shapes";
import { driftSentence } from "./drift";
import { DEFAULT_MAX, type Entry, fold, together } from "./entries";
import { plain } from "./plain";
import type { RenderOptions } from "./reporter";
import {
  count,
  isBlocking,
  isShown,
  leftOut,
  markOf,
  placeOf,
  safe,
  summarise,
  unseen,
  waitingSentences,
  waivers,
} from "./words";

/**
 * GitHub takes 65,536 characters in a comment, and 1 MiB in a job summary. A comment has words of its author's around
 * the report.
 */
const LIMIT = 60_000;
const MARKER = "<!-- ses-guard -->";

/**
 * For job summaries and comments on pull requests: the summary, a table of what was found, kind by kind, the worst
 * first, and the findings themselves folded below, as many as there is room for.
 */
export function markdown(report: Report, { max = DEFAULT_MAX }: RenderOptions): string {
  const entries = together(safe(report.findings)).filter(isShown);
  // One kind a row, however few of it there are.
  const kinds = fold(entries, 0, max).folds;
  const pages = new Map(safe(report.rules).map(({ id, url }) => [id, url]));
  const head = [MARKER, `### ses-guard: ${plain(summarise(report))}`];
  if (kinds.length > 0) {
    const rows = kinds.map(({ rules, entries, shown, total }) => {
      const [worst] = shown;
      const linked = rules.map((rule) => linkTo(rule, pages.get(rule)));
      const total_ = count(total.count, total.noun);
      return `| ${worst ? labelOf(worst) : ""} | ${linked.join("<br>")} | ${total_}: ${namesOf([...shown, ...entries], max)} |`;
    });
    head.push(["| | Rule | Where |", "| --- | --- | --- |", ...rows].join("\n"));
  }
  const foot = footer(report);
  const room = LIMIT - [...head, foot].join("\n\n").length;
  const details = kinds.flatMap(({ shown }) => shown).map(detailOf);
  const parts = [...head, detailsWithin(details, entries.length, room), foot].filter(Boolean);
  return `${withoutCommands(parts.join("\n\n"))}\n`;
}

function labelOf(entry: Entry): string {
  if (isBlocking(entry)) return `:x: ${markOf(entry)}`;
  return markOf(entry) === "warning" ? ":warning: warning" : ":grey_question: unverified";
}

function namesOf(entries: readonly Entry[], max: number): string {
  const names = [...new Set(entries.map((entry) => entry.identity ?? placeOf(entry)))].filter(Boolean);
  const shown = names.slice(0, max).map(code);
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function detailOf(entry: Entry): string {
  const { rules, identity, region, stack, message, remediation } = entry;
  const subject = [identity ?? "", placeOf(entry)].filter(Boolean).map(code);
  const about = plain([region, stack].filter(Boolean).join(", "));
  return [
    `- ${labelOf(entry)} **${rules.map((rule) => plain(cut(rule, 100))).join(", ")}** ${[...subject, about].filter(Boolean).join(" · ")}`,
    `  ${plain(cut(message, 2_000))}`,
    `  *Fix:* ${plain(cut(remediation, 1_000))}`,
  ].join("<br>\n");
}

/** As many as fit, and how many are left out. */
function detailsWithin(details: readonly string[], total: number, room: number): string {
  if (details.length === 0) return "";
  const open = `<details><summary>Findings and how to fix them</summary>\n\n`;
  const close = "\n\n</details>";
  const shown: string[] = [];
  let used = open.length + close.length + 100;
  for (const detail of details) {
    used += detail.length + 1;
    if (used > room) break;
    shown.push(detail);
  }
  const left = total - shown.length;
  const rest = left > 0 ? `\n\n${left} more ${left === 1 ? "is" : "are"} in the other formats.` : "";
  return `${open}${shown.join("\n")}${rest}${close}`;
}

function footer(report: Report): string {
  const accepted = waivers(report);
  const lines = [
    ...accepted.slice(0, 10).map((text) => plain(cut(text, 500))),
    accepted.length > 10 ? `${accepted.length - 10} more reasons accept findings.` : "",
    ...waitingSentences(report).map((text) => plain(text).replace("--format json", "`--format json`")),
    plain(report.drift === undefined ? "" : driftSentence(report.drift)),
    plain(unseen(report)),
    plain(leftOut(report)),
  ];
  return lines
    .filter(Boolean)
    .map((text) => `<sub>${text}</sub>`)
    .join("<br>\n");
}

function linkTo(rule: string, page = ""): string {
  const name = plain(cut(rule, 100));
  return /^https?:\/\/[\w.~/%#?=&-]+$/.test(page) ? `[${name}](${page})` : name;
}

function code(text: string): string {
  return `<code>${plain(cut(text, 120))}</code>`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
