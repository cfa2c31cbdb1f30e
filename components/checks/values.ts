import * as pulumi from "@pulumi/pulumi";
import { isOutput, quote } from "./show";

/** Where a value stands among a component's arguments. */
export type Path = readonly (string | number)[];

/** A copy in which the function has replaced every output. Resources stay what they are. */
export function mapOutputs<T>(
  value: T,
  replace: (output: pulumi.Output<unknown>, path: Path) => unknown,
  path: Path = [],
): T {
  if (isOutput(value)) return replace(pulumi.output(value), path) as T;
  if (Array.isArray(value)) return value.map((item, index) => mapOutputs(item, replace, [...path, index])) as T;
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapOutputs(member, replace, [...path, key])]),
  ) as T;
}

/** Languages without `undefined` say null for an argument that is not given. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== "object" || value === null || isOutput(value) || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  ) as T;
}

/** A copy in which `by` stands at the path; undefined takes the member out. */
export function replaced<T>(value: T, path: Path, by: unknown): T {
  if (path.length === 0) return by as T;
  const [key, ...rest] = path as [string | number, ...Path];
  if (typeof value !== "object" || value === null) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy as T;
}

/** JSON pointer of the path, as Ajv names places. */
export const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** The parts of a JSON pointer. */
export const pathOf = (instancePath: string): string[] =>
  instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** What a programmer writes: `bounces.emails.office`, `topicArns[0]`. */
export function display(path: Path): string {
  if (path.length === 0) return "arguments";
  return path
    .map(String)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `.${quote(part)}`))
    .join("")
    .replace(/^\./, "");
}
