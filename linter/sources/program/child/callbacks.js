// Callbacks that wait for a value nobody knows here. A preview with an engine runs those that wait for the answer of a
// function or another stack: they are tried, with the unknown for their argument. It skips those that wait for a
// resource which does not exist yet, and so does this; what they might register is remembered.

const { isAnswer, unknown, withReadLimit } = require("./unknown");
const { inspect } = require("./scan");

/** Milliseconds after which a callback that was tried, and waits for something, is given up. */
const PATIENCE = 5_000;

/** Outputs that are answers wherever they are unknown, although the SDK has put its own unknown value in place. */
const answers = new WeakSet();

/** By its text: what one callback may have registered. */
const found = new Map();

function answersOf(output) {
  answers.add(output);
  return output;
}

/** What may be missing in the program's stack: place, what it might have been, why. */
function uncertain() {
  return [...found.values()].filter((entry) => entry !== undefined);
}

function forget() {
  found.clear();
}

function remember(callback, error) {
  const text = Function.prototype.toString.call(callback);
  if (found.has(text)) return;
  // Marked before it is looked at, so that what looking at it runs does not come here again.
  found.set(text, undefined);
  const result = inspect(callback);
  if (result === undefined) return;
  found.set(text, { ...result, ...(error === undefined ? {} : { error: messageOf(error) }) });
}

function messageOf(error) {
  return String(error instanceof Error ? error.message : error).slice(0, 200);
}

/** Makes `Output.apply` try what waits for answers. */
function tryUnknown(outputs) {
  const { prototype } = outputs.Output;
  const { apply } = prototype;
  prototype.apply = function (callback, runWithUnknowns) {
    if (runWithUnknowns) return apply.call(this, (value) => (isAnswer(value) ? unknown : callback(value)), true);
    return apply.call(
      this,
      (value) => {
        if (!outputs.containsUnknowns(value)) return callback(value);
        if (answers.has(this) || hasOnlyAnswers(value, outputs.isUnknown)) return trial(callback, value, outputs);
        remember(callback);
        return outputs.unknown;
      },
      true,
    );
  };
}

async function trial(callback, value, outputs) {
  try {
    return withoutValues(await inTime(callback, outputs.isUnknown(value) ? unknown : value), outputs);
  } catch (error) {
    remember(callback, error);
    return unknown;
  }
}

async function inTime(callback, value) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not end in time")), PATIENCE);
  });
  try {
    const result = withReadLimit(() => callback(value));
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is left of a callback's result: the resources that it made, and on what its values depend. */
function withoutValues(result, outputs) {
  if (result === null || typeof result !== "object" || outputs.isUnknown(result)) return unknown;
  if (result.__pulumiResource === true) return result;
  if (outputs.Output.isInstance(result)) return result.apply(() => unknown, true);
  if (Array.isArray(result)) {
    const items = result.map((item) => withoutValues(item, outputs));
    return items.some((item) => item !== unknown) ? items : unknown;
  }
  if (Object.getPrototypeOf(result) !== Object.prototype) return unknown;
  const entries = Object.entries(result).map(([key, item]) => [key, withoutValues(item, outputs)]);
  return entries.some(([, item]) => item !== unknown) ? Object.fromEntries(entries) : unknown;
}

/** True where everything unknown in a value is an answer. */
function hasOnlyAnswers(value, isUnknown, seen = new Set()) {
  if (isAnswer(value)) return true;
  if (isUnknown(value)) return false;
  if (value === null || typeof value !== "object" || value.__pulumiResource === true || seen.has(value)) return true;
  seen.add(value);
  return Object.values(value).every((item) => hasOnlyAnswers(item, isUnknown, seen));
}

module.exports = { answersOf, forget, tryUnknown, uncertain };
