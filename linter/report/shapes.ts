import type { Finding, Level, Severity } from "../../policies/model/finding";
import type { IdentityKind } from "../../policies/model/identity";
import type { FeedbackType } from "../../policies/model/inventory/types";
import type { Ending, ReceiverKind } from "../../policies/model/receivers";
import type { Setting } from "../../policies/model/shadows";

/** One way out of an identity. */
export type ReportChannel =
  | { channel: "forwarding"; target: null; declared: boolean }
  | { channel: "topic" | "event-destination"; target: string | null };

/** Somebody who receives a type, or nearly. */
export interface ReportReceiver {
  kind: ReceiverKind;
  /** Null where it is not known. */
  name: string | null;
  /** Null where it is not known. */
  receives: boolean | null;
  hindrance: "not-confirmed" | "filtered" | null;
  /** Name of the queue for what cannot be worked off, the empty text where that is not known, null where there is none. */
  deadLetters: string | null;
  /** Who gets it next. */
  next: ReportReceiver[];
}

/** Where one type of an identity's feedback ends. */
export interface ReportReception {
  ending: Ending;
  ways: ReportWay[];
}

/** One way of a type out of an identity. */
export interface ReportWay {
  channel: ReportChannel["channel"];
  target: string | null;
  /** Of forwarding: whether a resource says so. */
  declared?: boolean;
  /** Of the event destination, null for other channels. */
  destination: string | null;
  /** What the channel leads to: the topic, by name where that is known, or the event bus. */
  to: { kind: "topic" | "event bus"; name: string | null } | null;
  receivers: ReportReceiver[];
}

/** The nearest verified identity above one in the names. */
export interface ReportAncestor {
  identity: string;
  /** Whether the identity does otherwise, null where that is not known. */
  differs: boolean | null;
  /** In what. */
  settings: Setting[];
  /** A declaration says that it is meant. */
  intended: boolean;
}

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
  /** Down to who receives. */
  reception: Record<FeedbackType, ReportReception>;
  /** Null where no name above it is verified. */
  ancestor: ReportAncestor | null;
}

/** A finding as the configuration and the baseline leave it. */
export interface ReportFinding extends Omit<Finding, "entry"> {
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

/** What stacks declare and what accounts have, where the two differ. */
export interface ReportDrift {
  identities: {
    /** `undeclared`: no stack declares it; `lost`: the account has it no more. */
    change: "undeclared" | "lost" | "changed";
    identity: string;
    account: string | null;
    region: string | null;
    /** That declares it. */
    stack: string | null;
    /** The types that differ, both sides. */
    feedback: { type: FeedbackType; declared: ReportChannel[]; live: ReportChannel[] }[];
  }[];
  /** What is declared and could not be compared, with the reason. */
  notCompared: string[];
}

/** Everything that is said about one view. The JSON report shows the part of it that the contract fixes. */
export interface Report {
  version: 1;
  tool: { name: "ses-guard"; version: string };
  /** When live accounts were read, ISO 8601; left out for documents and programs. */
  readAt?: string;
  summary: ReportSummary;
  identities: ReportIdentity[];
  findings: ReportFinding[];
  /** What only another stack or the live account can show. */
  notVisible: string[];
  /** Only where an audit was compared with stacks. */
  drift?: ReportDrift;
  configuration: ReportConfiguration;
  /** All rules, in the order of the documentation. */
  rules: RuleInfo[];
  /** How many findings the options leave out. */
  hidden: number;
}
