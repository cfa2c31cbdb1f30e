import type { ReportInput } from "../report";
import {
  count,
  describeChannels,
  type Entry,
  type Group,
  groupByIdentity,
  isBlocking,
  markOf,
  placeOf,
  safe,
  summarise,
} from "./shared";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --error: #c62828; --warning: #a15c00; --unverified: #1565c0; --waived: #777; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffb74d; --unverified: #82b1ff; --waived: #999; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
section { margin-top: 2rem; } h2 { font-size: 1.15rem; margin-bottom: .3rem; overflow-wrap: anywhere; } h2 small { font-weight: normal; }
article { border-left: 4px solid; padding: .1rem 0 .1rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
article p { color: CanvasText; margin: .2rem 0; }
.error { color: var(--error); } .warning { color: var(--warning); } .unverified { color: var(--unverified); } .waived { color: var(--waived); }
code { font-size: .9em; }
`;

/** For a browser: one page that loads nothing, with a table of the identities and the findings below. */
export function html(input: ReportInput): string {
  const groups = groupByIdentity(input);
  const { tool, notVisible } = input.report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>ses-guard report</title>
<style>${STYLE}</style>
</head>
<body>
<h1>ses-guard</h1>
<p>${escapeHtml(summarise(input))}</p>
${groups.some(({ identity }) => identity) ? table(groups) : ""}
${groups.map(section).filter(Boolean).join("\n")}
${notVisible.length > 0 ? hidden(safe(notVisible)) : ""}
<footer><p><small>ses-guard ${escapeHtml(tool.version)}</small></p></footer>
</body>
</html>
`;
}

function table(groups: readonly Group[]): string {
  const rows = groups.flatMap(({ identity, entries }, index) => {
    if (!identity) return [];
    const { kind, region, stack, bounce, complaint, delivery } = identity;
    const open = entries.filter(({ finding }) => finding.waived === null).length;
    const findings = open === 0 ? "none" : `<a href="#group-${index}">${count(open, "finding")}</a>`;
    const texts = [kind, region ?? "unknown", stack, ...[bounce, complaint, delivery].map(describeChannels)];
    const cells = texts.map((text) => `<td>${escapeHtml(text)}</td>`).join("");
    return [`<tr><th scope="row">${escapeHtml(identity.identity)}</th>${cells}<td>${findings}</td></tr>`];
  });
  const heads = ["Identity", "Kind", "Region", "Stack", "Bounces", "Complaints", "Deliveries", "Findings"];
  return `<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function section({ name, region, stack, entries }: Group, index: number): string {
  if (entries.length === 0) return "";
  const place = [region, stack].filter(Boolean).join(", ");
  return `<section id="group-${index}">
<h2>${escapeHtml(name ?? "Other resources")} <small>${escapeHtml(place)}</small></h2>
${entries.map(article).join("\n")}
</section>`;
}

function article({ finding, detail }: Entry): string {
  const { rule, severity, message, remediation, url, waived } = finding;
  const mark = markOf(finding);
  const style = isBlocking(finding) ? "error" : mark;
  const remarks = [severity, placeOf(finding), detail.pending ? "the deployment settles it" : ""].filter(Boolean);
  const title = /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(rule)}</a>` : escapeHtml(rule);
  return `<article class="${style}">
<strong>${mark}</strong> <code>${title}</code> ${escapeHtml(remarks.join(", "))}
<p>${escapeHtml(message)}</p>
<p>Fix: ${escapeHtml(remediation)}</p>${waived === null ? "" : `\n<p>Waived: ${escapeHtml(waived)}</p>`}
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
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
