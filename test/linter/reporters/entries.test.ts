import type { ReportFinding } from "../../../linter/report/shapes";
import { renderReport } from "../../../linter/reporters";
import { fold, together } from "../../../linter/reporters/entries";
import { compareNames } from "../../../linter/reporters/names";
import { identity, OPTIONS, report, UNVERIFIED } from "./sample";

const BOUNCES: Partial<ReportFinding> = {
  rule: "bounce-handling",
  message: "Nobody receives the bounces of example.com.",
  remediation: "Send bounces to a topic.",
};
const COMPLAINTS: Partial<ReportFinding> = {
  rule: "complaint-handling",
  message: "Nobody receives the complaints of example.com.",
  remediation: "Send complaints to a topic.",
};
const entriesOf = (...findings: Partial<ReportFinding>[]) => together(report([], findings).findings);
const text = (findings: Partial<ReportFinding>[], over: object = {}) =>
  renderReport(report([identity()], findings), "text", { ...OPTIONS, ...over });

test("names are sorted as people count", () => {
  const names = [
    "customer-10",
    "customer-2",
    "customer-2a",
    "customer-02",
    "b",
    "a.example",
    "",
    "customer",
    "7",
    "10",
  ];
  expect([...names].sort(compareNames)).toEqual([
    "",
    "7",
    "10",
    "a.example",
    "b",
    "customer",
    "customer-02",
    "customer-2",
    "customer-2a",
    "customer-10",
  ]);
  expect(["a", null, "b"].sort(compareNames)).toEqual(["a", "b", null]);
});

describe("findings that differ in the type only", () => {
  test("are said together", () => {
    const [entry, ...rest] = entriesOf(COMPLAINTS, BOUNCES);
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({
      rules: ["complaint-handling", "bounce-handling"],
      message: "Nobody receives the bounces and complaints of example.com.",
      remediation: "Send bounces and complaints to a topic.",
    });
    expect(entry?.findings.map(({ rule }) => rule)).toEqual(["complaint-handling", "bounce-handling"]);
  });

  test("of three types are, and of one rule", () => {
    const of = (type: string) => ({ rule: "topic-region", message: `${type} go elsewhere.`, remediation: "Move it." });
    const [entry] = entriesOf(of("Deliveries"), of("Bounces"), of("Complaints"));
    expect(entry).toMatchObject({
      message: "Bounces, complaints and deliveries go elsewhere.",
      rules: ["topic-region"],
    });
  });

  test.each([
    ["identity", { identity: "other.example" }],
    ["Region", { region: "eu-west-1" }],
    ["stack", { stack: "mail/dev" }],
    ["resource", { urn: "urn:pulumi:prod::mail::a:b:C::other" }],
    ["line", { location: { path: "index.ts", line: 99, column: 1 } }],
    ["verdict", UNVERIFIED],
    ["level", { level: "advisory" as const }],
    ["severity", { severity: "low" as const }],
    ["waiver", { waived: "never sends" }],
    ["cause", { cause: "another" }],
    ["reason", { message: "Nobody receives the complaints of example.com: the destination is off." }],
    ["fix", { remediation: "Enable the destination." }],
    ["a type named twice", { message: "Nobody receives the complaints of complaints ." }],
  ])("and in the %s stay apart", (_, over) => {
    expect(entriesOf(BOUNCES, { ...COMPLAINTS, ...over })).toHaveLength(2);
  });

  test("are not told by a part of a name", () => {
    const of = (topic: string) => ({ rule: "topic-fifo", message: `Topic ${topic} is FIFO.`, remediation: "Fix it." });
    expect(entriesOf(of("ses-bounces"), of("ses-complaints"))).toHaveLength(2);
    expect(entriesOf(of("bounces.fifo"), of("complaints.fifo"))).toHaveLength(2);
  });

  test("are not, where the same is said twice", () => {
    expect(entriesOf(BOUNCES, BOUNCES, COMPLAINTS)).toHaveLength(3);
  });
});

describe("many of one kind", () => {
  const many = (count: number, over: Partial<ReportFinding> = {}) =>
    Array.from({ length: count }, (_, index) => ({
      identity: `customer-${count - index}.example`,
      message: `Nobody receives the complaints of customer-${count - index}.example.`,
      ...over,
    }));

  test("are folded, the first few shown as people count", () => {
    const { folds, rest } = fold(entriesOf(...many(12), BOUNCES), 5);
    expect(folds).toHaveLength(1);
    expect(folds[0]?.total).toEqual({ count: 12, noun: "identity" });
    expect(folds[0]?.shown.map(({ identity }) => identity)).toEqual(
      [1, 2, 3, 4, 5].map((number) => `customer-${number}.example`),
    );
    expect(rest.map(({ rule }) => rule)).toEqual(["bounce-handling"]);
    expect(fold(entriesOf(...many(5)), 5).folds).toEqual([]);
  });

  test("print so", () => {
    expect(text([...many(243), { identity: "example.com", rule: "topic-fifo", level: "advisory" }], { max: 2 })).toBe(
      `complaint-handling: 243 identities, the first 2
  error    customer-1.example  index.ts:12:1  us-east-1, mail/prod  critical
  error    customer-2.example  index.ts:12:1  us-east-1, mail/prod  critical
           and 241 more; --max 243 shows them.
           Nobody receives the complaints of customer-1.example.
           Fix: Give the identity a notification topic for complaints and
           subscribe whoever handles them.

example.com  domain, us-east-1, mail/prod
  bounces: topic ses-bounces; complaints: nobody
  warning  topic-fifo  critical  index.ts:12:1
           Nobody receives complaints of example.com in us-east-1: nothing is
           declared for them.
           Fix: Give the identity a notification topic for complaints and
           subscribe whoever handles them.

\`ses-guard explain RULE\` says more about a rule.
Errors: complaint-handling 243.
Warnings: topic-fifo 1.
243 violations, 1 advisory in 1 identity.
`,
    );
  });

  test("with reasons of their own print each", () => {
    const findings = many(7).map((one, index) => ({ ...one, message: `${one.message} Reason ${index}.` }));
    const output = text(findings);
    expect(output.match(/Reason \d/g)).toHaveLength(5);
    expect(output.match(/Fix:/g)).toHaveLength(1);
  });

  test("with fixes of their own print each", () => {
    const findings = many(7).map((one, index) => ({ ...one, remediation: `Do ${index}.` }));
    expect(text(findings).match(/Fix: Do \d\./g)).toHaveLength(5);
  });

  test("of other resources are counted as findings", () => {
    const findings = many(7, { identity: null, rule: "queue-dead-letter" });
    expect(text(findings)).toContain("queue-dead-letter: 7 findings, the first 5\n");
  });
});

test("doubts that block are written out though the deployment settles them", () => {
  const doubt = { ...UNVERIFIED, pending: true };
  expect(text([doubt])).not.toContain("complaint-handling");
  const blocking = text([{ ...doubt, level: "mandatory" }]);
  expect(blocking).toMatch(/^ {2}unverified {2}complaint-handling/m);
  expect(blocking).not.toContain("waits for values");
});

test("the worst comes first, in and among identities", () => {
  const findings: Partial<ReportFinding>[] = [
    { identity: "a.example", rule: "dkim-signing", level: "advisory", severity: "low" },
    { identity: "b.example", rule: "topic-fifo", severity: "high" },
    { identity: "c.example", rule: "dkim-signing", level: "advisory", severity: "low" },
    { identity: "c.example", rule: "bounce-handling", severity: "critical" },
    { identity: null, rule: "queue-policy", severity: "high" },
  ];
  const identities = ["a.example", "b.example", "c.example"].map((name) => identity({ identity: name }));
  const output = renderReport(report(identities, findings), "text", OPTIONS);
  expect(output.match(/^([a-z]\.example|Other resources)/gm)).toEqual([
    "c.example",
    "b.example",
    "Other resources",
    "a.example",
  ]);
  expect(output.match(/(bounce-handling|dkim-signing|topic-fifo|queue-policy)/g)).toEqual([
    "bounce-handling",
    "dkim-signing",
    "topic-fifo",
    "queue-policy",
    "dkim-signing",
  ]);
});

test("rules are linked on request, with the same words", () => {
  const linked = text([COMPLAINTS], { links: true });
  const link = "\u001b]8;;https://example.org/rules/complaint-handling\u001b\\complaint-handling\u001b]8;;\u001b\\";
  expect(linked).toContain(link);
  expect(linked.replaceAll(/\u001b\]8;;[^\u001b]*\u001b\\/g, "")).toBe(text([COMPLAINTS]));
});
