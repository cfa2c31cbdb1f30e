import { availableParallelism } from "node:os";
import type { StackRecords } from "../../policies/model/record";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { displayName } from "../io/files";
import { readInRepository, repositoryOf } from "../io/repository";
import { type ProgramOptions, settingsOf } from "../program-options";
import { type OfflinePreviewOptions, offlinePreview } from "../sources/program/offline-preview";
import type { Checked } from "./checked";

/** The stacks of programs that are run offline; without a folder, that of the working directory. */
export function programs(folders: readonly string[], options: ProgramOptions): Checked {
  return {
    readStacks: ({ accounts }) => runPrograms(folders, options, accounts),
    folders,
    inputs: options.mocks === undefined ? [] : [options.mocks],
    readSource: readInRepository,
  };
}

/**
 * Runs each program and returns one stack for each, in the order given; positions are relative to the
 * repository, so that they lead to a file whichever folder it is in.
 */
async function runPrograms(
  folders: readonly string[],
  options: ProgramOptions,
  accounts: OfflinePreviewOptions["accounts"],
): Promise<StackRecords[]> {
  const settings = { ...settingsOf(options), accounts, positionsFrom: repositoryOf(process.cwd()) };
  const unique = folders.length === 0 ? ["."] : [...new Set(folders)];
  const run = await mapInParallel(unique, availableParallelism(), async (folder) => ({
    folder,
    records: await offlinePreview(folder, settings),
  }));
  const folderOf = new Map<string, string>();
  for (const { folder, records } of run) {
    const [stack = ""] = records.stacks ?? [];
    const other = folderOf.get(stack);
    if (other !== undefined) {
      throw new KnownError(`${other} and ${displayName(folder)} are both ${printable(stack)}; give one of them`);
    }
    folderOf.set(stack, displayName(folder));
  }
  return run.map(({ records }) => records);
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
