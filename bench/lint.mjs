import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "./support/measure.mjs";
import { LAYOUTS, realistic } from "./support/realistic.mjs";
import { state } from "./support/state.mjs";

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "cli.js");
const PARSE = `JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))`;

/** The whole of `ses-guard lint` against a Node that only reads and parses the same file, or does nothing at all. */
export async function bench() {
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-bench-"));
  try {
    await small(folder);
    await sparse(folder);
    await large(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function small(folder) {
  const file = write(folder, 1, state(1));
  const result = await compare({ "bare node": ["-e", "0"], lint: [cli, "lint", file] }, 15);
  print("1 identity, against a bare start of node (aim: time 1.5)", result, "bare node");
}

const SPARSE_AIMS = { engine: 0.6, "2 spaces": 0.9, minified: 0.9 };

/** Most of what is in a state is nothing that anybody reads. */
async function sparse(folder) {
  for (const layout of Object.keys(LAYOUTS)) {
    const file = write(folder, layout, realistic(50_000, layout));
    const result = await compare({ "read and parse": ["-e", PARSE, file], lint: [cli, "lint", file] }, 9);
    const size = Math.round(statSync(file).size / 2 ** 20);
    const aims = `aims: time ${SPARSE_AIMS[layout]}, memory 0.4`;
    print(`50000 resources, 1 in 50 of SES or SNS, ${layout}, ${size} MB (${aims})`, result, "read and parse");
    rmSync(file);
  }
  // No string of JavaScript is as long, so there is nothing to compare it with but the smaller ones.
  const file = write(folder, "huge", realistic(350_000, "engine"));
  const result = await compare({ lint: [cli, "lint", file] }, 3);
  print(`350000 resources, 1 in 50 of SES or SNS, ${Math.round(statSync(file).size / 2 ** 20)} MB`, result, "lint");
  rmSync(file);
}

async function large(folder) {
  const perIdentity = [];
  for (const [identities, runs] of [
    [1_000, 9],
    [10_000, 5],
    [100_000, 1],
  ]) {
    const file = write(folder, identities, state(identities));
    const size = Math.round(statSync(file).size / 2 ** 20);
    const result = await compare({ "read and parse": ["-e", PARSE, file], lint: [cli, "lint", file] }, runs);
    const aim = identities === 10_000 ? " (aims: time 1.5, memory 2)" : "";
    print(`${identities} identities, ${identities * 5} resources, ${size} MB${aim}`, result, "read and parse");
    perIdentity.push([identities, result.lint.time / identities]);
    rmSync(file);
  }
  console.log("cost per identity (aim: the same)");
  const first = perIdentity[0][1];
  for (const [identities, cost] of perIdentity) {
    console.log(
      `  ${String(identities).padStart(7)}  ${(cost * 1000).toFixed(0).padStart(5)} µs  ${(cost / first).toFixed(2)}`,
    );
  }
}

function write(folder, name, pieces) {
  const path = join(folder, `state-${name}.json`);
  const file = openSync(path, "w");
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < 2 ** 20) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
  return path;
}

function print(title, result, base) {
  console.log(title);
  for (const [name, { time, memory }] of Object.entries(result)) {
    const ratios = `time ${(time / result[base].time).toFixed(2)}, memory ${(memory / result[base].memory).toFixed(2)}`;
    console.log(
      `  ${name.padEnd(15)} ${time.toFixed(0).padStart(6)} ms ${memory.toFixed(0).padStart(5)} MB   ${name === base ? "" : ratios}`,
    );
  }
}
