import { availableParallelism } from "node:os";
import type { StackRecords } from "../../policies/model/record";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName } from "../io/files";
import { repositoryOf } from "../io/repository";
import { type RunOptions, type RunResult, run } from "../run";
import { offlinePreview } from "../sources/program/offline-preview";

/** The program's part of the command's options. */
export interface ProgramOptions {
  stack?: string;
  /** `KEY=VALUE` each. */
  configValue?: readonly string[];
  mocks?: string;
  /** Names of variables. */
  env?: readonly string[];
  /** Seconds, as written. */
  timeout?: string;
  verbose?: boolean;
}

export type PreviewOptions = ProgramOptions & RunOptions;

/**
 * `ses-guard preview`: runs the programs offline and reports on them together, as `lint` does on documents. What goes
 * to standard output, and the exit code (0 or 1). Throws `KnownError` where a program does not run to its end.
 */
export async function preview(
  folders: readonly string[],
  options: PreviewOptions,
  version: string,
): Promise<RunResult> {
  return run(() => runPrograms(folders, options), options, version);
}

/**
 * Runs each program and returns one stack for each, in the order given; positions are relative to the
 * repository, so that they lead to a file whichever folder it is in.
 */
async function runPrograms(folders: readonly string[], options: ProgramOptions): Promise<StackRecords[]> {
  const settings = {
    stack: options.stack,
    config: parseConfigValues(options.configValue ?? []),
    mocks: options.mocks,
    env: options.env,
    timeout: parseTimeout(options.timeout),
    positionsFrom: repositoryOf(process.cwd()),
    onOutput: options.verbose ? writeOutput : undefined,
  };
  const unique = folders.length === 0 ? ["."] : [...new Set(folders)];
  const programs = await mapInParallel(unique, availableParallelism(), async (folder) => ({
    folder,
    records: await offlinePreview(folder, settings),
  }));
  const folderOf = new Map<string, string>();
  for (const { folder, records } of programs) {
    const [stack = ""] = records.stacks ?? [];
    const other = folderOf.get(stack);
    if (other !== undefined) {
      throw new KnownError(`${other} and ${displayName(folder)} are both ${printable(stack)}; give one of them`);
    }
    folderOf.set(stack, displayName(folder));
  }
  return programs.map(({ records }) => records);
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

/** The results in the order of the items. The first failure is thrown, but only when nothing is left running. */
async function mapInParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
}
