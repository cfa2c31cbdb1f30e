// Builds after an installation from the repository: of a clone, of a dependency by its git address, of a plugin that the
// engine has fetched. The engine installs without development packages, so what builds is fetched, used and taken away.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function isInstalled(name) {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

function run(command, ...args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
}

const isComplete = ["esbuild", "typescript", "@inquirer/select"].every(isInstalled);
const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
if (!isComplete) run("npm", "install", "--include=dev", ...quietly);
run(process.execPath, "scripts/build.mjs");
if (!isComplete) run("npm", "prune", "--omit=dev", ...quietly);
