import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { KnownError } from "../../io/errors";
import type { Ending, Uncertain } from "./child-process";
import type { Project } from "./project";

/** What `@pulumi/pulumi` calls an inline program; what it returns are the stack's outputs. */
export type InlineProgram = () => unknown;

export interface InlineOptions {
  /** Seconds after which the program is not waited for any longer. */
  timeout: number;
  /** Folder of the sources that the program's owner can edit. */
  sources: string;
}

/** The parts of the SDK that run a program, as its own Automation API uses them. */
interface Runtime {
  settings: {
    resetOptions(...options: (string | number | boolean)[]): void;
    disconnect(): Promise<void>;
  };
  state: { withLocalStorage<T>(run: () => T): T; getStore(): { settings: Record<"monitor" | "engine", Client> } };
  config: { setAllConfig(config: Readonly<Record<string, string>>, secretKeys: readonly string[]): void };
  stack: { runInPulumiStack(program: InlineProgram): Promise<unknown> };
}

type Client = { close(): void } | undefined;

const PARALLEL = 64;
const fromHere = createRequire(__filename);
const running = new AsyncLocalStorage<true>();
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs an inline program in this process, with the `@pulumi/pulumi` that is loaded here, against a monitor on loopback.
 * The SDK keeps what it is told for the run alone, and what is changed in it is taken back at the end; one program runs
 * at a time, others wait for it.
 */
export function runInline(
  program: InlineProgram,
  address: string,
  project: Project,
  options: InlineOptions,
): Promise<Ending> {
  if (running.getStore()) throw new KnownError("an inline program can't start another; run them one after the other");
  const end = last.then(() => running.run(true, () => run(() => inStack(program, address, project), options)));
  last = end.catch(() => {});
  return end;
}

async function run(start: () => Promise<void>, { timeout, sources }: InlineOptions): Promise<Ending> {
  const changes = new Changes(sources);
  const failures: unknown[] = [];
  const fail = (reason: unknown) => void failures.push(reason);
  const stopListening = listenAlone(fail);
  let timedOut = false;
  try {
    timedOut = (await inTime(start().catch(fail), timeout)) === TIMED_OUT;
    // What the program did not wait for is known to have failed one turn later.
    await new Promise((resolve) => setImmediate(resolve));
    if (changes.isIncomplete()) failures.unshift(new Error(ANOTHER_COPY));
  } finally {
    stopListening();
    changes.undo();
  }
  const [cause] = failures;
  return {
    code: failures.length > 0 ? 1 : 0,
    signal: null,
    timedOut,
    seconds: timeout,
    output: failures.length > 0 ? textOf(cause) : "",
    cause,
    last: { drained: false, uncertain: changes.uncertain },
  };
}

type Listener = (...words: unknown[]) => void;

const FAILURES = ["unhandledRejection", "uncaughtException"];

/**
 * Takes errors that nobody handles for the program's, until the returned function is called. A test runner that heard of
 * them would fail the test, which may expect them.
 */
function listenAlone(listen: (reason: unknown) => void): () => void {
  // Test runners give tests a copy of `process`, on which nothing is heard.
  const { process: real }: { process: NodeJS.EventEmitter } = runInThisContext("({ process })");
  const others = FAILURES.map((event) => [event, real.rawListeners(event) as Listener[]] as const);
  for (const event of FAILURES) {
    real.removeAllListeners(event);
    real.on(event, listen);
  }
  return () => {
    for (const [event, listeners] of others) {
      real.off(event, listen);
      for (const listener of listeners) real.on(event, listener);
    }
  };
}

const ANOTHER_COPY =
  "the program loads another copy of @pulumi/pulumi while it runs; import what it needs before, or npm dedupe";

/** What is changed in the copies of the SDK that are loaded, until it is undone. */
class Changes {
  /** Known when everything is undone. */
  uncertain: Uncertain[] = [];
  private readonly copies = loadedSdks();
  private readonly restore: () => Uncertain[];

  constructor(sources: string) {
    const child: { changeSdks(folders: readonly string[], sources: string, load: NodeJS.Require): () => Uncertain[] } =
      fromHere(join(__dirname, "child", "inline.js"));
    this.restore = child.changeSdks(this.copies, sources, fromHere);
  }

  /** The program has loaded another copy since. */
  isIncomplete(): boolean {
    return loadedSdks().some((folder) => !this.copies.includes(folder));
  }

  undo(): void {
    this.uncertain = this.restore();
  }
}

/** Folders of our `@pulumi/pulumi` and of all others in this process. */
function loadedSdks(): string[] {
  fromHere("@pulumi/pulumi");
  return Object.keys(fromHere.cache).flatMap((path) => SDK.exec(path)?.[1] ?? []);
}

const SDK = /^(.*[\\/]@pulumi[\\/]pulumi)[\\/]runtime[\\/]rpc\.js$/;

function textOf(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : `Error: ${String(reason)}`;
}

const TIMED_OUT = Symbol("timed out");

async function inTime(work: Promise<unknown>, seconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function inStack(program: InlineProgram, address: string, project: Project): Promise<void> {
  const { settings, state, config, stack } = loadRuntime();
  const before = Object.getOwnPropertyDescriptor(globalThis, "stackResource");
  return state.withLocalStorage(async () => {
    const store = state.getStore();
    settings.resetOptions(project.name, project.stack, PARALLEL, address, address, true, project.organization);
    config.setAllConfig(project.config, project.secretKeys);
    try {
      await stack.runInPulumiStack(async () => program());
    } finally {
      await settings.disconnect();
      store.settings.monitor?.close();
      store.settings.engine?.close();
      if (before === undefined) Reflect.deleteProperty(globalThis, "stackResource");
      else Object.defineProperty(globalThis, "stackResource", before);
    }
  });
}

function loadRuntime(): Runtime {
  return {
    settings: fromHere("@pulumi/pulumi/runtime/settings.js"),
    state: fromHere("@pulumi/pulumi/runtime/state.js"),
    config: fromHere("@pulumi/pulumi/runtime/config.js"),
    stack: fromHere("@pulumi/pulumi/runtime/stack.js"),
  };
}
