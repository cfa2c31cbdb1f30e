import { extname, parse as parsePath, relative, resolve, sep } from "node:path";
import { lilconfigSync } from "lilconfig";
import { type Config, type ConfigError, DEFAULT_CONFIG, parseConfig } from "../policies/config";
import type { ConfigEntry } from "../policies/model/finding";
import type { Position } from "../policies/model/record";
import { printable } from "../policies/text/printable";
import { fileProblem, KnownError } from "./io/errors";
import { readText } from "./io/files";
import { parseJson } from "./io/json";
import { findRepository, isInside, repositoryOf } from "./io/repository";
import { parseYaml, placesIn } from "./io/yaml";

const unread = () => ({});

/** The configuration and the file that it comes from, as messages call it. */
export interface Configured {
  config: Config;
  name?: string;
  /** Where an entry stands, relative to the repository; undefined for a file outside of it. */
  placeOf?(entry: ConfigEntry): Position | undefined;
}

/**
 * The configuration: the file named, else the nearest `ses-guard.yaml`, `.yml` or `.json` from `cwd` upwards, else
 * the defaults.
 * @param ruleIds ids of all rules
 * @throws KnownError where the file is missing, unreadable or wrong
 */
export function loadConfig(explicitPath: string | undefined, cwd: string, ruleIds: readonly string[]): Config {
  return configurationOf(explicitPath, [], cwd, ruleIds).config;
}

/**
 * The configuration of what is checked: the file named, else the nearest one from the folders upwards, else from
 * `cwd`, each up to its repository's root; else the defaults.
 * @param folders of the programs or documents
 * @throws KnownError where the folders have different files, and where the file is missing, unreadable or wrong
 */
export function configurationOf(
  explicitPath: string | undefined,
  folders: readonly string[],
  cwd: string,
  ruleIds: readonly string[],
): Configured {
  const path = explicitPath === undefined ? nearest(folders, cwd) : resolve(cwd, explicitPath);
  if (path === undefined) return { config: DEFAULT_CONFIG };
  const name = printable(explicitPath ?? (relative(cwd, path) || path));
  const text = readText(path, {
    name,
    explain: (problem) => `${problem}, give the path of a configuration file with --config`,
  });
  const { config, errors } = parseConfig(parseText(text, path, name), ruleIds);
  if (config) return { config, name, placeOf: placesOf(text, path, cwd) };
  throw new KnownError(`${describe(errors, text, name)} (see docs/configuration.md)`);
}

/** Each mistake as compilers write them, `FILE:LINE:COLUMN: …`, which editors and terminals open. */
function describe(errors: readonly ConfigError[], text: string, name: string): string {
  const find = placesIn(text);
  const lines = errors.slice(0, 5).map(({ at, message }) => {
    const { line, column } = find(at) ?? { line: 1, column: 1 };
    return `${name}:${line}:${column}: ${message}`;
  });
  return lines.join("; ") + (errors.length > 5 ? `; and ${errors.length - 5} more` : "");
}

/** The file is parsed for places when one is asked for: hardly any run does. */
function placesOf(text: string, file: string, cwd: string): Configured["placeOf"] {
  const repository = repositoryOf(cwd);
  if (!isInside(repository, file)) return undefined;
  const path = relative(repository, file).split(sep).join("/");
  let find: ReturnType<typeof placesIn> | undefined;
  return (entry) => {
    find ??= placesIn(text);
    const place = find(entry);
    return place && { path, ...place };
  };
}

function nearest(folders: readonly string[], cwd: string): string | undefined {
  const found = new Set(
    [...new Set(folders)].map((folder) => find(resolve(cwd, folder))).filter((one) => one !== undefined),
  );
  if (found.size === 0) return find(cwd);
  const [path, other] = found;
  if (other === undefined) return path;
  const names = [...found].slice(0, 2).map((one) => printable(relative(cwd, one)));
  throw new KnownError(`${names.join(" and ")} both configure what is checked; name one with --config`);
}

function find(cwd: string): string | undefined {
  const search = lilconfigSync("ses-guard", {
    searchPlaces: ["ses-guard.yaml", "ses-guard.yml", "ses-guard.json"],
    loaders: { ".yaml": unread, ".yml": unread, ".json": unread },
    // The home directory is no border: build machines check out beside it.
    stopDir: findRepository(cwd) ?? parsePath(resolve(cwd)).root,
    // A file that says nothing is still the nearest one.
    ignoreEmptySearchPlaces: false,
  });
  try {
    return search.search(cwd)?.filepath;
  } catch (error) {
    const what = fileProblem(error) ?? "it can't be read";
    throw new KnownError(
      `ses-guard.yaml, .yml or .json in ${printable(cwd)} or above: ${what}, name a file with --config`,
    );
  }
}

function parseText(text: string, path: string, name: string): unknown {
  if (extname(path) === ".json") return parseJson(text, name);
  // A file of comments only configures nothing.
  return parseYaml(text, name) ?? {};
}
