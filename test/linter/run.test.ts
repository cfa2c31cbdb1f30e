import { formatBaseline, parseBaseline } from "../../linter/baseline";
import { KnownError } from "../../linter/io/errors";
import type { RuleInfo } from "../../linter/report";
import { exitCode, strictly, toReport } from "../../linter/run";
import { DEFAULT_CONFIG } from "../../policies/config";
import type { Evaluation } from "../../policies/evaluate";
import type { Finding, Level } from "../../policies/model/finding";

const finding = (fields: Partial<Finding> = {}): Finding => ({
  rule: "bounce-handling",
  verdict: "violation",
  identity: "example.com",
  region: "us-east-1",
  stack: "mail/prod",
  urn: "urn:pulumi:prod::mail::a:b:C::x",
  message: "Nobody receives the bounces of example.com (us-east-1).",
  remediation: "Declare a topic.",
  location: null,
  waived: null,
  ...fields,
});
const doubt = (fields: Partial<Finding> = {}) => finding({ verdict: "unverified", ...fields });

const info = (id: string, level: Level): RuleInfo => ({
  id,
  level,
  severity: "high",
  summary: "",
  why: "",
  fix: "",
  url: `https://example.com/${id}`,
});
const infos = (unverified: Level = "advisory") => [
  info("bounce-handling", "mandatory"),
  info("queue-dead-letter", "advisory"),
  info("suppression-list", "disabled"),
  info("unverified", unverified),
];

const identity: Evaluation["identities"][number] = {
  identity: "example.com",
  kind: "domain",
  account: null,
  region: "us-east-1",
  stack: "mail/prod",
  urn: "urn",
  bounce: [],
  complaint: [],
  delivery: [],
  inheritsFrom: null,
  shadows: null,
};

function report(findings: Finding[], options: Parameters<typeof toReport>[2] | object = {}, rules = infos()) {
  return toReport({ identities: [identity], findings, notVisible: [] }, rules, { version: "0.1.0", ...options });
}

describe("summary and exit code", () => {
  test.each<[string, Finding[], object, RuleInfo[], object, number]>([
    ["nothing", [], {}, infos(), { violations: 0, advisories: 0, unverified: 0, waived: 0 }, 0],
    ["mandatory", [finding()], {}, infos(), { violations: 1, advisories: 0, unverified: 0, waived: 0 }, 1],
    ["advisory", [finding({ rule: "queue-dead-letter" })], {}, infos(), { violations: 0, advisories: 1 }, 0],
    ["a doubt about a mandatory rule", [doubt()], {}, infos(), { violations: 0, unverified: 1 }, 0],
    ["a doubt that blocks", [doubt()], {}, infos("mandatory"), { violations: 0, unverified: 1 }, 1],
    ["waived", [finding({ waived: "why" })], {}, infos(), { violations: 0, waived: 1 }, 0],
    [
      "waived beside open",
      [finding({ waived: "why" }), finding({ region: "eu-west-1" })],
      {},
      infos(),
      { violations: 1, waived: 1 },
      1,
    ],
    ["disabled", [finding({ rule: "suppression-list" })], {}, infos(), { violations: 0, advisories: 0, waived: 0 }, 0],
    ["a doubt with doubts disabled", [doubt()], {}, infos("disabled"), { unverified: 0 }, 0],
  ])("%s", (_, findings, options, rules, summary, code) => {
    const { report: made, details } = report(findings, options, rules);
    expect(made.summary).toMatchObject(summary);
    expect(exitCode(made)).toBe(code);
    expect(details).toHaveLength(made.findings.length);
  });

  test("a doubt keeps its rule and takes the level of `unverified`", () => {
    expect(report([doubt()]).report.findings).toEqual([
      expect.objectContaining({
        rule: "bounce-handling",
        level: "advisory",
        severity: "high",
        url: "https://example.com/bounce-handling",
      }),
    ]);
  });

  test("--strict makes doubt block, whatever the configuration says", () => {
    const config = { ...DEFAULT_CONFIG, rules: { unverified: "disabled", "bounce-handling": "advisory" } as const };
    expect(strictly(config).rules).toEqual({ unverified: "mandatory", "bounce-handling": "advisory" });
  });

  test("a view with no identity fails only under --strict", () => {
    const nothing: Evaluation = { identities: [], findings: [], notVisible: [] };
    const lax = toReport(nothing, infos(), { version: "0" });
    expect([exitCode(lax.report), lax.report.findings]).toEqual([0, []]);
    const strict = toReport(nothing, infos("mandatory"), { version: "0", strict: true });
    expect(exitCode(strict.report)).toBe(1);
    expect(strict.report.findings).toMatchObject([{ rule: "unverified", verdict: "unverified", level: "mandatory" }]);
    expect(strict.report.summary.unverified).toBe(1);
  });
});

describe("order", () => {
  const sorted = [
    finding({ identity: "Z.example.com" }),
    finding({ identity: "a.example.com", region: "eu-west-1" }),
    finding({ identity: "a.example.com", region: null }),
    finding({ identity: "example.com", rule: "bounce-handling", urn: "a", message: "1" }),
    finding({ identity: "example.com", rule: "bounce-handling", urn: "a", message: "2" }),
    finding({ identity: "example.com", rule: "bounce-handling", urn: "b", message: "0" }),
    finding({ identity: "example.com", rule: "queue-dead-letter" }),
    finding({ identity: "ä.example.com" }),
    finding({ identity: null, rule: "queue-dead-letter" }),
  ];

  test("is by identity, Region, rule, URN and message, in code units, none last", () => {
    const shuffled = [5, 2, 8, 0, 7, 3, 1, 6, 4].map((index) => sorted[index] as Finding);
    expect(report(shuffled).details).toEqual(sorted);
    expect(report([...sorted].reverse()).report).toEqual(report(sorted).report);
  });

  test("of identities is by name, Region, stack and URN", () => {
    const identities = ["b", "a", "c"].map((name) => ({ ...identity, identity: name }));
    const made = toReport({ identities, findings: [], notVisible: [] }, infos(), { version: "0" });
    expect(made.report.identities.map((one) => one.identity)).toEqual(["a", "b", "c"]);
  });
});

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

  test("waives and keeps the reasons of exceptions", () => {
    const baseline = of(finding(), finding({ region: "eu-west-1" }));
    const { report: made, details } = report(
      [finding(), finding({ region: "eu-west-1", waived: "why" }), finding({ region: "us-west-2" })],
      { baseline },
    );
    expect(made.findings.map(({ waived }) => waived)).toEqual(["why", "in the baseline", null]);
    expect(details.map(({ waived }) => waived)).toEqual(["why", "in the baseline", null]);
    expect(made.summary).toMatchObject({ violations: 1, waived: 2 });
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
