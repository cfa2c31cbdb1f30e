import type { ConfigFile } from "../generated/config-types";
import { validateConfig } from "../generated/validate-config";
import { nearest } from "../text/nearest";
import { isBlank, printable } from "../text/printable";

export type {
  Exception,
  ExternalIdentity,
  IntendedOverride,
  SendTimeConfigurationSet,
} from "../generated/config-types";
export { isExpired } from "./date";

/** A validated configuration, complete: what the file or the pack leaves out has its default. */
export interface Config extends Required<Omit<ConfigFile, "$schema" | "defaultConfigurationSet">> {
  /** Name of the set that `default-configuration-set` expects; that rule is silent without it. */
  readonly defaultConfigurationSet?: string;
}

export const DEFAULT_CONFIG: Config = Object.freeze({
  emailForwarding: "when-declared",
  intendedOverrides: [],
  exceptions: [],
  accounts: {},
  sendTimeConfigurationSets: [],
  externalIdentities: [],
  rules: {},
});

/** A mistake in a configuration. */
export interface ConfigError {
  /** Keys of mappings and positions in lists, from the outside in, down to the wrong or missing entry. */
  readonly at: readonly string[];
  /** One line: where it is, what was given, what is allowed. Never a value that could be a secret. */
  readonly message: string;
}

export type Parsed = { config: Config; errors?: undefined } | { errors: ConfigError[]; config?: undefined };

/**
 * The linter's file, already parsed from YAML or JSON.
 * @param ruleIds ids of all rules, for `rules` and for exceptions
 */
export function parseConfig(raw: unknown, ruleIds: readonly string[]): Parsed {
  return parse(raw, ruleIds, [...KEYS, "$schema"]);
}

/** The configuration of the pack's policy `settings`: the same without `rules`, as Pulumi sets levels per policy. */
export function parseSettings(raw: unknown, ruleIds: readonly string[]): Parsed {
  return parse(
    raw,
    ruleIds,
    KEYS.filter((key) => key !== "rules"),
  );
}

/** The configuration of the pack's policy for one rule: the keys that concern this rule alone, as far as given. */
export function parseOwnKeys<K extends keyof Config>(
  raw: unknown,
  keys: readonly K[],
): { given: Partial<Pick<Config, K>>; errors?: undefined } | { errors: ConfigError[]; given?: undefined } {
  const { config, errors } = parse(raw, [], keys);
  if (errors) return { errors };
  const given: Partial<Pick<Config, K>> = {};
  for (const key of keys) if (isMapping(raw) && raw[key] !== undefined) given[key] = config[key];
  return { given };
}

const KEYS: readonly string[] = [...Object.keys(DEFAULT_CONFIG), "defaultConfigurationSet"];
const MEMBERS: Record<string, readonly string[]> = {
  intendedOverrides: ["identity", "reason", "expires"],
  exceptions: ["rule", "identity", "region", "account", "stack", "reason", "expires"],
  sendTimeConfigurationSets: ["configurationSet", "identities", "reason"],
};

/** The part of Ajv's error objects that messages are made of. */
interface Mistake {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

const validate: { (raw: unknown): boolean; errors?: Mistake[] | null } = validateConfig;

function isConfigFile(raw: unknown): raw is ConfigFile {
  return validate(raw);
}

function parse(raw: unknown, ruleIds: readonly string[], keys: readonly string[]): Parsed {
  if (!isMapping(raw)) return { errors: [mistakeAt([], `configuration: ${given(raw)}, expected a mapping of keys`)] };
  const errors = Object.keys(raw)
    .filter((key) => !keys.includes(key))
    .map((key) => mistakeAt([key], unknownKey(key, key, keys)));
  const isValid = isConfigFile(raw);
  errors.push(...mistakes(validate.errors ?? [], raw, keys));
  if (isValid && errors.length === 0) errors.push(...invisibleReasons(raw), ...unknownRules(raw, ruleIds));
  if (!isValid || errors.length > 0) return { errors: withoutRepeats(errors) };
  return { config: { ...DEFAULT_CONFIG, ...withoutUndefined(raw) } };
}

function mistakeAt(at: readonly string[], message: string): ConfigError {
  return { at, message };
}

function withoutRepeats(errors: readonly ConfigError[]): ConfigError[] {
  return [...new Map(errors.map((error) => [error.message, error])).values()];
}

function mistakes(found: readonly Mistake[], raw: unknown, keys: readonly string[]): ConfigError[] {
  const choices = new Set(found.filter(({ keyword }) => keyword === "enum").map(({ instancePath }) => instancePath));
  return found.flatMap((mistake) => {
    // A choice of the wrong type breaks two rules of the schema; naming the choices says it all.
    if (mistake.keyword === "type" && choices.has(mistake.instancePath)) return [];
    const [top] = mistake.instancePath.split("/", 2).slice(1);
    // Keys of the top level are dealt with where it is known which host is asking.
    if (top === undefined || !keys.includes(top)) return [];
    const steps = stepsOf(mistake);
    return [mistakeAt([...steps, ...ownKey(mistake.params)], describe(mistake, raw, top, steps))];
  });
}

/** The schema knows white space; a reason that nobody can read for another cause is none either. */
function invisibleReasons(config: ConfigFile): ConfigError[] {
  const { intendedOverrides = [], exceptions = [], sendTimeConfigurationSets = [] } = config;
  return Object.entries({ intendedOverrides, exceptions, sendTimeConfigurationSets }).flatMap(([key, entries]) =>
    entries.flatMap(({ reason }, index) =>
      isBlank(reason) ? [mistakeAt([key, `${index}`, "reason"], `${key}[${index}].reason: is blank`)] : [],
    ),
  );
}

/** A key that a program sets to nothing has its default; `$schema` is for editors. */
function withoutUndefined(config: ConfigFile): ConfigFile {
  const set = { ...config };
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined || key === "$schema") Reflect.deleteProperty(set, key);
  }
  return set;
}

function unknownRules(config: ConfigFile, ruleIds: readonly string[]): ConfigError[] {
  const known = new Set(ruleIds);
  const levels = Object.keys(config.rules ?? {})
    .filter((id) => !known.has(id))
    .map((id) => mistakeAt(["rules", id], `rules.${shown(id)}: unknown rule${didYouMean(id, ruleIds)}`));
  const exceptions = (config.exceptions ?? []).flatMap(({ rule }, index) => {
    if (known.has(rule)) return [];
    const message = `exceptions[${index}].rule: unknown rule "${shown(rule)}"${didYouMean(rule, ruleIds)}`;
    return [mistakeAt(["exceptions", `${index}`, "rule"], message)];
  });
  return [...levels, ...exceptions];
}

function unknownKey(path: string, key: string, allowed: readonly string[]): string {
  if (path === "rules") return "rules: unknown key in a pack, which takes the level of each rule beside `settings`";
  const suggestion = didYouMean(key, allowed);
  return `${shown(path)}: unknown key${suggestion || `, expected one of ${allowed.join(", ")}`}`;
}

/** Of a JSON pointer. */
function stepsOf({ instancePath }: Mistake): string[] {
  return instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The key that is too many or missing, which the path of its mapping leaves out. */
function ownKey({ additionalProperty, missingProperty }: Mistake["params"]): string[] {
  return [additionalProperty ?? missingProperty].filter((key) => typeof key === "string");
}

function describe({ keyword, params }: Mistake, raw: unknown, top: string, steps: readonly string[]): string {
  const path = pathOf(steps);
  const value = steps.reduce<unknown>(
    (parent, step) => (isObject(parent) ? Reflect.get(parent, step) : undefined),
    raw,
  );
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      if (top === "accounts") return `accounts.${shown(key)}: is no stack, expected project/stack`;
      return unknownKey(pathOf([...steps, key]), key, MEMBERS[top] ?? []);
    }
    case "required": {
      const key = String(params.missingProperty);
      return `${path}.${key}: missing${key === "reason" ? ", say why in a few words" : ""}`;
    }
    case "enum": {
      const allowed = [params.allowedValues].flat().map(String);
      if (typeof value !== "string") return `${path}: ${given(value)}, expected ${list(allowed)}`;
      return `${path}: "${shown(value)}" is not allowed, expected ${list(allowed)}${didYouMean(value, allowed)}`;
    }
    case "format":
      return `${path}: ${dateLike(value)} is no day of the calendar, expected YYYY-MM-DD`;
    case "pattern":
      return `${path}: ${isAccount(steps) ? "is no account number, expected twelve digits" : "is blank"}`;
    case "minItems":
      return `${path}: is an empty list, expected at least one entry`;
    default:
      return `${path}: ${given(value)}, expected ${isAccount(steps) ? "twelve digits in quotes" : expected(params.type)}`;
  }
}

function isAccount(steps: readonly string[]): boolean {
  return (steps[0] === "accounts" && steps.length === 2) || (steps[0] === "exceptions" && steps.at(-1) === "account");
}

/** `exceptions[0].expires` */
function pathOf(steps: readonly string[]): string {
  return steps
    .map((step, index) => (index > 0 && /^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? "." : ""}${shown(step)}`))
    .join("");
}

/** A key or an id for a message: on one line and not endless. */
function shown(text: string): string {
  return printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** Text in the place of a date is quoted only where it could have been meant as one. */
function dateLike(value: unknown): string {
  return typeof value === "string" && /^[\d./: TZ+-]{1,30}$/.test(value) ? `"${value}"` : "this text";
}

const KINDS: Record<string, string> = { string: "is text", number: "is a number", boolean: "is true or false" };

/** What kind of value was given; not which. */
function given(value: unknown): string {
  if (value === null || value === undefined) return "is empty";
  if (Array.isArray(value)) return "is a list";
  return KINDS[typeof value] ?? "is a mapping";
}

function expected(types: unknown): string {
  const names: Record<string, string> = {
    array: "a list",
    object: "a mapping",
    string: "text",
    boolean: "true or false",
  };
  return [types]
    .flat()
    .map((type) => names[String(type)] ?? String(type))
    .join(" or ");
}

function list(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? "" : `, did you mean ${candidate}?`;
}

function isObject(raw: unknown): raw is object {
  return typeof raw === "object" && raw !== null;
}

function isMapping(raw: unknown): raw is Record<string, unknown> {
  return isObject(raw) && !Array.isArray(raw);
}
