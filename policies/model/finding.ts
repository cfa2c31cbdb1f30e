import type { Position } from "./record";

export type Level = "mandatory" | "advisory" | "disabled";
export type Severity = "critical" | "high" | "medium" | "low";
export type Verdict = "violation" | "unverified";

/** What a rule says about one subject. Level, severity and links come from the rule's metadata. */
export interface Finding {
  rule: string;
  verdict: Verdict;
  /** Normalised name, escaped for display; null where the finding is about another resource. */
  identity: string | null;
  region: string | null;
  /** `project/stack`. */
  stack: string | null;
  urn: string | null;
  /** One or two sentences: identity, Region, reason. */
  message: string;
  /** What to do, in one sentence. */
  remediation: string;
  location: Position | null;
  /** The deployment itself will settle this doubt (values of resources that the same preview creates). */
  pending?: boolean;
  /** Reason of the exception or baseline that accepts it. */
  waived: string | null;
}
