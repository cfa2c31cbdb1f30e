import type { ReportReception } from "../../report/shapes";
import type { Mark } from "../words";

/** How bad the worst open finding about an identity is. */
export type Verdict = Mark | "passed";

/** A row of the matrix, ready to be drawn. */
export interface Row {
  name: string;
  kind: string;
  account: string;
  region: string;
  stack: string;
  /** How many verified names stand above it. */
  depth: number;
  /** What it has from the one above it. */
  relation: string;
  /** Bounces, complaints, deliveries. */
  cells: Cell[];
  verdict: Verdict;
  /** Indices of its findings. */
  findings: number[];
}

export interface Cell {
  ending: ReportReception["ending"];
  word: string;
  ways: string[];
}

/** A finding, ready to be drawn. */
export interface Card {
  verdict: Mark;
  /** Whether it fails the run. */
  blocks: boolean;
  rules: string[];
  severity: string;
  url: string;
  message: string;
  fix: string;
  place: string;
  name: string;
  account: string;
  region: string;
  stack: string;
  /** Why it is accepted. */
  waived: string;
  pending: boolean;
}

/** What the page draws. Rows stand in the order of the tree of names, findings worst first. */
export interface PageData {
  rows: Row[];
  cards: Card[];
}
