import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { init } from "../../../linter/commands/init";
import type { Ask } from "../../../linter/io/ask";
import { parseConfig } from "../../../policies/config";
import { rules } from "../../../policies/rules";
import { Runner } from "../../support/ci";
import { buildCli, type Cli } from "../../support/cli";

let cli: Cli;
let runner: Runner;
beforeAll(() => {
  cli = buildCli();
}, 120_000);
afterAll(() => cli.remove());
beforeEach(() => {
  runner = new Runner(cli.path);
  write(".git/HEAD", "");
  write("package.json", "{}");
  write("package-lock.json", "{}");
  runner.program(".");
});
afterEach(() => runner.remove());

function write(path: string, text: string) {
  mkdirSync(dirname(join(runner.workspace, path)), { recursive: true });
  writeFileSync(join(runner.workspace, path), text);
}
const read = (path: string) => readFileSync(join(runner.workspace, path), "utf8");
const start = (...args: string[]) => cli.run(["init", ...args], { cwd: runner.workspace });

test("with --yes it writes configuration and workflow, and says what comes next", () => {
  expect(start("--yes")).toEqual({
    code: 0,
    stderr: "",
    stdout:
      "written  ses-guard.yaml  (configuration)\n" +
      "written  .github/workflows/ses-guard.yml  (workflow)\n" +
      "Next: npx --no-install ses-guard preview\n",
  });
});

test("the configuration is valid, changes nothing, and is completed by editors", () => {
  start("--yes");
  const text = read("ses-guard.yaml");
  const [, address] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
  const schema = readFileSync(join(__dirname, "../../../policies/generated/ses-guard.schema.json"), "utf8");
  expect(address).toBe(JSON.parse(schema).$id);
  const ids = rules.map(({ meta }) => meta.id);
  expect(parseConfig(parse(text), ids)).toEqual(parseConfig({}, ids));
  // What is shown as an example is right, too.
  const shown = parse(text.replaceAll(/ (\[\]|\{\})$/gm, "").replaceAll(/^# {2}/gm, "  "));
  expect(shown.exceptions).toHaveLength(1);
  expect(parseConfig(shown, ids).errors).toBeUndefined();
});

test("the workflow of GitHub finds what is there, and shows it", () => {
  start("--yes");
  const { steps } = parse(read(".github/workflows/ses-guard.yml")).jobs["ses-guard"];
  const scripts: string[] = steps.flatMap((step: { run?: string }) => step.run ?? []);
  const results = scripts.map((script) => runner.run(script));
  expect(results.map(({ code }) => code)).toEqual([0, 1, 0]);
  expect(results[1]?.stdout).toContain("::error");
  expect(runner.written("log")).toBe("npm ci\n");
  expect(runner.written("summary")).toContain("bounce-handling");
});

test("with a baseline the workflow passes until something is new", () => {
  const { code, stdout } = start("--workflow", "gitlab", "--no-configuration", "--baseline");
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      "written  ses-guard.baseline.json  (baseline of today's findings)\n" +
      "written  .gitlab-ci.yml  (workflow)\n" +
      "Next: npx --no-install ses-guard preview\n",
  });
  const job = parse(read(".gitlab-ci.yml"))["ses-guard"];
  const script = job.script.join("\n");
  expect(runner.run(script).code).toBe(0);
  expect(JSON.parse(read(job.artifacts.reports.codequality))).toBeInstanceOf(Array);
  write("index.js", `${read("index.js")}new aws.ses.EmailIdentity("new", { email: "new@example.org" });\n`);
  expect(runner.run(script).code).toBe(1);
});

test("a program below the repository's root is checked from where its packages are", () => {
  runner.program("infra/a b");
  write("infra/package.json", "{}");
  write("infra/pnpm-lock.yaml", "");
  const { stdout } = start("infra/a b", "--yes", "--baseline");
  expect(stdout).toContain("written  infra/a b/ses-guard.yaml");
  expect(stdout).toContain("Next: cd infra && pnpm exec ses-guard preview a b\n");
  const { defaults, steps } = parse(read(".github/workflows/ses-guard.yml")).jobs["ses-guard"];
  expect(defaults.run["working-directory"]).toBe("infra");
  runner.command("pnpm", '[ "$1" = install ] || { shift; "$OLDPWD/node_modules/.bin/$@"; }');
  runner.command("corepack", "");
  const pnpm = `cd "${runner.workspace}" && cd infra && `;
  const [install, check] = steps.flatMap((step: { run?: string }) => step.run ?? []);
  expect(runner.run(pnpm + install).code).toBe(0);
  expect(runner.run(pnpm + check)).toMatchObject({ code: 0, stderr: "" });
});

test("nothing is overwritten, a second time neither", () => {
  write("ses-guard.yaml", "rules: {}\n");
  expect(start("--yes", "--baseline").stdout).toContain(
    "kept     ses-guard.yaml  (configuration; it was there, and nothing is overwritten)\n",
  );
  expect(read("ses-guard.yaml")).toBe("rules: {}\n");
  const files = ["ses-guard.baseline.json", ".github/workflows/ses-guard.yml"];
  for (const file of files) write(file, "mine");
  const { code, stdout } = start("--yes", "--baseline");
  expect(code).toBe(0);
  expect(stdout.match(/^kept {5}/gm)).toHaveLength(3);
  for (const file of files) expect(read(file)).toBe("mine");
});

test("a configuration of GitLab that is there gets a file to include", () => {
  write(".gitlab-ci.yml", "test: { script: [make] }\n");
  expect(start("--yes").stdout).toContain(
    "written  .gitlab/ses-guard.gitlab-ci.yml  (workflow)\n" +
      "Add to .gitlab-ci.yml:  include: [{ local: .gitlab/ses-guard.gitlab-ci.yml }]\n",
  );
  expect(read(".gitlab-ci.yml")).toBe("test: { script: [make] }\n");
});

test.each([
  [["--baseline", "--yes", "."], /it ended|process|throw|Error/i, () => write("index.js", 'throw new Error("no");\n')],
  [["--yes", "nowhere"], /^ses-guard: nowhere: there is no such folder/, () => {}],
  [["--no-baseline"], /^ses-guard: init: there is no terminal to ask on; --yes/, () => {}],
  [["--yes", "--workflow", "jenkins"], /jenkins/, () => {}],
])("%j is an error of one line, and nothing is written", (args, message, prepare) => {
  prepare();
  const { code, stdout, stderr } = start(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(() => read("ses-guard.yaml")).toThrow();
});

describe("on a terminal", () => {
  function answers(configuration: boolean, workflow: string, baseline: boolean) {
    const asked: string[] = [];
    const yesOrNo = async (message: string) => {
      asked.push(message);
      return /configuration/.test(message) ? configuration : baseline;
    };
    const oneOf = async <T extends string>(message: string, choices: readonly T[]): Promise<T> => {
      asked.push(message);
      const chosen = choices.find((choice) => choice === workflow);
      if (chosen === undefined) throw new Error(`${workflow} was not offered`);
      return chosen;
    };
    const questions: Ask = { yesOrNo, oneOf };
    return { asked, questions };
  }

  test("three questions are asked, and answered no they write nothing", async () => {
    const { asked, questions } = answers(false, "none", false);
    const text = await init(runner.workspace, {}, "0", questions);
    expect(asked).toHaveLength(3);
    expect(text).toMatch(/^Nothing was asked for, so nothing is written\.\nNext: /);
  });

  test("what an option says is not asked", async () => {
    const { asked, questions } = answers(true, "gitlab", false);
    await init(runner.workspace, { baseline: false, workflow: "none" }, "0", questions);
    expect(asked).toEqual(["Write a configuration, ses-guard.yaml?"]);
    expect(read("ses-guard.yaml")).toContain("$schema");
  });
});
