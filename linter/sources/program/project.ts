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
  /** Plain values that were given for keys which are secrets elsewhere: nothing of them may be printed. */
  secretValues: string[];
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
/** What runs on Node.js; programs for Bun seldom need more than that. */
const RUNTIMES: ReadonlySet<unknown> = new Set(["nodejs", "bun"]);
const SST_INSTEAD =
  "this is a program of SST, which only SST can run; check it with sst deploy --policy, or lint what " +
  "sst state export writes (see docs/sst.md)";
/** The way out for programs that do not run offline. */
export const PREVIEW_INSTEAD = "write a preview instead: pulumi preview --json --show-sames | ses-guard lint -";

/**
 * Reads `Pulumi.yaml` and `Pulumi.STACK.yaml` in a folder. Throws `KnownError` where they are missing or can't be
 * read, where the program is not for Node.js, or where it is not clear which stack is meant.
 * Formats: Pulumi documentation, "Project file reference" and "Stack settings file reference".
 */
export function readProject(folder: string, options: ProjectOptions = {}): Project {
  const shown = printable(folder);
  const file = findProjectFile(resolve(folder), shown);
  const root = dirname(file);
  const content = readSettings(file, shown);
  const { name, main, config: declared, stackConfigDir } = content;
  if (typeof name !== "string" || name === "") throw new KnownError(`${shown}/${basename(file)}: the name is missing`);
  const runtime = runtimeOptions(content.runtime, shown);

  const stackFolder = stackConfigDir ?? (typeof declared === "string" ? declared : ".");
  const [stack = "", , organization = "organization"] = (options.stack ?? "").split("/").reverse();
  const chosen = stackFile(resolve(root, String(stackFolder)), stack, shown);
  const settings = chosen.file === undefined ? {} : readSettings(chosen.file, shown);
  const values = {
    ...projectDefaults(isObject(declared) ? declared : {}, name),
    ...stackValues(isObject(settings.config) ? settings.config : {}, name),
    ...stackValues(options.config ?? {}, name),
  };
  return {
    name,
    stack: chosen.stack,
    organization,
    root,
    ...entryOf(root, main, shown),
    typescript: runtime.typescript !== false,
    tsconfig: typeof runtime.tsconfig === "string" ? runtime.tsconfig : undefined,
    nodeArguments: splitArguments(runtime.nodeargs),
    ...configuration(values, secretKeysOf(isObject(declared) ? declared : {}, settings.config, name)),
    environment: settings.environment !== undefined,
  };
}

/** The project of a program that is a function: it has no files, so all that is known of it stands in the options. */
export function inlineProject({ project, stack = "", config = {} }: ProjectOptions & { project?: string }): Project {
  const [name, inStack, organization] = stack.split("/").reverse();
  const root = process.cwd();
  const known = project ?? (inStack || "inline");
  return {
    name: known,
    stack: name || "dev",
    organization: organization || "organization",
    root,
    directory: root,
    entry: "",
    typescript: true,
    nodeArguments: [],
    ...configuration(stackValues(config, known), new Set()),
    environment: false,
  };
}

/** The nearest `Pulumi.yaml` from a folder upwards, as the engine finds it. */
function findProjectFile(folder: string, shown: string): string {
  if (!existsSync(folder)) throw new KnownError(`${shown}: there is no such folder`);
  for (let place = folder; ; place = dirname(place)) {
    const file = EXTENSIONS.map((extension) => join(place, `Pulumi.${extension}`)).find((path) => existsSync(path));
    if (file !== undefined) return file;
    if (existsSync(join(place, "sst.config.ts"))) throw new KnownError(`${shown}: ${SST_INSTEAD}`);
    if (place === dirname(place)) break;
  }
  throw new KnownError(`${shown}: there is no Pulumi.yaml here or above; give the folder of a Pulumi program`);
}

/** `runtime` is a name, or a name with options. Throws where it is not Node.js. */
function runtimeOptions(runtime: unknown, shown: string): Json {
  const name = isObject(runtime) ? runtime.name : runtime;
  if (!RUNTIMES.has(name)) {
    throw new KnownError(
      `${shown}: the program's runtime is ${printable(String(name))}, only nodejs runs offline; ${PREVIEW_INSTEAD}`,
    );
  }
  return isObject(runtime) && isObject(runtime.options) ? runtime.options : {};
}

/** Keys that the project declares as secrets, or whose value in the stack's file is encrypted. */
function secretKeysOf(declared: Json, settings: unknown, project: string): Set<string> {
  const ofProject = Object.entries(declared).filter(([, value]) => isObject(value) && value.secret === true);
  const ofStack = Object.entries(isObject(settings) ? settings : {}).filter(
    ([, value]) => withoutEncrypted(value).secret,
  );
  return new Set([...ofProject, ...ofStack].map(([key]) => fullKey(key, project)));
}

/** Values as the language host gets them, and those that are secrets. */
function configuration(
  values: Json,
  secrets: ReadonlySet<string>,
): Pick<Project, "config" | "secretKeys" | "secretValues"> {
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  const secretValues: string[] = [];
  for (const [key, raw] of Object.entries(values)) {
    const { value, secret } = withoutEncrypted(raw);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    config[key] = text;
    if (secret || secrets.has(key)) secretKeys.push(key);
    if (!secret && secrets.has(key)) secretValues.push(text);
  }
  return { config, secretKeys, secretValues };
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
