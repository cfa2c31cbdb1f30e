// `strip`, before the package is packed, takes out of package.json what only this repository needs; `restore`, after it,
// puts the file back. As a Pulumi plugin the package's folder is installed as a project of its own: development
// dependencies would be installed with it. Works on the package in the working directory.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const MANIFEST = "package.json";
const KEPT = "package.json.kept";
const [command] = process.argv.slice(2);

function strip() {
  // A pack that was interrupted left the real one there.
  if (existsSync(KEPT)) restore();
  const text = readFileSync(MANIFEST, "utf8");
  const { devDependencies: _, scripts, ...manifest } = JSON.parse(text);
  // npm still looks for what comes after packing.
  const { postpack } = scripts ?? {};
  writeFileSync(KEPT, text);
  writeFileSync(MANIFEST, `${JSON.stringify({ ...manifest, scripts: { postpack } }, null, 2)}\n`);
}

function restore() {
  renameSync(KEPT, MANIFEST);
}

if (command === "strip") strip();
else if (command === "restore") restore();
else {
  console.error("manifest.mjs: strip or restore");
  process.exitCode = 2;
}
