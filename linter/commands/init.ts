import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { printable } from "../../policies/text/printable";
import { type Ask, ask, canAsk } from "../io/ask";
import { fileProblem, KnownError } from "../io/errors";
import { run } from "../run";
import { BASELINE, CONFIGURATION, githubWorkflow, gitlabJob } from "../setup/files";
import { hostOf, isInstalled, type ProjectPlace, placeOf } from "../setup/project";
import { programs } from "../stacks/programs";

export const WORKFLOWS = ["github", "gitlab", "none"] as const;
type Workflow = (typeof WORKFLOWS)[number];

/** What is written; what no option says is asked for, or proposed with `yes`. */
export interface InitOptions {
  configuration?: boolean;
  workflow?: Workflow;
  baseline?: boolean;
  yes?: boolean;
}

/** Paths are absolute. */
interface File {
  path: string;
  what: string;
  text: string;
}

/**
 * `ses-guard init`: writes configuration, workflow and baseline for the program in a folder, and returns what it wrote,
 * what it left alone and what to do next. Nothing is overwritten, and where today's findings can't be told, nothing is
 * written. Throws `KnownError`.
 * @param questions where somebody can be asked
 */
export async function init(
  folder: string,
  options: InitOptions,
  version: string,
  questions: Ask | undefined = canAsk() ? ask : undefined,
): Promise<string> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new KnownError(`${printable(folder)}: there is no such folder; name the folder of a program`);
  }
  const place = placeOf(folder);
  const wanted = await decide(options, place, questions);
  const lines: string[] = [];
  const baseline = resolve(folder, BASELINE);
  if (wanted.baseline) lines.push(await writeBaseline(folder, baseline, version));
  const files: File[] = [];
  if (wanted.configuration) {
    files.push({ path: resolve(folder, "ses-guard.yaml"), what: "configuration", text: CONFIGURATION });
  }
  const hints: string[] = [];
  if (wanted.workflow !== "none") {
    const { file, hint } = workflowOf(wanted.workflow, place, existsSync(baseline));
    files.push(file);
    if (hint !== undefined) hints.push(hint);
  }
  lines.push(...files.map(write));
  if (lines.length === 0) lines.push("Nothing was asked for, so nothing is written.");
  return `${[...lines, ...hints, next(place)].join("\n")}\n`;
}

/** At most three questions. */
async function decide(options: InitOptions, { repository }: ProjectPlace, questions: Ask | undefined) {
  const host = hostOf(repository);
  const { configuration, workflow, baseline, yes } = options;
  if (yes) {
    return { configuration: configuration ?? true, workflow: workflow ?? host, baseline: baseline ?? false };
  }
  const isTold = configuration !== undefined && workflow !== undefined && baseline !== undefined;
  if (!isTold && questions === undefined) {
    throw new KnownError("init: there is no terminal to ask on; --yes takes what would be proposed");
  }
  return {
    configuration: configuration ?? (await questions?.yesOrNo("Write a configuration, ses-guard.yaml?", true)) ?? false,
    workflow: workflow ?? (await questions?.oneOf("Check pull requests with a workflow of", WORKFLOWS, host)) ?? "none",
    baseline:
      baseline ??
      (await questions?.yesOrNo("Accept today's findings, and report only new ones? This runs the program.", false)) ??
      false,
  };
}

/** The program is run; it fails before anything is written. */
async function writeBaseline(folder: string, path: string, version: string): Promise<string> {
  if (existsSync(path)) return kept(path, "baseline");
  const { code } = await run(programs([folder], {}), { format: "json", baseline: path, writeBaseline: true }, version);
  return `${written(path, "baseline of today's findings")}${code === 0 ? "" : "; some can't be accepted"}`;
}

function workflowOf(workflow: "github" | "gitlab", place: ProjectPlace, hasBaseline: boolean) {
  const { repository } = place;
  const file = (path: string, text: string): File => ({ path: join(repository, path), what: "workflow", text });
  if (workflow === "github") {
    return { file: file(".github/workflows/ses-guard.yml", githubWorkflow(place, hasBaseline)), hint: undefined };
  }
  const text = gitlabJob(place, hasBaseline);
  if (!existsSync(join(repository, ".gitlab-ci.yml"))) return { file: file(".gitlab-ci.yml", text), hint: undefined };
  const path = ".gitlab/ses-guard.gitlab-ci.yml";
  return { file: file(path, text), hint: `Add to .gitlab-ci.yml:  include: [{ local: ${path} }]` };
}

function write({ path, what, text }: File): string {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    return written(path, what);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return kept(path, what);
    throw new KnownError(`${shown(path)}: can't be written: ${fileProblem(error) ?? "not a writable place"}`);
  }
}

function written(path: string, what: string): string {
  return `written  ${shown(path)}  (${what})`;
}

function kept(path: string, what: string): string {
  return `kept     ${shown(path)}  (${what}; it was there, and nothing is overwritten)`;
}

function next(place: ProjectPlace): string {
  const { add, execute, packageFolder, repository, fromPackage } = place;
  const folder = relative(process.cwd(), join(repository, packageFolder));
  const go = folder === "" ? "" : `cd ${folder} && `;
  const install = isInstalled(place) ? "" : `${add} pulumi-ses-guard && `;
  const program = fromPackage === "." ? "" : ` ${fromPackage}`;
  return `Next: ${printable(`${go}${install}${execute} ses-guard preview${program}`)}`;
}

function shown(path: string): string {
  return printable(relative(process.cwd(), path) || path);
}
