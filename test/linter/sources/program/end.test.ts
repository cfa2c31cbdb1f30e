import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildCli, type Cli } from "../../../support/cli";
import { PROGRAMS, run } from "./support";

const MODULES = join(__dirname, "../../../../node_modules");
const PROGRAM = join(PROGRAMS, "broken", "left-behind");

/** What the program starts stays in three ways: with its pipes, in its group, outside of its group. */
describe("nothing that a program started is left", () => {
  let cli: Cli;
  let folder: string;
  let file: string;
  beforeAll(() => {
    cli = buildCli();
    symlinkSync(MODULES, join(dirname(cli.path), "node_modules"));
  });
  afterAll(() => cli.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "left-behind-"));
    file = join(folder, "pids");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = (...args: string[]) =>
    spawn(process.execPath, [cli.path, "preview", PROGRAM, "--env=LEFT_BEHIND", "--env=LEFT_BEHIND_BUSY", ...args], {
      cwd: folder,
      env: { ...process.env, LEFT_BEHIND: file, LEFT_BEHIND_BUSY: args.includes("--watch") ? "" : "yes" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const children = () => readFileSync(file, "utf8").split(" ").map(Number);
  const noneRuns = async () => {
    expect(children()).toHaveLength(3);
    await until(() => !children().some(isRunning));
    expect(children().filter(isRunning)).toEqual([]);
  };

  test("after its end, which is not waited for", async () => {
    const before = process.env.LEFT_BEHIND;
    process.env.LEFT_BEHIND = file;
    try {
      const { resources } = await run("broken/left-behind", { env: ["LEFT_BEHIND"], timeout: 60 });
      expect(resources).toHaveLength(2);
    } finally {
      if (before === undefined) delete process.env.LEFT_BEHIND;
      else process.env.LEFT_BEHIND = before;
    }
    await noneRuns();
  });

  test("after the time-out", async () => {
    const child = start("--timeout=20");
    expect(await codeOf(child)).toBe(2);
    await noneRuns();
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("after %s, while it is busy", async (signal) => {
    const child = start();
    await until(() => existsSync(file) && children().length === 3);
    child.kill(signal);
    await codeOf(child);
    await noneRuns();
  });

  test("after standard output is closed", async () => {
    const child = start("--timeout=20");
    child.stdout?.destroy();
    expect(await codeOf(child)).toBe(2);
    await noneRuns();
  });
});

function codeOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve) => child.on("close", resolve));
}

async function until(look: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !look(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A process that was killed and that nobody has waited for yet is not running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
}
