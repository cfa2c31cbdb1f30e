// Where a resource is registered: the nearest line that the program's owner can edit, and the nearest of all, which
// may be in a package. The SDK's own answer knows neither ES modules nor anonymous callbacks.

const { readFileSync } = require("node:fs");
const { relative, isAbsolute } = require("node:path");
const { pathToFileURL } = require("node:url");
const { mapOfLoaded, pathOf, sourceMapOf, toSource } = require("./source-maps");

const DEPTH = 50;
const FRAME =
  /^\s*at (?:(?<name>.+?) \()?(?<file>(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\n]*?):(?<line>\d+):(?<column>\d+)\)?$/;
const SDK = /[\\/]@pulumi[\\/]/;

/** What a loader compiles while it loads it; who formats the stack knows the map of one loader at best. */
const COMPILED = /\.(?:[cm]?ts|[jt]sx)$/;

/** The formatter knows the SDK's own loader. */
const HAS_LOADER = process.execArgv.length > 0 || Boolean(process.env.NODE_OPTIONS);

let sources = "";

/** @param folder what lies outside of it is not the owner's */
function setSources(folder) {
  sources = folder;
}

/** As the SDK passes positions on: `{uri, line, column}`; undefined where nothing is known. */
function positionOf(resource, above) {
  const frames = framesOf(resource, above);
  const own = frames.find(({ path }) => isEditable(path));
  const [inner] = frames;
  if (inner === undefined) return undefined;
  const uri = pathToFileURL((own ?? inner).path);
  if (own === undefined) uri.hash = "package";
  else if (own !== inner) uri.hash = JSON.stringify(inner);
  return { uri: uri.toString(), line: (own ?? inner).line, column: (own ?? inner).column };
}

function framesOf(resource, above) {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = DEPTH;
  try {
    const lines = String(capture(above)).split("\n");
    Error.prepareStackTrace = (_, sites) => sites;
    const sites = capture(above);
    // What stands before the frames is the message.
    const message = lines.length - sites.length;
    const frames = lines.map((line, index) => toFrame(line, sites[index - message]));
    return withoutConstructors(frames.filter(Boolean), resource);
  } finally {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  }
}

function capture(above) {
  const holder = {};
  Error.captureStackTrace(holder, above);
  return holder.stack;
}

/**
 * @param line of the stack trace, as whoever formats it tells the place
 * @param site the same frame in the code that runs
 */
function toFrame(line, site) {
  const groups = FRAME.exec(line.slice(0, 2_000))?.groups;
  if (groups === undefined) return undefined;
  const path = pathOf(groups.file);
  if (SDK.test(path)) return { name: groups.name, ofSdk: true };
  const script = HAS_LOADER && COMPILED.test(path) ? site?.getFileName() : undefined;
  const map = script ? mapOfLoaded(script) : undefined;
  const place = map
    ? toSource(map, path, site.getLineNumber() - 1, site.getColumnNumber() - 1)
    : toSource(mapOf(path), path, Number(groups.line) - 1, Number(groups.column) - 1);
  return { name: groups.name, ...place };
}

/** The frames above the constructors of the resource's own classes, without those of the SDK. */
function withoutConstructors(frames, resource) {
  const names = new Set();
  for (let one = Object.getPrototypeOf(resource); one; one = Object.getPrototypeOf(one))
    names.add(one.constructor?.name);
  let start = 0;
  while (start < frames.length && (frames[start].ofSdk || isConstructor(frames[start], names))) start++;
  return frames.slice(start).filter(({ ofSdk }) => !ofSdk);
}

function isConstructor({ name }, names) {
  return name?.startsWith("new ") && names.has(name.slice("new ".length).split(".").at(-1));
}

function isEditable(path) {
  const inside = relative(sources, path);
  return !inside.startsWith("..") && !isAbsolute(inside) && !/(?:^|[\\/])node_modules[\\/]/.test(inside);
}

const maps = new Map();

/** The map of a file that was compiled before it ran; what a loader compiles has its own places already. */
function mapOf(path) {
  if (!/\.[cm]?js$/.test(path) || !isEditable(path)) return undefined;
  if (!maps.has(path)) {
    let map;
    try {
      map = sourceMapOf(readFileSync(path, "utf8"), path);
    } catch {
      // Not a file.
    }
    maps.set(path, map);
  }
  return maps.get(path);
}

module.exports = { positionOf, setSources };
