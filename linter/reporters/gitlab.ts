import type { Severity } from "../../policies/model/finding";
import type { Report, ReportFinding } from "../report/shapes";
import { together } from "./entries";
import { fingerprints } from "./fingerprint";
import { withoutMarkersIn } from "./json";
import { isBlocking, isShown, safe } from "./words";

/** What fails the run, by the severity of its rule. */
const BLOCKING: Record<Severity, string> = { critical: "blocker", high: "critical", medium: "major", low: "minor" };
const ADVISORY: Record<Severity, string> = { critical: "major", high: "major", medium: "minor", low: "info" };

// GitLab takes no issue without a file; every program has this one.
const NOWHERE = { path: "Pulumi.yaml", line: 1 };

/**
 * For GitLab: a code quality report, worst first. GitLab knows no accepted issues, so waived findings are left out, and
 * doubts that the deployment itself settles as well.
 * Source: GitLab, "Code Quality report format".
 */
export function gitlab({ findings }: Report): string {
  const fingerprint = fingerprints();
  const issues = together(safe(findings).filter(isShown))
    .flatMap((entry) => entry.findings)
    .map((finding) => {
      const { path, line } = finding.location ?? NOWHERE;
      return {
        description: describe(finding),
        check_name: `ses-guard/${finding.rule}`,
        fingerprint: fingerprint(finding),
        severity: severityOf(finding),
        location: { path: path.replace(/^(?:\.\/)+/, ""), lines: { begin: line } },
      };
    });
  return `${withoutMarkersIn(JSON.stringify(issues, null, 2))}\n`;
}

function describe({ verdict, message, remediation }: ReportFinding): string {
  return `${verdict === "unverified" ? "Unverified: " : ""}${message} ${remediation}`;
}

function severityOf(finding: ReportFinding): string {
  if (isBlocking(finding)) return BLOCKING[finding.severity];
  return finding.verdict === "unverified" ? "info" : ADVISORY[finding.severity];
}
