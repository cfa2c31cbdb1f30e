import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** An emulator of AWS: a program, how it is told where to listen, and what it answers once it does. */
interface Emulator {
  program: string;
  args(port: number): string[];
  env(port: number): Record<string, string>;
  ready: string;
}

const EMULATORS = {
  moto: {
    program: "moto_server",
    args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
    env: () => ({}),
    ready: "/moto-api/",
  },
  ministack: {
    program: "ministack",
    args: () => [],
    // It listens everywhere, and for MQTT and SFTP as well, unless it is told otherwise.
    env: (port) => ({
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      MINISTACK_ACCOUNT_ID: "123456789012",
      LOG_LEVEL: "ERROR",
    }),
    ready: "/_ministack/health",
  },
} satisfies Record<string, Emulator>;

export type EmulatorName = keyof typeof EMULATORS;

/** The program: from the virtual environment of the repository, else from PATH; undefined where it is not installed. */
export function findEmulator(name: EmulatorName): string | undefined {
  const { program } = EMULATORS[name];
  const local = join(__dirname, "..", "..", ".venv", "bin", program);
  if (existsSync(local)) return local;
  return spawnSync(program, ["--help"], { stdio: "ignore" }).status === 0 ? program : undefined;
}

/** What the title of a skipped test says. */
export function skipped(name: EmulatorName): string {
  return `(skipped: ${EMULATORS[name].program} is neither in .venv nor on PATH)`;
}

export interface Running {
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts an emulated AWS on loopback and waits until it answers. */
export async function startEmulator(name: EmulatorName, command: string): Promise<Running> {
  const { args, env, ready } = EMULATORS[name];
  const port = await freePort();
  const server = spawn(command, args(port), { stdio: "ignore", env: { ...process.env, ...env(port) } });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(`${endpoint}${ready}`))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill();
      throw new Error(`${command} does not answer at ${endpoint}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { endpoint, stop: () => stop(server) };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill();
  return gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
