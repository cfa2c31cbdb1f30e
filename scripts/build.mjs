// dist/: the components as compiled modules, every library's types; dist/cli.js, dist/linter.js, dist/policies.js and
// policies/dist/index.js: one file each, so that they start at once and what is in them is no dependency.
// `node scripts/build.mjs --cli FILE` and `--pack FILE` bundle only the command line or the pack, for tests.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What runs in the process of a program: no modules of ours, beside the bundles that start them. */
const CHILD = "linter/sources/program/child";

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
  metafile: true,
};

/** Packages that only some runs need: files of their own in lib/, so that the others need not parse them. */
const LAZY = [
  "@inquirer/confirm",
  "@inquirer/select",
  "js-tokens",
  "yaml",
  "jsonc-parser",
  "node-sarif-builder",
  "junit-report-builder",
  "supports-hyperlinks",
  "@bomb.sh/tab/commander",
];
const lazyPackages = {
  name: "lazy-packages",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${LAZY.join("|")})$`) }, ({ path }) => ({
      path: `./lib/${path}.js`,
      external: true,
    }));
  },
};

/** The AWS SDK, which only the commands load that read a live account. */
const AWS = "./lib/aws-sdk.js";
const lazyAws = {
  name: "lazy-aws",
  setup({ onResolve }) {
    onResolve({ filter: /\/aws\/sdk$/ }, () => ({ path: AWS, external: true }));
  },
};

/** commander loads `child_process`, a quarter of the start of a small run, for a feature that is not used here. */
const lazyChildProcess = {
  name: "lazy-child-process",
  setup({ onResolve, onLoad }) {
    const namespace = "lazy";
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/node_modules/commander/") ? { path, namespace } : undefined,
    );
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `exports.spawn = (...args) => require(${JSON.stringify(path)}).spawn(...args);`,
    }));
  },
};

async function bundleCli(outfile) {
  const main = build({
    ...common,
    entryPoints: ["linter/cli.ts"],
    outfile,
    external: ["@pulumi/*", "@grpc/*"],
    define: { SES_GUARD_VERSION: JSON.stringify(version) },
    // Every start reads it whole; names stay, for those who read a stack trace.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [lazyPackages, lazyAws, lazyChildProcess],
  });
  const aws = build({
    ...common,
    entryPoints: ["linter/aws/sdk.ts"],
    outfile: join(dirname(outfile), AWS),
    minify: true,
  });
  const libraries = LAZY.map((name) =>
    build({
      ...common,
      stdin: { contents: `module.exports = require(${JSON.stringify(name)})`, resolveDir: root },
      outfile: join(dirname(outfile), "lib", `${name}.js`),
      minify: true,
      // jsonc-parser's CommonJS form loads its parts in a way that can't be bundled.
      ...(name === "jsonc-parser" ? { mainFields: ["module"] } : {}),
    }),
  );
  const results = await Promise.all([main, aws, ...libraries]);
  chmodSync(outfile, 0o755);
  cpSync(join(root, CHILD), join(dirname(outfile), "child"), { recursive: true });
  return { inputs: Object.assign({}, ...results.map(({ metafile }) => metafile.inputs)) };
}

/** The linter as a library, beside the command line, whose libraries and child it shares. */
async function bundleLibrary(outfile) {
  const { metafile } = await build({
    ...common,
    entryPoints: ["linter/index.ts"],
    outfile,
    external: ["@pulumi/*", "@grpc/*"],
    plugins: [lazyPackages],
  });
  return metafile;
}

async function bundlePolicies(entry, outfile) {
  const { metafile } = await build({ ...common, entryPoints: [entry], outfile, external: ["@pulumi/*"] });
  return metafile;
}

async function compile() {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
  } catch (error) {
    throw new Error(error.stdout || error.message);
  }
  for (const folder of ["linter", "policies"]) keepTypes(join(root, "dist", folder));
}

/** Of what is bundled, only the types are wanted as modules. */
function keepTypes(folder) {
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (entry.endsWith(".js")) rmSync(join(folder, entry));
  }
}

/** The licences of what a bundle contains, as they ask for. */
function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : `\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
}

function writeNotices(outfile, ...metafiles) {
  const parts = notices(metafiles.flatMap(({ inputs }) => Object.keys(inputs)));
  if (parts.length > 0) writeFileSync(outfile, `${parts.join("\n---\n\n")}`);
}

async function buildAll() {
  const dist = join(root, "dist");
  const packDist = join(root, "policies", "dist");
  for (const folder of [dist, packDist]) rmSync(folder, { recursive: true, force: true });
  const [cli, library, policies, pack] = await Promise.all([
    bundleCli(join(dist, "cli.js")),
    bundleLibrary(join(dist, "linter.js")),
    bundlePolicies("policies/pack/policies.ts", join(dist, "policies.js")),
    bundlePolicies("policies/index.ts", join(packDist, "index.js")),
    compile(),
  ]);
  writeNotices(join(dist, "LICENSES.txt"), cli, library, policies);
  writeNotices(join(packDist, "LICENSES.txt"), pack);
}

try {
  const [only, outfile] = process.argv.slice(2);
  if (only === "--cli") await bundleCli(outfile);
  else if (only === "--pack") await bundlePolicies("policies/index.ts", outfile);
  else await buildAll();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
