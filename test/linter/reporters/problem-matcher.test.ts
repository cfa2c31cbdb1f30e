import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderReport } from "../../../linter/reporters";
import { identity, OPTIONS, report, sample } from "./sample";

const { problemMatcher } = JSON.parse(readFileSync(join(__dirname, "../../../problem-matcher.json"), "utf8"));
const [head, message] = problemMatcher[0].pattern;

/** What GitHub's runner takes from a log: the first pattern, then the second on the next line. */
function problems(log: string) {
  const lines = log.split("\n");
  return lines.flatMap((line, index) => {
    const first = new RegExp(head.regexp).exec(line);
    const second = first && new RegExp(message.regexp).exec(lines[index + 1] ?? "");
    if (!first || !second) return [];
    const named = ["severity", "code", "file", "line", "column"].map((name) => first[head[name]]);
    return [[...named, second[message.message]]];
  });
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
