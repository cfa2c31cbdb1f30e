import type { StackRecords } from "../policies/model/record";
import { rules } from "../policies/rules";
import { printable } from "../policies/text/printable";
import { configurationOf } from "./config";
import { KnownError } from "./io/errors";
import { readText } from "./io/files";
import { checkPlace, writeAtomically } from "./io/output";
import { terminalWidth, wantsColor, wantsLinks } from "./io/terminal";
import { checkOutputs, type OutputOptions, outputsOf } from "./outputs";
import {
  ACCEPTS_ALL,
  type Baseline,
  type BaselineEntry,
  formatBaseline,
  formatEntries,
  IN_BASELINE,
  parseBaseline,
} from "./report/baseline";
import { exitCode, reportAndStale } from "./report/build";
import { type SelectionOptions, select, selectionOf } from "./report/selection";
import type { Report } from "./report/shapes";
import { renderReport } from "./reporters";
import type { Checked } from "./stacks/checked";

/** Options of every command that ends in a report, as they are written. */
export interface RunOptions extends OutputOptions, SelectionOptions {
  /** Findings of one kind that are written out, as written. */
  max?: string;
  /** Of the page, for HTML. */
  title?: string;
  config?: string;
  strict?: boolean;
  /** Every doubt counts, under `--strict=all`. */
  strictAll?: boolean;
  baseline?: string;
  writeBaseline?: boolean;
  prune?: boolean;
}

export interface RunResult {
  /** For standard output. */
  output: string;
  code: 0 | 1;
}

/**
 * Evaluates the stacks that are checked, writes the files that the options ask for, renders the report. The
 * options are checked first. Throws `KnownError`.
 * @param version of ses-guard
 * @param extend what else the report says
 */
export async function run(
  checked: Checked,
  options: RunOptions,
  version: string,
  extend: (report: Report, stacks: readonly StackRecords[]) => Report = (report) => report,
): Promise<RunResult> {
  const { folders, inputs } = checked;
  checkBaselineOptions(options);
  const max = parseMax(options.max);
  const selection = selectionOf(options);
  const outputs = outputsOf(options);
  checkOutputs(outputs, [...inputs, ...[options.config, options.baseline].filter((file) => file !== undefined)]);
  const ids = rules.map(({ meta }) => meta.id);
  const {
    config: configured,
    name: configuredBy,
    placeOf,
  } = configurationOf(options.config, folders, process.cwd(), ids);
  const config = { ...configured, rules: { ...checked.levels, ...configured.rules } };
  const baseline = readBaseline(options);
  const stacks = await checked.readStacks(config);
  const now = new Date().toISOString();
  const { strict, strictAll, prune } = options;
  const { report: judged, stale } = reportAndStale(stacks, config, {
    today: now.slice(0, 10),
    version,
    strict: strictAll ? "all" : strict ? "settled" : undefined,
    baseline,
    configuredBy,
    ...(checked.isLive && { readAt: `${now.slice(0, 19)}Z` }),
    placeOf,
    prune,
    readSource: checked.readSource,
  });
  const report = extend(judged, stacks);
  const shown = select(report, selection);
  const rendered = outputs.map(({ format, path }) => ({
    path,
    text: renderReport(shown, format, {
      ...(path === undefined ? terminalOptions() : PLAIN),
      max,
      now,
      title: options.title,
    }),
  }));
  writeBaseline(options, report, baseline, stale);
  for (const { path, text } of rendered) if (path !== undefined) writeAtomically(path, text);
  return {
    output: rendered.find(({ path }) => path === undefined)?.text ?? "",
    code: checked.isPartial?.() ? 1 : exitCode(report),
  };
}

const PLAIN = { color: false, width: 80 };

function terminalOptions() {
  return { color: wantsColor(), width: terminalWidth(), links: wantsLinks() };
}

function parseMax(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new KnownError(`--max ${printable(text)}: expected a number from 1`);
  return Number(text);
}

function checkBaselineOptions({ baseline, writeBaseline, prune }: RunOptions): void {
  if (writeBaseline && prune) throw new KnownError("--write-baseline writes a new baseline; leave out --prune");
  if (baseline === undefined && writeBaseline) {
    throw new KnownError("--write-baseline needs --baseline FILE, the file to write");
  }
  if (baseline === undefined && prune) throw new KnownError("--prune needs --baseline FILE, the file to prune");
}

function readBaseline({ baseline, writeBaseline }: RunOptions): Baseline | undefined {
  if (baseline === undefined) return undefined;
  if (!writeBaseline) return parseBaseline(readText(baseline), baseline);
  const known = checkPlace(baseline);
  // What is written over must be a baseline itself.
  if (known?.isFile() && known.size > 0) parseBaseline(readText(baseline), baseline);
  return ACCEPTS_ALL;
}

function writeBaseline(
  { baseline: path, writeBaseline, prune }: RunOptions,
  { findings }: Report,
  baseline: Baseline | undefined,
  stale: readonly BaselineEntry[],
): void {
  if (path === undefined || baseline === undefined) return;
  if (writeBaseline) writeAtomically(path, formatBaseline(findings.filter(({ waived }) => waived === IN_BASELINE)));
  if (prune && stale.length > 0) {
    const gone = new Set(stale);
    writeAtomically(path, formatEntries(baseline.entries.filter((entry) => !gone.has(entry))));
  }
}
