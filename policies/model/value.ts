/**
 * A property that will have a value, which nobody can know yet: an output of a resource that does not exist,
 * a secret, or a value of the wrong type. Never a pass and never a failure.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** Known (`T`), unknown (`UNKNOWN`) or absent (`undefined`). */
export type Value<T> = T | Unknown | undefined;

/** True, false, or not known. */
export type Maybe = boolean | Unknown;

export function not(value: Maybe): Maybe {
  return value === UNKNOWN ? UNKNOWN : !value;
}

/** True where one item surely passes, false where surely none does. */
export function any<T>(items: readonly T[], test: (item: T, index: number) => Maybe): Maybe {
  let result: Maybe = false;
  let index = 0;
  for (const item of items) {
    const one = test(item, index++);
    if (one === true) return true;
    if (one === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/** False where one item surely fails, true where all surely pass. */
export function all<T>(items: readonly T[], test: (item: T, index: number) => Maybe): Maybe {
  return not(any(items, (item, index) => not(test(item, index))));
}

/** `all` over answers that are there already. */
export function both(...answers: readonly Maybe[]): Maybe {
  return answers.includes(false) ? false : answers.includes(UNKNOWN) ? UNKNOWN : true;
}

/** `any` over answers that are there already. */
export function either(...answers: readonly Maybe[]): Maybe {
  return answers.includes(true) ? true : answers.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Whether two values agree: not known where one of them is not; two that are absent do. */
export function equal<T>(a: Value<T>, b: Value<T>): Maybe {
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : a === b;
}

/** The answer that two ways of looking have in common. */
export function agreed(a: Maybe, b: Maybe): Maybe {
  return a === b ? a : UNKNOWN;
}

/**
 * Stands in a text for a part that is not known: not empty, without a colon (an account, a Region, a name inside an
 * ARN). A text that is nothing but this mark exists and may be anything, colons included.
 * A Unicode noncharacter, because no name, ARN or policy contains one.
 */
export const ANY_PART = "\uFDD2";

export type Json = Record<string, unknown>;

/**
 * What the Pulumi SDK sends in place of a string that is not known, and of values of other types.
 * Source: `@pulumi/policy` proxy.js, `@pulumi/pulumi` runtime/rpc.js.
 */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SENTINELS = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Key under which Pulumi marks a value that is not plain data, and the marks for a secret and an output. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
export const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A string with an unknown part inside is unknown as a whole; `[secret]` is how a preview masks a secret. */
export function isUnknownString(value: string): boolean {
  // Every sentinel is 36 characters long, so nearly all names leave at the first comparison.
  if (value.length < 36) return value === "[secret]";
  return value.includes(UNKNOWN_STRING) || (value.length === 36 && SENTINELS.has(value));
}

/** Any property value as it stands in a document, a request or a program, made a `Value`. Secrets are unknown. */
export function toValue(raw: unknown): Value<unknown> {
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw === "string") return isUnknownString(raw) ? UNKNOWN : raw;
  return typeof raw === "object" && SIGNATURE_KEY in raw ? unwrap(raw) : raw;
}

/** The value inside Pulumi's mark. A secret is not known, nor is what no property here can be: an asset, a resource. */
function unwrap(marked: Record<typeof SIGNATURE_KEY, unknown>): Value<unknown> {
  if (marked[SIGNATURE_KEY] !== OUTPUT_SIGNATURE || !("value" in marked)) return UNKNOWN;
  return "secret" in marked && marked.secret === true ? UNKNOWN : toValue(marked.value);
}

/** A value of one kind; anything else that is present counts as unknown, so that an odd type never passes. */
export function asString(raw: unknown): Value<string> {
  const value = toValue(raw);
  return value === undefined || typeof value === "string" ? value : UNKNOWN;
}

/** Booleans are also read from "true" and "false": YAML programs and older providers write them so. */
export function asBoolean(raw: unknown): Value<boolean> {
  const value = toValue(raw);
  if (value === undefined || typeof value === "boolean") return value;
  if (value === "true") return true;
  if (value === "false") return false;
  return UNKNOWN;
}

export function asArray(raw: unknown): Value<readonly unknown[]> {
  const value = toValue(raw);
  return value === undefined || Array.isArray(value) ? value : UNKNOWN;
}

export function asObject(raw: unknown): Value<Json> {
  const value = toValue(raw);
  if (value === undefined) return undefined;
  return isObject(value) ? value : UNKNOWN;
}

export function isObject(raw: unknown): raw is Json {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

export function isKnown<T>(value: Value<T>): value is T {
  return value !== undefined && value !== UNKNOWN;
}

/**
 * True where a value, or anything inside it, will be known once the resources exist; a secret will not. Iterative:
 * documents are nested as deeply as their author likes.
 */
export function hasSentinel(raw: unknown): boolean {
  const stack: unknown[] = [raw];
  while (stack.length > 0) {
    const value = stack.pop();
    if (isSentinel(value)) return true;
    if (typeof value !== "object" || value === null || toValue(value) === UNKNOWN) continue;
    for (const item of Array.isArray(value) ? value : Object.values(value)) stack.push(item);
  }
  return false;
}

function isSentinel(value: unknown): boolean {
  return value === UNKNOWN || (typeof value === "string" && value !== "[secret]" && isUnknownString(value));
}
