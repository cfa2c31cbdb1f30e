// From a place in the text that runs to the place in the text that somebody wrote.

const { readFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const { findSourceMap, SourceMap } = require("node:module");
const { dirname, isAbsolute, resolve } = require("node:path");
const { fileURLToPath } = require("node:url");

const COMMENT = "//# sourceMappingURL=";

/** The source map that a script names in its last line; undefined where there is none. */
function sourceMapOf(text, path) {
  const start = text.lastIndexOf(COMMENT);
  const [url = ""] = start < 0 ? [] : text.slice(start + COMMENT.length).split(/\s/, 1);
  return readMap(url, path);
}

function readMap(url, path) {
  const comma = url.indexOf(",");
  try {
    if (url.startsWith("data:")) {
      const encoding = url.slice(0, comma).endsWith(";base64") ? "base64" : "utf8";
      return new SourceMap(JSON.parse(Buffer.from(url.slice(comma + 1), encoding).toString()));
    }
    return url === "" ? undefined : new SourceMap(JSON.parse(readFileSync(resolve(dirname(path), url), "utf8")));
  } catch {
    return undefined;
  }
}

/** URLs of the maps of the scripts that this process has loaded, by the script's URL; empty texts where there is none. */
let loaded = new Map();
const loadedMaps = new Map();

/**
 * The source map with which a loader has compiled a script. Node.js knows it where source maps are on and the script is
 * an ES module; in the script itself it stands always.
 * @param script the name under which it runs, a path or a URL
 */
function mapOfLoaded(script) {
  const known = findSourceMap(script);
  if (known !== undefined) return known;
  if (!loadedMaps.has(script)) {
    if (!loaded.has(script)) loaded = loadedScripts();
    loadedMaps.set(script, readMap(loaded.get(script) ?? "", pathOf(script)));
  }
  return loadedMaps.get(script);
}

function loadedScripts() {
  const scripts = new Map();
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params: { url, sourceMapURL } }) => {
    for (const name of url.startsWith("file:") ? [url, pathOf(url)] : [url]) scripts.set(name, sourceMapURL);
  });
  session.post("Debugger.enable");
  session.disconnect();
  return scripts;
}

/** Absolute path, line and column from 1, of a place from 0; the place itself where no map tells. */
function toSource(map, path, line, column) {
  const entry = map?.findEntry(line, column);
  if (entry?.originalSource === undefined) return { path, line: line + 1, column: column + 1 };
  const { originalSource, originalLine, originalColumn } = entry;
  const found = pathOf(originalSource);
  const source = isAbsolute(found) ? found : resolve(dirname(path), found);
  return toSource(mapBefore(map, originalSource), source, originalLine, originalColumn);
}

const before = new WeakMap();

/** Where one loader compiles what another has compiled (the SDK's, what tsx gives it), the first one's map stands in it. */
function mapBefore(map, source) {
  if (!before.has(map)) {
    const { sources = [], sourcesContent } = map.payload;
    const text = sourcesContent?.[sources.length === 1 ? 0 : sources.indexOf(source)] ?? "";
    before.set(map, text.includes(`${COMMENT}data:`) ? sourceMapOf(text, source) : undefined);
  }
  return before.get(map);
}

/** A path, of a `file:` URL with or without a query too. */
function pathOf(url) {
  const [plain] = url.split("?", 1);
  return plain.startsWith("file:") ? fileURLToPath(plain) : plain;
}

module.exports = { mapOfLoaded, sourceMapOf, toSource, pathOf };
