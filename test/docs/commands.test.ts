import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isReport } from "../../linter/reporters/recognise";
import { buildCli, type Cli } from "../support/cli";
import { root } from "../support/engine";

const CORPUS = join(root, "test", "fixtures", "corpus");
const PROGRAM = join(root, "test", "fixtures", "programs", "structure");

const blocksOf = (name: string) =>
  Array.from(
    readFileSync(join(root, "docs", name), "utf8").matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm),
    ([, , text = ""]) => text,
  );
const pages = {
  reports: blocksOf("reports.md"),
  list: blocksOf("list.md"),
  html: blocksOf("html-report.md"),
  organisation: blocksOf("organisation.md"),
};

let cli: Cli;
let folder: string;
let programs: string;
beforeAll(() => {
  cli = buildCli();
  symlinkSync(join(root, "node_modules"), join(cli.path, "..", "node_modules"));
});
afterAll(() => cli.remove());

/** A repository with a program, a state that fails and one that passes, beside another program. */
beforeEach(() => {
  programs = mkdtempSync(join(tmpdir(), "ses-guard-pages-"));
  folder = join(programs, "infra");
  for (const name of ["infra", "mail"]) {
    const place = join(programs, name);
    cpSync(PROGRAM, place, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
    writeFileSync(join(place, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  }
  cpSync(join(CORPUS, "domain-only", "state.json"), join(folder, "state.json"));
  cpSync(join(CORPUS, "handled-domain", "state.json"), join(folder, "stack.json"));
  cpSync(join(root, "test", "fixtures", "examples", "quick-start", "preview.json"), join(folder, "preview.json"));
  mkdirSync(join(programs, "bin"));
  command("ses-guard", `exec "${process.execPath}" "${cli.path}" "$@"`);
});
afterEach(() => rmSync(programs, { recursive: true, force: true }));

function command(name: string, script: string): void {
  const path = join(programs, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** Runs the commands of a page in bash, one after the other, as somebody would who pastes them. */
function bash(script: string, env: NodeJS.ProcessEnv = {}) {
  const { FORCE_COLOR, GITHUB_ACTIONS, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...inherited, PATH: `${join(programs, "bin")}:${inherited.PATH}`, ...env },
  });
  return { status, stdout, stderr };
}

/** The one block in which a text stands. */
function block(page: keyof typeof pages, text: string): string {
  const found = pages[page].filter((one) => one.includes(text));
  expect(found).toHaveLength(1);
  return found[0] ?? "";
}

const written = (name: string) => readFileSync(join(folder, name), "utf8");

test("every block of the pages is run here", () => {
  expect([pages.reports.length, pages.list.length, pages.html.length]).toEqual([9, 1, 1]);
});

test("list: documents, programs, and both as a page", () => {
  const { status, stdout, stderr } = bash(block("list", "list stack.json"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^Somebody receives the bounces and complaints of the one identity\.$/m);
  expect(stdout.match(/^(?:Somebody receives|Nobody is known to receive both) /gm)).toHaveLength(2);
  expect(written("who.html")).toMatch(/^<!doctype html>[\s\S]*mail\/dev/);
});

test("the HTML report: one file, with its title", () => {
  expect(bash(block("html", "--format html"))).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(written("report.html")).toContain("<h1>Mail, production</h1>");
});

/** The commands of a block, one by one. */
function each(script: string) {
  const lines = script.replaceAll("\\\n", "").trimEnd().split("\n");
  return lines.map((line) => ({ line, ...bash(line) }));
}

test("doubts: what this deployment settles fails the run under --strict=all only", () => {
  const results = each(block("reports", "--strict=all"));
  expect(results.map(({ line, status }) => [line, status])).toEqual([
    ["ses-guard lint preview.json", 0],
    ["ses-guard lint preview.json --strict", 0],
    ["ses-guard lint preview.json --strict=all", 1],
  ]);
  expect(results.map(({ stdout }) => /^\d+ checks wait for values this deployment creates/m.test(stdout))).toEqual([
    true,
    true,
    false,
  ]);
  expect(bash(`echo '{"deployment": {"resources": []}, "version": 3}' | ses-guard lint - --strict`).status).toBe(1);
});

test("fewer findings shown are not fewer that fail the run, and the last line counts them all", () => {
  const results = each(block("reports", "--min-severity"));
  const rest = {
    status: 1,
    stderr: "",
    stdout: expect.stringMatching(/\n2 violations, 1 advisory in 1 identity\.\n$/),
  };
  expect(results).toEqual([
    { line: "ses-guard lint state.json --quiet", ...rest },
    { line: "ses-guard lint state.json --min-severity high", ...rest },
    { line: "ses-guard lint state.json --rule dkim-signing --rule topic-publish-scope", ...rest },
    { line: "ses-guard lint state.json --max 50", ...rest },
  ]);
  for (const { stdout } of results) expect(stdout).toContain("bounce-handling, complaint-handling");
  expect(results.map(({ stdout }) => /^ +warning +dkim-signing/m.test(stdout))).toEqual([false, false, true, true]);
  expect(results.map(({ stdout }) => stdout.includes("1 finding is left out"))).toEqual([true, true, false, false]);
});

test("the reports of a pipeline: three files and the log", () => {
  const { status, stdout, stderr } = bash(block("reports", "--output text=-"));
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(/\n2 violations, 1 advisory in 1 identity\.\n$/);
  for (const name of ["report.html", "junit.xml", "findings.json"])
    expect([name, isReport(written(name))]).toEqual([name, true]);
});

test("several reports in one run", () => {
  const { status, stdout, stderr } = bash(block("reports", "markdown=ses-guard.md"));
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain("2 violations");
  expect(JSON.parse(written("ses-guard.sarif")).version).toBe("2.1.0");
  expect(isReport(written("ses-guard.md"))).toBe(true);
});

test("a baseline: what is there is accepted, then nothing is new", () => {
  const { status, stdout, stderr } = bash(block("reports", "--write-baseline"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/No violation, \d+ waived in 1 identity\.\n$/);
});

test("configuration and baseline from the base branch: what the pull request changes in them counts for nothing", () => {
  const git = "git -c user.name=a -c user.email=a@example.com";
  const commit = `git init -q && git add -A -- '*.yaml' '*.json' && ${git} commit -qm base && git update-ref refs/remotes/origin/main HEAD`;
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  writeFileSync(join(folder, "ses-guard.yaml"), "rules:\n  topic-fifo: mandatory\n");
  expect(bash("ses-guard lint stack.json --baseline ses-guard.baseline.json --write-baseline").status).toBe(0);
  expect(bash(commit)).toMatchObject({ status: 0 });
  const guarded = block("reports", "GITHUB_BASE_REF");
  const env = { GITHUB_BASE_REF: "main", RUNNER_TEMP: mkdtempSync(join(programs, "temp-")) };
  expect(bash(guarded, env)).toMatchObject({ status: 1, stderr: "" });
  writeFileSync(
    join(folder, "ses-guard.yaml"),
    "rules:\n  bounce-handling: disabled\n  complaint-handling: disabled\n",
  );
  expect(bash(guarded, env)).toMatchObject({ status: 1, stderr: "" });
});

const withJq = spawnSync("jq", ["--version"]).status === 0;

(withJq ? test : test.skip)("Security Hub: every request is sent, to its Region (needs jq)", () => {
  const sent = join(programs, "sent");
  // A function, which nothing on the PATH can take the place of: no test may reach AWS.
  const standIn = `aws() { echo "$@" >> "${sent}"; cat >> "${sent}"; }\n`;
  writeFileSync(join(folder, "ses-guard.yaml"), 'accounts:\n  mail/prod: "123456789012"\n');
  const { status, stderr } = bash(standIn + block("reports", "batch-import-findings"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const requests = JSON.parse(written("findings.json"));
  const lines = readFileSync(sent, "utf8").trimEnd().split("\n");
  expect(requests.length).toBeGreaterThan(0);
  expect(lines).toHaveLength(2 * requests.length);
  expect(lines[0]).toMatch(/^securityhub batch-import-findings --region us-east-1 --cli-input-json file:/);
  expect(JSON.parse(lines[1] ?? "")).toEqual(requests[0]);
});

test("annotations: the runner is told of a file that the package has", () => {
  const { stdout } = bash(block("reports", "add-matcher"));
  const [, path = ""] = /^::add-matcher::node_modules\/pulumi-ses-guard\/(\S+)$/m.exec(stdout) ?? [];
  expect(existsSync(join(root, path))).toBe(true);
  expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).files).toContain(path);
});

test("completion: bash takes what the command writes", () => {
  const script = `${block("reports", "ses-guard complete bash")}\ncomplete -p ses-guard`;
  const { status, stdout, stderr } = bash(script);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/ses-guard$/m);
});

test("inventory: the exports of all stacks", () => {
  mkdirSync(join(folder, "exports"));
  for (const name of ["state.json", "state-2.json"]) {
    cpSync(join(CORPUS, "across-stacks", name), join(folder, "exports", name));
  }
  expect(bash(block("organisation", "inventory exports"))).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(JSON.parse(written("inventory.json")).map(({ identity }: { identity: string }) => identity)).toEqual([
    "ceo@example.com",
    "example.com",
  ]);
});

test("an organisation: what c7n-org keeps of each account is joined; one that wrote nothing is an error", () => {
  // Runs what it is told for two accounts, as c7n-org does, with a report for what the account would answer.
  command(
    "c7n-org",
    `[ "$1 $2 $3 $4 $5 $6" = "run-script -c accounts.yml -s out --" ] || exit 2
shift 6
for account in dev prod; do
  mkdir -p out/$account/us-east-1
  for arg in "$@"; do [ "$arg" = "{region}" ] && echo us-east-1 || echo "$arg"; done > out/$account/us-east-1/command
  ses-guard lint $account.json --format json > out/$account/us-east-1/stdout
done
exit 1`,
  );
  cpSync(join(CORPUS, "across-stacks", "state.json"), join(folder, "dev.json"));
  cpSync(join(CORPUS, "across-stacks", "state-2.json"), join(folder, "prod.json"));
  const script = block("organisation", "c7n-org run-script");
  expect(bash(script)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(JSON.parse(written("inventory.json")).map(({ source }: { source: string }) => source)).toEqual([
    "out/prod/us-east-1/stdout",
    "out/dev/us-east-1/stdout",
  ]);
  expect(written("out/dev/us-east-1/command")).toBe("ses-guard\naudit\n--region\nus-east-1\n--format\njson\n");
  writeFileSync(join(folder, "prod.json"), "");
  const { status, stderr } = bash(script);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^ses-guard: out\/prod\/us-east-1\/stdout: is empty/m);
});
