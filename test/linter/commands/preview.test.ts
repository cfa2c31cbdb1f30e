import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repeatOnChange } from "../../../linter/io/watch";
import { buildCli, type Cli } from "../../support/cli";
import { PROGRAMS } from "../sources/program/support";

const MODULES = join(__dirname, "../../../node_modules");

describe("ses-guard preview", () => {
  let cli: Cli;
  let folder: string;
  beforeAll(() => {
    cli = buildCli();
    symlinkSync(MODULES, join(dirname(cli.path), "node_modules"));
    folder = mkdtempSync(join(tmpdir(), "command-"));
    symlinkSync(MODULES, join(folder, "node_modules"));
    for (const name of ["typescript", "main-folder", "functions", "broken"]) {
      cpSync(join(PROGRAMS, name), join(folder, name), { recursive: true });
    }
  });
  afterAll(() => {
    cli.remove();
    rmSync(folder, { recursive: true });
  });
  const preview = (...args: string[]) => cli.run(["preview", ...args], { cwd: folder });

  test("reports as lint does, and says where", () => {
    const { code, stdout, stderr } = preview("typescript", "--format", "json");
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const { identities, findings } = JSON.parse(stdout);
    expect(identities).toMatchObject([{ identity: "example.com", stack: "typescript/dev" }]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "bounce-handling",
        verdict: "violation",
        location: { path: "typescript/index.ts", line: 4, column: 1 },
      }),
    );
  });

  test("a comment above a registration excuses what it names, here and in lint with the sources", () => {
    cpSync(join(folder, "typescript"), join(folder, "excused"), { recursive: true });
    const source = join(folder, "excused", "index.ts");
    const comment = "// ses-guard-ignore bounce-handling, complaint-handling: never sends";
    const text = readFileSync(source, "utf8");
    writeFileSync(
      source,
      text.replace(/^.*new aws\.ses\.DomainIdentity/m, (line) => `${comment}\n${line}`),
    );
    const excused = ({ code, stdout, stderr }: ReturnType<typeof preview>) => {
      expect(stderr).toBe("");
      const findings: { rule: string; waived: string | null }[] = JSON.parse(stdout).findings;
      return [code, findings.filter(({ waived }) => waived === "never sends").map(({ rule }) => rule)];
    };
    const both = ["bounce-handling", "complaint-handling"];
    expect(excused(preview("excused", "--format=json"))).toEqual([0, both]);
    expect(cli.run(["render", "excused", "--output=planned.json"], { cwd: folder }).code).toBe(0);
    const lint = (...args: string[]) => cli.run(["lint", "planned.json", "--format=json", ...args], { cwd: folder });
    expect(excused(lint("--source-root=typescript=excused"))).toEqual([0, both]);
    // Where nobody says where the sources stand, none is read.
    expect(excused(lint())).toEqual([1, []]);
  });

  test("several programs are one view", () => {
    const accounts = '{ typescript/dev: "111111111111", main-folder/dev: "111111111111" }';
    writeFileSync(join(folder, "accounts.yaml"), `accounts: ${accounts}\n`);
    const { code, stdout } = preview(
      "typescript",
      "main-folder",
      "--config-value=aws:region=us-east-1",
      "--config=accounts.yaml",
      "--format=json",
    );
    expect(code).toBe(1);
    const duplicate = JSON.parse(stdout).findings.find(({ rule }: { rule: string }) => rule === "duplicate-identity");
    expect(duplicate.message).toMatch(/main-folder\/dev.*typescript\/dev/);
    expect(JSON.parse(stdout).findings.map(({ location }: { location: { path: string } }) => location.path)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(typescript\/index|main-folder\/infra\/start)\.ts$/)]),
    );
  });

  test("the folder it is in is the default", () => {
    const { code, stdout } = cli.run(["preview", "--format", "json"], { cwd: join(folder, "typescript") });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings[0].location.path).toBe("index.ts");
  });

  test("options of the program reach it", () => {
    writeFileSync(join(folder, "mocks.yaml"), "aws:route53/getZone:getZone: { name: pinned.example }\n");
    const { code, stderr } = preview(
      "functions",
      "--stack=prod",
      "--config-value=plain=a=b",
      "--config-value=aws:region=eu-central-1",
      "--mocks=mocks.yaml",
    );
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  test.each([
    [["broken/thrown"], /^ses-guard: broken\/thrown: TypeError: no domain given \(index\.ts:6:9\); --verbose[^\n]*\n$/],
    [
      ["typescript", "./typescript/"],
      /^ses-guard: typescript and \.\/typescript\/ are both typescript\/dev; [^\n]*\n$/,
    ],
    [["typescript", "--config-value", "domain"], /^ses-guard: --config-value domain: expected KEY=VALUE\n$/],
    [["typescript", "--timeout", "soon"], /^ses-guard: --timeout soon: expected seconds\n$/],
    [["typescript", "--mocks", "none.yaml"], /^ses-guard: none\.yaml: can't be read: there is no such file\n$/],
    [["typescript", "--config", "none.yaml"], /^ses-guard: .*none\.yaml[^\n]*\n$/],
    [
      ["typescript", "broken/exit-zero"],
      /^ses-guard: broken\/exit-zero: the program called process\.exit\(0\)[^\n]*\n$/,
    ],
  ])("%j can't run: exit 2, one line, nothing on standard output", (args, message) => {
    const { code, stdout, stderr } = preview(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("--verbose shows what the program wrote, without its control characters", () => {
    const { code, stdout, stderr } = preview("broken/thrown", "--verbose");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("about to fail\n");
    expect(stderr).toMatch(/at fail \(.*index\.ts:6:9\)/);
    expect(stderr.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  test("--verbose shows nothing that a CI log takes for a command", () => {
    cpSync(join(folder, "typescript"), join(folder, "commands"), { recursive: true });
    const said = [
      "##vso[task.complete]x",
      "x ##[error]y",
      "::error::x",
      "\u001b[31m ::stop-commands::x",
      "a\r::warning::b",
    ];
    writeFileSync(
      join(folder, "commands", "index.ts"),
      `for (const text of ${JSON.stringify(said)}) { console.log(text); console.error(text); }\n`,
    );
    const { code, stdout, stderr } = preview("commands", "--verbose");
    expect([code, stdout]).toEqual([0, expect.any(String)]);
    for (const word of ["task.complete", "error", "stop-commands", "warning"]) expect(stderr).toContain(word);
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(/##\w*\[/);
      for (const line of text.split(/[\r\n]/)) {
        expect(line.replace(/\u001b\[\d*m/g, "").trimStart()).not.toMatch(/^::/);
      }
    }
  });

  test("interrupting it ends the program", async () => {
    const file = join(folder, "pid");
    const child = spawn(process.execPath, [cli.path, "preview", "broken/kept-alive", "--env=KEPT_ALIVE_PID"], {
      cwd: folder,
      env: { ...process.env, KEPT_ALIVE_PID: file },
      stdio: "ignore",
    });
    const pid = await until(() => Number(readFileSync(file, "utf8")));
    child.kill("SIGINT");
    await new Promise((resolve) => child.on("close", resolve));
    await until(() => !isRunning(pid));
    expect(isRunning(pid)).toBe(false);
  });
});

describe("--watch", () => {
  test("runs again when a source file changes, and only then", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const stop = new AbortController();
    let runs = 0;
    try {
      cpSync(join(PROGRAMS, "main-folder"), folder, { recursive: true });
      const ended = repeatOnChange([folder], ["report.json"], async () => void runs++, stop.signal);
      await until(() => runs === 1);
      writeFileSync(join(folder, "report.json"), "{}");
      writeFileSync(join(folder, "archive.zip"), "");
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(runs).toBe(1);
      writeFileSync(join(folder, "infra", "start.ts"), "// changed\n");
      await until(() => runs === 2);
      mkdirSync(join(folder, "added", "below"), { recursive: true });
      mkdirSync(join(folder, "node_modules"));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(runs).toBe(2);
      writeFileSync(join(folder, "added", "below", "more.ts"), "// new\n");
      await until(() => runs === 3);
      stop.abort();
      await ended;
      expect(runs).toBe(3);
    } finally {
      stop.abort();
      rmSync(folder, { recursive: true });
    }
  });
});

async function until<T>(look: () => T): Promise<T> {
  for (;;) {
    try {
      const found = look();
      if (found) return found;
    } catch {
      // Not there yet; the test's own time limit ends the waiting.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A process that was killed and that nobody has waited for yet is not running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}
