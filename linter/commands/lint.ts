import { realpathSync } from "node:fs";
import type { StackRecords } from "../../policies/model/resource";
import { rules } from "../../policies/rules";
import { type Baseline, formatBaseline, IN_BASELINE, parseBaseline } from "../baseline";
import { loadConfig } from "../config";
import { KnownError } from "../io/errors";
import { displayName, readStandardInput, readText } from "../io/files";
import { writeAtomically } from "../io/output";
import { terminalWidth, wantsColor } from "../io/terminal";
import { type Format, renderReport } from "../reporters";
import { buildReport, exitCode, ruleInfos, strictly } from "../run";
import { mergeViews, readDocument, type StackDocument } from "../sources/document";

/** Options of every command that ends in a report. */
export interface ReportOptions {
  format: Format;
  output?: string;
  config?: string;
  strict?: boolean;
  baseline?: string;
  writeBaseline?: boolean;
}

/**
 * `ses-guard lint`: what goes to standard output, and the exit code (0 or 1). Writes the files of `--output` and
 * `--write-baseline`. Throws `KnownError` where it could not run.
 */
export async function lint(
  files: readonly string[],
  options: ReportOptions,
  version: string,
): Promise<{ report: string; code: number }> {
  return reportOn(async () => mergeViews(await readDocuments(files)), options, version);
}

/**
 * Evaluates the view that `readViews` makes, writes the files that the options ask for, renders the report. The
 * options are checked first. Throws `KnownError`.
 */
export async function reportOn(
  readViews: () => Promise<readonly StackRecords[]>,
  options: ReportOptions,
  version: string,
): Promise<{ report: string; code: number }> {
  if (options.writeBaseline && options.baseline === undefined) {
    throw new KnownError("--write-baseline needs --baseline FILE, the file to write");
  }
  const loaded = loadConfig(
    options.config,
    process.cwd(),
    rules.map((rule) => rule.meta.id),
  );
  const config = options.strict ? strictly(loaded) : loaded;
  const baseline = readBaseline(options);
  const views = await readViews();
  const today = new Date().toISOString().slice(0, 10);
  const input = buildReport(views, config, { today, version, strict: options.strict, baseline });
  const text = renderReport(input, options.format, {
    rules: ruleInfos(config),
    color: options.output === undefined && wantsColor(),
    width: options.output === undefined ? terminalWidth() : 80,
  });
  if (options.writeBaseline && options.baseline !== undefined) {
    writeAtomically(options.baseline, formatBaseline(input.details.filter(({ waived }) => waived === IN_BASELINE)));
  }
  if (options.output !== undefined) writeAtomically(options.output, text);
  return { report: options.output === undefined ? text : "", code: exitCode(input.report) };
}

function readBaseline(options: ReportOptions): Baseline | undefined {
  if (options.baseline === undefined) return undefined;
  if (options.writeBaseline) return { accepts: () => true };
  return parseBaseline(readText(options.baseline), options.baseline);
}

/** A file given twice is read once. */
async function readDocuments(files: readonly string[]): Promise<StackDocument[]> {
  if (files.filter((file) => file === "-").length > 1) {
    throw new KnownError("standard input (-) is given twice; it can be read once");
  }
  const documents: StackDocument[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const text = file === "-" ? await readStandardInput() : readText(file);
    const path = file === "-" ? file : realpathSync(file);
    if (!seen.has(path)) documents.push(readDocument(text, displayName(file)));
    seen.add(path);
  }
  return documents;
}
