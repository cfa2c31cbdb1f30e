import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "./support/measure.mjs";
import { state } from "./support/state.mjs";

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "cli.js");
const PARSE = `JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))`;

/** The whole of `ses-guard lint` against a Node that only reads and parses the same file, or does nothing at all. */
export async function bench() {
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "ses-guard-bench-"));
  try {
    await small(folder);
    await large(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function small(folder) {
  const file = write(folder, 1);
  const result = await compare({ "bare node": ["-e", "0"], lint: [cli, "lint", file] }, 15);
  print("1 identity, against a bare start of node (aim: time 1.5)", result, "bare node");
}

async function large(folder) {
  const perIdentity = [];
  for (const [identities, runs] of [
    [1_000, 9],
    [10_000, 5],
    [100_000, 1],
  ]) {
    const file = write(folder, identities);
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

function write(folder, identities) {
  const path = join(folder, `state-${identities}.json`);
  const file = openSync(path, "w");
  for (const piece of state(identities)) writeSync(file, piece);
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
