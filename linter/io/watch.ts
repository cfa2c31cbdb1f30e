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
        const watcher = watch(folder, (_, file) => {
          const { added, isChange } = noticed(folder, file, own);
          added.forEach(see);
          if (isChange) resolve();
        });
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

/** What an event in a folder means: folders that are new, and whether a source file changed. */
function noticed(
  folder: string,
  file: string | null,
  own: ReadonlySet<string>,
): { added: string[]; isChange: boolean } {
  if (file === null) return { added: [], isChange: true };
  const path = join(folder, file);
  const added = isFolder(path) ? subfolders(path) : [];
  // A new folder may hold what was written before it was watched.
  return { added, isChange: (SOURCE.test(file) && !own.has(file)) || added.some(holdsSource) };
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
