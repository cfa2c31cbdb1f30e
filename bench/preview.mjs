// `ses-guard preview` beside `pulumi preview` with the policy pack, on one program. The engine is measured where
// `pulumi` is on PATH and the pack is built (npm run build); its provider is the tests' echo provider, so that
// neither side waits for a cloud.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const RUNS = 5;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const seconds = (value) => `${value.toFixed(2)} s`;
const print = (label, value) => console.log(`${label.padEnd(56)} ${value}`);

export async function bench() {
  const work = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    symlinkSync(join(root, "node_modules"), join(work, "node_modules"));
    for (const name of ["structure", "fifty-hundred", "echo-provider"]) {
      cpSync(join(root, "test/fixtures/programs", name), join(work, name), { recursive: true });
    }
    await measure(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measure(work) {
  const cli = join(work, "cli", "cli.js");
  execFileSync(process.execPath, [join(root, "scripts/build.mjs"), "--cli", cli]);
  const offlinePreview = await loadLibrary(join(work, "cli", "run.js"));
  const program = join(work, "structure");
  const command = () => {
    const { status, stderr } = spawnSync(process.execPath, [cli, "preview", program], { encoding: "utf8" });
    if (status === 2) throw new Error(stderr);
  };
  // In a process that has everything loaded, what is left is the program and its SDK.
  await offlinePreview(program);
  const ways = { command, bare: () => offlinePreview(program) };

  const engine = startEngine(work, program);
  if (engine !== undefined) ways.engine = engine;
  const best = await bestInTurns(ways);
  print("ses-guard preview", seconds(best.command));
  print("  the program and its SDK", seconds(best.bare));
  print("  its own share", seconds(best.command - best.bare));
  if (best.engine === undefined) {
    print("pulumi preview with the policy pack", "not measured: needs pulumi on PATH and npm run build");
  } else {
    print("pulumi preview with the policy pack", seconds(best.engine));
    print("  ses-guard preview takes of that", `${Math.round((100 * best.command) / best.engine)} %`);
  }

  const before = process.cpuUsage();
  const start = performance.now();
  const { resources } = await offlinePreview(join(work, "fifty-hundred"));
  const { user, system } = process.cpuUsage(before);
  print(`${resources.length} resources, the program included`, seconds((performance.now() - start) / 1000));
  print("  our own process, per resource", `${((user + system) / 1000 / resources.length).toFixed(2)} ms`);
}

/** Seconds of the best run of each, taken in turns so that a busy moment of the machine hits all of them. */
async function bestInTurns(ways) {
  const best = {};
  for (let run = 0; run < RUNS; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way();
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, (performance.now() - start) / 1000);
    }
  }
  return best;
}

async function loadLibrary(outfile) {
  await build({
    absWorkingDir: root,
    entryPoints: ["linter/sources/program/offline-preview.ts"],
    outfile,
    bundle: true,
    platform: "node",
    packages: "external",
    logLevel: "error",
  });
  return createRequire(import.meta.url)(outfile).offlinePreview;
}

function startEngine(work, program) {
  const pack = join(root, "policies");
  if (!existsSync(join(pack, "dist/index.js")) || spawnSync("pulumi", ["version"]).status !== 0) return undefined;
  writeFileSync(
    join(program, "Pulumi.yaml"),
    "name: structure\nruntime: nodejs\nplugins:\n  providers:\n    - name: aws\n      path: ../echo-provider\n",
  );
  const pulumi = (...args) => {
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: program,
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${work}`,
        PULUMI_HOME: join(work, "home"),
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
    // Violations in this program are no failure of the benchmark.
    if (status !== 0 && !/polic/i.test(stdout + stderr)) throw new Error(stderr || stdout);
  };
  pulumi("stack", "init", "dev");
  return () => pulumi("preview", "--policy-pack", pack);
}
