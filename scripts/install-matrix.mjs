// Installs the packed package as users do, with each package manager, and starts the command with each Node.js. Prints the
// table of docs/installation.md; exits 1 where a cell fails. Takes some minutes and needs the registry, therefore no part
// of the tests. `npm run matrix [-- MANAGER…]`, after `npm run build`.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const work = mkdtempSync(join(tmpdir(), "ses-guard-matrix-"));
const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();

/** The versions of Node.js: the one that runs this, and those that the package `node` brings. */
const NODES = ["20", "22", "24"];

/** How each manager installs what package.json names, and starts an installed command. */
const MANAGERS = {
  npm: { install: ["npm", "install"], start: ["npx", "--no-install"] },
  pnpm: { install: npx("pnpm@10", "pnpm", "install"), start: npx("pnpm@10", "pnpm", "exec") },
  // Its own cache would give the tarball of an earlier run, which has the same version.
  "yarn 1": {
    install: npx("yarn@1", "yarn", "install", "--cache-folder", join(work, "yarn-cache")),
    start: npx("yarn@1", "yarn", "--silent", "run"),
  },
  "yarn 4": {
    install: npx("@yarnpkg/cli-dist@4", "yarn", "install"),
    start: npx("@yarnpkg/cli-dist@4", "yarn", "run"),
    files: { ".yarnrc.yml": "nodeLinker: node-modules\n", "yarn.lock": "" },
  },
  "yarn 4, Plug'n'Play": {
    install: npx("@yarnpkg/cli-dist@4", "yarn", "install"),
    start: npx("@yarnpkg/cli-dist@4", "yarn", "run"),
    files: { ".yarnrc.yml": "nodeLinker: pnp\n", "yarn.lock": "" },
  },
};

function npx(from, command, ...args) {
  return ["npx", "--yes", `--package=${from}`, command, ...args];
}

/** What each installation has to do: arguments, exit code, words of its output. */
const STEPS = [
  { name: "--version", args: ["--version"], code: 0, says: version },
  { name: "lint", args: ["lint", "preview.json"], code: 0, says: "No violation" },
  { name: "preview", args: ["preview", "."], code: 1, says: "bounce-handling, complaint-handling" },
];

function run([command, ...args], cwd, node) {
  const env = { ...process.env, YARN_NPM_REGISTRY_SERVER: registry, YARN_ENABLE_IMMUTABLE_INSTALLS: "false", CI: "" };
  if (node !== undefined) env.PATH = [node, env.PATH].join(delimiter);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 600_000 });
  return { status, output: `${stdout ?? ""}${stderr ?? ""}${error ?? ""}` };
}

function must(command, cwd) {
  const { status, output } = run(command, cwd);
  if (status !== 0) throw new Error(`${command.join(" ")}: exit code ${status}\n${output}`);
  return output;
}

/** The folder of a Node.js of this major version. */
function installNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  const folder = join(work, `node-${major}`);
  mkdirSync(folder);
  must(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", `node@${major}`], folder);
  return join(folder, "node_modules", "node", "bin");
}

function pack() {
  must(["npm", "pack", "--pack-destination", work], root);
  const [file] = readdirSync(work).filter((name) => name.endsWith(".tgz"));
  return join(work, file);
}

/** A project as `pulumi new aws-typescript` leaves it, with the README's example. */
function project(folder, tarball, files = {}) {
  mkdirSync(folder);
  const dependencies = { "pulumi-ses-guard": `file:${tarball}` };
  for (const name of ["@pulumi/aws", "@pulumi/pulumi", "typescript"]) dependencies[name] = devDependencies[name];
  const manifest = { name: "mail", private: true, main: "index.ts", dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: mail\nruntime: nodejs\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: us-east-1\n");
  cpSync(join(root, "examples", "refused", "index.ts"), join(folder, "index.ts"));
  cpSync(join(root, "test", "fixtures", "examples", "quick-start", "preview.json"), join(folder, "preview.json"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function cell({ start }, folder, node) {
  const failed = STEPS.flatMap(({ name, args, code, says }) => {
    const { status, output } = run([...start, "ses-guard", ...args], folder, node);
    if (status === code && output.includes(says)) return [];
    console.error(`${folder}: ${name}: exit code ${status}, expected ${code} and "${says}"\n${output}`);
    return [name];
  });
  return failed.length === 0 ? "works" : `fails: ${failed.join(", ")}`;
}

function main() {
  const chosen = process.argv.slice(2);
  const managers = Object.entries(MANAGERS).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  const nodes = NODES.map((major) => installNode(major));
  const versions = nodes.map((node) =>
    must([join(node, "node"), "--version"], work)
      .trim()
      .slice(1),
  );
  const tarball = pack();
  console.log(`| | ${versions.map((one) => `Node.js ${one}`).join(" | ")} |\n| --- |${" --- |".repeat(nodes.length)}`);
  let isFine = true;
  for (const [name, manager] of managers) {
    const folder = join(work, name.replace(/\W+/g, "-"));
    project(folder, tarball, manager.files);
    // The newest SDK asks for Node.js 22 and works with 20; managers that refuse it would install an older one, or none.
    const { status, output } = run(manager.install, folder, nodes.at(-1));
    if (status !== 0) console.error(`${name}: install: exit code ${status}\n${output}`);
    const cells = nodes.map((node) => (status === 0 ? cell(manager, folder, node) : "fails: install"));
    isFine &&= cells.every((one) => one === "works");
    console.log(`| ${name} | ${cells.join(" | ")} |`);
    rmSync(folder, { recursive: true, force: true });
  }
  return isFine;
}

try {
  process.exitCode = main() ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
