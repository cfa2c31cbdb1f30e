import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { stringify } from "yaml";

export const root = dirname(dirname(__dirname));

/** The real engine, where the machine has it: `pulumi` on PATH. Elsewhere these tests are reported as skipped. */
export const hasPulumi = spawnSync("pulumi", ["version"], { stdio: "ignore" }).status === 0;
export const describeWithPulumi = hasPulumi ? describe : describe.skip;

/** Whether the engine can run programs of a language: its host is a program of its own, which a machine may lack. */
export function hasLanguageHost(language: "python" | "yaml"): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return hasPulumi && folders.some((folder) => existsSync(join(folder, `pulumi-language-${language}`)));
}

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface PolicyEvent {
  policy: string;
  level: string;
  message: string;
  urn: string;
}

/** How the engine runs a program that is JavaScript. */
export const NODEJS = { name: "nodejs", options: { typescript: false } };

/** Puts the stand-in for the AWS provider, and what it remembers, into a project. */
function installStandIn(folder: string): void {
  const source = join(__dirname, "..", "engine", "provider");
  mkdirSync(join(folder, "memory"));
  for (const file of ["PulumiPlugin.yaml", "package.json"]) cpSync(join(source, file), join(folder, "provider", file));
  buildSync({
    entryPoints: [join(source, "index.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/*", "@grpc/*", "google-protobuf/*"],
    outfile: join(folder, "provider", "index.js"),
    logLevel: "silent",
  });
}

/** A project in a folder of its own, with a file backend and the stand-in for the AWS provider. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "ses-guard-engine-"));
  /** What the stand-in remembers: the log of its operations. */
  readonly memory = join(this.folder, "memory");

  private constructor(
    readonly stack: string,
    private readonly env: Record<string, string>,
  ) {}

  /**
   * @param project what `Pulumi.yaml` says beside the stand-in
   * @param fill puts the program into the folder
   * @param env variables of every command
   */
  static async open(
    stack: string,
    project: Record<string, unknown>,
    fill: (folder: string) => void,
    env: Record<string, string> = {},
  ): Promise<Workspace> {
    const workspace = new Workspace(stack, env);
    const { folder } = workspace;
    fill(folder);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    installStandIn(folder);
    mkdirSync(join(folder, "backend"));
    workspace.describe(project);
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "config: { aws:region: us-east-1 }\n");
    await workspace.expect("stack", "init", stack);
    return workspace;
  }

  /** Writes `Pulumi.yaml`. */
  describe(project: Record<string, unknown>): void {
    const plugins = { providers: [{ name: "aws", path: "./provider" }] };
    writeFileSync(join(this.folder, "Pulumi.yaml"), stringify({ name: "mail", ...project, plugins }));
  }

  pulumi(...args: string[]): Promise<Outcome> {
    return this.start(args).outcome;
  }

  /** Begins a command; `kill` sends a signal to the engine and to everything that it started. */
  start(
    args: readonly string[],
    env: Record<string, string> = {},
  ): { outcome: Promise<Outcome>; kill: (signal: "SIGINT" | "SIGKILL") => void } {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_HOME: join(this.folder, "home"),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        STAND_IN_MEMORY: this.memory,
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: args.includes("--policy-pack") ? "true" : "",
        ...this.env,
        ...env,
      },
    });
    const text: Outcome = { status: null, stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (part) => {
        text[stream] += part;
      });
    }
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on("error", reject).on("close", (status) => resolve({ ...text, status }));
    });
    const kill = (signal: "SIGINT" | "SIGKILL") => {
      const { pid } = child;
      if (pid !== undefined) process.kill(signal === "SIGKILL" ? -pid : pid, signal);
    };
    return { outcome, kill };
  }

  /** As `pulumi`, and the command has to succeed. */
  async expect(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.pulumi(...args);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs a command with the pack on and gives what the policies said. */
  async policies(
    pack: string,
    args: readonly string[],
    config?: unknown,
  ): Promise<Outcome & { events: PolicyEvent[] }> {
    const extra: string[] = [];
    if (config !== undefined) {
      const file = join(this.folder, "pack-config.json");
      writeFileSync(file, JSON.stringify(config));
      extra.push("--policy-pack-config", file);
    }
    const outcome = await this.pulumi(...args, "--json", "--policy-pack", pack, ...extra);
    return { ...outcome, events: policyEvents(outcome.stdout) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Policy events of the engine's JSON lines. */
export function policyEvents(stdout: string): PolicyEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.includes('"policyEvent"'))
    .map((line) => JSON.parse(line).policyEvent)
    .map(({ policyName, enforcementLevel, message, resourceUrn }) => ({
      policy: policyName,
      level: enforcementLevel,
      message,
      urn: resourceUrn ?? "",
    }));
}

/** The pack as it is published: its folder and nothing else, with the SDK beside it. */
export function packFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-pack-"));
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs"), "--pack", join(folder, "dist", "index.js")]);
  for (const file of ["PulumiPolicy.yaml", "package.json"]) cpSync(join(root, "policies", file), join(folder, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}
