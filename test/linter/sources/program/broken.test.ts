import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownError, offlinePreview } from "../../../../linter";
import { run } from "./support";

async function failureOf(program: string, options: Parameters<typeof run>[1] = {}): Promise<string> {
  const error = await run(`broken/${program}`, options).then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason as Error,
  );
  expect(error).toBeInstanceOf(KnownError);
  expect(error.message).not.toMatch(/[\n\u001b]/);
  return error.message.replace(/^.*?broken\//, "");
}

describe("a program that does not run to its end is an error in its own words, never a pass", () => {
  test.each([
    ["syntax-typescript", /^syntax-typescript: index\.ts\(1,24\): error TS1109: Expression expected/],
    ["syntax-javascript", /^syntax-javascript: SyntaxError: Unexpected token ';' \(index\.js:1\)/],
    ["thrown", /^thrown: TypeError: no domain given \(index\.ts:6:9\); --verbose shows what the program wrote$/],
    ["rejection", /^rejection: Error: too late \(index\.ts:4:16\)/],
    ["in-apply", /^in-apply: Error: inside an output \(index\.ts:5:9\)/],
    [
      "missing-module",
      /^missing-module: Error: Cannot find module 'not-installed-anywhere' \(index\.ts:1:1\); install/,
    ],
    ["exit-zero", /^exit-zero: the program called process\.exit\(0\) at index\.ts:4:9, after/],
    ["exit-later", /^exit-later: the program called process\.exit\(0\) at index\.ts:4:26, after .* 1 resource$/],
    ["exit-three", /^exit-three: the program called process\.exit\(3\) at index\.ts:2:9, .*: the vault is closed/],
    ["with-cause", /^with-cause: TypeError: no domain given \(index\.ts:1:15\); --verbose/],
    [
      "calls-aws",
      /^calls-aws: CredentialsProviderError: .*; the program itself calls AWS, .*--mocks.* \| ses-guard lint -$/,
    ],
    [
      "missing-answer",
      /^missing-answer: Error: the zone is another team's .*--mocks FILE.*`aws:route53\/getZone:getZone: \{ NAME: VALUE \}`$/,
    ],
    ["path-alias", /^path-alias: Error: Cannot find module '@lib\/names' .*; that is a path alias .*tsconfig-paths/],
    [
      "never-ending",
      /^never-ending: The Pulumi runtime detected that \d+ promises? (was|were) still active at the time that the process exited; the program waits/,
    ],
    [
      "wrong-arguments",
      /^wrong-arguments: MonitoredIdentity "mail": 2 wrong arguments: identity: "a b"; allowed: .*; bounces: nothing; allowed: at least/,
    ],
    ["exit-hard", /^exit-hard: the program ended itself without a word, after it had registered 1 resource$/],
    ["really-exit", /^really-exit: the program ended itself without a word, after it had registered 1 resource$/],
    ["exit-code", /^exit-code: the program ended with process\.exitCode 3, which it set, after .* 1 resource$/],
    ["killed", /^killed: the program was ended by SIGTERM/],
    ["logged-error", /^logged-error: the domain is not ours/],
    ["same-name-twice", /^same-name-twice: .*Duplicate resource URN '.*::example'.* \(index\.ts:3:50\)/],
    ["bad-transform", /^bad-transform: .*transform failed: Error: not transformed/],
    [
      "required-config",
      /^required-config: Missing required configuration variable 'mail:domain'; .*Pulumi\.dev\.yaml.*--config-value KEY=VALUE$/,
    ],
    ["no-entry", /^no-entry: We failed to locate the entry point for your program: \.\//],
    ["not-there", /^not-there: there is no such folder/],
    ["no-name", /^no-name\/Pulumi\.yaml: the name is missing/],
    ["bad-yaml", /^bad-yaml\/Pulumi\.yaml:\d+:\d+: not valid YAML/],
    ["missing-main", /^missing-main\/Pulumi\.yaml: main is dist\/, which does not exist/],
    ["several-stacks", /^several-stacks: there are several stacks; choose with --stack: dev, prod$/],
    ["python", /^python: the program's runtime is python, .*pulumi preview --json --show-sames \| ses-guard lint -$/],
  ])("%s", async (program, message) => {
    expect(await failureOf(program)).toMatch(message);
  });

  test("a stack without a file", async () => {
    expect(await failureOf("several-stacks", { stack: "staging" })).toBe(
      "several-stacks: there is no Pulumi.staging.yaml; --stack can be dev, prod",
    );
  });

  test("dependencies that are not installed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bare-"));
    try {
      writeFileSync(join(folder, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
      await expect(offlinePreview(folder)).rejects.toThrow(/@pulumi\/pulumi is not installed; run npm install/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each(["slashes", "dots"])("an error with 900,000 %s is told at once", async (what) => {
    process.env.LONG_ERROR = what;
    const before = performance.now();
    try {
      expect(await failureOf("long-error", { env: ["LONG_ERROR"], timeout: 60 })).toMatch(
        /^long-error: .{1,700}; --verbose/,
      );
      expect(performance.now() - before).toBeLessThan(30_000);
    } finally {
      delete process.env.LONG_ERROR;
    }
  });

  test("an endless loop", async () => {
    expect(await failureOf("endless", { timeout: 3 })).toMatch(/^endless: the program was still running after 3 s/);
  });

  test("what the program started is ended with it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kept-alive-"));
    const file = join(folder, "pid");
    process.env.KEPT_ALIVE_PID = file;
    try {
      expect(await failureOf("kept-alive", { timeout: 5, env: ["KEPT_ALIVE_PID"] })).toMatch(/still running after 5 s/);
      const pid = Number(readFileSync(file, "utf8"));
      expect(pid).toBeGreaterThan(0);
      expect(isRunning(pid)).toBe(false);
    } finally {
      delete process.env.KEPT_ALIVE_PID;
      await rm(folder, { recursive: true });
    }
  });

  test("what the program wrote stays available", async () => {
    let output = "";
    await failureOf("thrown", { onOutput: (text) => (output += text) });
    expect(output).toContain("about to fail");
    expect(output).toContain("at fail (");
  });
});

/** A process that was killed and that nobody has waited for yet is not running. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  if (existsSync("/proc/self/status")) return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
