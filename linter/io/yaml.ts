import { printable } from "../../policies/text/printable";
import { KnownError } from "./errors";

/** Keys of mappings and numbers of list items, from the outside in. */
export type EntryPath = readonly (string | number)[];

/**
 * A function from the path of an entry to the line and column where it starts, from 1, in a YAML text, which JSON is
 * too: a member of a mapping at its key, an item of a list at its value. For a path that leads nowhere it is the last
 * entry on its way; undefined where there is none.
 */
export function placesIn(text: string): (path: EntryPath) => { line: number; column: number } | undefined {
  const { isAlias, isMap, isNode, isSeq, LineCounter, parseDocument } = require("yaml") as typeof import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false });
  const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
  const enter = (parent: unknown, step: string | number): { start?: number; child?: unknown } => {
    if (isAlias(parent)) return enter(parent.resolve(document), step);
    if (isSeq(parent)) return { start: startOf(parent.items[Number(step)]), child: parent.items[Number(step)] };
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === step) : undefined;
    return { start: startOf(pair?.key), child: pair?.value };
  };
  return (path) => {
    let offset: number | undefined;
    let within: unknown = document.contents;
    for (const step of path) {
      const { start, child } = enter(within, step);
      offset = start ?? offset;
      within = child;
    }
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/**
 * The value of a YAML text, which JSON is too; undefined where it says nothing. Throws `KnownError`, `NAME:LINE:COLUMN:
 * not valid YAML: …`.
 */
export function parseYaml(text: string, name: string): unknown {
  // Loaded only where there is a YAML file: it would be half of the start-up of a run without one.
  const { parse, YAMLParseError } = require("yaml") as typeof import("yaml");
  try {
    return parse(text, { logLevel: "error" }) ?? undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const start = error instanceof YAMLParseError ? error.linePos?.[0] : missingAnchor(text);
    const place = start ? `:${start.line}:${start.col}` : "";
    const [what = ""] = error.message.split("\n", 1);
    const words = what.replace(/ at line \d+, column \d+:?$/, "");
    throw new KnownError(`${name}${place}: not valid YAML: ${printable(words)}`);
  }
}

/** Where the first alias without an anchor stands: the library finds it only when it builds the value, without a place. */
function missingAnchor(text: string): { line: number; col: number } | undefined {
  const { LineCounter, parseDocument, visit } = require("yaml") as typeof import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  let offset: number | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      offset = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return offset === undefined ? undefined : lines.linePos(offset);
}
