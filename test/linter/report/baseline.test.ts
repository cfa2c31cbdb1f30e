import { KnownError } from "../../../linter/io/errors";
import { ACCEPTS_ALL, formatBaseline, parseBaseline } from "../../../linter/report/baseline";
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
      { region: "eu-west-1" },
      { stack: "mail/dev" },
      { cause: "topic arn:aws:sns:us-east-1:123456789012:other" },
    ]) {
      expect([change, baseline.accepts(finding(change))]).toEqual([change, false]);
    }
  });

  test("accepts a Region that is not known for any, and any for one that was not", () => {
    expect(of(finding()).accepts(finding({ region: null }))).toBe(true);
    expect(of(finding({ region: null })).accepts(finding())).toBe(true);
    expect(of(finding({ region: null })).accepts(finding({ region: null }))).toBe(true);
    expect(of(finding(), finding({ region: "eu-west-1" })).accepts(finding({ region: "eu-west-1" }))).toBe(true);
  });

  test("for one cause accepts no other", () => {
    const baseline = of(finding({ cause: "a" }), finding({ cause: "b" }));
    const accepted = ["a", "b", "c", undefined].filter((cause) => baseline.accepts(finding({ cause })));
    expect(accepted).toEqual(["a", "b"]);
    expect(of(finding()).accepts(finding({ cause: "a" }))).toBe(false);
  });

  test("neither remembers nor accepts that nothing was checked", () => {
    const crash = finding({ acceptable: false });
    expect(JSON.parse(formatBaseline([crash])).findings).toEqual([]);
    expect(of(finding()).accepts(crash)).toBe(false);
    expect(ACCEPTS_ALL.accepts(crash)).toBe(false);
    expect(ACCEPTS_ALL.accepts(finding())).toBe(true);
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
    ['{"version": 1', "baseline.json:1:14: the JSON ends too early"],
  ])("that is none is refused: %s", (text, message) => {
    expect(() => parse(text)).toThrow(KnownError);
    expect(() => parse(text)).toThrow(message);
  });
});
