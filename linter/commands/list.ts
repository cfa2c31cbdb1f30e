import { statSync } from "node:fs";
import type { StackRecords } from "../../policies/model/record";
import { rules } from "../../policies/rules";
import { loadConfig, nameOfConfig } from "../config";
import { writeAtomically } from "../io/output";
import { terminalWidth, wantsColor } from "../io/terminal";
import type { ProgramOptions } from "../program-options";
import { buildReport } from "../report/build";
import { type ListFormat, renderList } from "../reporters/list";
import { type DocumentOptions, stacksOfDocuments } from "../stacks/documents";

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
  const config = loadConfig(
    options.config,
    process.cwd(),
    rules.map(({ meta }) => meta.id),
  );
  const stacks = await readStacks(sources, options);
  const report = buildReport(stacks, config, {
    today: new Date().toISOString().slice(0, 10),
    version,
    configPath: nameOfConfig(options.config, process.cwd()),
  });
  const isPrinted = options.output === undefined;
  const text = renderList(report, options.format, {
    color: isPrinted && wantsColor(),
    width: isPrinted ? terminalWidth() : 80,
    title: options.title,
  });
  if (options.output === undefined) return text;
  writeAtomically(options.output, text);
  return "";
}

async function readStacks(sources: readonly string[], options: ListOptions): Promise<StackRecords[]> {
  const folders = sources.length === 0 ? ["."] : sources.filter(isFolder);
  const files = sources.filter((source) => !isFolder(source));
  const documents = files.length > 0 ? await stacksOfDocuments(files, options) : [];
  if (folders.length === 0) return documents;
  // Loaded only where a program is run.
  const { stacksOfPrograms } = require("../stacks/programs") as typeof import("../stacks/programs");
  return [...documents, ...(await stacksOfPrograms(folders, options))];
}

function isFolder(source: string): boolean {
  return source !== "-" && statSync(source, { throwIfNoEntry: false })?.isDirectory() === true;
}
