// The changes to the SDK for a program that runs in our own process: made in the modules that are loaded already, and
// taken back when the program has ended.

const { join } = require("node:path");
const { forget, uncertain } = require("./callbacks");
const { patches } = require("./patches");
const { setSources } = require("./positions");
const { release } = require("./scan");
const { parseUnknown } = require("./unknown");

/** Modules that hold copies of what others export, made when they were loaded. */
const COPIES = ["index.js", "runtime/index.js"];
/** Classes whose methods are changed, by the module that exports them. */
const CLASSES = { "output.js": "Output", "stackReference.js": "StackReference", "config.js": "Config" };

/**
 * @param folders of the copies of the SDK
 * @param sources folder of the sources that the program's owner can edit
 * @param load of the process
 * @returns takes everything back, and returns what may be missing
 */
function changeSdks(folders, sources, load) {
  setSources(sources);
  forget();
  const undo = [parseUnknown(), ...folders.flatMap((folder) => changeSdk((file) => load(join(folder, file))))];
  return () => {
    for (const restore of undo.reverse()) restore();
    const callbacks = uncertain();
    forget();
    release();
    return callbacks;
  };
}

/** Makes all changes, and returns what takes each of them back. */
function changeSdk(load) {
  return Object.entries(patches).flatMap(([file, patch]) => {
    const exports = load(file);
    const name = CLASSES[file];
    const undo = name === undefined ? [] : [remembered(exports[name].prototype)];
    const before = { ...exports };
    undo.push(remembered(exports));
    patch(exports, (path) => load(`${path}.js`));
    return [...undo, ...COPIES.flatMap((copy) => replaceCopies(load(copy), before, exports))];
  });
}

/** Puts the properties of an object back as they are now. */
function remembered(object) {
  const before = Object.getOwnPropertyDescriptors(object);
  return () => {
    for (const [key, descriptor] of Object.entries(before)) {
      if (object[key] !== descriptor.value && descriptor.configurable) Object.defineProperty(object, key, descriptor);
    }
  };
}

function replaceCopies(holder, before, after) {
  return Object.keys(before)
    .filter((key) => before[key] !== after[key] && holder[key] === before[key])
    .map((key) => {
      const restore = remembered(holder);
      holder[key] = after[key];
      return restore;
    });
}

module.exports = { changeSdks };
