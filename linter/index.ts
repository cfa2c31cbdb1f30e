/** The linter as a library: documents in, report out. Nothing here prints, reads the clock or ends the process. */

export { type Config, DEFAULT_CONFIG } from "../policies/config";
export type { Finding, Level, Severity, Verdict } from "../policies/model/finding";
export type { Position, ResourceRecord, StackRecords } from "../policies/model/record";
export { loadConfig } from "./config";
export { KnownError } from "./io/errors";
export { type Baseline, formatBaseline, parseBaseline } from "./report/baseline";
export { type BuildOptions, buildReport, exitCode, ruleInfos } from "./report/build";
export type {
  Report,
  ReportChannel,
  ReportFinding,
  ReportIdentity,
  ReportSummary,
  RuleInfo,
} from "./report/shapes";
export { FORMATS, type Format, renderReport } from "./reporters";
export type { RenderOptions, Reporter } from "./reporters/reporter";
export { mergeDocuments, readDocument, type StackDocument } from "./sources/documents";
export type { InlineProgram } from "./sources/program/inline-program";
export type { Mock } from "./sources/program/mocks";
export {
  type InlinePreviewOptions,
  type OfflinePreviewOptions,
  offlinePreview,
} from "./sources/program/offline-preview";
