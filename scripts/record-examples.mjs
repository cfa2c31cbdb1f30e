// Writes what `pulumi preview --json` says of the TypeScript examples to test/fixtures/examples/NAME/preview.json, which
// the offline preview is compared with. Needs `pulumi` on PATH; asks no cloud, the tests' stand-in is its AWS provider.
// `node scripts/record-examples.mjs [--to DIR] [NAME…]`
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(root, "examples");

/** A folder like the repository, with the components as an installed package. */
function layOut() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ses-guard-record-")));
  cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  cpSync(examples, join(folder, "examples"), { recursive: true, filter: (path) => !path.includes("node_modules") });
  const standIn = join(root, "test", "engine", "provider");
  mkdirSync(join(folder, "memory"));
  for (const file of ["PulumiPlugin.yaml", "package.json"]) cpSync(join(standIn, file), join(folder, "provider", file));
  bundle(join(standIn, "index.ts"), join(folder, "provider", "index.js"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["@pulumi", "@grpc", "google-protobuf"]) {
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  bundle("components/index.ts", join(folder, "node_modules", "pulumi-ses-guard", "index.js"));
  return folder;
}

function bundle(entry, outfile) {
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/*", "@grpc/*", "google-protobuf/*"],
    outfile,
    logLevel: "warning",
  });
}

/** Positions in installed packages, as if they were installed beside the project; no other path may be in there. */
function withoutMachine(text, project) {
  const kept = text.replace(/project:\/\/\/([^"#]*)/g, (position, path) => {
    const full = resolve(project, path);
    return full.startsWith(root + sep) ? `project:///${relative(root, full)}` : position;
  });
  for (const path of [root, tmpdir()]) if (kept.includes(path)) throw new Error(`${path} is in the document`);
  return kept;
}

/** @returns the document, without paths of this machine */
function preview(folder, name) {
  const project = name === "quick-start" ? folder : join(folder, "examples", name);
  appendFileSync(
    join(project, "Pulumi.yaml"),
    `plugins: { providers: [{ name: aws, path: ${JSON.stringify(join(folder, "provider"))} }] }\n`,
  );
  writeFileSync(join(project, "Pulumi.dev.yaml"), "config: { aws:region: us-east-1 }\n");
  const pulumi = (...args) =>
    execFileSync("pulumi", [...args, "--non-interactive"], {
      cwd: project,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 26,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // Types are checked elsewhere.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      },
    });
  pulumi("stack", "init", "dev");
  return withoutMachine(pulumi("preview", "--json"), project);
}

const { values, positionals } = parseArgs({ options: { to: { type: "string" } }, allowPositionals: true });
if (spawnSync("pulumi", ["version"]).status !== 0) {
  console.error("record-examples: needs pulumi on PATH (https://www.pulumi.com/docs/install/)");
  process.exit(2);
}
const all = readdirSync(examples).filter((name) => existsSync(join(examples, name, "index.ts")));
const to = values.to ?? join(root, "test", "fixtures", "examples");
const folder = layOut();
try {
  for (const name of positionals.length > 0 ? positionals : all) {
    const text = preview(folder, name);
    mkdirSync(join(to, name), { recursive: true });
    writeFileSync(join(to, name, "preview.json"), text);
    console.log(name);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
