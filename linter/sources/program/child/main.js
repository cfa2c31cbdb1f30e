// Runs inside the program's process, before the program: plain JavaScript that any Node loads, no imports of ours.
// It does what only that process can do: function calls without an answer become unknown in plain values too,
// and a program that ends itself early is found out. Arguments: the SDK's folder, the one that the program's sources
// are in, then those of the SDK's runner.

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const util = require("node:util");
const { Worker } = require("node:worker_threads");
const { patches } = require("./patches");
const { setSources } = require("./positions");
const { uncertain } = require("./callbacks");
const { parseUnknown } = require("./unknown");

const CHANNEL = 3;

const [sdk, sources, ...runnerArguments] = process.argv.slice(2);
setSources(sources);

parseUnknown();

// The SDK inspects errors in colour, in which some versions of Node never finish with the paths of its own frames
// (`node_modules/@pulumi/config.ts`).
util.inspect = new Proxy(util.inspect, {
  apply: (inspect, self, [value, options, ...rest]) =>
    inspect.call(
      self,
      value,
      options?.colors && value instanceof Error ? { ...options, colors: false } : options,
      ...rest,
    ),
});

const loadFile = Module._extensions[".js"];
Module._extensions[".js"] = (module, filename) => {
  loadFile(module, filename);
  const patch = patches[fileOfSdk(filename)];
  if (patch !== undefined) patch(module.exports, (id) => module.require(id));
};

/** A program's packages may bring other copies of the SDK. */
function fileOfSdk(filename) {
  const normal = filename.replaceAll("\\", "/");
  const marker = "/@pulumi/pulumi/";
  if (filename.startsWith(sdk + path.sep)) return normal.slice(sdk.length + 1);
  const at = normal.lastIndexOf(marker);
  return at < 0 ? "" : normal.slice(at + marker.length);
}

function report(message) {
  try {
    fs.writeSync(CHANNEL, `${JSON.stringify(message)}\n`);
  } catch {
    // The parent has gone away; nobody is left to tell.
  }
}

let drained = false;
let exited;
process.on("beforeExit", () => {
  drained = true;
});
const exit = process.exit;
process.exit = (code) => {
  exited ??= { code: code ?? process.exitCode ?? 0, stack: new Error("exit").stack };
  return exit(code);
};
process.on("exit", () => report({ drained, exited, uncertain: uncertain() }));

function readAddress() {
  const bytes = Buffer.alloc(256);
  let text = "";
  while (!text.endsWith("\n")) {
    const read = fs.readSync(CHANNEL, bytes);
    if (read === 0) exit(1);
    text += bytes.toString("utf8", 0, read);
  }
  return text.trim();
}

new Worker(path.join(__dirname, "watchdog.js"), { execArgv: [], stdout: true, stderr: true }).unref();

// Loaded while the parent starts its servers.
const runner = path.join(sdk, "cmd", "run", "index.js");
require(sdk);
const address = readAddress();
process.argv = [process.argv[0], runner, `--monitor=${address}`, `--engine=${address}`, ...runnerArguments];
require(runner);
