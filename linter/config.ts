import { extname, parse as parsePath, relative, resolve } from "node:path";
import { lilconfigSync } from "lilconfig";
import { type Config, DEFAULT_CONFIG, parseConfig } from "../policies/config";
import { printable } from "../policies/text/printable";
import { fileProblem, KnownError } from "./io/errors";
import { readText } from "./io/files";
import { parseJson } from "./io/json";
import { parseYaml } from "./io/yaml";

const unread = () => ({});

/**
 * The configuration: the file named, else the nearest `ses-guard.yaml`, `.yml` or `.json` from `cwd` upwards, else
 * the defaults.
 * @param ruleIds ids of all rules
 * @throws KnownError where the file is missing, unreadable or wrong
 */
export function loadConfig(explicitPath: string | undefined, cwd: string, ruleIds: readonly string[]): Config {
  const path = explicitPath === undefined ? find(cwd) : resolve(cwd, explicitPath);
  if (path === undefined) return DEFAULT_CONFIG;
  const name = nameOfConfig(explicitPath, cwd) ?? path;
  const text = readText(path, {
    name,
    explain: (problem) => `${problem}, give the path of a configuration file with --config`,
  });
  const { config, errors } = parseConfig(parseText(text, path, name), ruleIds);
  if (config) return config;
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : "";
  throw new KnownError(`${name}: ${errors.slice(0, 5).join("; ")}${more} (see docs/configuration.md)`);
}

/** How the configuration file that `loadConfig` reads is called in texts; null where there is none. */
export function nameOfConfig(explicitPath: string | undefined, cwd: string): string | null {
  const path = explicitPath ?? find(cwd);
  return path === undefined ? null : printable(explicitPath ?? (relative(cwd, path) || path));
}

function find(cwd: string): string | undefined {
  const search = lilconfigSync("ses-guard", {
    searchPlaces: ["ses-guard.yaml", "ses-guard.yml", "ses-guard.json"],
    loaders: { ".yaml": unread, ".yml": unread, ".json": unread },
    // The home directory is no border: build machines check out beside it.
    stopDir: parsePath(resolve(cwd)).root,
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
