import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildSync } from "esbuild";
import { NODEJS, type Outcome, Workspace } from "../support/engine";
import { type Entry, entries } from "./aws/world";
import type { Spec } from "./life-program";
import type { Child } from "./replaced";

/** A program that deploys what `spec.json` beside it says, one program or several, with the components inside. */
export function bundleDeploy(): string {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `
        import { readFileSync } from "node:fs";
        import { deploy } from "./life-program";
        for (const spec of [JSON.parse(readFileSync("spec.json", "utf8"))].flat()) deploy(spec);
      `,
      resolveDir: __dirname,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/*"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles?.[0]?.text ?? "";
}

/** How an update is interrupted: SIGINT asks the engine to stop after what it has begun, SIGKILL does not ask. */
export type Signal = "SIGINT" | "SIGKILL";

/** How the engine goes about an update. */
export interface Conduct {
  /** How many operations run at once. */
  parallel: number;
  /** How long operations take: another number, another order. */
  jitter: number;
}

/** Nobody reads stack traces of outputs, and taking them takes half of the program's time. */
const QUICK = { NODE_OPTIONS: "--stack-trace-limit=0", PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" };
/** The state is written once, at the end: for updates after which the engine still lives. */
const ONE_CHECKPOINT = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** A stack on the real engine whose AWS remembers, and that can be interrupted between any two operations. */
export class LivingStack {
  private readByte = 0;
  private count = 0;

  private constructor(private readonly workspace: Workspace) {}

  /** @param existing keys of things that AWS holds before */
  static async open(name: string, existing: readonly string[]): Promise<LivingStack> {
    const fill = (folder: string) => {
      writeFileSync(join(folder, "index.js"), bundleDeploy());
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "life", private: true }));
    };
    const workspace = await Workspace.open(name, { runtime: NODEJS, main: "index.js" }, fill, QUICK);
    const entry: Entry = { op: "read", urn: "", changes: Object.fromEntries(existing.map((key) => [key, {}])) };
    appendFileSync(join(workspace.memory, "log"), `${JSON.stringify(entry)}\n`);
    const stack = new LivingStack(workspace);
    stack.news();
    return stack;
  }

  /** Operations since it was last asked. */
  news(): Entry[] {
    const found = entries(this.workspace.memory, this.readByte);
    this.readByte = found.at(-1)?.end ?? this.readByte;
    this.count += found.length;
    return found.map(({ entry }) => entry);
  }

  up(specs: readonly Spec[], { parallel, jitter }: Conduct, ...args: string[]): Promise<Outcome> {
    this.write(specs);
    const env = { STAND_IN_ERRS: JSON.stringify({ jitter }), ...ONE_CHECKPOINT };
    return this.workspace.start(["up", ...COMMON, "--parallel", `${parallel}`, ...args], env).outcome;
  }

  destroy({ parallel, jitter }: Conduct): Promise<Outcome> {
    const env = { STAND_IN_ERRS: JSON.stringify({ jitter }), ...ONE_CHECKPOINT };
    return this.workspace.start(["destroy", ...COMMON, "--parallel", `${parallel}`], env).outcome;
  }

  /** Runs an update that is interrupted before the operation of a number. @returns false where there were not as many */
  async interrupt(
    specs: readonly Spec[],
    { parallel, jitter }: Conduct,
    stopBefore: number,
    signal: Signal,
  ): Promise<boolean> {
    this.write(specs);
    const hangs = join(this.workspace.memory, "hangs");
    const graceful = signal === "SIGINT";
    const before = this.pending();
    const errs = { stopAt: this.count + stopBefore, jitter, ...(graceful ? { stopFor: 1500 } : {}) };
    const running = this.workspace.start(["up", ...COMMON, "--parallel", `${parallel}`], {
      STAND_IN_ERRS: JSON.stringify(errs),
      ...(graceful ? ONE_CHECKPOINT : {}),
    });
    let ended = false;
    running.outcome.finally(() => {
      ended = true;
    });
    while (!ended && !existsSync(hangs)) await wait(20);
    const hit = !ended;
    if (hit) {
      if (!graceful) await this.written(hangs, before);
      running.kill(signal);
    }
    await running.outcome;
    rmSync(hangs, { force: true });
    if (hit && !graceful) await this.workspace.pulumi("cancel", "--yes");
    return hit;
  }

  /** Resources in the state. */
  children(): Child[] {
    const { checkpoint } = JSON.parse(readFileSync(this.state, "utf8"));
    return (checkpoint.latest?.resources ?? []).filter((row: { delete?: boolean; inputs?: unknown }) => {
      return row.delete !== true && row.inputs !== undefined;
    });
  }

  remove(): void {
    this.workspace.remove();
  }

  private write(specs: readonly Spec[]): void {
    writeFileSync(join(this.workspace.folder, "spec.json"), JSON.stringify(specs));
  }

  private get state(): string {
    return join(this.workspace.folder, "backend", ".pulumi", "stacks", "mail", `${this.workspace.stack}.json`);
  }

  /** URNs of what the engine was about to do; with those of engines that were killed, until they are refreshed. */
  private pending(): string[] {
    const { checkpoint } = JSON.parse(readFileSync(this.state, "utf8"));
    return (checkpoint.latest?.pending_operations ?? []).map(({ resource }: { resource: Child }) => resource.urn);
  }

  /**
   * Waits until what was done stands in the state. The engine writes there what it is about to do before it does it, and
   * takes that out with the result: nothing is on its way once all that is left hangs.
   *
   * @param before what was pending before the update
   */
  private async written(hangs: string, before: readonly string[]): Promise<void> {
    for (;;) {
      const pending = this.pending();
      for (const urn of before) {
        const index = pending.indexOf(urn);
        if (index >= 0) pending.splice(index, 1);
      }
      const hanging = readFileSync(hangs, "utf8").split("\n");
      if (pending.length > 0 && pending.every((urn) => hanging.includes(urn))) return;
      await wait(100);
    }
  }
}

const COMMON = ["--yes", "--skip-preview", "--suppress-progress", "--suppress-outputs"];
