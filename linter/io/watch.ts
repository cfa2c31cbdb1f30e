import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
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
      const see = (folder: string) => {
        const notice = (file: string | null) => {
          if (file === null || isSource(file, own)) return resolve();
          const added = isFolder(join(folder, file)) ? subfolders(join(folder, file)) : [];
          added.forEach(see);
          // What was written before it was watched.
          if (added.some(holdsSource)) resolve();
        };
        const watcher = watch(folder, (_, file) => notice(file));
        watchers.push(watcher.on("error", () => resolve()));
      };
      folders.flatMap(subfolders).forEach(see);
    });
    await work();
    await change;
    // An editor writes one file in several steps, and several files at once.
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
    for (const watcher of watchers) watcher.close();
  }
}

function isSource(file: string, own: ReadonlySet<string>): boolean {
  return SOURCE.test(file) && !own.has(file);
}

function isFolder(path: string): boolean {
  return isWatched(basename(path)) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isWatched(name: string): boolean {
  return !/^\.|^node_modules$/.test(name);
}

function holdsSource(folder: string): boolean {
  return entriesOf(folder)?.some(({ name }) => SOURCE.test(name)) ?? false;
}

function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function subfolders(folder: string): string[] {
  const entries = entriesOf(folder);
  if (entries === undefined) return [];
  const names = entries.filter((entry) => entry.isDirectory() && isWatched(entry.name));
  return [folder, ...names.flatMap((entry) => subfolders(join(folder, entry.name)))];
}
