// Runs inside the program's process, before the program: plain JavaScript that any Node loads, no imports of ours.
// It does what only that process can do: function calls without an answer become unknown in plain values too,
// and a program that ends itself early is found out. Arguments: the SDK's folder, then those of its runner.

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const util = require("node:util");

const CHANNEL = 3;
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Set by our monitor in an answer: "all" where nothing is known, "part" where some properties are not. */
const MARK = "ses-guard:unknown";

const [sdk, ...runnerArguments] = process.argv.slice(2);

// Plain values that nobody knows, which the SDK takes for its own unknown value. As text they contain the sentinel.
// `unknown` may turn out to be a string or a list: their methods can be used, any other property is unknown again,
// and it has one element, so that a loop over it shows what the loop would make. `unknownAnswer` is what a function
// returned: an object, so every name is a property.
const unknown = createUnknown((target, property) => {
  if (property === "length") return 1;
  if (property in Array.prototype) return Reflect.get(target, property);
  return property in String.prototype ? () => unknown : unknown;
});
const unknownAnswer = createUnknown((_, property) =>
  property in Object.prototype ? Object.prototype[property] : unknown,
);

function createUnknown(read) {
  return new Proxy([], {
    get(target, property) {
      if (property === "__pulumiUnknown") return true;
      if (property === Symbol.toPrimitive) return (hint) => (hint === "number" ? Number.NaN : UNKNOWN_STRING);
      if (typeof property === "symbol") return Reflect.get(target, property);
      if (["toString", "valueOf", "toJSON"].includes(property)) return () => UNKNOWN_STRING;
      // Names by which the language and the SDK ask what kind of object this is.
      if (property === "then" || property === "doNotCapture" || property.startsWith("__")) return undefined;
      return read(target, property);
    },
    has: (target, property) => property === "0" || property in target,
  });
}

/** The SDK's unknown object prints as `[object Object]`, which would pass for a known text. */
function plain(value) {
  if (value === UNKNOWN_STRING) return unknown;
  if (value === null || typeof value !== "object") return value;
  if (value.__pulumiUnknown === true) return unknown;
  if (Array.isArray(value)) return value.map(plain);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const patches = {
  "runtime/rpc.js": (rpc) => {
    const deserialize = rpc.deserializeProperties;
    rpc.deserializeProperties = (struct, ...rest) => {
      const mark = struct.getFieldsMap().get(MARK);
      if (mark === undefined) return deserialize(struct, ...rest);
      if (mark.getStringValue() === "all") return unknownAnswer;
      const { [MARK]: _, ...properties } = deserialize(struct, ...rest);
      return plain(properties);
    };
  },
  "runtime/invoke.js": (functions) => {
    const { invoke, invokeSingle } = functions;
    // With unknown arguments the SDK answers by itself, with an empty object.
    functions.invoke = async (...args) => {
      const answer = await invoke(...args);
      return answer === undefined || Object.keys(answer).length === 0 ? unknownAnswer : answer;
    };
    if (invokeSingle) functions.invokeSingle = async (...args) => (await invokeSingle(...args)) ?? unknown;
  },
  "stackReference.js": ({ StackReference }) => {
    const { getOutputValue, requireOutputValue, getOutputDetails } = StackReference.prototype;
    const guard = (method, answer) =>
      async function (name) {
        return (await this.outputs.isKnown) ? method.call(this, name) : answer;
      };
    StackReference.prototype.getOutputValue = guard(getOutputValue, unknown);
    StackReference.prototype.requireOutputValue = guard(requireOutputValue, unknown);
    if (getOutputDetails) StackReference.prototype.getOutputDetails = guard(getOutputDetails, { value: unknown });
  },
  // An encrypted value is the sentinel: neither a number nor JSON, and not to be taken for known inside an output.
  "config.js": ({ Config }, load) => {
    const { prototype } = Config;
    const isHidden = (config, key) => load("./runtime/config").getConfig(config.fullKey(key)) === UNKNOWN_STRING;
    for (const verb of ["get", "require"]) {
      for (const kind of ["", "Object", "Number", "Boolean"]) {
        const read = prototype[verb + kind];
        const readSecret = prototype[`${verb}Secret${kind}`];
        if (kind !== "") {
          prototype[verb + kind] = function (key, ...rest) {
            return isHidden(this, key) ? unknown : plain(read.call(this, key, ...rest));
          };
        }
        prototype[`${verb}Secret${kind}`] = function (key, ...rest) {
          if (isHidden(this, key)) return load("./output").secret(unknown);
          const value = readSecret.call(this, key, ...rest);
          return kind === "Object" && value !== undefined ? load("./output").secret(value.apply(plain)) : value;
        };
      }
    }
  },
  // Every promise remembers a stack trace for a debugging aid that is off; with source maps that is most of the time
  // a large program takes.
  "runtime/debuggable.js": (debuggable) => {
    const { debuggablePromise } = debuggable;
    debuggable.debuggablePromise = (...args) => {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        return debuggablePromise(...args);
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    };
  },
  // One message to the engine for every step of every resource, which nobody reads.
  "log/index.js": (log) => {
    log.debug = () => Promise.resolve();
  },
};

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
process.on("exit", () => report({ drained, exited }));

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

// Loaded while the parent starts its servers.
const runner = path.join(sdk, "cmd", "run", "index.js");
require(sdk);
const address = readAddress();
process.argv = [process.argv[0], runner, `--monitor=${address}`, `--engine=${address}`, ...runnerArguments];
require(runner);
