import { spawn } from "node:child_process";

// Preloaded into the measured process: Node knows the peak of its own memory.
const REPORT_PEAK = `process.on("exit", () => require("fs").writeSync(3, String(process.resourceUsage().maxRSS)))`;
const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from"node:module";const require=createRequire("file:///");${REPORT_PEAK}`)}`;

/** One run of `node ARGS`: milliseconds from start to end, and peak memory in MB (only with `memory`). */
function once(args, { memory }) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const all = memory ? ["--import", preload, ...args] : args;
    const child = spawn(process.execPath, all, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
    let peak = "";
    let stderr = "";
    child.stdio[3].on("data", (chunk) => {
      peak += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code > 1 || code === null) reject(new Error(`node ${args.join(" ")}: exit code ${code}\n${stderr}`));
      else resolve({ time: performance.now() - started, memory: Number(peak) / 1024 });
    });
  });
}

/**
 * Medians of several runs of each command, taken in turns so that a busy moment of the machine hits all of them.
 * Exit codes 0 and 1 are results, anything else is an error.
 */
export async function compare(commands, runs) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, { time: [], memory: [] }]));
  for (let run = 0; run < runs; run++) {
    for (const [name, args] of Object.entries(commands))
      samples[name].time.push((await once(args, { memory: false })).time);
  }
  for (const [name, args] of Object.entries(commands)) {
    for (let run = 0; run < Math.min(runs, 3); run++) {
      samples[name].memory.push((await once(args, { memory: true })).memory);
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, { time, memory }]) => [name, { time: median(time), memory: median(memory) }]),
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
