import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownError, offlinePreview } from "../../../../linter";
import { CAUSES } from "./causes";
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
  test.each(CAUSES)("%s", async (program, message) => {
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
