import { buildReport } from "../../../linter/report/build";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { Stack } from "../../support/records";

const IDENTITY = 'new aws.ses.DomainIdentity("mail", { domain: "a.example" });';

/** What is said of an identity that is registered where `IDENTITY` stands in a source. */
function judge(source: string, { path = "index.ts", today = "2026-01-01", partial = false } = {}) {
  const stack = new Stack();
  stack.domain("a.example");
  const before = source.slice(0, source.indexOf("new aws")).split("\n");
  const position = { path, line: before.length, column: (before.at(-1) ?? "").length + 1 };
  const { resources, ...rest } = stack.records("preview");
  const placed = resources.map((resource) => ({ ...resource, position }));
  const stacks = [{ ...rest, resources: placed, ...(partial && { partial }) }];
  const report = buildReport(stacks, DEFAULT_CONFIG, { today, version: "test", readSource: () => source });
  const of = (rule: string) => report.findings.filter((finding) => finding.rule === rule);
  return {
    bounce: of("bounce-handling")[0]?.waived,
    complaint: of("complaint-handling")[0]?.waived,
    stale: of("stale-override"),
  };
}

const COMMENT = "// ses-guard-ignore bounce-handling: never sends, until 2027-06-30";

describe("a comment above a registration", () => {
  test("excuses the rule that it names, and no other", () => {
    expect(judge(`${COMMENT}\n${IDENTITY}`)).toMatchObject({ bounce: "never sends", complaint: null, stale: [] });
  });

  test.each([
    ["of several rules", `// ses-guard-ignore bounce-handling, complaint-handling: never sends\n${IDENTITY}`],
    [
      "one below the other, other comments between",
      `${COMMENT}\n// more\n// ses-guard-ignore complaint-handling: never sends\n${IDENTITY}`,
    ],
    [
      "as a block",
      `/*\n * ses-guard-ignore bounce-handling: never sends\n * ses-guard-ignore complaint-handling: never sends\n */\n${IDENTITY}`,
    ],
    [
      "as a block before the code",
      `/* ses-guard-ignore bounce-handling, complaint-handling: never sends */ ${IDENTITY}`,
    ],
    [
      "above a declaration of several lines",
      `// ses-guard-ignore bounce-handling, complaint-handling: never sends\nexport const mail: A =\n  ${IDENTITY}`,
    ],
    [
      "above an argument",
      `make(\n  1,\n  // ses-guard-ignore bounce-handling, complaint-handling: never sends\n  ${IDENTITY}`,
    ],
    [
      "in JSX",
      `const a = <p>it's</p>;\n// ses-guard-ignore bounce-handling, complaint-handling: never sends\n${IDENTITY}`,
      "index.tsx",
    ],
  ])("%s", (_, source, path = "index.ts") => {
    expect(judge(source, { path })).toEqual({ bounce: "never sends", complaint: "never sends", stale: [] });
  });

  test.each([
    ["another statement", `${COMMENT}\nconst a = 1;\n${IDENTITY}`],
    ["another statement, without a semicolon", `${COMMENT}\nmake(1)\n${IDENTITY}`],
    ["the element before", `[\n${COMMENT}\nmake(),\n${IDENTITY}]`],
    ["what stands around it", `${COMMENT}\nnames.forEach(() => {\n${IDENTITY}\n});`],
    ["what comes after it", `${IDENTITY}\n${COMMENT}\nconst a = 1;`],
    ["code on its own line", `const a = 1; ${COMMENT}\n${IDENTITY}`],
  ])("about %s excuses nothing, and is told so", (_, source) => {
    const { bounce, stale } = judge(source);
    expect(bounce).toBeNull();
    expect(stale).toMatchObject([{ verdict: "violation", message: expect.stringContaining("excuses nothing") }]);
    expect(source.split("\n")[(stale[0]?.location?.line ?? 0) - 1]).toContain("ses-guard-ignore");
  });

  test.each([
    ["a string", `const a = "${COMMENT}";\n${IDENTITY}`],
    ["a template", `const a = \`\n${COMMENT}\n\${"b"}\n${COMMENT}\n\`\n${IDENTITY}`],
    ["a regular expression", `const a = /[/]\\/ ses-guard-ignore bounce-handling: never sends/;\n${IDENTITY}`],
    ["JSX", `const a = <p>\n${COMMENT}\n</p>;\n${IDENTITY}`, "index.tsx"],
    ["another comment's sentence", `// see ses-guard-ignore bounce-handling: never sends\n${IDENTITY}`],
  ])("is none in %s", (_, source, path = "index.ts") => {
    expect(judge(source, { path })).toMatchObject({ bounce: null, stale: [] });
  });

  test.each([
    ["// ses-guard-ignore bounce-handling", "gives no reason"],
    ["// ses-guard-ignore bounce-handling: ", "gives no reason"],
    ["// ses-guard-ignore bounce-handling: until 2027-06-01", "needs a reason and after until a day, YYYY-MM-DD"],
    [
      "// ses-guard-ignore bounce-handling: never sends, until June 2027",
      "needs a reason and after until a day, YYYY-MM-DD",
    ],
    ["// ses-guard-ignore", "names no rule"],
    ["// ses-guard-ignore bounce-handeling: never sends", "names bounce-handeling, which is no rule"],
    ["// ses-guard-ignore bounce-handling: never sends, until 2026-02-30", "names 2026-02-30, which is no day"],
    ["// ses-guard-ignore bounce-handling: never sends, until 2025-12-31", "expired on 2025-12-31"],
  ])("%s: %s", (comment, problem) => {
    const { bounce, stale } = judge(`${comment}\n${IDENTITY}`);
    expect(bounce).toBeNull();
    expect(stale).toMatchObject([{ message: expect.stringContaining(problem), level: "advisory" }]);
  });

  test("holds on its last day", () => {
    expect(judge(`${COMMENT}\n${IDENTITY}`, { today: "2027-06-30" }).bounce).toBe("never sends");
    expect(judge(`${COMMENT}\n${IDENTITY}`, { today: "2027-07-01" }).bounce).toBeNull();
  });

  test("that excuses nothing may be meant for what a partial preview leaves out", () => {
    const source = `// ses-guard-ignore topic-fifo: soon\n${IDENTITY}`;
    expect(judge(source, { partial: true }).stale).toMatchObject([{ verdict: "unverified" }]);
    expect(judge(source).stale).toMatchObject([{ verdict: "violation" }]);
  });

  test("that excuses nothing is a doubt in the files of an incomplete stack alone", () => {
    const source = `// ses-guard-ignore topic-fifo: soon\n${IDENTITY}`;
    const of = (name: string, more: object) => {
      const stack = new Stack(name);
      stack.domain(`${name}.example`);
      const { resources, ...rest } = stack.records("preview");
      const position = { path: `${name}.ts`, line: 2, column: 1 };
      return { ...rest, ...more, resources: resources.map((resource) => ({ ...resource, position })) };
    };
    const verdicts = (more: object) =>
      buildReport([of("whole", {}), of("part", more)], DEFAULT_CONFIG, {
        today: "2026-01-01",
        version: "test",
        readSource: () => source,
      })
        .findings.filter(({ rule }) => rule === "stale-override")
        .map(({ location, verdict }) => `${location?.path} ${verdict}`)
        .sort();
    expect(verdicts({})).toEqual(["part.ts violation", "whole.ts violation"]);
    expect(verdicts({ partial: true })).toEqual(["part.ts unverified", "whole.ts violation"]);
    const position = { path: "whole.ts", line: 9, column: 1 };
    expect(verdicts({ mayBeMissing: [{ reason: "it was skipped", position }] })).toEqual([
      "part.ts unverified",
      "whole.ts unverified",
    ]);
  });
});
