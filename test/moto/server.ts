import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const LOCAL = join(__dirname, "..", "..", ".venv", "bin", "moto_server");

/** moto's server: from the virtual environment of the repository, else from PATH; undefined where it is not installed. */
export function findMoto(): string | undefined {
  if (existsSync(LOCAL)) return LOCAL;
  return spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0 ? "moto_server" : undefined;
}

export interface Moto {
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts an emulated AWS on loopback and waits until it answers. */
export async function startMoto(command: string): Promise<Moto> {
  const port = await freePort();
  const server = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill();
      throw new Error(`${command} does not answer at ${endpoint}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { endpoint, stop: () => stop(server) };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/`)).ok;
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
