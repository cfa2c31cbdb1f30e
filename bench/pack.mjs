import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importTypeScript, root } from "../scripts/generate/lib/import-typescript.mjs";
import { state } from "./support/state.mjs";

const POLICIES = 31;

/** The policy pack against one with as many policies that do nothing: start-up, one analysis, a whole preview. */
export async function bench() {
  if (!existsSync(join(root, "policies", "dist", "index.js")))
    throw new Error("policies/dist is missing: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-bench-"));
  try {
    const packs = { empty: emptyPack(folder), "ses-guard": join(root, "policies") };
    const { PackProcess } = await importTypeScript("test/support/wire.ts");
    await startUp(PackProcess, packs);
    await analysis(PackProcess, packs, "2,000 resources, 400 identities (aim: 1.2)", sesStack(400));
    await analysis(PackProcess, packs, "2,000 resources without SES (aim: clearly below 1)", otherStack(2_000));
    preview(folder, packs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emptyPack(folder) {
  const pack = join(folder, "empty");
  mkdirSync(pack);
  writeFileSync(
    join(pack, "PulumiPolicy.yaml"),
    "runtime: { name: nodejs, options: { typescript: false } }\nmain: index.js\n",
  );
  writeFileSync(join(pack, "package.json"), '{"name": "empty", "version": "1.0.0", "main": "index.js"}');
  const program = `const { PolicyPack } = require("@pulumi/policy");
const policies = Array.from({ length: ${POLICIES} }, (_, i) => ({ name: "p" + i, description: "nothing", validateStack() {} }));
new PolicyPack("empty", { policies });`;
  writeFileSync(join(pack, "index.js"), program);
  symlinkSync(join(root, "node_modules"), join(pack, "node_modules"));
  return pack;
}

async function startUp(PackProcess, packs) {
  const times = await turns(packs, 7, async (pack) => {
    const started = performance.now();
    const process = await PackProcess.start(pack);
    const time = performance.now() - started;
    await process.stop();
    return time;
  });
  print("start-up until the pack answers (aim: 1)", times);
}

async function analysis(PackProcess, packs, title, resources) {
  const running = {};
  for (const [name, pack] of Object.entries(packs)) running[name] = await PackProcess.start(pack);
  for (const process of Object.values(running)) await process.analyzeStack(resources);
  const times = await turns(running, 9, async (process) => {
    const started = performance.now();
    await process.analyzeStack(resources);
    return performance.now() - started;
  });
  for (const process of Object.values(running)) await process.stop();
  print(`one analysis of ${title}`, times);
}

function sesStack(identities) {
  const { deployment } = JSON.parse([...state(identities)].join(""));
  return deployment.resources
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map(({ type, urn, outputs, propertyDependencies, parent }) => ({
      type,
      urn,
      properties: outputs,
      propertyDependencies,
      parent,
    }));
}

function otherStack(count) {
  return Array.from({ length: count }, (_, i) => ({
    type: "aws:s3/bucket:Bucket",
    urn: `urn:pulumi:prod::web::aws:s3/bucket:Bucket::bucket-${i}`,
    properties: {
      bucket: `bucket-${i}`,
      arn: `arn:aws:s3:::bucket-${i}`,
      tags: { one: "1", two: "2" },
      region: "us-east-1",
    },
    propertyDependencies: { bucket: [] },
  }));
}

function preview(folder, packs) {
  if (spawnSync("pulumi", ["version"]).status !== 0) {
    console.log("a whole pulumi preview: not measured, there is no `pulumi` on PATH");
    return;
  }
  const project = join(folder, "project");
  cpSync(join(root, "test/fixtures/recordings/handled/program.js"), join(project, "index.js"));
  cpSync(join(root, "test/engine/provider"), join(project, "provider"), { recursive: true });
  cpSync(join(root, "test/support/aws-answers.js"), join(project, "provider", "aws-answers.js"));
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  mkdirSync(join(project, "backend"));
  const plugins = "plugins: { providers: [{ name: aws, path: ./provider }] }";
  writeFileSync(join(project, "package.json"), '{"name": "mail", "version": "1.0.0", "main": "index.js"}');
  writeFileSync(
    join(project, "Pulumi.yaml"),
    `name: mail\nruntime: { name: nodejs, options: { typescript: false } }\n${plugins}\n`,
  );
  writeFileSync(join(project, "Pulumi.dev.yaml"), "config: { aws:region: us-east-1 }\n");
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(project, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_HOME: join(project, "home"),
  };
  const pulumi = (...args) => {
    const { status, stderr, stdout } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: project,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")}: ${stdout}${stderr}`);
  };
  pulumi("stack", "init", "dev");
  const times = { empty: [], "ses-guard": [] };
  for (let run = 0; run < 6; run++) {
    for (const [name, pack] of Object.entries(packs)) {
      const started = performance.now();
      pulumi("preview", "--policy-pack", pack);
      // The first run of each fills caches.
      if (run > 0) times[name].push(performance.now() - started);
    }
  }
  print("a whole pulumi preview with the pack (aim: 1.1)", times);
}

/** Runs each in turn, so that a busy moment of the machine hits both. */
async function turns(subjects, runs, measure) {
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, subject] of Object.entries(subjects)) times[name].push(await measure(subject));
  }
  return times;
}

function print(title, times) {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const base = median(times.empty);
  console.log(title);
  for (const [name, values] of Object.entries(times)) {
    const ratio = name === "empty" ? "" : `   ratio ${(median(values) / base).toFixed(2)}`;
    console.log(`  ${name.padEnd(10)} ${median(values).toFixed(0).padStart(6)} ms${ratio}`);
  }
}
