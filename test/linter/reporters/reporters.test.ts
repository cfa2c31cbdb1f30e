import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { SaxesParser } from "saxes";
import type { Report } from "../../../linter/report/shapes";
import { FORMATS, renderReport } from "../../../linter/reporters";
import { HOSTILE, hostile, identity, OPTIONS, report, sample, UNVERIFIED } from "./sample";

const render = (input: Report, format: string, options = {}) => renderReport(input, format, { ...OPTIONS, ...options });
const escapeCodes = /\u001b\[\d+m/g;

describe.each(FORMATS)("%s", (format) => {
  test("ends in one newline and is the same for equal input", () => {
    const output = render(sample(), format);
    expect(output).toMatch(/[^\n]\n$/);
    expect(render(sample(), format)).toBe(output);
  });

  test("prints nothing that a terminal would obey", () => {
    expect(render(hostile(), format)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(render(hostile(), format)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  test("gives no line to GitHub that is not its own", () => {
    const input = report([identity({ identity: "::error::x" })], [{ identity: "::error::x", message: "::error::x y" }]);
    const commands = render(input, format).match(/^\s*::.*/gm) ?? [];
    expect(commands).toHaveLength(format === "github" ? 1 : 0);
  });

  test("follows receivers only where it shows them", () => {
    let followed = 0;
    const watched = sample().identities.map((one) => ({
      ...one,
      get reception() {
        followed++;
        return one.reception;
      },
    }));
    render({ ...sample(), identities: watched }, format);
    if (format === "html") expect(followed).toBeGreaterThan(0);
    else expect(followed).toBe(0);
  });

  test("leaves its input alone", () => {
    const input = sample();
    render(input, format);
    expect(input).toEqual(sample());
  });

  test("takes an empty report", () => {
    expect(render(report([], []), format)).not.toBe("");
  });
});

test("an unknown format is refused with the nearest one", () => {
  expect(() => render(sample(), "sarfi")).toThrow("--format sarfi: unknown format, did you mean sarif?");
  expect(() => render(sample(), "__proto__")).toThrow(
    "use one of text, json, sarif, junit, github, markdown, gitlab, asff, html",
  );
});

describe("text", () => {
  test("reads like this", () => {
    expect(render(sample(), "text")).toBe(`example.com  domain, us-east-1, mail/prod
  bounces: topic ses-bounces; complaints: nobody
  error       complaint-handling  critical  index.ts:12:1
              Nobody receives complaints of example.com in us-east-1: nothing is
              declared for them.
              Fix: Give the identity a notification topic for complaints and
              subscribe whoever handles them.

  warning     topic-publish-scope  medium  example
              SES may publish to ses-bounces for every account: the policy has
              no condition.
              Fix: Add the condition AWS:SourceAccount to the statement.

Other resources
  warning     queue-dead-letter  low  index.ts:12:1
              Queue feedback has no dead-letter queue.
              Fix: Give it a redrive policy.

ceo@example.com  address, us-east-1, mail/prod
  bounces: forwarding (not declared); complaints: event destination (ARN not
  known); deliveries: topic deliveries; shadows example.com
  unverified  topic-encryption  medium  example
              Whether SES can use the key of ses-bounces is not known: the key
              is in another stack.
              Fix: Lint both stacks together.

Waived: bounce-handling of receive-only.example.com (never sends)
2 checks wait for values this deployment creates; --format json lists them.
1 thing can't be seen from here; --format json lists it.
\`ses-guard explain RULE\` says more about a rule.
1 violation, 2 advisories, 3 unverified, 1 waived in 3 identities.
`);
  });

  test("is coloured on request only, with the same words", () => {
    const colored = render(sample(), "text", { color: true });
    expect(colored).toContain("\u001b[31merror\u001b[0m");
    expect(colored.replace(escapeCodes, "")).toBe(render(sample(), "text"));
  });

  test.each([80, 60])("fits %d columns", (width) => {
    const lines = render(sample(), "text", { width }).split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  test("keeps a word that is longer than the line whole", () => {
    const arn = `arn:aws:sns:us-east-1:123456789012:${"x".repeat(80)}`;
    expect(render(report([identity()], [{ message: `Topic ${arn} is odd.` }]), "text")).toContain(`${arn}\n`);
  });

  test("is short where all is well", () => {
    expect(render(report([identity(), identity({ region: "eu-west-1" })], []), "text")).toBe(
      "No findings in 2 identities.\n",
    );
    expect(render(report([identity()], [], ["a", "b"]), "text")).toBe(
      "2 things can't be seen from here; --format json lists them.\nNo findings in 1 identity.\n",
    );
  });

  test("does not call a view without identities a success", () => {
    expect(render(report([], []), "text")).toBe("No identity in view, so nothing could be checked.\n");
  });

  test("says in one line what the deployment settles, however much it is", () => {
    const pending = Array.from({ length: 40 }, () => ({ ...UNVERIFIED, pending: true }));
    const output = render(report([identity()], pending), "text");
    expect(output).toContain("40 checks wait for values this deployment creates");
    expect(output).not.toContain("complaint-handling");
    expect(output.trim().split("\n").length).toBe(2);
  });

  test("counts what a baseline accepts in one line", () => {
    const accepted = Array.from({ length: 30 }, () => ({ waived: "in the baseline" }));
    expect(render(report([identity()], accepted), "text")).toBe(
      "Waived: 30 findings (in the baseline)\nNo violation, 30 waived in 1 identity.\n",
    );
  });

  test("puts what fails the run first", () => {
    const advisory = { rule: "a", level: "advisory" } as const;
    const entries = [
      { ...UNVERIFIED, rule: "b" },
      advisory,
      { rule: "c" },
      { ...UNVERIFIED, rule: "d", level: "mandatory" } as const,
    ];
    const output = render(report([identity()], entries), "text");
    expect(output.match(/^ {2}(error|warning|unverified) +\w/gm)?.map((line) => line.at(-1))).toEqual([
      "c",
      "d",
      "a",
      "b",
    ]);
  });

  test("says that it is not known who listens where that is the finding, shown or summed up", () => {
    const deaf = identity({ bounce: [] });
    expect(render(report([deaf], [{}]), "text")).toContain("\n  bounces and complaints: nobody\n");
    const doubt = { ...UNVERIFIED, rule: "bounce-handling" };
    for (const entries of [[doubt], [{ ...doubt, pending: true }, { rule: "topic-fifo" }]]) {
      expect(render(report([deaf], entries), "text")).toContain("\n  bounces: not known; complaints: nobody\n");
    }
  });

  test("puts what is said of no Region under the identity", () => {
    const stale = { rule: "stale-override", region: null, stack: null };
    const output = render(report([identity()], [{}, stale, { ...stale, identity: "gone.example" }]), "text");
    expect(output.match(/^[a-z]+\.(com|example).*$/gm)).toEqual([
      "example.com  domain, us-east-1, mail/prod",
      "gone.example",
    ]);
  });

  test("puts an identity of two stacks under one heading, and Regions apart", () => {
    const west = identity({ region: "eu-west-1" });
    const output = render(report([identity(), west], [{ stack: "other/prod" }, { region: "eu-west-1" }]), "text");
    expect(output.match(/^example\.com .*$/gm)).toEqual([
      "example.com  domain, eu-west-1, mail/prod",
      "example.com  domain, us-east-1, mail/prod",
    ]);
  });
});

describe("json", () => {
  test("has the contract's keys in the contract's order", () => {
    const { tool, version, ...rest } = sample();
    const shuffled = { ...rest, tool, version, extra: 1 };
    const output = render(shuffled, "json");
    expect(output).toBe(render(sample(), "json"));
    const { rules, hidden, findings, identities, ...shown } = sample();
    expect(JSON.parse(output)).toEqual({
      ...shown,
      identities: identities.map(({ reception, ancestor, ...rest }) => rest),
      findings: findings.map(({ stack, pending, ...rest }) => rest),
    });
    expect(Object.keys(JSON.parse(output))).toEqual([
      "version",
      "tool",
      "summary",
      "identities",
      "findings",
      "notVisible",
      "configuration",
    ]);
    expect(Object.keys(JSON.parse(output).findings[0])).toEqual(
      "rule verdict level severity identity region urn message remediation url location waived".split(" "),
    );
    expect(Object.keys(JSON.parse(output).identities[0])).toEqual(
      "identity kind account region stack urn bounce complaint delivery inheritsFrom shadows".split(" "),
    );
    expect(output).toContain('\n  "summary": {\n    "identities": 3,\n    "violations": 1,\n    "advisories": 2,\n');
    expect(output).toContain(
      '{\n          "channel": "forwarding",\n          "target": null,\n          "declared": false\n',
    );
  });

  test("gives names back as they were", () => {
    expect(JSON.parse(render(hostile(), "json")).identities[0].identity).toBe(HOSTILE);
  });
});

describe("sarif", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../fixtures/sarif/sarif-schema-2.1.0.json"), "utf8"));
  // The published schema says draft 4, of which it uses nothing that draft 7 reads differently but its own name.
  const { $schema: _draft, id, ...body } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile({ ...body, $id: id });
  const run = (input: Report) => (JSON.parse(render(input, "sarif")) as Log).runs[0]!;
  const fingerprints = (input: Report) => run(input).results!.map((result) => result.partialFingerprints);

  test.each([
    ["sample", sample()],
    ["hostile", hostile()],
    ["empty", report([], [])],
  ])("%s is valid", (_, input) => {
    validate(JSON.parse(render(input, "sarif")));
    expect(validate.errors).toBeNull();
  });

  test("the schema minds mistakes", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: {}, results: [{ level: "fatal" }] }] })).toBe(false);
  });

  test("levels say what fails the run", () => {
    const levels = run(
      report([], [{}, { ...UNVERIFIED, level: "mandatory" }, { level: "advisory" }, UNVERIFIED]),
    ).results!.map(({ level }) => level);
    expect(levels).toEqual(["error", "error", "warning", "note"]);
  });

  test("rules carry their page and level", () => {
    const { rules } = run(sample()).tool.driver;
    expect(rules?.map(({ id, defaultConfiguration }) => [id, defaultConfiguration])).toEqual([
      ["complaint-handling", { level: "error" }],
      ["queue-dead-letter", { level: "warning" }],
      ["topic-fifo", { enabled: false }],
    ]);
    expect(rules?.[0]).toMatchObject({
      shortDescription: { text: "what complaint-handling finds" },
      fullDescription: { text: "because of SES" },
      help: { text: "change the program" },
      helpUri: "https://example.org/rules/complaint-handling",
    });
  });

  test("waived results, and only they, are suppressed", () => {
    const suppressed = run(sample()).results!.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ["bounce-handling", [{ kind: "external", justification: "never sends" }]],
    ]);
  });

  test("a place in the program is a location, else the project is one; so is a resource", () => {
    const [known, resource, nothing] = run(
      report(
        [],
        [
          { location: { path: "src/my mail.ts", line: 3, column: 7 } },
          { location: null },
          { location: null, urn: null },
        ],
      ),
    ).results!.map(({ locations }) => locations);
    expect(known?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: "src/my%20mail.ts" },
      region: { startLine: 3, startColumn: 7 },
    });
    const project = { artifactLocation: { uri: "Pulumi.yaml" }, region: { startLine: 1, startColumn: 1 } };
    expect(resource).toMatchObject([
      {
        physicalLocation: project,
        logicalLocations: [
          {
            fullyQualifiedName: "urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::example",
            name: "example",
            kind: "resource",
          },
        ],
      },
    ]);
    expect(nothing).toMatchObject([{ physicalLocation: project }]);
  });

  test("fingerprints know neither order nor line, but rule, identity, Region, stack and cause", () => {
    const one = { location: { path: "a.ts", line: 1, column: 1 } };
    const moved = { location: { path: "b.ts", line: 9, column: 9 }, message: "in other words" };
    const other = { rule: "bounce-handling" };
    expect(fingerprints(report([], [moved, other]))).toEqual(fingerprints(report([], [other, one])).reverse());
    const distinct = [
      {},
      other,
      { identity: "b.example" },
      { region: "eu-west-1" },
      { stack: "mail/test" },
      { cause: "a" },
      { cause: "b" },
    ];
    expect(new Set(fingerprints(report([], distinct)).map((one) => JSON.stringify(one))).size).toBe(distinct.length);
  });

  test("several of one line stay apart, and keep their hash", () => {
    const urns = ["a", "b", "c"].map((name) => `urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::${name}`);
    const hashes = () =>
      run(
        report(
          [],
          urns.map((urn) => ({ urn, identity: null })),
        ),
      ).results?.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
    expect(new Set(hashes()).size).toBe(3);
    expect(hashes()?.every((hash) => /^[0-9a-f]{16}:1$/.test(hash ?? ""))).toBe(true);
    expect(hashes()).toEqual(hashes());
  });

  test("rules have what GitHub ranks them by", () => {
    expect(run(sample()).tool.driver.rules?.[0]).toMatchObject({
      help: { markdown: expect.stringContaining("](https://example.org/rules/complaint-handling)") },
      properties: { "security-severity": "8.0", precision: "high", tags: expect.arrayContaining(["security"]) },
    });
  });

  test("stacks are a category of their own", () => {
    expect(run(sample()).automationDetails?.id).toBe("ses-guard/mail/prod/");
    expect(run(report([], [{ stack: "b/prod" }, { stack: "a/prod" }])).automationDetails?.id).toBe(
      "ses-guard/a/prod+b/prod/",
    );
  });

  test("a place in a package is related", () => {
    const inner = { path: "node_modules/mail/index.js", line: 7, column: 5 };
    const location = { path: "index.ts", line: 3, column: 1, inner };
    const [result] = run(report([], [{ location }])).results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("index.ts");
    expect(result?.relatedLocations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: inner.path }, region: { startLine: 7, startColumn: 5 } } },
    ]);
    validate(JSON.parse(render(report([], [{ location }]), "sarif")));
    expect(validate.errors).toBeNull();
  });

  test("says what could not be seen", () => {
    expect(run(sample()).invocations?.[0]?.toolExecutionNotifications).toEqual([
      { level: "note", message: { text: sample().notVisible[0] } },
    ]);
  });
});

describe("junit", () => {
  /** Every element with its attributes and the text directly inside; throws where the XML is not well-formed. */
  function elements(xml: string) {
    const found: { name: string; attributes: Record<string, string>; text: string }[] = [];
    const open: typeof found = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) => {
      open.push({ name, attributes: { ...attributes }, text: "" });
      found.push(open.at(-1)!);
    });
    parser.on("text", (text) => {
      if (open.length > 0) open.at(-1)!.text += text;
    });
    parser.on("cdata", (text) => {
      open.at(-1)!.text += text;
    });
    parser.on("closetag", () => open.pop());
    parser.write(xml).close();
    return found;
  }
  const names = (input: Report) => elements(render(input, "junit")).map(({ name }) => name);

  test("is well-formed whatever names hold", () => {
    const failures = elements(render(hostile(), "junit")).filter(({ name }) => name === "failure");
    expect(failures).toHaveLength(2);
    expect(failures[0]?.attributes.message).toContain('<script>alert("1")</script>\\u{1b}[31m\\u{a}::error::x');
    expect(failures[0]?.text).toContain('<script>alert("1")</script>');
  });

  test("counts what fails the run, and nothing else, as failed", () => {
    const [suites] = elements(render(sample(), "junit"));
    expect(suites?.attributes).toMatchObject({ failures: "1", errors: "0", skipped: "1", tests: "8" });
  });

  test("a violation fails, a doubt that blocks is an error, other doubts and advisories are output", () => {
    expect(names(report([], [{}]))).toContain("failure");
    expect(names(report([], [{ ...UNVERIFIED, level: "mandatory" }]))).toContain("error");
    for (const quiet of [UNVERIFIED, { level: "advisory" as const }]) {
      expect(names(report([], [quiet]))).toEqual(["testsuites", "testsuite", "testcase", "system-out"]);
    }
    expect(names(report([], [{ waived: "never sends" }]))).toContain("skipped");
  });

  test("a doubt that passes says in its name that it is one", () => {
    const cases = elements(render(report([], [UNVERIFIED]), "junit")).filter(({ name }) => name === "testcase");
    expect(cases[0]?.attributes.name).toBe("complaint-handling (unverified) index.ts:12:1");
  });

  test("an identity without findings passes", () => {
    const cases = elements(render(report([identity()], []), "junit")).filter(({ name }) => name === "testcase");
    expect(cases.map(({ attributes }) => attributes)).toEqual([{ classname: "example.com", name: "no finding" }]);
  });
});

describe("github", () => {
  test("one command per finding that is neither waived nor pending, at its place", () => {
    expect(render(sample(), "github").split("\n").slice(0, -1)).toEqual([
      "::error file=index.ts,line=12,col=1,title=complaint-handling (critical)::Nobody receives complaints of example.com in us-east-1: nothing is declared for them.%0AGive the identity a notification topic for complaints and subscribe whoever handles them.%0Ahttps://example.org/rules/complaint-handling",
      expect.stringMatching(/^::warning title=topic-publish-scope \(medium\)::SES may publish/),
      expect.stringMatching(/^::warning file=index.ts,line=12,col=1,title=queue-dead-letter \(low\)::/),
      expect.stringMatching(/^::notice title=unverified%3A topic-encryption \(medium\)::Whether SES/),
      "1 violation, 2 advisories, 3 unverified, 1 waived in 3 identities.",
      "1 thing can't be seen from here; --format json lists it.",
    ]);
  });

  test("a doubt that blocks is an error", () => {
    const output = render(report([], [{ ...UNVERIFIED, level: "mandatory", pending: true }]), "github");
    expect(output).toMatch(/^::error file=index\.ts,line=12,col=1,title=unverified%3A complaint-handling/);
  });

  test("properties and messages can't be left", () => {
    const location = { path: "a,b:c%.ts", line: 1, column: 1 };
    const output = render(report([], [{ location, message: "100% of\n::error::mail" }]), "github");
    expect(output).toMatch(
      /^::error file=a%2Cb%3Ac%25\.ts,line=1,col=1,title=[^:]+::100%25 of\\u\{a\}::error::mail%0A/,
    );
  });
});
