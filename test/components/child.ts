import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = join(__dirname, "..", "..");

/**
 * Bundles a TypeScript module with the components' sources and runs it in a process of its own: where a rejection
 * that nobody handles is an event, and where one program leaves nothing behind for the next.
 *
 * @returns what it printed, parsed as JSON
 */
export async function runInChild(entry: string, env: Record<string, string> = {}): Promise<unknown> {
  return runCode(`import ${JSON.stringify(entry)};`, env);
}

/** The same for the text of a module, whose relative imports start in this folder. */
export async function runCode(contents: string, env: Record<string, string> = {}): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-"));
  try {
    const outfile = join(folder, "main.js");
    await build({
      stdin: { contents, resolveDir: __dirname },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["@pulumi/*"],
      alias: { "pulumi-ses-guard": join(root, "components", "index.ts") },
      logLevel: "silent",
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], {
      env: { PATH: process.env.PATH, NODE_PATH: join(root, "node_modules"), ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
