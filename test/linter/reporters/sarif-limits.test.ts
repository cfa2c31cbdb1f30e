import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Log, Run } from "sarif";
import type { Report, ReportFinding } from "../../../linter/report/shapes";
import { renderReport } from "../../../linter/reporters";
import { identity, report, sample } from "./sample";

const render = (input: Report) => renderReport(input, "sarif", { color: false, width: 80 });
const runOf = (text: string): Run => {
  const [run] = (JSON.parse(text) as Log).runs;
  if (run === undefined) throw new Error("no run");
  return run;
};

/** What GitHub documents of the SARIF that it takes, and of what it leaves out of it. */
function problems(text: string): string[] {
  const log = JSON.parse(text) as Log;
  const found: string[] = [];
  const check = (isRight: boolean, what: string) => void (isRight || found.push(what));
  check(gzipSync(text).length < 10 * 2 ** 20, "10 MB compressed");
  check(log.version === "2.1.0" && log.runs.length <= 20, "20 runs of 2.1.0");
  for (const { results = [], tool, automationDetails } of log.runs) {
    const { rules = [] } = tool.driver;
    check(results.length <= 5_000, "5,000 results shown");
    check(rules.length <= 25_000, "25,000 rules");
    check(automationDetails?.id?.endsWith("/") === true, "a category");
    for (const { id, shortDescription, fullDescription, help, properties } of rules) {
      const texts = [shortDescription?.text, fullDescription?.text];
      check(
        texts.every((one = "") => one.length > 0 && one.length <= 1_024),
        `${id}: 1,024 characters`,
      );
      check(id.length <= 255 && (help?.text.length ?? 0) > 0, `${id}: name and help`);
      check((properties?.tags?.length ?? 0) <= 10, `${id}: ten tags`);
      const severity = properties?.["security-severity"];
      check(typeof severity === "string" && Number(severity) > 0 && Number(severity) <= 10, `${id}: security-severity`);
      check(["very-high", "high", "medium", "low"].includes(String(properties?.precision)), `${id}: precision`);
    }
    for (const { locations = [], relatedLocations = [], partialFingerprints, ruleId } of results) {
      check(locations.length === 1 && relatedLocations.length <= 100, `${ruleId}: one place, 100 related`);
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const uri = physicalLocation?.artifactLocation?.uri ?? "";
        check(uri !== "" && !uri.startsWith("/") && !/^\w+:/.test(uri), `${ruleId}: ${uri} in the repository`);
        check((physicalLocation?.region?.startLine ?? 0) >= 1, `${ruleId}: a line`);
      }
      check(/^[0-9a-f]{16}:\d+$/.test(partialFingerprints?.primaryLocationLineHash ?? ""), `${ruleId}: a fingerprint`);
    }
    const alerts = results.map(
      ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints?.primaryLocationLineHash}`,
    );
    check(new Set(alerts).size === alerts.length, "an alert for each result");
  }
  return found;
}

/** As many findings as asked for, of identities of their own. */
const many = (size: number, finding: (index: number) => Partial<ReportFinding> = () => ({})) =>
  report(
    [identity()],
    Array.from({ length: size }, (_, index) => ({
      identity: `customer-${index}.example`,
      urn: `urn:pulumi:prod::mail::aws:ses/domainIdentity:DomainIdentity::customer-${index}`,
      ...finding(index),
    })),
  );

test.each([
  ["a usual report", sample()],
  ["an empty one", report([], [])],
  ["5,000 findings", many(5_000)],
  ["30,000 findings", many(30_000)],
  ["two findings of one cause", report([], [{}, { message: "in other words" }])],
])("GitHub takes all of %s", (_, input) => expect(problems(render(input))).toEqual([]));

test("texts that no compression makes small stay below the limit of the file", () => {
  const noise = (seed: number) =>
    Array.from({ length: 80 }, (_, part) => createHash("sha256").update(`${seed} ${part}`).digest("base64")).join("");
  const text = render(many(5_000, (index) => ({ message: noise(index) })));
  expect(problems(text)).toEqual([]);
});

test("5,000 findings are all there", () => {
  const { results, invocations } = runOf(render(many(5_000)));
  expect(results).toHaveLength(5_000);
  expect(results?.every(({ ruleId }) => ruleId === "complaint-handling")).toBe(true);
  expect(JSON.stringify(invocations)).not.toContain("left out");
});

describe("what is left out", () => {
  test("is the least important, and is said", () => {
    const { results = [], invocations } = runOf(
      render(many(6_000, (index) => (index < 5_500 ? { level: "advisory" } : {}))),
    );
    const [first, ...rest] = results;
    expect(first).toMatchObject({ ruleId: "unverified", level: "warning" });
    expect(first?.message.text).toMatch(/^1001 findings are left out here.*--format json has all of them/);
    expect(rest.filter(({ level }) => level === "error")).toHaveLength(500);
    expect(JSON.stringify(invocations)).toContain("1001 findings are left out here");
  });

  test("fails a gate where it fails the run", () => {
    const [first] = runOf(render(many(5_001))).results ?? [];
    expect(first).toMatchObject({ level: "error", ruleId: "unverified" });
    expect(first?.message.text).toMatch(/^2 findings, 2 of which fail the run, are left out here/);
  });

  test("is waived findings before all others", () => {
    const { results = [] } = runOf(render(many(5_200, (index) => (index < 1_000 ? { waived: "never sends" } : {}))));
    expect(results.filter(({ suppressions }) => suppressions === undefined)).toHaveLength(4_201);
    expect(results[0]?.level).toBe("warning");
  });

  test("long texts end with a sign", () => {
    const [result] = runOf(render(report([], [{ message: "x".repeat(10_000) }]))).results ?? [];
    expect(result?.message.text).toMatch(/^x{1999}…$/);
  });
});
