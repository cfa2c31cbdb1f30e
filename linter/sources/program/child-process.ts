import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Position } from "../../../policies/model/record";
import { fileProblem, KnownError } from "../../io/errors";
import { tryParseObject } from "../../io/json";
import { withoutCredentials } from "./environment";
import { endWithUs } from "./process-group";
import type { Project } from "./project";

const OUTPUT_LIMIT = 2 ** 20;

/** Folder of the `@pulumi/pulumi` that the program itself uses. */
export function locateSdk(project: Project, shown: string): string {
  try {
    const manifest = createRequire(join(project.directory, "index.js")).resolve("@pulumi/pulumi/package.json");
    if (existsSync(join(dirname(manifest), "cmd", "run", "index.js"))) return dirname(manifest);
  } catch {
    // Said below, for a broken installation too.
  }
  throw new KnownError(`${shown}: @pulumi/pulumi is not installed; run npm install (or its like) in that folder`);
}

/** How the program's process ended. */
export interface Ending {
  code: number | null;
  signal: string | null;
  timedOut: boolean;
  seconds: number;
  output: string;
  /** What the process itself said at its end: whether nothing was left to do, and from where it was ended. */
  last?: { drained: boolean; exited?: Exit; uncertain?: Uncertain[] };
}

/** A callback that was not run to its end, and what it might have registered. */
export interface Uncertain {
  /** Types of resources; undefined where it may be any. */
  types?: string[];
  /** Where the callback stands; the path is absolute. */
  position?: Position;
  /** What it threw on a value that is not known; undefined where it was skipped. */
  error?: string;
}

/** A call of `process.exit`. */
export interface Exit {
  code: unknown;
  stack: string;
}

export interface Program {
  ended: Promise<Ending>;
  connect(address: string): void;
  kill(): void;
}

/** Starts the process at once; it loads the SDK while we start our servers, and waits for their address. */
export function startProgram(project: Project, sdk: string, seconds: number): Program {
  const runnerArguments = [
    `--organization=${project.organization}`,
    `--project=${project.name}`,
    `--stack=${project.stack}`,
    `--root-directory=${project.root}`,
    `--pwd=${project.directory}`,
    "--dry-run",
    "--parallel=64",
    project.entry,
  ];
  const child = spawn(
    process.execPath,
    [...project.nodeArguments, join(__dirname, "child", "main.js"), sdk, ...runnerArguments],
    {
      cwd: project.directory,
      detached: true, // A process group of its own, so that what the program starts can be ended with it.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: {
        ...withoutCredentials(process.env),
        PULUMI_CONFIG: JSON.stringify(project.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        TS_NODE_TRANSPILE_ONLY: "true", // For SDKs that do not know the variable above.
        ...(project.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig } : {}),
      },
    },
  );
  let output = "";
  let said = "";
  let timedOut = false;
  const collect = (chunk: Buffer) => {
    if (output.length < OUTPUT_LIMIT) output += chunk.toString();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const channel = child.stdio[3] as import("node:net").Socket;
  channel.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  channel.on("error", () => {}); // The process is gone; how it ended says why.

  let closed = false;
  const kill = () => {
    if (closed || child.pid === undefined) return; // The number may be another process's by now.
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nothing of it is left.
    }
  };
  const letGo = endWithUs(kill);
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, seconds * 1000);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", (error) => reject(new KnownError(`node can't be started: ${fileProblem(error) ?? "unknown"}`)));
    // A process that the program left behind holds the pipes open, and would live on.
    child.on("exit", () => setImmediate(kill));
    child.on("close", (code, signal) =>
      resolve({ code, signal, timedOut, seconds, output, last: tryParseObject(said) as Ending["last"] }),
    );
  }).finally(() => {
    closed = true;
    clearTimeout(timer);
    letGo();
  });
  ended.catch(() => {}); // Awaited later, when our servers are up.
  return { ended, kill, connect: (address) => channel.write(`${address}\n`) };
}
