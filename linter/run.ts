import type { StackRecords } from "../policies/model/record";
import { rules } from "../policies/rules";
import { configurationOf } from "./config";
import { KnownError } from "./io/errors";
import { readText } from "./io/files";
import { writeAtomically } from "./io/output";
import { terminalWidth, wantsColor } from "./io/terminal";
import { ACCEPTS_ALL, type Baseline, formatBaseline, IN_BASELINE, parseBaseline } from "./report/baseline";
import { buildReport, exitCode } from "./report/build";
import { type Format, renderReport } from "./reporters";

/** Options of every command that ends in a report, as they are written. */
export interface RunOptions {
  format: Format;
  output?: string;
  config?: string;
  strict?: boolean;
  baseline?: string;
  writeBaseline?: boolean;
}

export interface RunResult {
  /** For standard output. */
  output: string;
  code: 0 | 1;
}

/**
 * Evaluates the stacks that `readStacks` gives, writes the files that the options ask for, renders the report. The
 * options are checked first. Throws `KnownError`.
 * @param version of ses-guard
 * @param folders of what is checked, from which the configuration is looked for
 */
export async function run(
  readStacks: () => Promise<readonly StackRecords[]>,
  options: RunOptions,
  version: string,
  folders: readonly string[] = [],
): Promise<RunResult> {
  if (options.writeBaseline && options.baseline === undefined) {
    throw new KnownError("--write-baseline needs --baseline FILE, the file to write");
  }
  const ids = rules.map(({ meta }) => meta.id);
  const { config, name: configuredBy } = configurationOf(options.config, folders, process.cwd(), ids);
  const baseline = readBaseline(options);
  const stacks = await readStacks();
  const today = new Date().toISOString().slice(0, 10);
  const report = buildReport(stacks, config, { today, version, strict: options.strict, baseline, configuredBy });
  const isPrinted = options.output === undefined;
  const text = renderReport(report, options.format, {
    color: isPrinted && wantsColor(),
    width: isPrinted ? terminalWidth() : 80,
  });
  if (options.writeBaseline && options.baseline !== undefined) {
    writeAtomically(options.baseline, formatBaseline(report.findings.filter(({ waived }) => waived === IN_BASELINE)));
  }
  if (options.output !== undefined) writeAtomically(options.output, text);
  return { output: isPrinted ? text : "", code: exitCode(report) };
}

function readBaseline({ baseline, writeBaseline }: RunOptions): Baseline | undefined {
  if (baseline === undefined) return undefined;
  if (writeBaseline) return ACCEPTS_ALL;
  return parseBaseline(readText(baseline), baseline);
}
