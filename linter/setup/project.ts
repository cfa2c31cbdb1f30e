import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { repositoryOf } from "../io/repository";

/** Where a program stands in its repository, and how what it needs is installed there. Paths have forward slashes. */
export interface ProjectPlace {
  repository: string;
  /** Of the program, in the repository; `.` for the repository itself. */
  program: string;
  /** Of the nearest manifest of npm at the program or above, in the repository. */
  packageFolder: string;
  /** The program, seen from that folder. */
  fromPackage: string;
  install: string;
  /** Starts a command that is installed there, and fetches none. */
  execute: string;
  add: string;
}

/** [lock file, how to install what it says, how to start an installed command, how to add a package] */
const MANAGERS = [
  ["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile", "pnpm exec", "pnpm add --save-dev"],
  ["yarn.lock", "corepack enable && yarn install --immutable", "yarn exec", "yarn add --dev"],
  ["package-lock.json", "npm ci", "npx --no-install", "npm install --save-dev"],
] as const;
const NPM = ["npm install", "npx --no-install", "npm install --save-dev"] as const;

/** What the files around a program tell. */
export function placeOf(folder: string): ProjectPlace {
  const repository = repositoryOf(folder);
  const program = resolve(folder);
  const packageFolder = nearestWith(program, repository, "package.json") ?? program;
  // Workspaces have one lock file, above their packages.
  const [install, execute, add] = managerOf(packageFolder, repository);
  return {
    repository,
    program: between(repository, program),
    packageFolder: between(repository, packageFolder),
    fromPackage: between(packageFolder, program),
    install,
    execute,
    add,
  };
}

/** The Git host that the files of a repository speak of; GitHub where none does. */
export function hostOf(repository: string): "github" | "gitlab" {
  return existsSync(join(repository, ".gitlab-ci.yml")) && !existsSync(join(repository, ".github"))
    ? "gitlab"
    : "github";
}

/** True where the command is installed beside a program. */
export function isInstalled({ repository, packageFolder }: ProjectPlace): boolean {
  return (
    nearestWith(join(repository, packageFolder), repository, join("node_modules", ".bin", "ses-guard")) !== undefined
  );
}

function managerOf(folder: string, repository: string): readonly [string, string, string] {
  for (let place = folder; ; place = dirname(place)) {
    const found = MANAGERS.find(([lock]) => existsSync(join(place, lock)));
    if (found !== undefined) return [found[1], found[2], found[3]];
    if (place === repository || place === dirname(place)) return NPM;
  }
}

function nearestWith(start: string, top: string, name: string): string | undefined {
  for (let place = start; ; place = dirname(place)) {
    if (existsSync(join(place, name))) return place;
    if (place === top || place === dirname(place)) return undefined;
  }
}

function between(from: string, to: string): string {
  return relative(from, to).split(sep).join("/") || ".";
}
