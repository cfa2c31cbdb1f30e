import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderReport } from "../../../linter/reporters";
import { identity, OPTIONS, report, sample } from "./sample";

interface Pattern {
  regexp: string;
  [group: string]: number | string;
}
interface Matcher {
  owner: string;
  pattern: Pattern[];
}
const { problemMatcher }: { problemMatcher: Matcher[] } = JSON.parse(
  readFileSync(join(__dirname, "../../../problem-matcher.json"), "utf8"),
);

/** What GitHub's runner takes from a log: of each matcher, the patterns on lines that follow each other. */
function problems(log: string) {
  const lines = log.split("\n");
  return lines.flatMap((_, start) => problemMatcher.flatMap(({ pattern }) => problemAt(lines.slice(start), pattern)));
}

function problemAt(lines: readonly string[], patterns: readonly Pattern[]) {
  const found: Record<string, string | undefined> = {};
  for (const [index, { regexp, ...groups }] of patterns.entries()) {
    const match = new RegExp(regexp).exec(lines[index] ?? "");
    if (!match) return [];
    for (const [name, group] of Object.entries(groups)) found[name] = match[Number(group)];
  }
  return [["severity", "code", "file", "line", "column", "message"].map((name) => found[name])];
}

test("finds the places in the text report, and nothing else", () => {
  expect(problems(renderReport(sample(), "text", OPTIONS))).toEqual([
    [
      "error",
      "complaint-handling",
      "index.ts",
      "12",
      "1",
      "Nobody receives complaints of example.com in us-east-1: nothing is",
    ],
    ["warning", "queue-dead-letter", "index.ts", "12", "1", "Queue feedback has no dead-letter queue."],
  ]);
});

test("finds findings that are printed together", () => {
  const of = (type: string) => ({
    rule: `${type}-handling`,
    message: `Nobody receives the ${type}s.`,
    remediation: `Send ${type}s on.`,
  });
  const [problem] = problems(renderReport(report([identity()], [of("bounce"), of("complaint")]), "text", OPTIONS));
  expect(problem?.slice(0, 3)).toEqual(["error", "bounce-handling, complaint-handling", "index.ts"]);
});

test.each([
  ["the place", 60, "index"],
  ["the place", 80, "packages/infrastructure/mail/src/identities"],
  ["severity and place", 50, "index"],
  ["severity, then the place", 52, "packages/infrastructure/mail/src/identities"],
  ["nothing", 120, "folder with spaces/index"],
])("finds findings whose line is wrapped before %s, at %d columns", (_, width, name) => {
  const location = { path: `${name}.ts`, line: 3, column: 7 };
  const of = (type: string) => ({ rule: `${type}-handling`, message: "Nobody.", remediation: `Send ${type}s on.` });
  const findings = ["bounce", "complaint"].map((type) => ({ ...of(type), message: `${type}s end here.`, location }));
  const log = renderReport(report([identity()], findings), "text", { ...OPTIONS, width });
  expect(problems(log)).toEqual([
    ["error", "bounce-handling, complaint-handling", `${name}.ts`, "3", "7", "bounces and complaints end here."],
  ]);
});

test("every owner is another, so that none replaces the one before", () => {
  const owners = problemMatcher.map(({ owner }) => owner);
  expect(new Set(owners).size).toBe(owners.length);
});
