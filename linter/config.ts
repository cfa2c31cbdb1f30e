import { readFileSync } from "node:fs";
import { extname, parse as parsePath, relative, resolve } from "node:path";
import { lilconfigSync } from "lilconfig";
import { type Config, DEFAULT_CONFIG, parseConfig } from "../policies/config";
import { printable } from "../policies/text/printable";
import { fileProblem, KnownError } from "./errors";

const asText = (_path: string, content: string) => content;

/**
 * The configuration: the file named, else the nearest `ses-guard.yaml`, `.yml` or `.json` from `cwd` upwards, else
 * the defaults.
 * @param ruleIds ids of all rules
 * @throws KnownError where the file is missing, unreadable or wrong
 */
export function loadConfig(explicitPath: string | undefined, cwd: string, ruleIds: readonly string[]): Config {
  const file = explicitPath === undefined ? find(cwd) : { path: resolve(cwd, explicitPath) };
  if (file === undefined) return DEFAULT_CONFIG;
  const name = printable(explicitPath ?? (relative(cwd, file.path) || file.path));
  const { config, errors } = parseConfig(parseText(file.text ?? readText(file.path, name), file.path, name), ruleIds);
  if (config) return config;
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : "";
  throw new KnownError(`${name}: ${errors.slice(0, 5).join("; ")}${more} (see docs/configuration.md)`);
}

interface File {
  path: string;
  text?: string;
}

function find(cwd: string): File | undefined {
  const search = lilconfigSync("ses-guard", {
    searchPlaces: ["ses-guard.yaml", "ses-guard.yml", "ses-guard.json"],
    loaders: { ".yaml": asText, ".yml": asText, ".json": asText },
    // The home directory is no border: build machines check out beside it.
    stopDir: parsePath(resolve(cwd)).root,
    // A file that says nothing is still the nearest one.
    ignoreEmptySearchPlaces: false,
  });
  try {
    const found = search.search(cwd);
    return found ? { path: found.filepath, text: found.config ?? "" } : undefined;
  } catch (error) {
    const what = fileProblem(error) ?? "it can't be read";
    throw new KnownError(
      `ses-guard.yaml, .yml or .json in ${printable(cwd)} or above: ${what}, name a file with --config`,
    );
  }
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const what = fileProblem(error) ?? "it can't be read";
    throw new KnownError(`${name}: ${what}, give the path of a configuration file with --config`);
  }
}

function parseText(text: string, path: string, name: string): unknown {
  return extname(path) === ".json" ? parseJson(text, name) : parseYaml(text, name);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    // Node's message may quote the file; only the place is passed on.
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    const line = position === undefined ? "" : ` (line ${text.slice(0, Number(position)).split("\n").length})`;
    throw new KnownError(`${name}: is not valid JSON${line}, correct the file`);
  }
}

function parseYaml(text: string, name: string): unknown {
  // Loaded only where there is a YAML file: it would be half of the start-up of a run without one.
  const { parse } = require("yaml") as typeof import("yaml");
  try {
    // A file of comments only configures nothing.
    return parse(text, { logLevel: "error" }) ?? {};
  } catch (error) {
    const { message, linePos } = error as Error & { linePos?: { line: number }[] };
    const where = linePos?.[0] ? ` (line ${linePos[0].line})` : "";
    const what = message.split("\n", 1)[0]!.replace(/ at line \d+, column \d+:?$/, "");
    throw new KnownError(`${name}: is not valid YAML${where}: ${printable(what)}, correct the file`);
  }
}
