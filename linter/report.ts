import type { Finding, Level, Severity, Verdict } from "../policies/model/finding";
import type { Position } from "../policies/model/resource";

/** One way out of an identity. The JSON report's format, fixed by the contract. */
export type ReportChannel =
  | { channel: "forwarding"; target: null; declared: boolean }
  | { channel: "topic" | "event-destination"; target: string | null };

export interface ReportIdentity {
  identity: string;
  kind: "domain" | "address";
  account: string | null;
  region: string | null;
  stack: string;
  urn: string;
  bounce: ReportChannel[];
  complaint: ReportChannel[];
  delivery: ReportChannel[];
  /** Name of the ancestor whose settings apply, for identities that are not verified themselves. */
  inheritsFrom: string | null;
  shadows: string | null;
}

export interface ReportFinding {
  rule: string;
  verdict: Verdict;
  level: Level;
  severity: Severity;
  identity: string | null;
  region: string | null;
  urn: string | null;
  message: string;
  remediation: string;
  url: string;
  location: Position | null;
  waived: string | null;
}

export interface Report {
  version: 1;
  tool: { name: "ses-guard"; version: string };
  summary: { identities: number; violations: number; advisories: number; unverified: number; waived: number };
  identities: ReportIdentity[];
  findings: ReportFinding[];
  /** What only the live account can show. */
  notVisible: string[];
}

/** A report with what reporters need beyond its JSON: findings the deployment will settle are summed up in text. */
export interface ReportInput {
  report: Report;
  /** Same order and length as `report.findings`. */
  details: readonly Finding[];
}

/** What reporters say about a rule. Derived from the rule's metadata; `level` as configured. */
export interface RuleInfo {
  id: string;
  summary: string;
  why: string;
  fix: string;
  url: string;
  severity: Severity;
  level: Level;
}

export interface ReportOptions {
  /** Escape sequences for colours: on a terminal only. */
  color: boolean;
  /** Columns to wrap text at. */
  width: number;
  /** All rules, in the order of the documentation. */
  rules: readonly RuleInfo[];
}

/** A report as the text of one format, ending in a newline. Equal input gives equal text. */
export type Reporter = (input: ReportInput, options: ReportOptions) => string;
