import { withoutCommands, withoutMarkers } from "../../policies/text/commands";
import type { Report } from "../report/shapes";
import { type Entry, together } from "./entries";
import { isBlocking, isShown, leftOut, markOf, safe, summarise, unseen } from "./words";

/**
 * For GitHub Actions: one workflow command per finding that is not waived, worst first, since GitHub shows ten of a kind;
 * and the summary as plain text. Doubts that the deployment itself settles are left to the summary.
 */
export function github(report: Report): string {
  const lines = together(safe(report.findings).filter(isShown)).map(command);
  const rest = withoutCommands([summarise(report), unseen(report), leftOut(report)].filter(Boolean).join("\n"));
  return withoutMarkers(`${[...lines, rest].join("\n")}\n`);
}

function command(finding: Entry): string {
  const { rules, severity, verdict, message, remediation, url, location } = finding;
  const kind = isBlocking(finding) ? "error" : markOf(finding) === "warning" ? "warning" : "notice";
  const place = location ? { file: location.path, line: location.line, col: location.column } : {};
  const doubt = verdict === "unverified" ? "unverified: " : "";
  const properties = Object.entries({ ...place, title: `${doubt}${rules.join(", ")} (${severity})` })
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
    .join(",");
  return `::${kind} ${properties}::${escapeData(withoutCommands(`${message}\n${remediation}\n${url}`))}`;
}

// Source: GitHub's @actions/core, command.ts.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
