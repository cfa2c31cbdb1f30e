import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Folder of the repository. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Exports of a TypeScript source of this repository, compiled in memory; `path` is relative to the repository. */
export async function importTypeScript(path) {
  const file = join(root, path);
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    packages: "external",
    logLevel: "silent",
  });
  const module = { exports: {} };
  const names = ["module", "exports", "require", "__dirname", "__filename"];
  new Function(...names, outputFiles[0].text)(module, module.exports, createRequire(file), dirname(file), file);
  return module.exports;
}
