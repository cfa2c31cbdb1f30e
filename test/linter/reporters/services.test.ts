import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { Report } from "../../../linter/report/shapes";
import { renderReport } from "../../../linter/reporters";
import { hostile, identity, OPTIONS, report, sample, UNVERIFIED } from "./sample";

const FIXTURES = join(__dirname, "../../fixtures");
const schema = (path: string) => JSON.parse(readFileSync(join(FIXTURES, path), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
const render = (input: Report, format: string) => renderReport(input, format, OPTIONS);

/** As many identities, each with a finding. */
function many(count: number, over: object = {}): Report {
  const names = Array.from({ length: count }, (_, index) => `customer-${index + 1}.example`);
  return report(
    names.map((name) => identity({ identity: name })),
    names.map((name) => ({ identity: name, message: `Nobody receives complaints of ${name}.`, ...over })),
  );
}

const REPORTS: [string, Report][] = [
  ["sample", sample()],
  ["hostile", hostile()],
  ["empty", report([], [])],
  ["large", many(350)],
];

describe("gitlab", () => {
  // What GitLab itself validates an issue with; severities are those of its documentation.
  const validate = ajv.compile(schema("gitlab/codeclimate.json"));
  const SEVERITIES = ["info", "minor", "major", "critical", "blocker"];
  const issues = (input: Report) => JSON.parse(render(input, "gitlab"));

  test.each(REPORTS)("%s is valid", (_, input) => {
    for (const issue of issues(input)) {
      expect(validate(issue) || validate.errors).toBe(true);
      expect(SEVERITIES).toContain(issue.severity);
      expect(issue.location.path).toMatch(/^(?!\.?\/)./);
      expect(issue.location.lines.begin).toBeGreaterThan(0);
    }
    const fingerprints = issues(input).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  test("the schema minds mistakes", () => {
    expect(validate({ description: "x", severity: "info", location: {} })).toBe(false);
    expect(validate({ description: 1, fingerprint: "x", severity: "info", location: { path: 1 } })).toBe(false);
  });

  test("worst first, without what is waived or pending, each finding apart", () => {
    expect(
      issues(sample()).map(({ check_name, severity, location }: Record<string, unknown>) => [
        check_name,
        severity,
        location,
      ]),
    ).toEqual([
      ["ses-guard/complaint-handling", "blocker", { path: "index.ts", lines: { begin: 12 } }],
      ["ses-guard/topic-publish-scope", "minor", { path: "Pulumi.yaml", lines: { begin: 1 } }],
      ["ses-guard/queue-dead-letter", "info", { path: "index.ts", lines: { begin: 12 } }],
      ["ses-guard/topic-encryption", "info", { path: "Pulumi.yaml", lines: { begin: 1 } }],
    ]);
    const both = report([identity()], [{}, { rule: "bounce-handling", message: "Nobody receives bounces of it." }]);
    expect(issues(both)).toHaveLength(2);
  });

  test("a doubt that blocks is a blocker, and says that it is one", () => {
    const [issue] = issues(report([], [{ ...UNVERIFIED, severity: "critical", level: "mandatory", pending: true }]));
    expect(issue).toMatchObject({ severity: "blocker", description: expect.stringMatching(/^Unverified: /) });
  });

  test("a finding keeps its fingerprint when its line moves", () => {
    const at = (line: number) => issues(report([], [{ location: { path: "a.ts", line, column: 1 } }]))[0].fingerprint;
    expect(at(1)).toBe(at(99));
  });
});

describe("asff", () => {
  const validate = ajv.compile(schema("security-hub/batch-import-findings.json"));
  const requests = (input: Report) => JSON.parse(render(input, "asff"));
  const findings = (input: Report) => requests(input).flatMap((one: { Findings: object[] }) => one.Findings);
  const KB = 1024;

  test.each(REPORTS)("%s is made of valid requests", (_, input) => {
    for (const request of requests(input)) {
      expect(validate(request) || validate.errors).toBe(true);
      for (const finding of request.Findings) {
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(240 * KB);
      }
      const products = request.Findings.map((one: { ProductArn: string }) => one.ProductArn);
      expect(new Set(products).size).toBe(1);
    }
    const ids = findings(input).map(({ Id }: { Id: string }) => Id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("the schema minds mistakes", () => {
    expect(validate({ Findings: [] })).toBe(false);
    const [request] = requests(many(1));
    for (const wrong of [{ Title: "x".repeat(257) }, { AwsAccountId: "1" }, { Region: "x" }, { RecordState: "GONE" }]) {
      expect(validate({ Findings: [{ ...request.Findings[0], ...wrong }] })).toBe(false);
    }
    expect(validate({ Findings: Array.from({ length: 101 }, () => request.Findings[0]) })).toBe(false);
  });

  test("a request holds a hundred findings of one account and Region", () => {
    const sizes = (input: Report) => requests(input).map((one: { Findings: object[] }) => one.Findings.length);
    expect(sizes(many(250))).toEqual([100, 100, 50]);
    const apart = report(
      [
        identity({ identity: "a.example" }),
        identity({ identity: "b.example", region: "eu-west-1" }),
        identity({ identity: "c.example", account: "210987654321" }),
      ],
      [{ identity: "a.example" }, { identity: "b.example", region: "eu-west-1" }, { identity: "c.example" }],
    );
    expect(findings(apart).map(({ ProductArn }: { ProductArn: string }) => ProductArn)).toEqual([
      "arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default",
      "arn:aws:securityhub:us-east-1:123456789012:product/123456789012/default",
      "arn:aws:securityhub:us-east-1:210987654321:product/210987654321/default",
    ]);
  });

  test("a violation failed, a doubt is a warning, what is waived is archived, what is pending is left out", () => {
    const input = report(
      [identity()],
      [{}, { waived: "never sends" }, UNVERIFIED, { ...UNVERIFIED, pending: true, cause: "x" }],
    );
    expect(
      findings(input).map((one: Record<string, { Status?: string; Severity?: object }>) => [
        one.Compliance?.Status,
        one.RecordState,
        one.FindingProviderFields?.Severity,
      ]),
    ).toEqual([
      ["FAILED", "ACTIVE", { Label: "CRITICAL", Original: "critical" }],
      ["WARNING", "ACTIVE", { Label: "INFORMATIONAL", Original: "medium" }],
      ["FAILED", "ARCHIVED", { Label: "CRITICAL", Original: "critical" }],
    ]);
    expect(findings(input)[0].Resources).toEqual([
      {
        Type: "Other",
        Id: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
        Partition: "aws",
        Region: "us-east-1",
      },
    ]);
  });

  test("partitions have names of their own", () => {
    const input = report([identity({ region: "us-gov-west-1" })], [{ region: "us-gov-west-1" }]);
    expect(findings(input)[0]).toMatchObject({
      ProductArn: "arn:aws-us-gov:securityhub:us-gov-west-1:123456789012:product/123456789012/default",
      Resources: [{ Partition: "aws-us-gov" }],
    });
  });

  test("an account or Region that nobody knows is an error that says what to do", () => {
    expect(() => render(report([identity({ account: null })], [{}]), "asff")).toThrow(
      "--format asff: the account of example.com is not known; name it in ses-guard.yaml, accounts: {mail/prod:",
    );
    expect(() => render(report([identity({ region: null })], [{ region: null }]), "asff")).toThrow(
      "the Region of example.com is not known",
    );
  });
});

describe("markdown", () => {
  // GitHub: "body is too long (maximum is 65536 characters)" for comments; job summaries may have 1 MiB.
  const LIMIT = 65_536;
  const long = "x".repeat(3_000);
  const LARGE: [string, Report][] = [
    ...REPORTS,
    ["10,000 identities", many(10_000)],
    [
      "long names",
      report(
        [],
        Array.from({ length: 400 }, (_, index) => ({
          identity: `${index}.${long}`,
          rule: `rule-${index}`,
          message: long,
          remediation: long,
          waived: index % 2 ? null : `${long}${index}`,
        })),
      ),
    ],
  ];

  test.each(LARGE)("%s fits a comment", (_, input) => {
    const output = render(input, "markdown");
    expect(output.length).toBeLessThan(LIMIT - 2_000);
    expect(output.match(/<details>/g)?.length ?? 0).toBe(output.match(/<\/details>/g)?.length ?? 0);
  });

  test("reads like this", () => {
    expect(render(sample(), "markdown")).toBe(`<!-- ses-guard -->

### ses-guard: 1 violation, 2 advisories, 3 unverified, 1 waived in 3 identities.

| | Rule | Where |
| --- | --- | --- |
| :x: error | [complaint-handling](https://example.org/rules/complaint-handling) | 1 identity: <code>example.com</code> |
| :warning: warning | topic-publish-scope | 1 identity: <code>example.com</code> |
| :warning: warning | [queue-dead-letter](https://example.org/rules/queue-dead-letter) | 1 finding: <code>index.ts:12:1</code> |
| :grey_question: unverified | topic-encryption | 1 identity: <code>ceo@example.com</code> |

<details><summary>Findings and how to fix them</summary>

- :x: error **complaint-handling** <code>example.com</code> · <code>index.ts:12:1</code> · us-east-1, mail/prod<br>
  Nobody receives complaints of example.com in us-east-1: nothing is declared for them.<br>
  *Fix:* Give the identity a notification topic for complaints and subscribe whoever handles them.
- :warning: warning **topic-publish-scope** <code>example.com</code> · <code>example</code> · us-east-1, mail/prod<br>
  SES may publish to ses-bounces for every account: the policy has no condition.<br>
  *Fix:* Add the condition AWS:SourceAccount to the statement.
- :warning: warning **queue-dead-letter** <code>index.ts:12:1</code> · us-east-1, mail/prod<br>
  Queue feedback has no dead-letter queue.<br>
  *Fix:* Give it a redrive policy.
- :grey_question: unverified **topic-encryption** <code>ceo@example.com</code> · <code>example</code> · us-east-1, mail/prod<br>
  Whether SES can use the key of ses-bounces is not known: the key is in another stack.<br>
  *Fix:* Lint both stacks together.

</details>

<sub>Waived: bounce-handling of receive-only.example.com (never sends)</sub><br>
<sub>2 checks wait for values this deployment creates; \`--format json\` lists them.</sub><br>
<sub>1 thing can't be seen from here; --format json lists it.</sub>
`);
  });

  test("folds many of one kind into a row, names as people count", () => {
    const output = render(many(243), "markdown");
    expect(output).toContain(
      "| 243 identities: <code>customer-1.example</code>, <code>customer-2.example</code>, " +
        "<code>customer-3.example</code>, <code>customer-4.example</code>, <code>customer-5.example</code> and 238 more |",
    );
    expect(output).toContain("238 more are in the other formats.");
  });

  test.each([
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["[a](http://evil)", "\\[a\\](http&#58;//evil)"],
    ["`x` **y** __z__ ~~w~~ $v$", "\\`x\\` \\*\\*y\\*\\* \\_\\_z\\_\\_ \\~\\~w\\~\\~ \\$v\\$"],
    ["a | b", "a &#124; b"],
    ["cc @octocat and @org/team, #12", "cc @&#8203;octocat and @&#8203;org/team, &#35;&#8203;12"],
    ["ceo@example.com", "ceo@example.com"],
    ["www.evil.example", "www&#46;evil.example"],
    ["</details> --> ##[error]x", "&lt;/details&gt; --&gt; &#35;&#35;\\[error\\]x"],
  ])("%s means nothing to GitHub", (given, written) => {
    const output = render(report([identity({ identity: given })], [{ identity: given, message: given }]), "markdown");
    expect(output).toContain(`<code>${written}</code>`);
    expect(output).toContain(`\n  ${written}<br>`);
    if (written !== given) expect(output).not.toContain(given);
  });
});
