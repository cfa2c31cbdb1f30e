import { KnownError } from "../../../linter/io/errors";
import { formatBaseline, parseBaseline } from "../../../linter/report/baseline";
import type { Finding } from "../../../policies/model/finding";
import { doubt, finding } from "./support";

describe("a baseline", () => {
  const parse = (text: string) => parseBaseline(text, "baseline.json");
  const of = (...findings: Finding[]) => parse(formatBaseline(findings));

  test("accepts what it remembers: rule, identity, Region, stack", () => {
    const baseline = of(finding());
    expect(baseline.accepts(finding({ message: "other words", urn: "other", location: null }))).toBe(true);
    for (const change of [
      { rule: "queue-dead-letter" },
      { identity: "x.com" },
      { region: null },
      { stack: "mail/dev" },
    ]) {
      expect([change, baseline.accepts(finding(change))]).toEqual([change, false]);
    }
  });

  test("remembers the URN where there is no identity", () => {
    const baseline = of(finding({ identity: null }));
    expect(baseline.accepts(finding({ identity: null }))).toBe(true);
    expect(baseline.accepts(finding({ identity: null, urn: "other" }))).toBe(false);
    expect(baseline.accepts(finding())).toBe(false);
  });

  test("that accepted a doubt does not accept the violation it becomes", () => {
    expect(of(doubt()).accepts(doubt())).toBe(true);
    expect(of(doubt()).accepts(finding())).toBe(false);
    expect(of(finding()).accepts(doubt())).toBe(true);
  });

  test("is the same text for the same findings in any order", () => {
    const findings = [finding(), doubt(), finding({ identity: null }), finding({ region: null }), finding()];
    expect(formatBaseline(findings)).toBe(formatBaseline([...findings].reverse()));
    expect(JSON.parse(formatBaseline(findings)).findings).toHaveLength(4);
  });

  test.each([
    ["[]", "baseline.json: not a baseline"],
    ['{"version": 2, "findings": []}', "baseline.json: not a baseline"],
    ['{"version": 1, "findings": [{"rule": 1}]}', "baseline.json: findings[0] is not an entry"],
    ['{"version": 1', "baseline.json: the JSON ends too early"],
  ])("that is none is refused: %s", (text, message) => {
    expect(() => parse(text)).toThrow(KnownError);
    expect(() => parse(text)).toThrow(message);
  });
});
