// `npm run bench [NAME…]`: the benchmarks of this folder, or those named (`npm run bench lint`).
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const HELPERS = ["run.mjs", "generate.mjs", "measure.mjs"];
const named = process.argv.slice(2).map((name) => `${name.replace(/^bench\/|\.mjs$/g, "")}.mjs`);
const files =
  named.length > 0 ? named : readdirSync(folder).filter((file) => file.endsWith(".mjs") && !HELPERS.includes(file));

for (const file of files.sort()) {
  if (!existsSync(join(folder, file))) {
    console.error(`bench/${file}: there is no such benchmark`);
    process.exitCode = 2;
    continue;
  }
  console.log(`# ${file}`);
  const { bench } = await import(pathToFileURL(join(folder, file)).href);
  await bench();
}
