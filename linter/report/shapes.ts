import type { Finding, Level, Severity } from "../../policies/model/finding";
import type { IdentityKind } from "../../policies/model/identity";

/** One way out of an identity. */
export type ReportChannel =
  | { channel: "forwarding"; target: null; declared: boolean }
  | { channel: "topic" | "event-destination"; target: string | null };

/** An identity that resources in view manage, and where each type of its feedback goes. */
export interface ReportIdentity {
  identity: string;
  kind: IdentityKind;
  account: string | null;
  region: string | null;
  stack: string;
  urn: string;
  bounce: ReportChannel[];
  complaint: ReportChannel[];
  delivery: ReportChannel[];
  /** Name of the ancestor whose settings apply, for identities that are not verified themselves. */
  inheritsFrom: string | null;
  /** Name of the ancestor whose settings no longer reach it. */
  shadows: string | null;
}

/** A finding as the configuration and the baseline leave it. */
export interface ReportFinding extends Finding {
  level: Level;
  severity: Severity;
  /** Page of the rule. */
  url: string;
}

/** What a report says about a rule. Derived from the rule's metadata; `level` as configured. */
export interface RuleInfo {
  id: string;
  summary: string;
  why: string;
  fix: string;
  url: string;
  severity: Severity;
  level: Level;
}

export interface ReportSummary {
  identities: number;
  violations: number;
  advisories: number;
  unverified: number;
  waived: number;
}

export interface ReportConfiguration {
  /** The file, as messages call it; null without one. */
  path: string | null;
  /** Rules that are mandatory by default and that it makes advisory or disables, in the order of the documentation. */
  lowered: string[];
}

/** Everything that is said about one view. The JSON report shows the part of it that the contract fixes. */
export interface Report {
  version: 1;
  tool: { name: "ses-guard"; version: string };
  summary: ReportSummary;
  identities: ReportIdentity[];
  findings: ReportFinding[];
  /** What only another stack or the live account can show. */
  notVisible: string[];
  configuration: ReportConfiguration;
  /** All rules, in the order of the documentation. */
  rules: RuleInfo[];
}
