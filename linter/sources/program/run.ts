import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { StackRecords } from "../../../policies/model/resource";
import { isUnknownString } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { fileProblem, KnownError } from "../../io/errors";
import { displayName, readText } from "../../io/files";
import { tryParseObject } from "../../io/json";
import { withoutCredentials } from "./environment";
import { createFunctions, type Mock, readMocks } from "./functions";
import { endWithUs } from "./group";
import { type Monitor, STACK_TYPE, startMonitor } from "./monitor";
import { type Project, type ProjectOptions, readProject } from "./project";

export interface PreviewOptions extends ProjectOptions {
  /** Answers for function calls and stack references: a file of them, or the answers themselves. */
  mocks?: string | readonly Mock[];
  /** Seconds after which the program and everything it started is killed; default 120. */
  timeout?: number;
  /** Called once with everything the program wrote, whether it failed or not. */
  onOutput?: (text: string) => void;
}

const DEFAULT_TIMEOUT = 120;
const OUTPUT_LIMIT = 2 ** 20;

/**
 * Runs the Pulumi program in a folder, offline, and returns what it would register: the resources that a preview of
 * an empty stack shows, with ids and other computed outputs unknown. The program's code is run, with the
 * `@pulumi/pulumi` of the program, without credentials and without an answer from any cloud.
 *
 * Throws `KnownError` (one line) where the program can't be run or does not run to its end.
 */
export async function offlinePreview(folder: string, options: PreviewOptions = {}): Promise<StackRecords> {
  const project = readProject(folder, options);
  const shown = displayName(folder);
  const region = project.config["aws:region"];
  const configRegion = region === undefined || isUnknownString(region) ? undefined : region;
  const mocks =
    typeof options.mocks === "string" ? readMocks(readText(options.mocks), options.mocks) : (options.mocks ?? []);

  const child = startProgram(project, locateSdk(project, shown), options.timeout ?? DEFAULT_TIMEOUT);
  let monitor: Monitor | undefined;
  try {
    monitor = await startMonitor({
      project: project.name,
      stack: project.stack,
      root: project.root,
      functions: createFunctions(mocks, configRegion),
    });
    child.connect(monitor.address);
    const end = await child.ended;
    options.onOutput?.([...monitor.messages, ...monitor.errors, end.output].join("\n"));
    const failure = explainFailure(end, monitor, project);
    if (failure !== undefined) throw new KnownError(`${shown}: ${failure}`);
    // Registrations arrive in an order that varies; reports must not.
    const resources = monitor.resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));
    return { resources, configRegion, stacks: [`${project.name}/${project.stack}`] };
  } finally {
    child.kill();
    monitor?.close();
  }
}

/** Folder of the `@pulumi/pulumi` that the program itself uses. */
function locateSdk(project: Project, shown: string): string {
  try {
    const manifest = createRequire(join(project.directory, "index.js")).resolve("@pulumi/pulumi/package.json");
    if (existsSync(join(dirname(manifest), "cmd", "run", "index.js"))) return dirname(manifest);
  } catch {
    // Said below, for a broken installation too.
  }
  throw new KnownError(`${shown}: @pulumi/pulumi is not installed; run npm install (or its like) in that folder`);
}

/** How the program's process ended. */
interface Ending {
  code: number | null;
  signal: string | null;
  timedOut: boolean;
  seconds: number;
  output: string;
  /** What the process itself said at its end: whether nothing was left to do, and from where it was ended. */
  last?: { drained: boolean; exited?: { code: unknown; stack: string } };
}

interface Program {
  ended: Promise<Ending>;
  connect(address: string): void;
  kill(): void;
}

/** Starts the process at once; it loads the SDK while we start our servers, and waits for their address. */
function startProgram(project: Project, sdk: string, seconds: number): Program {
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
    [...project.nodeArguments, join(__dirname, "child.js"), sdk, ...runnerArguments],
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

/** Why the records are not the whole program, in one line with its own words; undefined where they are. */
function explainFailure(end: Ending, monitor: Monitor, project: Project): string | undefined {
  const registered = monitor.resources.filter(({ type }) => type !== STACK_TYPE).length;
  const after = `after it had registered ${registered} ${registered === 1 ? "resource" : "resources"}`;
  if (end.timedOut) {
    return `the program was still running after ${end.seconds} s, ${after}; end what keeps it alive, or allow more with --timeout`;
  }
  const [error] = monitor.errors;
  if (error !== undefined) return describeError(error, project);
  if (end.signal !== null) return `the program was ended by ${end.signal}, ${after}`;
  const { drained, exited } = end.last ?? { drained: false };
  if (exited !== undefined && !(drained && end.code === 0)) {
    const place = framePosition(exited.stack, project);
    // The SDK's runner also ends this way, after it has written why.
    if (place === undefined && exited.code !== 0 && end.output.trim() !== "") return describeError(end.output, project);
    const words = exited.code === 0 || end.output.trim() === "" ? "" : `: ${describeError(end.output, project)}`;
    return `the program called process.exit(${exited.code})${place ? ` at ${place}` : ""}, ${after}${words}`;
  }
  if (end.code !== 0) return describeError(end.output, project) || `the program ended with code ${end.code}, ${after}`;
  return monitor.isComplete() ? undefined : `the program ended before it was done, ${after}`;
}

const ERROR_LINE = /^\s*(?:Uncaught )?(?:[\w$.]*(?:Error|Exception)\b(?: \[\w+\])?): ?(.+)/;

/** Message, position in the program and, where it is known, what to do. */
function describeError(raw: string, project: Project): string {
  const text = raw.replace(/\x1b\[[\d;]*m/g, "").replace(/\b2 UNKNOWN: /g, "");
  const lines = text
    .replace(/^Running program '.*' failed with an unhandled exception:\s*/, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const compiler = lines.findIndex((line) => line.includes("Unable to compile TypeScript"));
  const message =
    compiler >= 0
      ? (lines[compiler + 1] ?? lines[compiler] ?? "")
      : (lines.find((line) => ERROR_LINE.test(line)) ?? lines[0] ?? "");
  const position = framePosition(text, project);
  const place = position !== undefined && !message.includes(position) ? ` (${position})` : "";
  const words = message.replaceAll(project.root, ".").replace(/[.;,]+$/, "");
  return `${printable(words.slice(0, 400))}${place}${adviceFor(text, project)}`;
}

function adviceFor(text: string, project: Project): string {
  if (/Missing required configuration variable/.test(text)) {
    const where = project.environment ? ", which may come from the stack's environment" : "";
    return `; add it to Pulumi.${printable(project.stack)}.yaml${where}, or give it with --config-value KEY=VALUE`;
  }
  if (/Cannot find (?:module|package) '[^./]/.test(text)) return "; install the program's dependencies";
  return "; --verbose shows what the program wrote";
}

/** First place in the program itself, not in a package, that a stack trace names. */
function framePosition(text: string, project: Project): string | undefined {
  for (const match of text.matchAll(/(?:file:\/\/)?(\/[^\s():]+|[A-Za-z]:\\[^\s():]+):(\d+)(?::(\d+))?/g)) {
    const [, file = "", line, column] = match;
    const path = relative(project.root, file);
    if (path.startsWith("..") || path.includes("node_modules")) continue;
    return printable(`${path}:${line}${column ? `:${column}` : ""}`);
  }
  return undefined;
}
