import type { Severity } from "../../policies/model/finding";
import { rules } from "../../policies/rules";
import { nearest } from "../../policies/text/nearest";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import type { Report, ReportFinding } from "./shapes";

/** Options by which fewer findings are shown, as they are written. */
export interface SelectionOptions {
  /** Ids of rules. */
  rule?: readonly string[];
  minSeverity?: string;
  /** Only what fails the run. */
  quiet?: boolean;
}

/** Whether a finding that does not fail the run is shown. */
export type Selection = (finding: ReportFinding) => boolean;

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/**
 * What the options leave to show.
 * @throws KnownError for a rule or a severity that does not exist
 */
export function selectionOf({ rule: wanted = [], minSeverity, quiet }: SelectionOptions): Selection {
  const ids = rules.map(({ meta }) => meta.id);
  const wrong = wanted.find((id) => !ids.includes(id));
  if (wrong !== undefined) throw unknownName("--rule", wrong, "rule", ids);
  const least = SEVERITIES.findIndex((one) => one === (minSeverity ?? "low"));
  if (least < 0) throw unknownName("--min-severity", minSeverity ?? "", "severity", SEVERITIES);
  const ranks = new Map(SEVERITIES.map((severity, rank) => [severity, rank]));
  const named = new Set(wanted);
  return ({ rule, severity }) =>
    quiet !== true && (named.size === 0 || named.has(rule)) && (ranks.get(severity) ?? 0) <= least;
}

function unknownName(option: string, given: string, what: string, names: readonly string[]): KnownError {
  const suggestion = nearest(given, names);
  const hint = suggestion === undefined ? "see `ses-guard rules`" : `did you mean ${suggestion}?`;
  return new KnownError(`${option} ${printable(given.slice(0, 80))}: there is no such ${what}; ${hint}`);
}

/** The report with fewer findings. What fails the run stays, and the counts are those of the whole. */
export function select(report: Report, selection: Selection): Report {
  const findings = report.findings.filter(
    (finding) => (finding.level === "mandatory" && finding.waived === null) || selection(finding),
  );
  return { ...report, findings, hidden: report.findings.length - findings.length };
}
