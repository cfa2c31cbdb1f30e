import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import type { Finding } from "../../../policies/model/finding";
import type { StackRecords } from "../../../policies/model/record";
import { rules } from "../../../policies/rules";
import type { Rule } from "../../../policies/rules/shared/rule";
import { ACCOUNT } from "../../support/aws-answers";
import { FORMS, type Form, Stack } from "../../support/records";

/**
 * One view and exactly what the rule says about it. A finding is written `VERDICT SUBJECT: MESSAGE`, where the verdict
 * is `violation`, `unverified` or `waived` and the subject `identity`, `identity@region`, `@region` or `-`. The message
 * may be left out where another case of the rule has one of the same wording.
 */
export interface Case {
  name: string;
  given: Stack | readonly Stack[] | ((stack: Stack) => unknown);
  config?: Partial<Config>;
  today?: string;
  /** Forms in which the findings are these; all by default. */
  forms?: readonly Form[];
  finds?: readonly string[];
}

export interface Cases {
  /** At least one violation. */
  fails: readonly Case[];
  passes: readonly Case[];
  /** At least one unverified finding, and no violation. */
  unknown: readonly Case[];
}

const TODAY = "2026-11-23";
const PLACEHOLDERS = /undefined|null|NaN|\$\{|\[object/;

/** Tests a rule. Every case is run in every form, with its resources in several orders and its input frozen. */
export function testRule(rule: Rule, { fails, passes, unknown }: Cases): void {
  const { id } = rule.meta;
  const said: string[] = [];
  const shapes = new Map<string, string>();

  describe(id, () => {
    test("has cases that fail, pass and are not known, each different", () => {
      // `unverified` itself only ever doubts.
      if (id !== "unverified") expect(fails.length).toBeGreaterThan(0);
      expect(passes.length).toBeGreaterThan(0);
      expect(unknown.length).toBeGreaterThan(0);
      const all = [...fails, ...passes, ...unknown];
      expect(duplicates(all.map(({ name }) => name))).toEqual([]);
      expect(
        duplicates(all.map((one) => JSON.stringify([views(one, one.forms?.[0] ?? "state"), one.config, one.today]))),
      ).toEqual([]);
    });

    describe("fails", () => run(fails, (verdicts) => expect(verdicts).toContain("violation")));
    describe("passes", () =>
      run(passes, (verdicts) => expect(verdicts.filter((verdict) => verdict !== "waived")).toEqual([])));
    describe("not known", () =>
      run(unknown, (verdicts) => {
        expect(verdicts).toContain("unverified");
        expect(verdicts).not.toContain("violation");
      }));

    test("every wording of a message is written out in some case", () => {
      const missing = [...shapes].filter(([shape]) => !said.some((text) => shapeless(text) === shape));
      expect(missing.map(([, message]) => message)).toEqual([]);
    });
  });

  function run(cases: readonly Case[], check: (verdicts: string[]) => void): void {
    if (cases.length === 0) return;
    test.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
      const finds = one.finds ?? [];
      said.push(...finds);
      for (const form of one.forms ?? FORMS) {
        const input = deepFreeze(views(one, form));
        const findings = findingsOf(rule, input, one);
        for (const finding of findings) {
          checkMessage(finding);
          shapes.set(shapeless(finding.message), finding.message);
        }
        expect({ form, finds: abbreviate(findings.map(show), finds) }).toEqual({ form, finds: [...finds].sort() });
        check(findings.map(verdictOf));
        for (const order of orders(input)) expect(findingsOf(rule, order, one)).toEqual(findings);
      }
    });
  }
}

function views({ given }: Case, form: Form): StackRecords[] {
  if (typeof given !== "function") return [given].flat().map((stack) => (stack as Stack).records(form));
  const stack = new Stack();
  given(stack);
  return [stack.records(form)];
}

function findingsOf(rule: Rule, input: readonly StackRecords[], { config, today }: Case): Finding[] {
  // stale-override looks at what the other rules found.
  const asked = rule.meta.id === "stale-override" ? rules : [rule];
  const { findings } = evaluate(
    input,
    { ...DEFAULT_CONFIG, accounts: accountsOf(input), ...config },
    today ?? TODAY,
    asked,
  );
  return findings.filter((finding) => finding.rule === rule.meta.id).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Cases are about one account unless they say otherwise: a preview of what is new can't tell it. */
function accountsOf(input: readonly StackRecords[]): Record<string, string> {
  const stacks = input.flatMap((view) => view.resources.map(({ stack }) => stack));
  return Object.fromEntries(stacks.map((stack) => [stack, ACCOUNT]));
}

const sortKey = (finding: Finding) => JSON.stringify([show(finding), finding.urn]);

function verdictOf({ verdict, waived }: Finding): string {
  return waived === null ? verdict : "waived";
}

function show(finding: Finding): string {
  const region = finding.region === null ? "" : `@${finding.region}`;
  return `${verdictOf(finding)} ${`${finding.identity ?? ""}${region}` || "-"}: ${finding.message}`;
}

/** Findings as the case writes them: without the message where it has none for it. */
function abbreviate(actual: readonly string[], expected: readonly string[]): string[] {
  const left = [...expected];
  const take = (text: string): boolean => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const whole = actual.filter((text) => take(text));
  const rest = actual.filter((text) => !whole.includes(text));
  const short = rest.map((text) => {
    const subject = text.slice(0, text.indexOf(": "));
    return take(subject) ? subject : text;
  });
  return [...whole, ...short].sort();
}

/** A message without what stands in it: names, Regions, lists of types. */
function shapeless(text: string): string {
  return text
    .replace(/^(violation|unverified|waived) (\S+): /, "")
    .replace(
      /\b(bounces|complaints|deliveries|feedback forwarding)((,| and) (bounces|complaints|deliveries|feedback forwarding))*/g,
      "TYPES",
    )
    .replace(/\b(bounce|complaint|delivery)\b/g, "TYPE")
    .replace(/(configuration set )?[^\s,]+ \([a-z]+(-[a-z]+)+-\d\)/g, "NAME")
    .replace(
      /\b(topic|queue|function|Topic|Queue|Function|destination|set|subscription|Subscription) [^\s,]+/g,
      "$1 NAME",
    )
    .replace(/\b[a-z]+(-[a-z]+)+-\d\b/g, "NAME")
    .replace(/[^\s,]*(\.|-\d|@|unnamed|:)[^\s,]*(?=[ ,])/g, "NAME");
}

function checkMessage({ message, identity, region }: Finding): void {
  expect(message).not.toMatch(PLACEHOLDERS);
  // One or two sentences; a full stop elsewhere belongs to a name.
  expect(message).toMatch(/^[^\s].*\.$/);
  expect(message.split(/\.\s+(?=[A-Z])/).length).toBeLessThanOrEqual(2);
  expect([...message].some((character) => character < " " || (character >= "\u007f" && character <= "\u009f"))).toBe(
    false,
  );
  if (identity !== null) expect(message).toContain(identity);
  if (identity !== null && region !== null) expect(message).toContain(region);
}

function duplicates(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

/** The same view with its resources, and its stacks, in other orders. */
function orders(input: readonly StackRecords[]): StackRecords[][] {
  const shuffled = (seed: number) =>
    input.map((view) => ({
      ...view,
      resources: view.resources
        .map((resource, index) => [((index + 1) * seed) % 101, resource] as const)
        .sort(([a], [b]) => a - b)
        .map(([, resource]) => resource),
    }));
  const reversed = input.map((view) => ({ ...view, resources: [...view.resources].reverse() })).reverse();
  return [reversed, shuffled(37), shuffled(59)];
}

function deepFreeze<T>(value: T): T {
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    stack.push(...Object.values(one));
  }
  return value;
}
