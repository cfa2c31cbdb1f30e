import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, relative, resolve, sep } from "node:path";
import type { StackRecords } from "../../policies/model/resource";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName } from "../io/files";
import { offlinePreview } from "../sources/program/run";
import { type ReportOptions, reportOn } from "./lint";

/** The program's part of the command's options. */
export interface ProgramOptions {
  stack?: string;
  /** `KEY=VALUE` each. */
  configValue?: readonly string[];
  mocks?: string;
  /** Seconds, as written. */
  timeout?: string;
  verbose?: boolean;
}

export type PreviewCommandOptions = ProgramOptions & ReportOptions;

/**
 * `ses-guard preview`: runs the programs offline and reports on them together, as `lint` does on documents. What goes
 * to standard output, and the exit code (0 or 1). Throws `KnownError` where a program does not run to its end.
 */
export async function preview(
  folders: readonly string[],
  options: PreviewCommandOptions,
  version: string,
): Promise<{ report: string; code: number }> {
  return reportOn(async () => (await collect(folders, options)).views, options, version);
}

/**
 * Runs each program and returns one view per stack, in the order given; positions are relative to the working
 * directory, so that they lead to a file whichever folder it is in. Throws `KnownError`.
 */
export async function collect(folders: readonly string[], options: ProgramOptions): Promise<{ views: StackRecords[] }> {
  const settings = {
    stack: options.stack,
    config: parseConfigValues(options.configValue ?? []),
    mocks: options.mocks,
    timeout: parseTimeout(options.timeout),
    onOutput: options.verbose ? writeOutput : undefined,
  };
  const places = folders.length === 0 ? ["."] : [...new Set(folders)];
  const views = await mapInParallel(places, availableParallelism(), (folder) => offlinePreview(folder, settings));
  const folderOf = new Map<string, string>();
  for (const [index, { stacks = [] }] of views.entries()) {
    const [stack = ""] = stacks;
    const folder = displayName(places[index] as string);
    const other = folderOf.get(stack);
    if (other !== undefined)
      throw new KnownError(`${other} and ${folder} are both ${printable(stack)}; give one of them`);
    folderOf.set(stack, folder);
  }
  for (const [index, view] of views.entries()) {
    const base = relative(process.cwd(), resolve(places[index] as string));
    for (const record of view.resources) {
      if (record.position) record.position.path = join(base, record.position.path).split(sep).join("/");
    }
  }
  return { views };
}

function parseConfigValues(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at <= 0) throw new KnownError(`--config-value ${printable(pair)}: expected KEY=VALUE`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new KnownError(`--timeout ${printable(text)}: expected seconds`);
  return seconds;
}

function writeOutput(text: string): void {
  for (const line of text.trimEnd().split("\n")) process.stderr.write(`${printable(line)}\n`);
}

async function mapInParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  // The first failure is reported, but only when no program is left running.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
}

const QUIET_MILLISECONDS = 200;
/** What programs are made of; what a run may leave behind (archives, caches) is none of it. */
const SOURCE = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/;

/**
 * Runs `work` at once and again after each change of a source file below the folders (packages, hidden folders and
 * the files that `work` itself writes aside), one run at a time, until the signal. `work` must not throw.
 */
export async function repeatOnChange(
  folders: readonly string[],
  written: readonly string[],
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const own = new Set(written.map((file) => basename(file)));
  while (!signal.aborted) {
    const watchers: FSWatcher[] = [];
    // Watched before the run, so that a change during it is not missed.
    const change = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      for (const folder of (folders.length === 0 ? ["."] : folders).flatMap(subfolders)) {
        const watcher = watch(folder, (_, file) => {
          if (file === null || (SOURCE.test(file) && !own.has(file))) resolve();
        });
        watchers.push(watcher.on("error", () => resolve()));
      }
    });
    await work();
    await change;
    // An editor writes one file in several steps, and several files at once.
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
    for (const watcher of watchers) watcher.close();
  }
}

function subfolders(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  const names = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  return [folder, ...names.flatMap((entry) => subfolders(join(folder, entry.name)))];
}
