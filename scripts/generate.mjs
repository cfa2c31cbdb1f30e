// Writes every generated file, or with --check names the stale ones and exits 1.
// A module in scripts/generate exports `generate()`, a map from path (relative to the repository) to content.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generators = join(root, "scripts", "generate");
const isCheck = process.argv.includes("--check");

try {
  // A generator that fails leaves every file as it is.
  const files = [];
  for (const name of readdirSync(generators).sort()) {
    if (!name.endsWith(".mjs")) continue;
    const { generate } = await import(pathToFileURL(join(generators, name)).href);
    files.push(...(await generate()));
  }
  const stale = files.filter(([path, content]) => current(join(root, path)) !== content);
  for (const [path, content] of stale) {
    console.log(isCheck ? `stale: ${path} (run npm run generate)` : `written: ${path}`);
    if (isCheck) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
} catch (error) {
  console.error(`generate: ${error.message}`);
  process.exitCode = 1;
}

function current(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
