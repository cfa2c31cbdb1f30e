// Writes every generated file, or with --check names the stale ones and exits 1.
// A module in scripts/generate exports `generate()`, a map from path (relative to the repository) to content.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generators = join(root, "scripts", "generate");
const isCheck = process.argv.includes("--check");
const stale = [];

for (const name of readdirSync(generators).sort()) {
  if (!name.endsWith(".mjs")) continue;
  const { generate } = await import(pathToFileURL(join(generators, name)).href);
  for (const [path, content] of await generate()) {
    const file = join(root, path);
    if (current(file) === content) continue;
    stale.push(path);
    if (isCheck) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

for (const path of stale) console.log(isCheck ? `stale: ${path} (run npm run generate)` : `written: ${path}`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

function current(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
