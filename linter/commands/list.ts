import { statSync } from "node:fs";
import { rules } from "../../policies/rules";
import { configurationOf } from "../config";
import { writeAtomically } from "../io/output";
import { terminalWidth, wantsColor } from "../io/terminal";
import { checkOutputs, fileOf } from "../outputs";
import type { ProgramOptions } from "../program-options";
import { buildReport } from "../report/build";
import { type ListFormat, renderList } from "../reporters/list";
import type { Checked } from "../stacks/checked";
import { type DocumentOptions, documents } from "../stacks/documents";

export interface ListOptions extends DocumentOptions, ProgramOptions {
  format: ListFormat;
  output?: string;
  config?: string;
  /** Of the page, for HTML. */
  title?: string;
}

/**
 * `ses-guard list`: who receives the bounces, complaints and deliveries of each identity. Folders are programs, which
 * are run offline, everything else is a document. What goes to standard output. Writes the file of `--output`. Throws
 * `KnownError` where it could not run.
 */
export async function list(sources: readonly string[], options: ListOptions, version: string): Promise<string> {
  const checked = checkedBy(sources, options);
  const path = fileOf(options.output);
  const inputs = checked.flatMap((one) => one.inputs);
  checkOutputs([{ path }], options.config === undefined ? inputs : [...inputs, options.config]);
  const folders = checked.flatMap((one) => one.folders);
  const ids = rules.map(({ meta }) => meta.id);
  const { config, name: configuredBy } = configurationOf(options.config, folders, process.cwd(), ids);
  const stacks = (await Promise.all(checked.map((one) => one.readStacks(config)))).flat();
  const today = new Date().toISOString().slice(0, 10);
  const report = buildReport(stacks, config, { today, version, configuredBy });
  const isPrinted = path === undefined;
  const text = renderList(report, options.format, {
    color: isPrinted && wantsColor(),
    width: isPrinted ? terminalWidth() : 80,
    title: options.title,
  });
  if (path === undefined) return text;
  writeAtomically(path, text);
  return "";
}

function checkedBy(sources: readonly string[], options: ListOptions): Checked[] {
  const folders = sources.filter(isFolder);
  const files = sources.filter((source) => !isFolder(source));
  const found = files.length > 0 ? [documents(files, options, folders.length === 0)] : [];
  if (folders.length === 0 && files.length > 0) return found;
  // Loaded only where a program is run.
  const { programs } = require("../stacks/programs") as typeof import("../stacks/programs");
  return [...found, programs(folders, options)];
}

function isFolder(source: string): boolean {
  return source !== "-" && statSync(source, { throwIfNoEntry: false })?.isDirectory() === true;
}
