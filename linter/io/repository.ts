import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The folder of the repository that a folder is in: GitHub's checkout, else git's, else the folder itself. */
export function repositoryOf(folder: string): string {
  return findRepository(folder) ?? resolve(folder);
}

/** The same; undefined for a folder outside any repository. */
export function findRepository(folder: string): string | undefined {
  const start = resolve(folder);
  const { GITHUB_WORKSPACE } = process.env;
  if (GITHUB_WORKSPACE && isInside(resolve(GITHUB_WORKSPACE), start)) return resolve(GITHUB_WORKSPACE);
  for (let place = start; ; place = dirname(place)) {
    if (existsSync(join(place, ".git"))) return place;
    if (place === dirname(place)) return undefined;
  }
}

/** The text of a file of the repository that the working directory is in; undefined where it can't be read. */
export function readInRepository(path: string): string | undefined {
  const root = repositoryOf(process.cwd());
  const file = resolve(root, path);
  if (!isInside(root, file) || !existsSync(file)) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** True for the folder itself and what is below it, as the paths are written. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`);
}
