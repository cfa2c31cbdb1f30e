import { existsSync } from "node:fs";
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

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`);
}
