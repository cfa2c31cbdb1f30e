import { compareNames } from "../../names";
import type { Card, PageData, Row } from "../data";

/** What the form asks for; empty is everything. */
export interface Wanted {
  /** All of them have to be found, in lower case. */
  words: readonly string[];
  verdict: string;
  rule: string;
  stack: string;
  region: string;
  account: string;
  sort: string;
}

const VERDICTS = ["error", "warning", "unverified", "waived", "passed"];

/** Indices of the rows that match, in the order asked for. A row matches by a finding about it as well. */
export function chooseRows({ rows, cards }: PageData, wanted: Wanted): number[] {
  const { words, verdict, rule } = wanted;
  const found = rows.flatMap((row, index) => {
    if (!isAt(row, wanted)) return [];
    if (verdict !== "" && row.verdict !== verdict) return [];
    const about = row.findings.flatMap((number) => cards[number] ?? []);
    if (rule !== "" && !about.some(({ rules }) => rules.includes(rule))) return [];
    return hasAll(words, textOf(row)) || about.some((card) => hasAll(words, cardText(card))) ? [index] : [];
  });
  return sorted(found, rows, wanted.sort, ({ verdict: one }) => VERDICTS.indexOf(one));
}

/** Indices of the findings that match, worst first; within a section by what the form asks for. */
export function chooseCards({ cards }: PageData, wanted: Wanted): number[] {
  const { words, verdict, rule } = wanted;
  const found = cards.flatMap((card, index) => {
    if (!isAt(card, wanted)) return [];
    if (verdict !== "" && card.verdict !== verdict && !(verdict === "error" && card.blocks)) return [];
    if (rule !== "" && !card.rules.includes(rule)) return [];
    return hasAll(words, cardText(card)) ? [index] : [];
  });
  return wanted.sort === "tree" ? found : sorted(found, cards, wanted.sort, () => 0);
}

function isAt(one: Row | Card, { stack, region, account }: Wanted): boolean {
  const isMeant = (wanted: string, value: string) => wanted === "" || wanted === value;
  return isMeant(stack, one.stack) && isMeant(region, one.region) && isMeant(account, one.account);
}

function hasAll(words: readonly string[], text: string): boolean {
  return words.every((word) => text.includes(word));
}

const texts = new WeakMap<Row | Card, string>();

function textOf(row: Row): string {
  return remembered(row, () => [
    ...[row.name, row.kind, row.account, row.region, row.stack, row.relation],
    ...row.cells.flatMap(({ word, ways }) => [word, ...ways]),
  ]);
}

function cardText(card: Card): string {
  return remembered(card, () => [
    ...[...card.rules, card.severity, card.message, card.fix, card.place, card.name],
    ...[card.account, card.region, card.stack, card.waived],
  ]);
}

function remembered(one: Row | Card, parts: () => string[]): string {
  const known = texts.get(one);
  if (known !== undefined) return known;
  const text = parts().join("\n").toLowerCase();
  texts.set(one, text);
  return text;
}

function sorted(
  indices: readonly number[],
  all: readonly (Row | Card)[],
  sort: string,
  rank: (one: Row | Card) => number,
): number[] {
  if (sort === "tree") return [...indices];
  const by = (one: Row | Card) =>
    sort === "region" ? one.region : sort === "account" ? one.account : sort === "stack" ? one.stack : "";
  const isRanked = sort === "worst";
  return [...indices].sort((left, right) => {
    const [a, b] = [all[left], all[right]];
    if (!a || !b) return 0;
    return (
      (isRanked ? rank(a) - rank(b) : 0) || compareNames(by(a), by(b)) || compareNames(a.name, b.name) || left - right
    );
  });
}
