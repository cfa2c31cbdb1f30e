// What is changed in the SDK, by its files: function calls without an answer become unknown in plain values too.

const { UNKNOWN_STRING, isAnswer, unknown, unknownAnswer, plain } = require("./unknown");
const { positionOf } = require("./positions");
const { tryUnknown, answersOf } = require("./callbacks");

/** Place of the source position among the arguments of `registerResource`, after the name. */
const POSITION = 5;

/** Set by our monitor in an answer: "all" where nothing is known, "part" where some properties are not. */
const MARK = "ses-guard:unknown";

/** Resources that the program only reads. */
const existing = new WeakSet();

/** A name or an id as the wire carries it. */
function toText(value) {
  return isAnswer(value) ? UNKNOWN_STRING : value;
}

/** Where a property of something that exists is not told, a preview would know it. */
function withAnswers(resolvers) {
  return Object.fromEntries(
    Object.entries(resolvers).map(([property, resolve]) => [
      property,
      (value, isKnown, ...rest) => (isKnown ? resolve(value, isKnown, ...rest) : resolve(unknown, true, ...rest)),
    ]),
  );
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
    const { resolveProperties } = rpc;
    rpc.resolveProperties = (resource, resolvers, ...rest) =>
      resolveProperties(resource, existing.has(resource) ? withAnswers(resolvers) : resolvers, ...rest);
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
  // What exists already is known to a preview: what it reads, and the outputs of other stacks.
  "runtime/resource.js": (resources) => {
    const { readResource, registerResource } = resources;
    resources.readResource = (resource, parent, type, name, properties, options, _position, ...rest) => {
      const position = positionOf(resource, resources.readResource);
      existing.add(resource);
      // The SDK has copied the options: an unknown id looks like a list to it.
      const isUnknown = [options?.id].flat().some(isAnswer);
      const known = isUnknown ? { ...options, id: UNKNOWN_STRING } : options;
      return readResource(resource, parent, type, toText(name), properties, known, position, ...rest);
    };
    resources.registerResource = (resource, parent, type, name, ...rest) => {
      rest[POSITION] = positionOf(resource, resources.registerResource);
      return registerResource(resource, parent, type, toText(name), ...rest);
    };
  },
  "output.js": (outputs) => tryUnknown(outputs),
  "stackReference.js": ({ StackReference }) => {
    const { getOutput, requireOutput, getOutputValue, requireOutputValue, getOutputDetails } = StackReference.prototype;
    StackReference.prototype.getOutput = function (name) {
      return answersOf(getOutput.call(this, name));
    };
    StackReference.prototype.requireOutput = function (name) {
      return answersOf(requireOutput.call(this, name));
    };
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

module.exports = { patches };
