import type { ReportInput } from "../report";
import { groupByIdentity, isBlocking, markOf, summarise, unseen } from "./shared";

/**
 * For GitHub Actions: one workflow command per finding that is not waived, and the summary as plain text.
 * Doubts that the deployment itself settles are left to the summary.
 */
export function github(input: ReportInput): string {
  const lines = groupByIdentity(input)
    .flatMap(({ entries }) => entries)
    .filter(({ finding, detail }) => finding.waived === null && (!detail.pending || isBlocking(finding)))
    .map(({ finding }) => {
      const { rule, severity, message, remediation, url, location } = finding;
      const kind = isBlocking(finding) ? "error" : markOf(finding) === "warning" ? "warning" : "notice";
      const place = location ? { file: location.path, line: location.line, col: location.column } : {};
      const doubt = finding.verdict === "unverified" ? "unverified: " : "";
      const properties = Object.entries({ ...place, title: `${doubt}${rule} (${severity})` })
        .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
        .join(",");
      return `::${kind} ${properties}::${escapeData(`${message}\n${remediation}\n${url}`)}`;
    });
  return `${[...lines, summarise(input), unseen(input)].filter(Boolean).join("\n")}\n`;
}

// Source: GitHub's @actions/core, command.ts.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
