import { availableParallelism } from "node:os";
import type { StackRecords } from "../../policies/model/record";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName } from "../io/files";
import { repositoryOf } from "../io/repository";
import { type ProgramOptions, settingsOf } from "../program-options";
import { type RunOptions, type RunResult, run } from "../run";
import { offlinePreview } from "../sources/program/offline-preview";

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
  return run(() => runPrograms(folders, options), options, version, folders);
}

/**
 * Runs each program and returns one stack for each, in the order given; positions are relative to the
 * repository, so that they lead to a file whichever folder it is in.
 */
async function runPrograms(folders: readonly string[], options: ProgramOptions): Promise<StackRecords[]> {
  const settings = { ...settingsOf(options), positionsFrom: repositoryOf(process.cwd()) };
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
