import { formatBaseline, parseBaseline } from "../../../linter/report/baseline";
import { type BuildOptions, exitCode, type ReportParts, strictly, toReport } from "../../../linter/report/build";
import type { ReportIdentity, ReportReception, RuleInfo } from "../../../linter/report/shapes";
import { DEFAULT_CONFIG } from "../../../policies/config";
import type { Finding, Level } from "../../../policies/model/finding";
import { doubt, finding } from "./support";

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

const NOTHING: ReportReception = { ending: "none", ways: [] };

const identity: ReportIdentity = {
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
  reception: { bounce: NOTHING, complaint: NOTHING, delivery: NOTHING },
  ancestor: null,
};

function report(findings: Finding[], options: Partial<BuildOptions> = {}, rules = infos()) {
  return toReport({ identities: [identity], findings, notVisible: [], rules }, { version: "0.1.0", ...options });
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
    const made = report(findings, options, rules);
    expect(made.summary).toMatchObject(summary);
    expect(exitCode(made)).toBe(code);
  });

  test("a doubt keeps its rule and takes the level of `unverified`", () => {
    expect(report([doubt()]).findings).toEqual([
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

  test("--strict leaves a doubt that the deployment settles at its own level, --strict=all does not", () => {
    const parts: ReportParts = {
      identities: [],
      notVisible: [],
      findings: [doubt(), doubt({ pending: true, message: "Waits." })],
      rules: infos("mandatory"),
    };
    const levels = (pendingLevel?: "advisory") =>
      toReport({ ...parts, ...(pendingLevel && { pendingLevel }) }, { version: "0" })
        .findings.map(({ pending, level }) => [pending ?? false, level])
        .sort();
    expect(levels("advisory")).toEqual([
      [false, "mandatory"],
      [true, "advisory"],
    ]);
    expect(levels()).toEqual([
      [false, "mandatory"],
      [true, "mandatory"],
    ]);
  });

  test("a view with no identity fails only under --strict", () => {
    const nothing: ReportParts = { identities: [], findings: [], notVisible: [], rules: infos() };
    const lax = toReport(nothing, { version: "0" });
    expect([exitCode(lax), lax.findings]).toEqual([0, []]);
    const strict = toReport({ ...nothing, rules: infos("mandatory") }, { version: "0", strict: "settled" });
    expect(exitCode(strict)).toBe(1);
    expect(strict.findings).toMatchObject([{ rule: "unverified", verdict: "unverified", level: "mandatory" }]);
    expect(strict.summary.unverified).toBe(1);
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
    expect(report(shuffled).findings).toMatchObject(sorted);
    expect(report([...sorted].reverse())).toEqual(report(sorted));
  });

  test("of identities is by name, Region, stack and URN", () => {
    const identities = ["b", "a", "c"].map((name) => ({ ...identity, identity: name }));
    const made = toReport({ identities, findings: [], notVisible: [], rules: infos() }, { version: "0" });
    expect(made.identities.map((one) => one.identity)).toEqual(["a", "b", "c"]);
  });
});

describe("a baseline", () => {
  test("waives and keeps the reasons of exceptions", () => {
    const accepted = [finding(), finding({ region: "eu-west-1" })];
    const baseline = parseBaseline(formatBaseline(accepted), "baseline.json");
    const made = report(
      [finding(), finding({ region: "eu-west-1", waived: "why" }), finding({ region: "us-west-2" })],
      { baseline },
    );
    expect(made.findings.map(({ waived }) => waived)).toEqual(["why", "in the baseline", null]);
    expect(made.summary).toMatchObject({ violations: 1, waived: 2 });
  });
});
