/** The linter as a library: documents in, report out. Nothing here prints, reads the clock or ends the process. */

export { type Config, DEFAULT_CONFIG } from "../policies/config";
export type { Finding, Level, Severity, Verdict } from "../policies/model/finding";
export type { Position, ResourceRecord, StackRecords } from "../policies/model/resource";
export { type Baseline, formatBaseline, parseBaseline } from "./baseline";
export { loadConfig } from "./config";
export { KnownError } from "./io/errors";
export type {
  Report,
  ReportChannel,
  Reporter,
  ReportFinding,
  ReportIdentity,
  ReportInput,
  ReportOptions,
  RuleInfo,
} from "./report";
export { FORMATS, type Format, renderReport } from "./reporters";
export { buildReport, exitCode, type RunOptions, ruleInfos } from "./run";
export { mergeViews, readDocument, type StackDocument } from "./sources/document";
export type { Mock } from "./sources/program/functions";
export { offlinePreview, type PreviewOptions } from "./sources/program/run";
