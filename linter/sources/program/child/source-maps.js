// From a place in the text that runs to the place in the text that somebody wrote.

const { readFileSync } = require("node:fs");
const { SourceMap } = require("node:module");
const { dirname, isAbsolute, resolve } = require("node:path");
const { fileURLToPath } = require("node:url");

const COMMENT = "//# sourceMappingURL=";

/** The source map that a script names in its last line; undefined where there is none. */
function sourceMapOf(text, path) {
  const start = text.lastIndexOf(COMMENT);
  const [url = ""] = start < 0 ? [] : text.slice(start + COMMENT.length).split(/\s/, 1);
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

/** Absolute path, line and column from 1, of a place from 0; the place itself where no map tells. */
function toSource(map, path, line, column) {
  const entry = map?.findEntry(line, column);
  if (entry?.originalSource === undefined) return { path, line: line + 1, column: column + 1 };
  const source = pathOf(entry.originalSource);
  return {
    path: isAbsolute(source) ? source : resolve(dirname(path), source),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** A path, of a `file:` URL with or without a query too. */
function pathOf(url) {
  const [plain] = url.split("?", 1);
  return plain.startsWith("file:") ? fileURLToPath(plain) : plain;
}

module.exports = { sourceMapOf, toSource, pathOf };
