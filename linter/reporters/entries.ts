import type { Severity } from "../../policies/model/finding";
import type { ReportFinding } from "../report/shapes";
import { compareNames } from "./names";
import { isBlocking, type Mark, markOf } from "./words";

/** What is printed as one: a finding, or those of one subject that differ in the notification type only. */
export interface Entry extends ReportFinding {
  /** Rules of the findings; `rule` is the first of them. */
  rules: readonly string[];
  /** The findings themselves, as the report has them. */
  findings: readonly ReportFinding[];
}

/** Many entries of one kind (rules and mark), of which the first few are shown. */
export interface Fold {
  rules: readonly string[];
  /** As they came: worst first. */
  entries: readonly Entry[];
  /** The first of them, worst first, then by name. */
  shown: readonly Entry[];
  /** `243 identities`, `12 findings`. */
  total: { count: number; noun: string };
}

const MARKS: Record<Mark, number> = { error: 0, warning: 1, unverified: 2, waived: 3 };
const SEVERITIES: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 };

/** Smaller is worse: what fails the run, then advisories, doubts and what is waived; in each by severity. */
export function rankOf(finding: ReportFinding): number {
  const mark = isBlocking(finding) ? (finding.verdict === "violation" ? -2 : -1) : MARKS[markOf(finding)];
  return mark * 4 + SEVERITIES[finding.severity];
}

// `bounces`, where it is a word of its own and no part of a name.
const TYPE = /(?<![\w.\-/:@])(bounces|complaints|deliveries)(?![\w\-/:@]|\.\w)/gi;
const TYPES = ["bounces", "complaints", "deliveries"];

/**
 * The findings with those put together that differ in the notification type only, worst first. What the texts say of
 * bounces and of complaints is then said of `bounces and complaints`.
 */
export function together(findings: readonly ReportFinding[]): Entry[] {
  return [...bySubject(findings).values()]
    .flatMap((alike) => (alike.length === 1 ? alike.map(toEntry) : entriesOf(alike)))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/** Only what one rule, or a pair of rules, says of one subject can be said together: texts are compared within it. */
function bySubject(findings: readonly ReportFinding[]): Map<string, ReportFinding[]> {
  const found = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const { rule, identity, region, stack, urn } = finding;
    add(found, `${withoutType(rule)}\n${identity}\n${region}\n${stack}\n${urn}`, finding);
  }
  return found;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function withoutType(rule: string): string {
  return rule.replace(/^(?:bounce|complaint)-/, "-");
}

function entriesOf(findings: readonly ReportFinding[]): Entry[] {
  const byKey = new Map<string, ReportFinding[]>();
  for (const [index, finding] of findings.entries()) add(byKey, keyOf(finding) ?? String(index), finding);
  return [...byKey.values()].flatMap(toEntries);
}

/** Equal for findings that differ in the type only; undefined where a text names no type, or more than one. */
function keyOf(finding: ReportFinding): string | undefined {
  const types = [typeIn(finding.message), typeIn(finding.remediation)];
  const [type] = types;
  if (type === undefined || types.some((other) => other === null || (other && other !== type))) return undefined;
  const { rule, message, remediation, identity, region, stack, urn, location, severity, verdict, level } = finding;
  const { waived, pending, cause } = finding;
  return JSON.stringify([
    withoutType(rule),
    ...[message, remediation].map((text) => text.replace(TYPE, "*")),
    ...[identity, region, stack, urn, location, severity, verdict, level, waived, pending ?? false],
    cause?.replace(TYPE, "*") ?? null,
  ]);
}

/** The type that a text names, undefined where it names none, null where it names several or one several times. */
function typeIn(text: string): string | undefined | null {
  const found = text.match(TYPE) ?? [];
  return found.length > 1 ? null : found[0]?.toLowerCase();
}

function toEntries(findings: readonly ReportFinding[]): Entry[] {
  const types = findings.map(({ message }) => typeIn(message) ?? "");
  const [first] = findings;
  // The same said twice of one type is two findings.
  if (first === undefined || new Set(types).size < types.length || findings.length === 1) return findings.map(toEntry);
  const all = TYPES.filter((type) => types.includes(type));
  const words = `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  const say = (text: string) =>
    text.replace(TYPE, (type) => (/^[A-Z]/.test(type) ? words.charAt(0).toUpperCase() + words.slice(1) : words));
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return [{ ...first, message: say(first.message), remediation: say(first.remediation), rules, findings }];
}

/** Written out, because spreading tens of thousands of findings is slow. */
function toEntry(finding: ReportFinding): Entry {
  const all: { [Key in keyof Required<Entry>]: Entry[Key] } = {
    rule: finding.rule,
    verdict: finding.verdict,
    identity: finding.identity,
    region: finding.region,
    stack: finding.stack,
    urn: finding.urn,
    message: finding.message,
    remediation: finding.remediation,
    location: finding.location,
    cause: finding.cause,
    account: finding.account,
    acceptable: finding.acceptable,
    pending: finding.pending,
    awaits: finding.awaits,
    waived: finding.waived,
    level: finding.level,
    severity: finding.severity,
    url: finding.url,
    rules: [finding.rule],
    findings: [finding],
  };
  return all;
}

/** How many entries of one kind are shown where nobody says. */
export const DEFAULT_MAX = 5;

/**
 * The kinds of which there are more than `max`, worst first, and the entries that are left.
 * @param shown how many of a kind are shown
 */
export function fold(entries: readonly Entry[], max = DEFAULT_MAX, shown = max): { folds: Fold[]; rest: Entry[] } {
  const kinds = new Map<string, Entry[]>();
  for (const entry of entries) add(kinds, `${isBlocking(entry)} ${markOf(entry)} ${entry.rules.join(" ")}`, entry);
  const many = [...kinds.values()].filter(({ length }) => length > max);
  const folded = new Set(many.flat());
  return {
    folds: many.map((kind) => toFold(kind, shown)).sort(compareFolds),
    rest: entries.filter((entry) => !folded.has(entry)),
  };
}

function toFold(entries: readonly Entry[], shown: number): Fold {
  const names = new Set(entries.map(({ identity, region, stack }) => `${identity}\n${region}\n${stack}`));
  // Identities are counted only where each has one of these.
  const ofIdentities = names.size === entries.length && entries.every(({ identity }) => identity !== null);
  const total = { count: entries.length, noun: ofIdentities ? "identity" : "finding" };
  return { rules: entries[0]?.rules ?? [], entries, shown: first(entries, shown), total };
}

/** The first few of all entries in order, which are not sorted for it: there may be tens of thousands. */
function first(entries: readonly Entry[], most: number): Entry[] {
  const found: Entry[] = [];
  for (const entry of entries) {
    const last = found[most - 1];
    if (last !== undefined && compareEntries(entry, last) >= 0) continue;
    const after = found.findIndex((other) => compareEntries(entry, other) < 0);
    found.splice(after < 0 ? found.length : after, 0, entry);
    if (found.length > most) found.pop();
  }
  return found;
}

function compareEntries(a: Entry, b: Entry): number {
  return rankOf(a) - rankOf(b) || compareSubjects(a, b);
}

function compareFolds(a: Fold, b: Fold): number {
  const rank = ({ entries: [worst] }: Fold) => (worst ? rankOf(worst) : 0);
  return rank(a) - rank(b) || b.entries.length - a.entries.length || compareNames(a.rules[0] ?? "", b.rules[0] ?? "");
}

function compareSubjects(a: ReportFinding, b: ReportFinding): number {
  return (
    compareNames(a.identity, b.identity) ||
    compareNames(a.region, b.region) ||
    compareNames(a.stack, b.stack) ||
    compareNames(a.urn, b.urn)
  );
}
