import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { Runner } from "../support/ci";
import { buildCli, type Cli } from "../support/cli";
import { root } from "../support/engine";

const read = (path: string) => parse(readFileSync(join(root, path), "utf8"));

let cli: Cli;
let runner: Runner;
beforeAll(() => {
  cli = buildCli();
}, 120_000);
afterAll(() => cli.remove());
beforeEach(() => {
  runner = new Runner(cli.path);
});
afterEach(() => runner.remove());

interface Step {
  name: string;
  if?: string;
  run?: string;
  uses?: string;
  env?: Record<string, string>;
}

describe("action.yml", () => {
  const { runs, inputs, outputs } = read("action.yml");
  const steps: Step[] = runs.steps;
  const step = (name: string): Step & { run: string } => {
    const found = steps.find((one) => one.name === name);
    if (found?.run === undefined) throw new Error(`no step ${name} that runs something`);
    return { ...found, run: found.run };
  };
  /** The folder of the action, as GitHub checks it out: with the command, once it is built. */
  const action = () => join(runner.folder, "action");

  function build() {
    mkdirSync(action(), { recursive: true });
    if (!existsSync(join(action(), "dist"))) symlinkSync(dirname(cli.path), join(action(), "dist"));
  }

  function check(env: Record<string, string> = {}) {
    build();
    const given = { DIRECTORIES: inputs.directories.default, DOCUMENTS: "", OPTIONS: "", ...env };
    return runner.run(step("Check").run, { GITHUB_ACTION_PATH: action(), GITHUB_ACTIONS: "true", ...given });
  }

  test("inputs reach scripts as variables only, and every script names its shell", () => {
    for (const { run, shell } of runs.steps) {
      if (run === undefined) continue;
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
    }
    expect(Object.keys(step("Check").env ?? {}).sort()).toEqual(["DIRECTORIES", "DOCUMENTS", "OPTIONS"]);
  });

  test("the command is built once, in the action's own folder", () => {
    mkdirSync(action(), { recursive: true });
    expect(runner.run(step("Build the command").run, { GITHUB_ACTION_PATH: action() }).code).toBe(0);
    expect(runner.written("log")).toBe("npm ci --ignore-scripts --no-audit --no-fund\nnpm run build\n");
    build();
    expect(runner.run(step("Build the command").run, { GITHUB_ACTION_PATH: action() }).code).toBe(0);
    expect(runner.written("log").match(/npm ci/g)).toHaveLength(1);
  });

  test("violations are annotated, told as outputs, and fail the last step only", () => {
    runner.program(".");
    const { code, stdout } = check();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^::error .*file=index\.js,line=2/m);
    const told = runner.outputs();
    expect(told).toMatchObject({ "exit-code": "1", violations: "2" });
    for (const name of Object.keys(outputs)) expect(told).toHaveProperty([name]);
    expect(JSON.parse(readFileSync(told.sarif ?? "", "utf8")).runs[0].results.length).toBeGreaterThan(1);
    expect(runner.run(step("Result").run, { CODE: told["exit-code"] ?? "" }).code).toBe(1);
  });

  test("a program without violations passes", () => {
    runner.program(".", { handled: true });
    check();
    const told = runner.outputs();
    expect(told).toMatchObject({ "exit-code": "0", violations: "0" });
    expect(runner.run(step("Result").run, { CODE: told["exit-code"] ?? "" }).code).toBe(0);
  });

  test("a program that does not run fails, and leaves no report to upload", () => {
    const { stderr } = check();
    expect(stderr).toMatch(/^ses-guard: /);
    expect(runner.outputs()).toEqual({ "exit-code": "2" });
    expect(runner.run(step("Result").run, { CODE: "2" }).code).toBe(2);
    // A step that was never reached is no pass.
    expect(runner.run(step("Result").run, { CODE: "" }).code).toBe(2);
    for (const name of ["Job summary", "Code scanning", "Comment"]) {
      expect(steps.find((one) => one.name === name)?.if).toMatch(/^steps\.check\.outputs\.(md|sarif) != ''/);
    }
  });

  test("folders and options stand on lines of their own, whatever is in them", () => {
    runner.program("infra/a b");
    runner.program("infra/$(exit 3)", { handled: true });
    const { stderr } = check({ DIRECTORIES: "infra/a b\n\n", OPTIONS: "--strict\n--max=3\n" });
    expect({ stderr, told: runner.outputs() }).toMatchObject({ stderr: "", told: { "exit-code": "1" } });
    check({ DIRECTORIES: "infra/$(exit 3)" });
    expect(runner.outputs()).toMatchObject({ "exit-code": "0" });
  });

  test("documents are linted", () => {
    const state = join(root, "test", "fixtures", "corpus", "domain-only", "state.json");
    check({ DOCUMENTS: `${state}\n` });
    expect(runner.outputs()).toMatchObject({ "exit-code": "1", violations: "2" });
  });

  test("the report is the job's summary", () => {
    runner.program(".");
    check();
    writeFileSync(join(runner.folder, "summary"), "of another step\n");
    expect(runner.run(step("Job summary").run, { REPORT: runner.outputs().md ?? "" }).code).toBe(0);
    expect(runner.written("summary")).toMatch(/^of another step\n<!-- ses-guard -->\n[\s\S]*bounce-handling/);
  });

  describe("the comment", () => {
    const GH = `
      printf '%s\\n' "$*" >> "$LOG"
      [ "$2" = --paginate ] && cat "$COMMENTS"
      exit 0`;
    function comment(existing: string) {
      runner.command("gh", GH);
      const comments = join(runner.folder, "comments");
      writeFileSync(comments, existing);
      const env = { REPORT: "report.md", PULL_REQUEST: "7", GH_TOKEN: "t", COMMENTS: comments };
      const { code } = runner.run(step("Comment").run, env);
      return { code, calls: runner.written("log").trim().split("\n").slice(1) };
    }

    test("is written where there is none", () => {
      expect(comment("")).toEqual({
        code: 0,
        calls: ["api --silent --method POST repos/acme/mail/issues/7/comments --field body=@report.md"],
      });
    });

    test("is edited where there is one, the first of several", () => {
      expect(comment("41\n42\n")).toEqual({
        code: 0,
        calls: ["api --silent --method PATCH repos/acme/mail/issues/comments/41 --field body=@report.md"],
      });
    });

    test("is looked for by its first line, among those of bots", () => {
      comment("");
      expect(runner.written("log")).toContain(
        'select(.user.type == "Bot" and (.body | startswith("<!-- ses-guard -->"))) | .id',
      );
    });
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const hooks: { id: string; entry: string; language: string }[] = read(".pre-commit-hooks.yaml");
  const entry = (id: string) => hooks.find((hook) => hook.id === id)?.entry;
  const PATH = 'PATH="$PWD/node_modules/.bin:$PATH";';

  test("programs are checked, whole", () => {
    runner.program("infra");
    const { code, stdout } = runner.run(`${PATH} ${entry("ses-guard")} infra`);
    expect(code).toBe(1);
    expect(stdout).toContain("bounce-handling");
    runner.program("infra", { handled: true });
    expect(runner.run(`${PATH} ${entry("ses-guard")} infra`).code).toBe(0);
  });

  test("documents are checked by name", () => {
    const state = join(root, "test", "fixtures", "corpus", "domain-only", "state.json");
    expect(runner.run(`${PATH} ${entry("ses-guard-lint")} ${state}`).code).toBe(1);
  });

  test("each starts a command that the package has", () => {
    const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const hook of hooks) {
      expect(Object.keys(bin)).toContain(hook.entry.split(" ")[0]);
      expect(hook.language).toBe("node");
    }
  });
});

describe("templates/ses-guard.gitlab-ci.yml", () => {
  const { variables, ...jobs } = read("templates/ses-guard.gitlab-ci.yml");
  const job = jobs["ses-guard"];
  const run = (env: Record<string, string> = {}) => runner.run(job.script.join("\n"), { ...variables, ...env });

  test("its script checks the program, and leaves the reports that it hands over", () => {
    runner.program(".");
    const { code, stdout } = run();
    expect(code).toBe(1);
    expect(stdout).toContain("bounce-handling");
    const { codequality, junit } = job.artifacts.reports;
    expect(JSON.parse(readFileSync(join(runner.workspace, codequality), "utf8"))[0].severity).toBe("blocker");
    expect(readFileSync(join(runner.workspace, junit), "utf8")).toContain('<testsuites name="ses-guard"');
    expect(runner.written("log")).toBe("npm ci\n");
  });

  test("its variables say which programs, and with which options", () => {
    runner.program("a", { handled: true });
    runner.program("b");
    expect(run({ SES_GUARD_DIRECTORIES: "a" }).code).toBe(0);
    expect(run({ SES_GUARD_DIRECTORIES: "a b", SES_GUARD_OPTIONS: "--max 1" }).code).toBe(1);
  });
});

describe(".github/workflows/release.yml", () => {
  const { on, jobs } = read(".github/workflows/release.yml");
  const { permissions, steps }: { permissions: Record<string, string>; steps: Step[] } = jobs.publish;
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  test("a tag that is not the version ends it", () => {
    expect(on).toEqual({ push: { tags: ["v*"] } });
    const check = steps.find(({ name }) => name === "The tag names the version")?.run ?? "";
    writeFileSync(join(runner.workspace, "package.json"), JSON.stringify({ version }));
    expect(runner.run(check, { GITHUB_REF_NAME: `v${version}` }).code).toBe(0);
    expect(runner.run(check, { GITHUB_REF_NAME: "v9.9.9" }).code).toBe(1);
  });

  test("everything is checked first, then both packages are published with provenance", () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    const published = scripts.filter((script) => script.startsWith("npm publish"));
    expect(published).toHaveLength(2);
    for (const script of published) expect(script).toContain("--provenance");
    expect(scripts.indexOf(".ci/run")).toBeLessThan(scripts.indexOf(published[0] ?? ""));
    expect(existsSync(join(root, ".ci/run"))).toBe(true);
    expect(permissions["id-token"]).toBe("write");
  });

  test("the package of the command is made where it is published from", () => {
    const make = steps.find(({ name }) => name === "Make the package of the command")?.run ?? "";
    const [, script = "", folder = ""] = /^node (\S+) (\S+)$/.exec(make) ?? [];
    expect(existsSync(join(root, script))).toBe(true);
    expect(steps.at(-1)?.run).toContain(`npm publish ./${folder} `);
  });
});
