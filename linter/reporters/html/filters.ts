import { compareNames } from "../names";
import type { PageData } from "./data";
import { escapeHtml } from "./escape";

export const VERDICTS: readonly (readonly [value: string, label: string])[] = [
  ["error", "Error"],
  ["warning", "Warning"],
  ["unverified", "Not verified"],
  ["waived", "Waived"],
  ["passed", "Passed"],
];

const SORTS = [
  ["tree", "Tree of names"],
  ["worst", "Worst first"],
  ["name", "Name"],
  ["region", "Region"],
  ["account", "Account"],
  ["stack", "Stack"],
] as const;

/** Search, filters and order. Hidden until the script runs, because they do nothing without it. */
export function drawFilters({ rows, cards }: PageData): string {
  const values = (of: (one: { region: string; account: string; stack: string }) => string) =>
    [...new Set([...rows, ...cards].map(of))].filter(Boolean).sort(compareNames);
  const rules = [...new Set(cards.flatMap((card) => card.rules))].sort(compareNames);
  const same = (list: readonly string[]) => list.map((value) => [value, value] as const);
  return `<form class="filters" role="search" aria-label="Identities and findings" hidden>
<label class="search">Search<input type="search" name="search" autocomplete="off" spellcheck="false" \
placeholder="name, queue, topic, message…" aria-keyshortcuts="/"></label>
${select("verdict", "Verdict", VERDICTS)}${select("rule", "Rule", same(rules))}${select("stack", "Stack", same(values((one) => one.stack)))}\
${select("region", "Region", same(values((one) => one.region)))}${select("account", "Account", same(values((one) => one.account)))}
<label>Order<select name="sort">${SORTS.map(option).join("")}</select></label>
<button type="reset">Clear</button>
<output role="status" aria-live="polite"></output>
</form>`;
}

function select(name: string, label: string, values: readonly (readonly [string, string])[]): string {
  return `<label>${label}<select name="${name}"><option value="">All</option>${values.map(option).join("")}</select></label>`;
}

function option([value, label]: readonly [string, string]): string {
  return `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`;
}
