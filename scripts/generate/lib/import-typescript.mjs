import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Folder of the repository. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Sources that load a file beside them ask for it by their own name, which bundling takes away. */
const ownFileNames = {
  name: "own-file-names",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replaceAll("__filename", JSON.stringify(path))
        .replaceAll("__dirname", JSON.stringify(dirname(path))),
      loader: "ts",
    })),
};

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
    plugins: [ownFileNames],
  });
  const module = { exports: {} };
  const names = ["module", "exports", "require", "__dirname"];
  new Function(...names, outputFiles[0].text)(module, module.exports, createRequire(file), dirname(file));
  return module.exports;
}
