import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
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
  /** Where the processes of the command put temporary files. */
  let temporary: string;
  beforeAll(() => {
    cli = buildCli();
    symlinkSync(MODULES, join(dirname(cli.path), "node_modules"));
  });
  afterAll(() => cli.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "left-behind-"));
    file = join(folder, "pids");
    temporary = join(folder, "tmp");
    mkdirSync(temporary);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = (...args: string[]) =>
    spawn(process.execPath, [cli.path, "preview", PROGRAM, "--env=LEFT_BEHIND", "--env=LEFT_BEHIND_BUSY", ...args], {
      cwd: folder,
      env: {
        ...process.env,
        ...{ LEFT_BEHIND: file, LEFT_BEHIND_BUSY: args.includes("--watch") ? "" : "yes" },
        ...{ TMPDIR: temporary, TMP: temporary, TEMP: temporary },
      },
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

  /** Neither a file nor a socket: the program's and ours are on loopback, and both end with their processes. */
  const nothingIsLeft = async (sockets: readonly string[]) => {
    await noneRuns();
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(["pids", "tmp"]);
    await until(() => !listening().some((one) => sockets.includes(one)));
    expect(listening().filter((one) => sockets.includes(one))).toEqual([]);
  };
  /** The sockets that wait for connections while the program runs, ours and the program's. */
  const started = async (child: ChildProcess) => {
    await until(() => existsSync(file) && children().length === 3);
    const sockets = socketsOf(child.pid);
    if (existsSync("/proc/net/tcp")) expect(sockets.length).toBeGreaterThan(0);
    return sockets;
  };

  test("after the time-out", async () => {
    const child = start("--timeout=20");
    const code = codeOf(child);
    const sockets = await started(child);
    expect(await code).toBe(2);
    await nothingIsLeft(sockets);
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("after %s, while it is busy", async (signal) => {
    const child = start();
    const code = codeOf(child);
    const sockets = await started(child);
    child.kill(signal);
    await code;
    await nothingIsLeft(sockets);
  });

  test("after standard output is closed", async () => {
    const child = start("--timeout=20");
    const code = codeOf(child);
    child.stdout?.destroy();
    const sockets = await started(child);
    expect(await code).toBe(2);
    await nothingIsLeft(sockets);
  });
});

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("close", resolve));
}

/** Inodes of all sockets that wait for connections, where the system tells: `/proc/net/tcp`, state 0A. */
function listening(): string[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"]
    .filter((table) => existsSync(table))
    .flatMap((table) => readFileSync(table, "utf8").split("\n").slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter((cells) => cells[3] === "0A")
    .flatMap((cells) => cells[9] ?? []);
}

/** The same, of one process. */
function socketsOf(pid: number | undefined): string[] {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync(folder)) return [];
  const own = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(join(folder, name));
    } catch {
      return "";
    }
  });
  return listening().filter((inode) => own.includes(`socket:[${inode}]`));
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
