// dist/: compiled modules with their types; dist/cli.js and policies/dist/index.js: one file each, so that they start
// at once. `node scripts/build.mjs --cli FILE` and `--pack FILE` bundle only the command line or the pack, for tests.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Files that are no modules, beside the compiled modules that read them: [from, to]. */
const CHILD = "linter/sources/program/child";
const ASSETS = [[CHILD, `dist/${CHILD}`]];

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
    // The AWS SDK is loaded by `audit` alone, from its own packages.
    external: ["@pulumi/*", "@grpc/*", "@aws-sdk/*"],
    define: { SES_GUARD_VERSION: JSON.stringify(version) },
    plugins: [lazyPackages, lazyChildProcess],
  });
  const libraries = LAZY.map((name) =>
    build({
      ...common,
      stdin: { contents: `module.exports = require(${JSON.stringify(name)})`, resolveDir: root },
      outfile: join(dirname(outfile), "lib", `${name}.js`),
      // jsonc-parser's CommonJS form loads its parts in a way that can't be bundled.
      ...(name === "jsonc-parser" ? { mainFields: ["module"] } : {}),
    }),
  );
  const results = await Promise.all([main, ...libraries]);
  chmodSync(outfile, 0o755);
  cpSync(join(root, CHILD), join(dirname(outfile), "child"), { recursive: true });
  return { inputs: Object.assign({}, ...results.map(({ metafile }) => metafile.inputs)) };
}

async function bundlePack(outfile) {
  const { metafile } = await build({
    ...common,
    entryPoints: ["policies/index.ts"],
    outfile,
    external: ["@pulumi/*"],
  });
  return metafile;
}

async function compile() {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
  } catch (error) {
    throw new Error(error.stdout || error.message);
  }
}

/** The licences of what a bundle contains, as they ask for. */
function notices(metafile) {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : `\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
}

function writeNotices(metafile, outfile) {
  const parts = notices(metafile);
  if (parts.length > 0) writeFileSync(outfile, `${parts.join("\n---\n\n")}`);
}

async function buildAll() {
  const dist = join(root, "dist");
  const packDist = join(root, "policies", "dist");
  for (const folder of [dist, packDist]) rmSync(folder, { recursive: true, force: true });
  const [cli, pack] = await Promise.all([
    bundleCli(join(dist, "cli.js")),
    bundlePack(join(packDist, "index.js")),
    compile(),
  ]);
  writeNotices(cli, join(dist, "cli.LICENSES.txt"));
  writeNotices(pack, join(packDist, "LICENSES.txt"));
  for (const [from, to] of ASSETS)
    if (existsSync(join(root, from))) cpSync(join(root, from), join(root, to), { recursive: true });
}

try {
  const [only, outfile] = process.argv.slice(2);
  if (only === "--cli") await bundleCli(outfile);
  else if (only === "--pack") await bundlePack(outfile);
  else await buildAll();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
