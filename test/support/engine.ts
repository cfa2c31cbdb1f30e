import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

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

/** A project in a folder of its own, with a file backend and the stand-in for the AWS provider. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "ses-guard-engine-"));

  /**
   * @param main the program's entry, relative to `files`
   * @param files folder that is copied into the project
   */
  constructor(
    readonly stack: string,
    files: string,
    main: string,
    runtime = "{ name: nodejs, options: { typescript: false } }",
  ) {
    cpSync(files, this.folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    const provider = join(__dirname, "..", "engine", "provider");
    cpSync(provider, join(this.folder, "provider"), { recursive: true });
    mkdirSync(join(this.folder, "backend"));
    const plugins = "plugins: { providers: [{ name: aws, path: ./provider }] }";
    writeFileSync(join(this.folder, "Pulumi.yaml"), `name: mail\nruntime: ${runtime}\nmain: ${main}\n${plugins}\n`);
    writeFileSync(join(this.folder, `Pulumi.${stack}.yaml`), "config: { aws:region: us-east-1 }\n");
    this.expect("stack", "init", stack);
  }

  pulumi(...args: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_HOME: join(this.folder, "home"),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: args.includes("--policy-pack") ? "true" : "",
      },
    });
    return { status, stdout, stderr };
  }

  /** As `pulumi`, and the command has to succeed. */
  expect(...args: string[]): string {
    const { status, stdout, stderr } = this.pulumi(...args);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs a command with the pack on and gives what the policies said. */
  policies(pack: string, args: readonly string[], config?: unknown): Outcome & { events: PolicyEvent[] } {
    const extra: string[] = [];
    if (config !== undefined) {
      const file = join(this.folder, "pack-config.json");
      writeFileSync(file, JSON.stringify(config));
      extra.push("--policy-pack-config", file);
    }
    const outcome = this.pulumi(...args, "--json", "--policy-pack", pack, ...extra);
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
