import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as users have it: bundled from the source that is there now, so that no build can be stale. */
export interface Cli {
  path: string;
  run(args: readonly string[], options?: { cwd?: string; input?: string | Buffer; env?: NodeJS.ProcessEnv }): CliResult;
  remove(): void;
}

/** Bundles the command line into a folder of its own. For `beforeAll`; call `remove` in `afterAll`. */
export function buildCli(): Cli {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-cli-"));
  const path = join(folder, "cli.js");
  execFileSync(process.execPath, [join(ROOT, "scripts", "build.mjs"), "--cli", path], { stdio: "pipe" });
  return {
    path,
    run(args, { cwd = folder, input = "", env = {} } = {}) {
      const { FORCE_COLOR, FORCE_HYPERLINK, NO_COLOR, DEBUG, GITHUB_ACTIONS, ...inherited } = process.env;
      const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
        cwd,
        input,
        env: { ...inherited, ...env },
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      });
      return { code: status, stdout, stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
