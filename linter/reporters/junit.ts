import builder, { type TestCase } from "junit-report-builder";
import { withoutMarkers } from "../../policies/text/commands";
import type { Report, ReportFinding } from "../report/shapes";
import { groupByIdentity } from "./groups";
import { configured, isBlocking, markOf, placeOf } from "./words";

/**
 * For test reports: a suite per identity, a case per finding, one passing case where there is none. What fails the
 * run fails here: violations as failures, doubts that block as errors. Advisories and other doubts pass with their
 * text as output; waived findings are skipped.
 */
export function junit(report: Report): string {
  const root = builder.newBuilder().name("ses-guard");
  for (const { name, region, stack, findings } of groupByIdentity(report)) {
    const className = name ?? "other resources";
    const suite = root.testSuite().name([className, region, stack].filter(Boolean).join(", "));
    if (findings.length === 0) suite.testCase().className(className).name("no finding");
    for (const finding of findings) describeCase(suite.testCase().className(className), finding);
  }
  const configuration = configured(report);
  if (configuration !== "") {
    const suite = root.testSuite().name("configuration");
    suite.testCase().className("configuration").name(configuration);
  }
  return `${withoutMarkers(root.build().trimEnd())}\n`;
}

function describeCase(test: TestCase, finding: ReportFinding): void {
  const { rule, verdict, severity, message, remediation, url, location, waived } = finding;
  const mark = markOf(finding);
  // A case that passes says in its name that it is no success.
  const remark = mark === "waived" || isBlocking(finding) ? "" : `(${mark})`;
  test.name([rule, remark, placeOf(finding)].filter(Boolean).join(" "));
  if (location) test.file(location.path);
  const details = cdata([message, remediation, url, placeOf(finding)].filter(Boolean).join("\n"));
  if (mark === "waived") test.skipped().standardOutput(cdata(`waived: ${waived}\n${details}`));
  else if (!isBlocking(finding)) test.standardOutput(`${mark} (${severity}): ${details}`);
  else if (verdict === "unverified") test.error(message, rule, details);
  else test.failure(message, rule).stacktrace(details);
}

// The library guards only the first end mark of a CDATA section.
function cdata(text: string): string {
  return text.replaceAll("]]>", "]]&gt;");
}
