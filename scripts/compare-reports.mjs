// `node scripts/compare-reports.mjs BEFORE AFTER`: whether two builds say the same, byte for byte, with the same exit
// code. Each is a folder with dist/cli.js. They lint the documents of test/fixtures, alone and several together, in
// every format, and preview its programs and the examples. Exits 1 where they differ, 2 where it can't tell.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const DOCUMENTS = ["corpus", "recordings", "examples", "documents"].map((name) => `test/fixtures/${name}`);
/** Folders that hold programs. */
const PROGRAMS = ["test/fixtures/programs", "examples"];

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`compare-reports: ${error.message}`);
  process.exitCode = 2;
}

async function main() {
  const { positionals } = parseArgs({ allowPositionals: true, strict: true, options: {} });
  if (positionals.length !== 2) throw new Error("usage: node scripts/compare-reports.mjs BEFORE AFTER");
  const builds = positionals.map((folder) => join(resolve(folder), "dist", "cli.js"));
  for (const cli of builds) if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`);
  // The examples import the package. Both builds preview them with the same one, so that only reports differ.
  const packages = mkdtempSync(join(tmpdir(), "ses-guard-compare-"));
  symlinkSync(resolve(positionals[0]), join(packages, "pulumi-ses-guard"));
  try {
    const formats = await Promise.all(builds.map((cli) => formatsOf(cli)));
    const all = [...new Set(formats.flat())];
    const results = await runAll(builds, [...documentCases(all), ...programCases(all)], packages);
    return print(results);
  } finally {
    rmSync(packages, { recursive: true });
  }
}

/** What each build answers to each case, in the order of the cases. */
async function runAll(builds, cases, packages) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < cases.length) {
      const index = next++;
      const args = cases[index];
      const [before, after] = await Promise.all(builds.map((cli) => run(cli, args, packages)));
      results[index] = { args, before, after, differences: compare(before, after) };
    }
  };
  await Promise.all(Array.from({ length: Math.ceil(availableParallelism() / 2) }, work));
  return results;
}

/** Every run that differs, then how many did, by format. */
function print(results) {
  const differing = results.filter(({ differences }) => differences.length > 0);
  for (const { args, differences } of differing) console.log([args.join(" "), ...differences].join("\n  "));
  const kind = ({ args }) => `${args[0]} ${args[2]}${args.includes("--strict") ? " strict" : ""}`;
  console.log(["what".padEnd(20), "runs", "exit 0", "exit 1", "exit 2", "differ"].join("  "));
  for (const what of new Set(results.map(kind))) {
    const runs = results.filter((result) => kind(result) === what);
    const counts = [runs.length, ...[0, 1, 2].map((code) => runs.filter(({ before }) => before.code === code).length)];
    const numbers = [...counts, runs.filter(({ differences }) => differences.length > 0).length];
    console.log(`${what.padEnd(18)}${numbers.map((number) => String(number).padStart(8)).join("")}`);
  }
  console.log(`${results.length} runs, ${differing.length} of them differ`);
  return differing.length > 0 ? 1 : 0;
}

/** @param packages where programs find what stands in no node_modules above them */
function run(cli, args, packages) {
  return new Promise((done, fail) => {
    const env = { ...process.env, NODE_PATH: packages ?? "" };
    const options = { cwd: root, env, maxBuffer: 2 ** 30, encoding: "utf8" };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      // A signal or a command that did not start has no exit code to compare.
      if (error && typeof error.code !== "number") fail(error);
      else done({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** The formats that a build offers, from its own help. */
async function formatsOf(cli) {
  const { stdout } = await run(cli, ["lint", "--help"]);
  const choices = /--format[\s\S]*?choices:([\s\S]*?)default:/.exec(stdout)?.[1] ?? "";
  const formats = Array.from(choices.matchAll(/"(\w+)"/g), ([, format]) => format);
  if (formats.length === 0) throw new Error(`${cli} lint --help names no formats`);
  return formats;
}

function documentCases(formats) {
  const folders = DOCUMENTS.flatMap(foldersBelow).map(documentsIn);
  const kinds = [isState, isPreview, (file) => isState(file) || isPreview(file)];
  const together = folders.flatMap((files) => kinds.map((kind) => files.filter(kind)));
  const inputs = [...folders.flat().map((file) => [file]), ...together].filter(({ length }) => length > 0);
  const once = [...new Map(inputs.map((files) => [files.join(), files])).values()];
  return once.flatMap((files) => [
    ...formats.map((format) => ["lint", "--format", format, ...files]),
    ["lint", "--format", "json", "--strict", ...files],
  ]);
}

function programCases(formats) {
  const folders = PROGRAMS.flatMap(foldersBelow).filter((folder) => existsSync(join(root, folder, "Pulumi.yaml")));
  return (
    folders
      // One of these never ends.
      .filter((folder) => !folder.includes("/broken/"))
      .flatMap((folder) => formats.filter((format) => /^(text|json)$/.test(format)).map((format) => [folder, format]))
      .map(([folder, format]) => ["preview", "--format", format, folder])
  );
}

function foldersBelow(folder) {
  const inner = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "node_modules",
  );
  return [folder, ...inner.flatMap(({ name }) => foldersBelow(`${folder}/${name}`))];
}

/** Not only documents: what is none must be refused with the same words. */
function documentsIn(folder) {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => `${folder}/${name}`);
}

function isState(file) {
  return basename(file).startsWith("state");
}

function isPreview(file) {
  return basename(file).startsWith("preview");
}

/** What differs, each in a line. */
function compare(before, after) {
  const exit = before.code === after.code ? [] : [`exit code ${before.code}, then ${after.code}`];
  const streams = ["stdout", "stderr"].filter((name) => before[name] !== after[name]);
  return [...exit, ...streams.map((name) => `${name}, ${firstDifference(before[name], after[name])}`)];
}

/** The first line in which two texts differ, and what it says in each. */
function firstDifference(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const index = a.findIndex((line, at) => line !== b[at]);
  const line = index < 0 ? a.length : index;
  const shown = (lines) => (lines[line] === undefined ? "(the end)" : JSON.stringify(lines[line].slice(0, 160)));
  return `line ${line + 1}: ${shown(a)}, then ${shown(b)}`;
}
