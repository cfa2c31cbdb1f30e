// What a callback that is not run might register: its text is read, and the names in it are looked up where the
// callback would find them, through the inspector of this very process. Functions and components of the program that
// it calls are read in the same way.

const { Session } = require("node:inspector");
const { pathOf, sourceMapOf, toSource } = require("./source-maps");

/** Functions that are read for one callback; what would need more may be anything. */
const LIMIT = 200;
const CONSTRUCTION = /\bnew\s+((?:[A-Za-z_$][\w$]*)(?:\??\.[A-Za-z_$][\w$]*)*)/g;
const CALL = /(?<![.\w$])(?<!\bfunction\s)(?<!\bnew\s)((?:[A-Za-z_$][\w$]*)(?:\??\.[A-Za-z_$][\w$]*)*)\)?\s*(?=\()/g;

let session;
const urls = new Map();
/** The global scopes of this process: test runners give each test file one of its own. */
const contexts = new Set();

function connect() {
  if (session !== undefined) return session;
  session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.on("Runtime.executionContextCreated", ({ params }) => contexts.add(params.context.id));
  session.on("Runtime.executionContextDestroyed", ({ params }) => contexts.delete(params.executionContextId));
  session.post("Runtime.enable");
  return session;
}

/** Lets go of the inspector, and of all that it has names for. */
function release() {
  session?.disconnect();
  session = undefined;
  holderId = undefined;
  inspected = new WeakMap();
  urls.clear();
  contexts.clear();
}

/** Answers of the inspector of the own process come at once. */
function ask(method, parameters) {
  let answer = {};
  connect().post(method, parameters, (error, result) => {
    if (error === null) answer = result;
  });
  return answer;
}

/**
 * Types of the resources that a function may register, undefined for any, and where its source stands; undefined
 * where it registers nothing.
 */
function inspect(callback) {
  const search = { types: new Set(), anything: false, seen: new Set() };
  read(callback, search);
  if (search.types.size === 0 && !search.anything) return undefined;
  return { types: search.anything ? undefined : [...search.types].sort(), position: positionOf(callback) };
}

function read(callback, search) {
  if (search.seen.has(callback) || search.anything) return;
  search.seen.add(callback);
  if (search.seen.size > LIMIT) search.anything = true;
  const text = withoutStrings(Function.prototype.toString.call(callback));
  if (/\{\s*\[native code\]\s*\}$/.test(text)) return;
  let scopes;
  const lookUp = (path) => {
    scopes ??= scopesOf(callback);
    return follow(path, scopes);
  };
  for (const [, path] of text.matchAll(CONSTRUCTION)) construct(lookUp(path), search);
  for (const [, path] of text.matchAll(CALL)) {
    if (path.startsWith("__")) continue; // The compiler's own helpers.
    const value = lookUp(path);
    if (typeof value === "function" && !isClass(value) && !isOfPackage(value)) read(value, search);
  }
}

/** A class that can't be found may be any; one that makes no resource makes nothing. */
function construct(value, search) {
  if (value === undefined) search.anything = true;
  else if (typeof value === "function" && isResource(value)) {
    if (typeof value.__pulumiType === "string") search.types.add(value.__pulumiType);
    else readComponent(value, search);
  }
}

/** A component of the program: what its class makes, and the classes above it. A package's may make anything. */
function readComponent(value, search) {
  for (let one = value; isResource(one) && !isBase(one); one = Object.getPrototypeOf(one)) {
    if (isOfPackage(one)) search.anything = true;
    read(one, search);
    for (const name of Object.getOwnPropertyNames(one.prototype)) {
      const { value: method } = Object.getOwnPropertyDescriptor(one.prototype, name) ?? {};
      if (typeof method === "function" && name !== "constructor") read(method, search);
    }
  }
}

function isResource(value) {
  return typeof value === "function" && value.prototype !== undefined && hasBase(value);
}

function hasBase(value) {
  for (let one = value; typeof one === "function"; one = Object.getPrototypeOf(one)) if (isBase(one)) return true;
  return false;
}

function isBase(value) {
  return ["Resource", "CustomResource", "ComponentResource", "ProviderResource"].includes(value.name) && isOfSdk(value);
}

function isOfSdk(value) {
  return /[\\/]@pulumi[\\/]pulumi[\\/]/.test(placeOf(value).path ?? "");
}

function isOfPackage(value) {
  const { path } = placeOf(value);
  return path === undefined || path.includes("node_modules") || path.startsWith("node:");
}

function isClass(value) {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** The value that a path of names leads to from a function's own scopes; undefined where it can't be told. */
function follow(path, scopes) {
  const [root, ...names] = path.split(/\??\./);
  let value = scopes(root);
  for (const name of names) {
    if (value === undefined || value === null) return undefined;
    try {
      value = value[name];
    } catch {
      return undefined;
    }
  }
  return value;
}

/** Looks a name up in the scopes of a function, then among the global ones. */
function scopesOf(callback) {
  const scopes = inspectFunction(callback).scopes.map(
    (objectId) =>
      new Map((ask("Runtime.getProperties", { objectId }).result ?? []).map(({ name, value }) => [name, value])),
  );
  return (name) => {
    const scope = scopes.find((variables) => variables.has(name));
    if (scope === undefined) return globalThis[name];
    const variable = scope.get(name);
    return variable?.objectId === undefined ? variable?.value : valueNamed(variable.objectId);
  };
}

/** The value that the inspector has a name for. */
function valueNamed(objectId) {
  held.value = undefined;
  ask("Runtime.callFunctionOn", {
    objectId,
    functionDeclaration: "function (hold) { hold(this); }",
    arguments: [{ objectId: holder() }],
  });
  return held.value;
}

const held = { value: undefined };
let holderId;

function holder() {
  holderId ??= idOf((value) => {
    held.value = value;
  });
  return holderId;
}

const KEY = Symbol.for("ses-guard.inspected");

/** The inspector's name for a value of this process. */
function idOf(value) {
  const expression = `globalThis[Symbol.for(${JSON.stringify(KEY.description)})]`;
  connect();
  globalThis[KEY] = value;
  try {
    for (const contextId of contexts) {
      const { objectId } = ask("Runtime.evaluate", { expression, contextId }).result ?? {};
      if (objectId !== undefined) return objectId;
    }
    return undefined;
  } finally {
    delete globalThis[KEY];
  }
}

let inspected = new WeakMap();

function inspectFunction(value) {
  const known = inspected.get(value);
  if (known !== undefined) return known;
  const objectId = idOf(value);
  const { internalProperties = [] } = ask("Runtime.getProperties", { objectId, ownProperties: true });
  const internal = (name) => internalProperties.find((property) => property.name === name)?.value;
  const chain = internal("[[Scopes]]")?.objectId;
  const list =
    chain === undefined ? [] : (ask("Runtime.getProperties", { objectId: chain, ownProperties: true }).result ?? []);
  const scopes = list
    .filter(({ name, value: scope }) => /^\d+$/.test(name) && scope?.description !== "Global")
    .map(({ value: scope }) => scope.objectId);
  const result = { scopes, location: internal("[[FunctionLocation]]")?.value };
  inspected.set(value, result);
  return result;
}

/** Where a function stands, in the text that runs; from 0. */
function placeOf(value) {
  const { location } = inspectFunction(value);
  if (location === undefined) return {};
  if (urls.size === 0) ask("Debugger.enable");
  if (!urls.has(location.scriptId)) {
    ask("Debugger.disable");
    ask("Debugger.enable");
  }
  const { scriptId, lineNumber: line, columnNumber: column } = location;
  return { path: pathOf(urls.get(scriptId) ?? ""), line, column, scriptId };
}

/** Where the source of a function stands: absolute path, line and column from 1. */
function positionOf(value) {
  const { path, line, column, scriptId } = placeOf(value);
  if (path === undefined || path === "") return undefined;
  const { scriptSource = "" } = ask("Debugger.getScriptSource", { scriptId });
  return toSource(sourceMapOf(scriptSource, path), path, line, column);
}

/** A text without what is said in strings and comments; what stands inside of templates is kept. */
function withoutStrings(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<![:\\])\/\/[^\n]*/g, " ");
}

module.exports = { inspect, release };
