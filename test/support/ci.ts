import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");

export interface StepResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A checkout on a runner: a program, what it needs installed, and commands of the runner that tests replace. */
export class Runner {
  readonly folder = mkdtempSync(join(tmpdir(), "ses-guard-runner-"));
  readonly workspace = join(this.folder, "workspace");
  private readonly bin = join(this.folder, "bin");

  /** @param cli the command line that stands for the installed one */
  constructor(cli: string) {
    const modules = join(this.workspace, "node_modules");
    for (const path of [this.bin, join(modules, ".bin"), join(this.folder, "temp")])
      mkdirSync(path, { recursive: true });
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(modules, "@pulumi"));
    symlinkSync(cli, join(modules, ".bin", "ses-guard"));
    this.command("npm", 'echo "npm $*" >> "$LOG"');
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  /** Puts a script in the place of a command. */
  command(name: string, script: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/bash\n${script}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }

  /** Writes a program of one identity into a folder of the checkout; nobody listens unless it is `handled`. */
  program(path: string, { handled = false } = {}): void {
    const folder = join(this.workspace, path);
    const name = path === "." ? "mail" : path.replaceAll(/\W+/g, "-");
    const domain = `${name.toLowerCase()}.example.com`.replace("-.", ".");
    const forwarding = `new aws.sesv2.EmailIdentityFeedbackAttributes("f", { emailIdentity: "${domain}", emailForwardingEnabled: true });\n`;
    const identity = `new aws.ses.DomainIdentity("mail", { domain: "${domain}" });\n`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    writeFileSync(
      join(folder, "index.js"),
      `const aws = require("@pulumi/aws");\n${identity}${handled ? forwarding : ""}`,
    );
  }

  /** Runs a script as the services do: with bash, ending at the first command that fails. */
  run(script: string, env: Readonly<Record<string, string>> = {}, cwd = "."): StepResult {
    const { GITHUB_ACTIONS, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: join(this.workspace, cwd),
      encoding: "utf8",
      env: {
        ...inherited,
        PATH: `${this.bin}:${dirname(process.execPath)}:${process.env.PATH}`,
        LOG: join(this.folder, "log"),
        GITHUB_OUTPUT: join(this.folder, "output"),
        GITHUB_STEP_SUMMARY: join(this.folder, "summary"),
        GITHUB_WORKSPACE: this.workspace,
        GITHUB_REPOSITORY: "acme/mail",
        RUNNER_TEMP: join(this.folder, "temp"),
        ...env,
      },
    });
    return { code: status, stdout, stderr };
  }

  /** What was written to a file of the runner (`output`, `summary`, `log`). */
  written(name: "output" | "summary" | "log"): string {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  outputs(): Record<string, string> {
    const lines = this.written("output").split("\n").filter(Boolean);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
