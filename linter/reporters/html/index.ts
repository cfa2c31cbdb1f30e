import { createHash } from "node:crypto";
import { SCRIPT, STYLE } from "../../generated/page";
import type { Report, ReportFinding } from "../../report/shapes";
import { conclusion, INHERITANCE } from "../list/text";
import { ENDINGS, LEGEND } from "../reception";
import type { RenderOptions } from "../reporter";
import { isBlocking, leftOut, type Mark, markOf, outcome, safe } from "../words";
import { collect } from "./collect";
import type { PageData, Verdict } from "./data";
import { CHUNK, drawCards, drawRows, HEADS, SECTIONS, sectionOf } from "./draw";
import { escapeHtml } from "./escape";
import { drawFilters } from "./filters";

/** For a browser: one page that loads nothing. Its script, allowed by its hash, searches, filters, sorts and draws. */
export function html(whole: Report, { title = "Who hears of bounces and complaints" }: RenderOptions): string {
  const report = safe(whole);
  const data = collect(report);
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}`;
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="ses-guard ${escapeHtml(report.tool.version)}">
<title>${escapeHtml(safe(title))} · ses-guard report</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#identities">Skip to the identities</a>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<h1>${escapeHtml(safe(title))}</h1>
${configuration(report)}
</header>
<main>
${verdict(report)}
${drawFilters(data)}
${matrix(data)}
${findings(data)}
${rules(report)}
${hidden(report)}
</main>
<footer>ses-guard ${escapeHtml(report.tool.version)}</footer>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
  // What stands in a page may be printed by a CI job.
  return page.replace(/#(?=#\w*\[)/g, "&#35;");
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** JSON that neither ends the element nor starts a command of a CI log. */
function embedded(data: PageData): string {
  return JSON.stringify(data).replace(
    /[<>&]|#(?=#\w*\[)/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function configuration({ configuration: { path, lowered } }: Report): string {
  const rules = lowered.map((rule) => `<code>${escapeHtml(rule)}</code>`).join(", ");
  if (path !== null) {
    const what = rules === "" ? "lowers no mandatory rule" : `lowers ${rules}`;
    return `<p class="quiet">Configuration: <code>${escapeHtml(path)}</code>, which ${what}.</p>`;
  }
  return `<p class="quiet">${rules === "" ? "No configuration file: every rule at its own level" : `The configuration lowers ${rules}`}.</p>`;
}

function worstOf({ summary, findings }: Report): Verdict {
  if (findings.some(isBlocking)) return "error";
  if (summary.identities === 0 || summary.advisories > 0) return "warning";
  return summary.unverified > 0 ? "unverified" : "passed";
}

function verdict(report: Report): string {
  const { summary } = report;
  const figures: [string, number, Verdict][] = [
    ["Identities", summary.identities, "passed"],
    ["Violations", summary.violations, "error"],
    ["Advisories", summary.advisories, "warning"],
    ["Not verified", summary.unverified, "unverified"],
    ["Waived", summary.waived, "waived"],
  ];
  const items = figures.map(([name, value, mark]) => {
    const counts = value > 0 && name !== "Identities" ? ` class="${mark}"` : "";
    return `<div${counts}><dt>${name}</dt><dd>${value.toLocaleString("en")}</dd></div>`;
  });
  return `<section class="verdict ${worstOf(report)}" aria-labelledby="verdict">
<h2 id="verdict">${escapeHtml(grouped(outcome(report)))}</h2>
<p>${escapeHtml(grouped([conclusion(report), leftOut(report)].filter(Boolean).join(" ")))}</p>
<dl>${items.join("")}</dl>
</section>`;
}

/** `10,000 identities`, as the figures below are written. */
function grouped(sentence: string): string {
  return sentence.replace(/\d{4,}/g, (digits) => Number(digits).toLocaleString("en"));
}

function matrix(data: PageData): string {
  const all = data.rows.map((_, index) => index);
  const heads = HEADS.map((head) => `<th scope="col" role="columnheader">${head}</th>`).join("");
  const words = (["received", "elsewhere", "unknown", "nobody"] as const).map(
    (ending) => `<div><dt class="ending ${ending}">${ENDINGS[ending]}</dt><dd>${LEGEND[ending]}</dd></div>`,
  );
  return `<section id="identities" aria-labelledby="identities-head" tabindex="-1">
<h2 id="identities-head">Identities</h2>
<p class="quiet">${INHERITANCE}</p>
<table role="table" aria-labelledby="identities-head" aria-rowcount="${data.rows.length + 1}">
<thead role="rowgroup"><tr role="row" aria-rowindex="1">${heads}</tr></thead>
<tbody role="rowgroup" data-list="rows">${drawRows(data, all, 0)}</tbody>
</table>
${more(data.rows.length, "identities")}
<p class="empty" hidden>No identity matches.</p>
<dl class="legend">${words.join("")}</dl>
</section>`;
}

/** What a page says whose script may not run. */
function more(number: number, what: string): string {
  return number > CHUNK
    ? `<p class="quiet" data-static>The first ${CHUNK} ${what} of ${number.toLocaleString("en")}; the rest needs scripts.</p>`
    : "";
}

function findings(data: PageData): string {
  const parts = SECTIONS.map(({ verdict: mark, title, folded }) => {
    const indices = data.cards.flatMap((card, index) => (sectionOf(card) === mark ? [index] : []));
    return `<details data-section="${mark}"${folded ? "" : " open"}${indices.length === 0 ? " hidden" : ""}>
<summary><h3>${title} <span class="number">${indices.length}</span></h3></summary>
<ul data-list="${mark}">${drawCards(data, indices, 0)}</ul>
${more(indices.length, "findings")}
</details>`;
  });
  return `<section id="findings" aria-labelledby="findings-head" tabindex="-1">
<h2 id="findings-head">Findings</h2>
<p class="only" hidden><span></span> <button type="button" id="all">Show all findings</button></p>
<p class="empty"${data.cards.length === 0 ? "" : " hidden"}>No findings.</p>
${parts.join("\n")}
</section>`;
}

const COUNTED: readonly (readonly [Mark, string])[] = [
  ["error", "Errors"],
  ["warning", "Warnings"],
  ["unverified", "Not verified"],
  ["waived", "Waived"],
];

function rules({ rules: infos, findings: all }: Report): string {
  const numbers = new Map<string, Record<Mark, number>>();
  for (const finding of all) count(numbers, finding);
  const rows = infos.flatMap(({ id, url, summary, level, severity }) => {
    const found = numbers.get(id);
    if (!found) return [];
    const name = /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(id)}</a>` : escapeHtml(id);
    const cells = COUNTED.map(([mark, head]) => {
      const number = found[mark];
      return `<td data-head="${head}"${number > 0 ? ` class="mark ${mark}"` : ` class="quiet"`}>${number}</td>`;
    });
    return [
      `<tr><th scope="row">${name}<small>${escapeHtml(summary)}</small></th><td data-head="Level">${level}, ${severity}</td>${cells.join("")}</tr>`,
    ];
  });
  if (rows.length === 0) return "";
  const silent = infos.filter(({ id, level }) => level !== "disabled" && !numbers.has(id)).length;
  const heads = ["Rule", "Level", ...COUNTED.map(([, head]) => head)];
  return `<section aria-labelledby="rules-head">
<h2 id="rules-head">Rules</h2>
<table class="rules"><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table>
${silent === 0 ? "" : `<p class="quiet">${silent} more ${silent === 1 ? "rule" : "rules"} found nothing.</p>`}
</section>`;
}

function count(numbers: Map<string, Record<Mark, number>>, finding: ReportFinding): void {
  const known = numbers.get(finding.rule) ?? { error: 0, warning: 0, unverified: 0, waived: 0 };
  known[markOf(finding)]++;
  numbers.set(finding.rule, known);
}

function hidden({ notVisible }: Report): string {
  if (notVisible.length === 0) return "";
  return `<section aria-labelledby="hidden-head">
<h2 id="hidden-head">Not visible from here</h2>
<ul class="plain">
${notVisible.map((text) => `<li>${escapeHtml(text)}</li>`).join("\n")}
</ul>
</section>`;
}
