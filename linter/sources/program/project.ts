import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isObject, type Json, UNKNOWN_STRING } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { readText } from "../../io/files";
import { parseYaml } from "../../io/yaml";

/** A Pulumi program and the configuration of one of its stacks, read from its files. */
export interface Project {
  name: string;
  stack: string;
  organization: string;
  /** Folder of `Pulumi.yaml`, absolute. */
  root: string;
  /** Folder in which the program runs, and its entry relative to it. */
  directory: string;
  entry: string;
  typescript: boolean;
  tsconfig?: string;
  nodeArguments: string[];
  /** As the language host gets it: `namespace:key` to text, objects as JSON. Encrypted parts are the sentinel. */
  config: Record<string, string>;
  secretKeys: string[];
  /** The stack file names an ESC environment, whose values are not in the file. */
  environment: boolean;
}

export interface ProjectOptions {
  /** `STACK` or `ORGANIZATION/PROJECT/STACK`; default: the only one that has a file, else `dev`. */
  stack?: string;
  /** Values that replace or add to those of the stack's file; keys without a namespace belong to the project. */
  config?: Readonly<Record<string, string>>;
}

const EXTENSIONS = ["yaml", "yml", "json"];
const PREVIEW_INSTEAD = "write a preview instead: pulumi preview --json | ses-guard lint -";

/**
 * Reads `Pulumi.yaml` and `Pulumi.STACK.yaml` in a folder. Throws `KnownError` where they are missing or can't be
 * read, where the program is not for Node.js, or where it is not clear which stack is meant.
 * Formats: Pulumi documentation, "Project file reference" and "Stack settings file reference".
 */
export function readProject(folder: string, options: ProjectOptions = {}): Project {
  const root = resolve(folder);
  const shown = printable(folder);
  const file = EXTENSIONS.map((extension) => join(root, `Pulumi.${extension}`)).find(existsSync);
  if (file === undefined) {
    throw new KnownError(
      existsSync(root)
        ? `${shown}: there is no Pulumi.yaml; give the folder of a Pulumi program`
        : `${shown}: there is no such folder`,
    );
  }
  const content = readSettings(file, shown);
  const name = content.name;
  if (typeof name !== "string" || name === "") throw new KnownError(`${shown}/${basename(file)}: the name is missing`);
  const runtime = isObject(content.runtime) ? content.runtime.name : content.runtime;
  const runtimeOptions = isObject(content.runtime) && isObject(content.runtime.options) ? content.runtime.options : {};
  if (runtime !== "nodejs") {
    throw new KnownError(
      `${shown}: the program's runtime is ${printable(String(runtime))}, only nodejs runs offline; ${PREVIEW_INSTEAD}`,
    );
  }

  const { directory, entry } = entryOf(root, content.main, shown);
  const stackFolder = content.stackConfigDir ?? (typeof content.config === "string" ? content.config : ".");
  const [stack = "", , organization] = (options.stack ?? "").split("/").reverse();
  const chosen = stackFile(resolve(root, String(stackFolder)), stack, shown);
  const stackContent = chosen.file === undefined ? {} : readSettings(chosen.file, shown);

  const values: Json = {
    ...projectDefaults(isObject(content.config) ? content.config : {}, name),
    ...stackValues(isObject(stackContent.config) ? stackContent.config : {}, name),
    ...stackValues(options.config ?? {}, name),
  };
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [key, raw] of Object.entries(values)) {
    const { value, secret } = withoutEncrypted(raw);
    config[key] = typeof value === "string" ? value : JSON.stringify(value);
    if (secret) secretKeys.push(key);
  }
  return {
    name,
    stack: chosen.stack,
    organization: organization ?? "organization",
    root,
    directory,
    entry,
    typescript: runtimeOptions.typescript !== false,
    tsconfig: typeof runtimeOptions.tsconfig === "string" ? runtimeOptions.tsconfig : undefined,
    nodeArguments: splitArguments(runtimeOptions.nodeargs),
    config,
    secretKeys,
    environment: stackContent.environment !== undefined,
  };
}

/** `main` is a folder, in which the program then runs, or a file. */
function entryOf(root: string, main: unknown, shown: string): { directory: string; entry: string } {
  if (main === undefined || main === null || main === "") return { directory: root, entry: "." };
  const path = resolve(root, String(main));
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) {
    throw new KnownError(
      `${shown}/Pulumi.yaml: main is ${printable(String(main))}, which does not exist; build it first`,
    );
  }
  return kind.isDirectory() ? { directory: path, entry: "." } : { directory: dirname(path), entry: basename(path) };
}

function stackFile(folder: string, wanted: string, shown: string): { stack: string; file?: string } {
  const files = new Map<string, string>();
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const stack = /^Pulumi\.(.+)\.(?:yaml|yml|json)$/.exec(file)?.[1];
    if (stack !== undefined) files.set(stack, join(folder, file));
  }
  const names = printable([...files.keys()].join(", "));
  if (wanted !== "") {
    if (files.size === 0 || files.has(wanted)) return { stack: wanted, file: files.get(wanted) };
    throw new KnownError(`${shown}: there is no Pulumi.${printable(wanted)}.yaml; --stack can be ${names}`);
  }
  const [only] = files;
  if (only === undefined) return { stack: "dev" };
  if (files.size > 1) throw new KnownError(`${shown}: there are several stacks; choose with --stack: ${names}`);
  return { stack: only[0], file: only[1] };
}

/** Declarations may be a value, or say one as `value` or `default`. */
function projectDefaults(config: Json, project: string): Json {
  const values: Json = {};
  for (const [key, declaration] of Object.entries(config)) {
    const value = isObject(declaration) ? (declaration.value ?? declaration.default) : declaration;
    if (value === undefined || value === null) continue;
    const secret = isObject(declaration) && declaration.secret === true;
    values[fullKey(key, project)] = secret ? { secure: "" } : value;
  }
  return values;
}

function stackValues(config: Readonly<Json>, project: string): Json {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [fullKey(key, project), value]),
  );
}

/** `key`, `namespace:key`, or `namespace:config:key` as older versions wrote it. */
function fullKey(key: string, project: string): string {
  if (!key.includes(":")) return `${project}:${key}`;
  return key.replace(/^([^:]+):config:/, "$1:");
}

/** `{secure: …}`, at any depth, is an encrypted value. */
function withoutEncrypted(raw: unknown): { value: unknown; secret: boolean } {
  if (isObject(raw) && Object.keys(raw).length === 1 && typeof raw.secure === "string") {
    return { value: UNKNOWN_STRING, secret: true };
  }
  if (typeof raw !== "object" || raw === null) return { value: raw, secret: false };
  let secret = false;
  const strip = (item: unknown) => {
    const inner = withoutEncrypted(item);
    secret ||= inner.secret;
    return inner.value;
  };
  const value = Array.isArray(raw)
    ? raw.map(strip)
    : Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, strip(item)]));
  return { value, secret };
}

/** Words of a command line; quotes hold a word together. */
function splitArguments(text: unknown): string[] {
  if (typeof text !== "string") return [];
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

function readSettings(file: string, shown: string): Json {
  const name = `${shown}/${printable(basename(file))}`;
  const content = parseYaml(readText(file, { name, explain: (problem) => problem }), name) ?? {};
  if (!isObject(content)) throw new KnownError(`${name}: expected a map of settings`);
  return content;
}
