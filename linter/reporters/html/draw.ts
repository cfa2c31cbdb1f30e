// What is drawn before the page is opened and what its script draws later look the same, because it is the same.
import type { Card, Cell, PageData, Row, Verdict } from "./data";
import { escapeHtml } from "./escape";

export const HEADS = ["Identity", "Bounces", "Complaints", "Deliveries", "Findings"] as const;
const GLYPHS: Record<Cell["ending"], string> = { received: "●", elsewhere: "◐", unknown: "◌", nobody: "✕", none: "–" };

/** A row of the matrix. `rank`: its number among all, from 1; the head is row 1 for a screen reader. */
export function drawRow(row: Row, index: number, rank: number): string {
  const about = [row.kind, row.region || "Region unknown", row.account, row.stack].filter(Boolean).join(" · ");
  const relation = row.relation === "" ? "" : `<small class="relation">${escapeHtml(row.relation)}</small>`;
  const head =
    `<th scope="row" role="rowheader" class="d${Math.min(row.depth, 4)}">` +
    `<bdi class="name">${escapeHtml(row.name)}</bdi><small>${escapeHtml(about)}</small>${relation}</th>`;
  const cells = row.cells.map((cell, at) => drawCell(cell, HEADS[at + 1] ?? "", row.cells[at - 1])).join("");
  return `<tr role="row" aria-rowindex="${rank + 1}">${head}${cells}${drawCount(row, index)}</tr>`;
}

function drawCell({ ending, word, ways }: Cell, head: string, before: Cell | undefined): string {
  const isSame = ways.length > 0 && before !== undefined && ways.join() === before.ways.join();
  const paths = (isSame ? ["the same way"] : ways).map((way) => `<small>${escapeHtml(way)}</small>`).join("");
  const label =
    ending === "none"
      ? `<span class="quiet">none</span>`
      : `<i aria-hidden="true">${GLYPHS[ending]}</i> ${escapeHtml(word)}`;
  return `<td role="cell" data-head="${head}"><span class="ending ${ending}">${label}</span>${paths}</td>`;
}

const WORDS: Record<Verdict, string> = {
  error: "error",
  warning: "warning",
  unverified: "not verified",
  waived: "waived",
  passed: "passed",
};

function drawCount({ name, verdict, findings }: Row, index: number): string {
  const { length } = findings;
  const content =
    length === 0
      ? `<span class="mark passed">passed</span>`
      : `<button type="button" class="mark ${verdict}" data-row="${index}">${WORDS[verdict]}` +
        `<span class="number" aria-hidden="true">${length}</span>` +
        `<span class="hidden">, show ${length === 1 ? "the finding" : `${length} findings`} about ${escapeHtml(name)}</span></button>`;
  return `<td role="cell" data-head="Findings">${content}</td>`;
}

/** A finding. */
export function drawCard(card: Card): string {
  const { verdict, rules, severity, url, message, fix, place, waived, pending } = card;
  const names = rules.map(escapeHtml).join(", ");
  const rule = /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${names}</a>` : names;
  const about = [
    card.name && `<bdi>${escapeHtml(card.name)}</bdi>`,
    ...[card.region, card.account, card.stack].map(escapeHtml),
  ];
  const remarks = [
    severity,
    card.blocks && verdict === "unverified" ? "fails the run" : "",
    pending ? "settled by the deployment" : "",
  ];
  return (
    `<li class="card ${card.blocks ? "error" : verdict}"><article>` +
    `<p class="head"><span class="mark">${WORDS[verdict]}</span> <b class="rule">${rule}</b> ` +
    `<span class="quiet">${escapeHtml(remarks.filter(Boolean).join(", "))}</span>` +
    `${place === "" ? "" : ` <code class="place">${escapeHtml(place)}</code>`}</p>` +
    `<p class="quiet about">${about.filter(Boolean).join(" · ")}</p>` +
    `<p>${escapeHtml(message)}</p>` +
    `<p class="fix"><b>Fix</b> ${escapeHtml(fix)}</p>` +
    `${waived === "" ? "" : `<p class="fix"><b>Waived</b> ${escapeHtml(waived)}</p>`}</article></li>`
  );
}

/** The sections of findings: what they hold, and which are folded. */
export const SECTIONS: readonly { verdict: Card["verdict"]; title: string; folded: boolean }[] = [
  { verdict: "error", title: "Errors", folded: false },
  { verdict: "warning", title: "Warnings", folded: false },
  { verdict: "unverified", title: "Not verified", folded: true },
  { verdict: "waived", title: "Waived", folded: true },
];

/** Doubts that fail the run stand with the errors. */
export function sectionOf({ verdict, blocks }: Card): Card["verdict"] {
  return blocks ? "error" : verdict;
}

/** How many rows and cards are drawn at once, and before the script runs. */
export const CHUNK = 40;

export function drawRows({ rows }: PageData, indices: readonly number[], from: number): string {
  return indices
    .slice(from, from + CHUNK)
    .flatMap((index, at) => {
      const row = rows[index];
      return row ? [drawRow(row, index, from + at + 1)] : [];
    })
    .join("");
}

export function drawCards({ cards }: PageData, indices: readonly number[], from: number): string {
  return indices
    .slice(from, from + CHUNK)
    .flatMap((index) => {
      const card = cards[index];
      return card ? [drawCard(card)] : [];
    })
    .join("");
}
