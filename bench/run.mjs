// `npm run bench [NAME…]`: the benchmarks of this folder, or those named (`npm run bench lint`).
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const self = fileURLToPath(import.meta.url);
const benchmarks = readdirSync(dirname(self)).filter((file) => file.endsWith(".mjs") && file !== basename(self));
const named = process.argv.slice(2).map((name) => `${name.replace(/^bench\/|\.mjs$/g, "")}.mjs`);

for (const file of (named.length > 0 ? named : benchmarks).sort()) {
  if (!benchmarks.includes(file)) {
    console.error(`bench/${file}: there is no such benchmark`);
    process.exitCode = 2;
    continue;
  }
  console.log(`# ${file}`);
  const { bench } = await import(pathToFileURL(join(dirname(self), file)).href);
  await bench();
}
