import builder from "junit-report-builder";
import type { ReportInput } from "../report";
import { groupByIdentity, isBlocking, markOf, placeOf } from "./shared";

/**
 * For test reports: a suite per identity, a case per finding, one passing case where there is none. What fails the
 * run fails here: violations as failures, doubts that block as errors. Advisories and other doubts pass with their
 * text as output; waived findings are skipped.
 */
export function junit(input: ReportInput): string {
  const report = builder.newBuilder().name("ses-guard");
  for (const { name, region, stack, entries } of groupByIdentity(input)) {
    const className = name ?? "other resources";
    const suite = report.testSuite().name([className, region, stack].filter(Boolean).join(", "));
    if (entries.length === 0) suite.testCase().className(className).name("no finding");
    for (const { finding } of entries) {
      const { rule, verdict, severity, message, remediation, url, location, waived } = finding;
      const mark = markOf(finding);
      // A case that passes says in its name that it is no success.
      const remark = mark === "waived" || isBlocking(finding) ? "" : `(${mark})`;
      const test = suite.testCase().className(className);
      test.name([rule, remark, placeOf(finding)].filter(Boolean).join(" "));
      if (location) test.file(location.path);
      const details = cdata([message, remediation, url, placeOf(finding)].filter(Boolean).join("\n"));
      if (mark === "waived") test.skipped().standardOutput(cdata(`waived: ${waived}\n${details}`));
      else if (!isBlocking(finding)) test.standardOutput(`${mark} (${severity}): ${details}`);
      else if (verdict === "unverified") test.error(message, rule, details);
      else test.failure(message, rule).stacktrace(details);
    }
  }
  return `${report.build().trimEnd()}\n`;
}

// The library guards only the first end mark of a CDATA section.
function cdata(text: string): string {
  return text.replaceAll("]]>", "]]&gt;");
}
