import type { Position } from "./record";

/** An entry of the configuration's file: its list, and its number in it, from 0. */
export type ConfigEntry = readonly ["intendedOverrides" | "exceptions" | "externalIdentities", number];

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
  /** What it is about, where that is no resource: whoever has the file knows the place. */
  entry?: ConfigEntry;
  /**
   * What sets it apart from other findings of the same rule and identity: the channel, topic or subscriber. A key that
   * stays as long as the accident is the same. It stands in baselines, so it holds no secret.
   */
  cause?: string;
  /** Twelve digits: the account of what it is about, where that is known. */
  account?: string;
  /** False where nothing was checked: no exception and no baseline accepts that. */
  acceptable?: false;
  /** The deployment itself will settle this doubt (values of resources that the same preview creates). */
  pending?: boolean;
  /** Lines of a file for `--mocks` with the answers that it may be unverified for. */
  awaits?: readonly string[];
  /** Reason of the exception or baseline that accepts it. */
  waived: string | null;
}
