import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderReport } from "../../../linter/reporters";
import { identity, OPTIONS, report, sample } from "./sample";

interface Pattern {
  regexp: string;
  loop?: boolean;
  [group: string]: number | string | boolean | undefined;
}
interface Matcher {
  owner: string;
  pattern: Pattern[];
}
const { problemMatcher }: { problemMatcher: Matcher[] } = JSON.parse(
  readFileSync(join(__dirname, "../../../problem-matcher.json"), "utf8"),
);

type Found = Record<string, string | undefined>;
const PROPERTIES = ["severity", "code", "file", "line", "column", "message"];

/** What GitHub's runner takes from a log: patterns on lines that follow each other, the last of them again and again. */
function problems(log: string) {
  const lines = log.split("\n");
  return lines
    .flatMap((_, start) => problemMatcher.flatMap(({ pattern }) => problemsAt(lines.slice(start), pattern)))
    .filter(({ message }) => message)
    .map((found) => PROPERTIES.map((name) => found[name]));
}

function problemsAt(lines: readonly string[], patterns: readonly Pattern[]): Found[] {
  let found: Found = {};
  for (const [index, pattern] of patterns.slice(0, -1).entries()) {
    const groups = match(pattern, lines[index]);
    if (!groups) return [];
    found = { ...found, ...groups };
  }
  const [last] = patterns.slice(-1);
  const all: Found[] = [];
  for (const line of lines.slice(patterns.length - 1)) {
    const groups = last && match(last, line);
    if (!groups) break;
    all.push({ ...found, ...groups });
    if (!last.loop) break;
  }
  return all;
}

function match({ regexp, loop, ...groups }: Pattern, line = ""): Found | undefined {
  const found = new RegExp(regexp).exec(line);
  return found
    ? Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, found[Number(group)]]))
    : undefined;
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

/** Sixty identities with one mistake each, written in two files. */
function folded(name: string, width = 80, max?: number) {
  const findings = Array.from({ length: 60 }, (_, index) => ({
    rule: "bounce-handling",
    identity: `sender-${index}@${name}.example`,
    message: `Nobody receives the bounces of sender-${index}@${name}.example.`,
    location: { path: `src/mail-${index % 2}.ts`, line: index + 1, column: 3 },
  }));
  return renderReport(report([], findings), "text", { ...OPTIONS, width, ...(max === undefined ? {} : { max }) });
}

test.each([
  ["in a line each", "a", 80],
  ["with their Region on a line of its own", "customer", 60],
])("finds folded findings, %s", (_, name, width) => {
  const found = problems(folded(name, width));
  expect(found.map((one) => one.slice(0, 5))).toEqual(
    [0, 1, 2, 3, 4].map((index) => ["error", "bounce-handling", `src/mail-${index % 2}.ts`, String(index + 1), "3"]),
  );
  expect(found.map((one) => one[5]?.split("  ")[0])).toEqual(
    [0, 1, 2, 3, 4].map((index) => `sender-${index}@${name}.example`),
  );
});

test("finds as many of them as --max writes out, and nothing where a place stands apart from its name", () => {
  expect(problems(folded("a", 80, 59))).toHaveLength(59);
  expect(problems(folded("n".repeat(60)))).toEqual([]);
});

test("finds folded findings that each have a reason of their own, and what follows them", () => {
  const findings = Array.from({ length: 6 }, (_, index) => ({
    identity: null,
    rule: "queue-dead-letter",
    level: "advisory" as const,
    message: `Queue ${"abcdef"[index]} has no dead-letter queue, for reason ${index}.`,
    location: { path: "index.ts", line: index + 1, column: 1 },
  }));
  const log = renderReport(report([identity()], [...findings, {}]), "text", OPTIONS);
  const found = problems(log).map(([severity, code, file, line]) => [severity, code, `${file}:${line}`]);
  expect(found.sort()).toEqual([
    ["error", "complaint-handling", "index.ts:12"],
    ...[1, 2, 3, 4, 5].map((line) => ["warning", "queue-dead-letter", `index.ts:${line}`]),
  ]);
});

test("every owner is another, so that none replaces the one before", () => {
  const owners = problemMatcher.map(({ owner }) => owner);
  expect(new Set(owners).size).toBe(owners.length);
});
