import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";

export const root = dirname(dirname(__dirname));

/** The real engine, where the machine has it: `pulumi` on PATH. Elsewhere these tests are reported as skipped. */
export const hasPulumi = spawnSync("pulumi", ["version"], { stdio: "ignore" }).status === 0;
export const describeWithPulumi = hasPulumi ? describe : describe.skip;

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

/** A project in a folder of its own, with a file backend and the stand-in for the AWS provider. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "ses-guard-engine-"));

  private constructor(private readonly env: Record<string, string>) {}

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
    const workspace = new Workspace(env);
    const { folder } = workspace;
    fill(folder);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    cpSync(join(__dirname, "..", "engine", "provider"), join(folder, "provider"), { recursive: true });
    cpSync(join(__dirname, "aws-answers.js"), join(folder, "provider", "aws-answers.js"));
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
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_HOME: join(this.folder, "home"),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: args.includes("--policy-pack") ? "true" : "",
        ...this.env,
      },
    });
    const outcome: Outcome = { status: null, stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        outcome[stream] += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.on("error", reject).on("close", (status) => resolve({ ...outcome, status }));
    });
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
