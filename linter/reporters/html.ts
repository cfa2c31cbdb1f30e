import type { Report, ReportFinding } from "../report/shapes";
import { describeFeedback, type Group, groupByIdentity } from "./groups";
import { count, describeChannels, isBlocking, type Mark, markOf, placeOf, safe, summarise } from "./words";

const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1b1f24; --quiet: #59636e; --line: #d8dee4;
  --link: #0759b8; --error: #b3261e; --warning: #8a5300; --unverified: #2457a6; --waived: #667079; --passed: #1a6b37; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1216; --card: #181c22; --text: #e4e8ec; --quiet: #9aa4af;
  --line: #30363d; --link: #7db5ff; --error: #ff8f86; --warning: #f0b45c; --unverified: #8fb8ff; --waived: #98a2ad;
  --passed: #74d391; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.25rem 3rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 2.5rem 0 0; font-size: 1.2rem; line-height: 1.3; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .9em/1.4 ui-monospace, monospace; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.quiet { margin: .15rem 0 0; color: var(--quiet); font-size: .9rem; }
.summary.card { margin: 1rem 0 1.5rem; padding: .7rem 1rem; border-left: .35rem solid var(--mark); font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 40rem; font-size: .92rem; overflow-wrap: break-word; }
th, td { padding: .6rem 1rem; text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; font-size: .85rem; }
tbody tr { border-top: 1px solid var(--line); }
tbody small { display: block; color: var(--quiet); font-weight: normal; font-size: .85rem; }
td:last-child { white-space: nowrap; }
article.card { margin: .75rem 0; padding: .75rem 1rem; border-left: .35rem solid var(--mark); }
article header { display: flex; flex-wrap: wrap; gap: .15rem .75rem; align-items: baseline; }
article header .place { margin-left: auto; }
article p { margin: .4rem 0 0; }
.mark { color: var(--mark); font-weight: 700; }
.error { --mark: var(--error); } .warning { --mark: var(--warning); } .unverified { --mark: var(--unverified); }
.waived { --mark: var(--waived); } .passed { --mark: var(--passed); }
ul { padding-left: 1.25rem; }
footer { margin-top: 3rem; }
`;

/** For a browser: one page that loads nothing, with a table of the identities and the findings below. */
export function html(report: Report): string {
  const groups = groupByIdentity(report);
  const { tool, notVisible } = report;
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>ses-guard report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Who hears of bounces and complaints</h1>
<p class="summary card ${outcome(report)}">${escapeHtml(summarise(report))}</p>
${groups.some(({ identity }) => identity) ? table(groups) : ""}
${groups.map(section).filter(Boolean).join("\n")}
${notVisible.length > 0 ? hidden(safe(notVisible)) : ""}
<footer class="quiet">ses-guard ${escapeHtml(tool.version)}</footer>
</body>
</html>
`;
  // What stands in a page may be printed by a CI job.
  return page.replace(/#(?=#\w*\[)/g, "&#35;");
}

function outcome({ summary, findings }: Report): Mark | "passed" {
  if (findings.some(isBlocking)) return "error";
  if (summary.identities === 0 || summary.advisories > 0) return "warning";
  return summary.unverified > 0 ? "unverified" : "passed";
}

function table(groups: readonly Group[]): string {
  const heads = ["Identity", "Bounces", "Complaints", "Deliveries", "Findings"];
  return `<div class="card scroll"><table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${groups.flatMap(row).join("\n")}
</tbody>
</table></div>`;
}

function row(group: Group, index: number): string[] {
  const { identity, findings } = group;
  if (!identity) return [];
  const open = findings.filter(({ waived }) => waived === null);
  const worst = open[0] && (isBlocking(open[0]) ? "error" : markOf(open[0]));
  const link = worst
    ? `<a class="mark ${worst}" href="#group-${index}">${count(open.length, "finding")}</a>`
    : `<span class="mark passed">none</span>`;
  const deliveries = identity.delivery.length > 0 ? describeChannels(identity.delivery) : "–";
  const channels = [describeFeedback(group, "bounce"), describeFeedback(group, "complaint"), deliveries];
  const cells = channels.map((text) => `<td>${escapeHtml(text)}</td>`).join("");
  const head = `${escapeHtml(identity.identity)}<small>${escapeHtml(about(group))}</small>`;
  return [`<tr><th scope="row">${head}</th>${cells}<td>${link}</td></tr>`];
}

/** `domain, us-east-1, mail/prod`. */
function about({ identity, region, stack }: Group): string {
  return [identity?.kind, region ?? (identity ? "Region unknown" : undefined), stack].filter(Boolean).join(", ");
}

function section(group: Group, index: number): string {
  if (group.findings.length === 0) return "";
  const shadows = group.identity?.shadows ? `; shadows ${group.identity.shadows}` : "";
  return `<section id="group-${index}">
<h2>${escapeHtml(group.name ?? "Other resources")}</h2>
<p class="quiet">${escapeHtml(`${about(group)}${shadows}`)}</p>
${group.findings.map(article).join("\n")}
</section>`;
}

function article(finding: ReportFinding): string {
  const { rule, severity, message, remediation, url, waived, pending } = finding;
  const mark = markOf(finding);
  const title = /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(rule)}</a>` : escapeHtml(rule);
  const remarks = [severity, pending ? "settled by the deployment" : ""].filter(Boolean).join(", ");
  return `<article class="card ${isBlocking(finding) ? "error" : mark}">
<header><span class="mark">${mark}</span><code>${title}</code><span class="quiet">${escapeHtml(remarks)}</span>\
<code class="quiet place">${escapeHtml(placeOf(finding))}</code></header>
<p>${escapeHtml(message)}</p>
<p class="quiet">Fix: ${escapeHtml(remediation)}</p>${waived === null ? "" : `\n<p class="quiet">Waived: ${escapeHtml(waived)}</p>`}
</article>`;
}

function hidden(notVisible: readonly string[]): string {
  return `<section>
<h2>Not visible from here</h2>
<ul>
${notVisible.map((text) => `<li>${escapeHtml(text)}</li>`).join("\n")}
</ul>
</section>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
