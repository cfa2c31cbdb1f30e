import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { Position } from "../../../policies/model/record";
import { fileProblem, KnownError } from "../../io/errors";
import { tryParseObject } from "../../io/json";
import { limitedEnvironment } from "./environment";
import { endWithUs } from "./process-group";
import type { Project } from "./project";

const OUTPUT_LIMIT = 2 ** 20;
const CHANNEL = 3;
/** Plain JavaScript that runs in the program's process. */
const CHILD = join(__dirname, "child");
const { MARK, endAll }: { MARK: string; endAll(leader: number, mark: string): void } = createRequire(__filename)(
  join(CHILD, "end.js"),
);

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
  /** What an inline program threw. */
  cause?: unknown;
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

export interface StartOptions {
  /** Seconds after which the program is ended. */
  timeout: number;
  /** Variables of our environment that the program gets beside those that every program gets. */
  env: readonly string[];
  /** Folder of the sources that the program's owner can edit. */
  sources: string;
}

/** Milliseconds for what a program wrote before its end to arrive, where something it left behind holds its pipes. */
const LAST_WORDS = 200;

/** Starts the process at once; it loads the SDK while we start our servers, and waits for their address. */
export function startProgram(project: Project, sdk: string, { timeout, env, sources }: StartOptions): Program {
  const mark = randomUUID();
  const child = spawnRunner(project, sdk, sources, { ...limitedEnvironment(process.env, env), [MARK]: mark });
  const output = collect([child.stdout, child.stderr], OUTPUT_LIMIT);
  const channel = child.stdio[CHANNEL];
  const said = collect([channel], Number.POSITIVE_INFINITY);
  let timedOut = false;
  let isOver = false;
  const kill = () => {
    if (!isOver && child.pid !== undefined) endAll(child.pid, mark);
  };
  const letGo = endWithUs(kill);
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeout * 1000);
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", (error) => reject(new KnownError(`node can't be started: ${fileProblem(error) ?? "unknown"}`)));
    child.on("exit", (code, signal) => {
      // What it left behind would live on, and holds the pipes open.
      kill();
      const finish = () =>
        resolve({ code, signal, timedOut, seconds: timeout, output: output(), last: parseLast(said()) });
      child.on("close", finish);
      setTimeout(finish, LAST_WORDS).unref();
    });
  }).finally(() => {
    isOver = true; // The number may be another process's from now on.
    clearTimeout(timer);
    for (const stream of child.stdio) stream?.destroy();
    letGo();
  });
  ended.catch(() => {}); // Awaited later, when our servers are up.
  const connect = (address: string) => {
    if (channel instanceof Socket) channel.write(`${address}\n`);
  };
  return { ended, kill, connect };
}

function spawnRunner(project: Project, sdk: string, sources: string, environment: NodeJS.ProcessEnv): ChildProcess {
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
  const nodeArguments = [...project.nodeArguments, join(CHILD, "main.js"), sdk, sources, ...runnerArguments];
  return spawn(process.execPath, nodeArguments, {
    cwd: project.directory,
    detached: true, // A process group of its own, so that what the program starts can be ended with it.
    // The last two: what it says of itself, and a line that breaks when we are gone.
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    env: {
      ...environment,
      PULUMI_CONFIG: JSON.stringify(project.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      TS_NODE_TRANSPILE_ONLY: "true", // For SDKs that do not know the variable above.
      TS_NODE_CACHE: "false", // It would stay in the folder for temporary files, and saves nothing that can be measured.
      ...(project.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig } : {}),
    },
  });
}

/** The text that streams have given so far, up to a limit. */
function collect(streams: readonly unknown[], limit: number): () => string {
  let text = "";
  for (const stream of streams) {
    if (!(stream instanceof Readable)) continue;
    stream.on("data", (chunk: Buffer) => {
      if (text.length < limit) text += chunk.toString();
    });
    stream.on("error", () => {}); // The process is gone; how it ended says why.
  }
  return () => text;
}

/** Undefined where the process could not say anything, or something else wrote there. */
function parseLast(said: string): Ending["last"] {
  const last = tryParseObject(said);
  if (typeof last?.drained !== "boolean") return undefined;
  return last as Ending["last"];
}
