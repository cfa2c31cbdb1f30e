import { isObject, type Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";

/** What every message about a text that is none of the documents ends in. */
export const EXPECTED = "expected what `pulumi stack export` or `pulumi preview --json` writes";

/** The object under a key; undefined where there is none. Throws `KnownError` where it is something else. */
export function object(container: Json, key: string, source: string): Json | undefined {
  return field(container, key, isObject, "an object", source, key);
}

/** The array under a key, as `object`. */
export function array(container: Json, key: string, source: string, path = key): readonly unknown[] | undefined {
  return field(container, key, Array.isArray, "an array", source, path);
}

/** The number under a key, as `object`. */
export function count(container: Json, key: string, source: string): number | undefined {
  const isNumber = (value: unknown): value is number => typeof value === "number";
  return field(container, key, isNumber, "a number", source, key);
}

function field<T>(
  container: Json,
  key: string,
  is: (value: unknown) => value is T,
  wanted: string,
  source: string,
  path: string,
): T | undefined {
  const value = Object.hasOwn(container, key) ? container[key] : undefined;
  if (value === undefined) return undefined;
  if (!is(value)) throw new KnownError(`${source}: \`${path}\` is ${kindOf(value)}, not ${wanted}; ${EXPECTED}`);
  return value;
}

/** `an array`, `a string`: what kind of value it is, never which. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** What the keys of an object say it is. */
export function describe(content: Json): string {
  const has = (...keys: string[]) => keys.every((key) => Object.hasOwn(content, key));
  if (has("AWSTemplateFormatVersion") || has("Resources")) return "a CloudFormation template";
  if (has("planned_values") || has("resource_changes")) return "a Terraform plan";
  if (has("terraform_version") || has("lineage")) return "a Terraform state";
  if (has("sequence", "timestamp")) return "a stream of engine events, one per line";
  if (has("findings", "tool")) return "a report of ses-guard";
  const keys = Object.keys(content);
  if (keys.length === 0) return "an empty object";
  return `an object with the keys ${printable(keys.slice(0, 5).join(", ").slice(0, 100))}${keys.length > 5 ? ", …" : ""}`;
}
