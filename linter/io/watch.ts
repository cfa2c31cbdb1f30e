import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { basename, join } from "node:path";

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
      for (const folder of folders.flatMap(subfolders)) {
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
