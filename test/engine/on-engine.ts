import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildSync } from "esbuild";
import { NODEJS, type Outcome, Workspace } from "../support/engine";
import { entries, World } from "./aws/world";
import type { Spec } from "./life-program";

/** A program that deploys what `spec.json` beside it says, with the components inside. */
export function bundleDeploy(): string {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `
        import { readFileSync } from "node:fs";
        import { deploy } from "./life-program";
        deploy(JSON.parse(readFileSync("spec.json", "utf8")));
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

/** How an update is interrupted: SIGINT asks the engine to stop, SIGKILL does not ask. */
export type Signal = "SIGINT" | "SIGKILL";

/** A stack on the real engine whose AWS remembers, and that can be interrupted between any two operations. */
export class LivingStack {
  private constructor(private readonly workspace: Workspace) {}

  static async open(name: string): Promise<LivingStack> {
    const workspace = await Workspace.open(name, { runtime: NODEJS, main: "index.js" }, (folder) =>
      writeFileSync(join(folder, "index.js"), bundleDeploy()),
    );
    return new LivingStack(workspace);
  }

  /** AWS as it was after every operation since the first `from`, with what was done last. */
  history(from: number): { world: World; what: string }[] {
    const world = new World();
    return entries(this.workspace.memory).flatMap(({ entry }, index) => {
      world.replay(entry);
      if (index < from) return [];
      const copy = new World();
      for (const { entry: past } of entries(this.workspace.memory).slice(0, index + 1)) copy.replay(past);
      return entry.refused === undefined
        ? [{ world: copy, what: `${entry.op} ${entry.urn.split("::").slice(2).join(" ")}` }]
        : [];
    });
  }

  get operations(): number {
    return entries(this.workspace.memory).length;
  }

  get world(): World {
    const world = new World();
    for (const { entry } of entries(this.workspace.memory)) world.replay(entry);
    return world;
  }

  up(spec: Spec, ...args: string[]): Promise<Outcome> {
    writeFileSync(join(this.workspace.folder, "spec.json"), JSON.stringify(spec));
    return this.workspace.pulumi("up", "--yes", "--skip-preview", ...args);
  }

  /** Runs an update that is interrupted before the operation of a number, if there are as many. */
  async interrupt(spec: Spec, stopBefore: number, signal: Signal): Promise<Outcome> {
    writeFileSync(join(this.workspace.folder, "spec.json"), JSON.stringify(spec));
    const hangs = join(this.workspace.memory, "hangs");
    const errs = JSON.stringify({ stopAt: this.operations + stopBefore });
    const running = this.workspace.start(["up", "--yes", "--skip-preview"], { STAND_IN_ERRS: errs });
    let ended = false;
    running.outcome.finally(() => {
      ended = true;
    });
    while (!ended && !existsSync(hangs)) await wait(20);
    if (!ended) {
      // What was done before is written into the state.
      await wait(500);
      running.kill(signal);
      // The engine waits for what it has begun; asked twice, it does not.
      if (signal === "SIGINT") {
        await wait(1000);
        running.kill("SIGINT");
      }
    }
    const outcome = await running.outcome;
    rmSync(hangs, { force: true });
    if (signal === "SIGKILL") await this.workspace.pulumi("cancel", "--yes");
    return outcome;
  }

  remove(): void {
    this.workspace.remove();
  }
}
