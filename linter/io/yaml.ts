import { printable } from "../../policies/text/printable";
import { KnownError } from "./errors";

/**
 * The value of a YAML text, which JSON is too; undefined where it says nothing. Throws `KnownError` with line and
 * column.
 */
export function parseYaml(text: string, name: string): unknown {
  // Loaded only where there is a YAML file: it would be half of the start-up of a run without one.
  const { parse, YAMLParseError } = require("yaml") as typeof import("yaml");
  try {
    return parse(text, { logLevel: "error" }) ?? undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [start] = (error instanceof YAMLParseError && error.linePos) || [];
    const place = start ? ` at line ${start.line}, column ${start.col}` : "";
    const [what = ""] = error.message.split("\n", 1);
    const words = what.replace(/ at line \d+, column \d+:?$/, "");
    throw new KnownError(`${name}: not valid YAML${place}: ${printable(words)}`);
  }
}
