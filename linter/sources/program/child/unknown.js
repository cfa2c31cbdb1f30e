// Plain values that nobody knows, which the SDK takes for its own unknown value. As text they contain the sentinel.

const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Reads of unknown values after which a callback on trial is given up: it waits for one of them to change. */
const READ_LIMIT = 100_000;
let readsLeft = Number.POSITIVE_INFINITY;

/** Calls a function that may go on for ever where a value never changes; throws where it does. */
function withReadLimit(action) {
  readsLeft = READ_LIMIT;
  try {
    return action();
  } finally {
    readsLeft = Number.POSITIVE_INFINITY;
  }
}

function countRead() {
  if (readsLeft-- <= 0) throw new Error("it never ends with a value that is not known");
}

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
      countRead();
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

/** Makes `JSON.parse` take a text that nobody knows for JSON of anything. Returns what takes that back. */
function parseUnknown() {
  const { parse } = JSON;
  JSON.parse = (text, ...rest) => {
    try {
      return parse(text, ...rest);
    } catch (error) {
      if (String(text).includes(UNKNOWN_STRING)) return unknown;
      throw error;
    }
  };
  return () => {
    JSON.parse = parse;
  };
}

/** Unknown because a function or another stack would have to answer; a preview with an engine knows these. */
function isAnswer(value) {
  return value === unknown || value === unknownAnswer;
}

module.exports = { UNKNOWN_STRING, unknown, unknownAnswer, plain, isAnswer, parseUnknown, withReadLimit };
