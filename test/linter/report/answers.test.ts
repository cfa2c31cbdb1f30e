import { offlinePreview } from "../../../linter";
import { buildReport } from "../../../linter/report/build";
import type { Report, ReportFinding } from "../../../linter/report/shapes";
import { renderReport } from "../../../linter/reporters";
import { DEFAULT_CONFIG } from "../../../policies/config";
import type { StackRecords } from "../../../policies/model/record";
import { Stack, unknown } from "../../support/records";

const ZONE = { line: "aws:route53/getZone:getZone: { NAME: VALUE }" };

function reportOf(stack: Stack, more: Partial<StackRecords>): Report {
  return buildReport([{ ...stack.records("preview"), ...more }], DEFAULT_CONFIG, {
    today: "2026-01-01",
    version: "test",
  });
}
const doubts = (report: Report) => report.findings.filter(({ verdict }) => verdict === "unverified");
const advice = ({ remediation }: ReportFinding) => /It may rest on an answer .*$/.exec(remediation)?.[0];

test("a name that nobody knows, and does not come from a resource, may be an answer", () => {
  const stack = new Stack();
  stack.domain(unknown());
  stack.domain("b.example");
  const report = reportOf(stack, { unanswered: [ZONE] });
  expect(doubts(report).map(advice)).toEqual(
    doubts(report).map(
      () =>
        "It may rest on an answer that is not known here; --mocks FILE gives it, with this line: `aws:route53/getZone:getZone: { NAME: VALUE }`",
    ),
  );
  expect(doubts(report).length).toBeGreaterThan(0);
});

test("what is certain names none, and nothing does where every answer is known", () => {
  const stack = new Stack();
  stack.domain(unknown());
  stack.domain("b.example");
  expect(doubts(reportOf(stack, {})).map(advice)).toEqual(doubts(reportOf(stack, {})).map(() => undefined));
  const { findings } = reportOf(stack, { unanswered: [ZONE] });
  expect(findings.filter(({ verdict }) => verdict === "violation").filter(advice)).toEqual([]);
});

test("what the deployment creates is no answer", () => {
  const stack = new Stack();
  stack.domain("a.example");
  const topic = stack.add("aws:sns/topic:Topic", "made", {});
  stack.notify("a.example", "Bounce", unknown(topic));
  const { findings } = reportOf(stack, { unanswered: [ZONE] });
  expect(findings.filter(advice)).toEqual([]);
});

describe("a program", () => {
  let report: Report;
  beforeAll(async () => {
    const program = async () => {
      const aws = await import("@pulumi/aws");
      const pulumi = await import("@pulumi/pulumi");
      const mail = new aws.ses.DomainIdentity("mail", { domain: "a.example" });
      const other = new pulumi.StackReference("acme/net/prod");
      new aws.ses.IdentityNotificationTopic("bounces", {
        identity: mail.domain,
        notificationType: "Bounce",
        topicArn: other.requireOutput("topic"),
      });
      const zone = aws.route53.getZoneOutput({ name: "b.example" });
      new aws.ses.DomainIdentity("named", { domain: zone.name });
    };
    report = buildReport([await offlinePreview(program, { stack: "acme/mail/prod" })], DEFAULT_CONFIG, {
      today: "2026-01-01",
      version: "test",
    });
  });
  const REFERENCE = "pulumi:pulumi:StackReference: { acme/net/prod: { NAME: VALUE } }";

  test("names the function, or the stack, whose answer a finding waits for", () => {
    const of = (name: string) => doubts(report).filter(({ urn }) => urn?.endsWith(`::${name}`));
    expect(of("bounces").map(({ awaits }) => awaits)).toEqual(of("bounces").map(() => [REFERENCE]));
    expect(of("named").map(({ awaits }) => awaits)).toEqual(of("named").map(() => [ZONE.line]));
    expect([of("bounces").length, of("named").length].every((length) => length > 0)).toBe(true);
  });

  test.each(["text", "markdown"] as const)("has the lines to paste in %s, once for all that wait", (format) => {
    const text = renderReport(report, format, { color: false, width: 1_000 }).replaceAll("\\", "");
    expect(text).toMatch(/checks wait for answers that --mocks FILE gives, with these lines: /);
    expect(text).toContain(ZONE.line);
    expect(text).toContain(REFERENCE);
  });
});
