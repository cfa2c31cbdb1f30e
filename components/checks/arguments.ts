import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity, ReputationAlarms } from "../generated/validators";
import { type Format, formats } from "./formats";

/** One argument that can't be right. `given` may show its value; `allowed` never contains one. */
export interface Problem {
  /** From the component's arguments, such as `bounces.queueArns[0]`. */
  path: string;
  given: string;
  allowed: string;
}

/** Checks beyond types and formats. Members may be outputs. */
export type CrossCheck<Args> = (args: Args) => Problem[];

const validators = { MonitoredIdentity, FeedbackHandler, ReputationAlarms };
type Component = keyof typeof validators;
type Path = readonly (string | number)[];

/** What Ajv reports in verbose mode; `parentSchema` is the argument's own schema. */
interface SchemaError {
  keyword: string;
  instancePath: string;
  params: { missingProperty?: string; additionalProperty?: string };
  parentSchema: ArgumentSchema;
  data: unknown;
}

interface ArgumentSchema {
  type?: string;
  format?: keyof typeof formats;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, ArgumentSchema>;
  /** Decides what is registered, so it can't be an output. */
  plain?: boolean;
}

/**
 * Checks everything that is known when the constructor is called, and returns the arguments to hand to `super`.
 *
 * @throws {pulumi.RunError} with every problem: path, what was given, what is allowed
 */
export function validated<Args extends object>(
  component: Component,
  name: string,
  args: Args,
  crossCheck: CrossCheck<Args> = () => [],
): pulumi.Inputs {
  const problems = problemsOf(component, withoutNulls(args), crossCheck);
  if (problems.length > 0) throw argumentError(component, name, problems);
  return args as pulumi.Inputs;
}

/**
 * The same arguments, in which every output passes its checks before anything receives its value. The value of a
 * secret is not shown.
 */
export function checkedOutputs<Args extends object>(
  component: Component,
  name: string,
  args: Args,
  crossCheck: CrossCheck<Args> = () => [],
): Args {
  const plain = withoutNulls(args);
  return mapOutputs(plain, (output, path) =>
    pulumi.output(pulumi.isSecret(output)).apply((secret) =>
      output.apply((value) => {
        const problems = problemsOf(component, replaced(plain, path, value), crossCheck);
        if (problems.length === 0) return value;
        throw argumentError(
          component,
          name,
          secret ? problems.map((problem) => ({ ...problem, given: "[secret]" })) : problems,
        );
      }),
    ),
  );
}

/** An error in the program, not in this package: shown without a stack trace. */
export function argumentError(component: string, name: string, problems: readonly Problem[]): pulumi.RunError {
  const lines = problems.map(({ path, given, allowed }) => `${path}: ${given}; allowed: ${allowed}`);
  const title = `${component} ${quote(name)}`;
  return new pulumi.RunError(
    lines.length === 1 ? `${title}: ${lines[0]}` : `${title}: ${lines.length} wrong arguments\n  ${lines.join("\n  ")}`,
  );
}

/** A value as an error message shows it: short, on one line, without credentials or control characters. */
export function show(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (isOutput(value)) return "an output";
  if (value === undefined || value === null) return "missing";
  return typeof value === "object" ? "an object" : typeof value === "function" ? "a function" : String(value);
}

function quote(text: string): string {
  const safe = text.includes("://") ? text.replace(/\/\/[^/\s]*@/, "//***@").replace(/[?#].*$/s, "?***") : text;
  return JSON.stringify(safe.length > 120 ? `${safe.slice(0, 120)}…` : safe).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function problemsOf<Args extends object>(component: Component, args: Args, crossCheck: CrossCheck<Args>): Problem[] {
  const unknown = new Set<string>();
  const known = mapOutputs(args, (_, path) => {
    unknown.add(pointer(path));
    // No argument is of type null, so the schema reports the position, and the report is recognised below.
    return null;
  });
  const validate = validators[component] as ((value: unknown) => boolean) & { errors?: SchemaError[] | null };
  validate(known);
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    if (unknown.has(error.instancePath) && !error.parentSchema.plain) continue;
    const problem = unknown.has(error.instancePath)
      ? {
          path: display(error.instancePath),
          given: "an output",
          allowed: `${allowedBy(error.parentSchema)} that is known when the program runs; its members may be outputs`,
        }
      : problemOf(error);
    if (!problems.has(problem.path)) problems.set(problem.path, problem);
  }
  // Checks that span arguments rely on types that hold.
  return problems.size > 0 ? [...problems.values()] : crossCheck(args);
}

function problemOf(error: SchemaError): Problem {
  const { keyword, instancePath, params, parentSchema, data } = error;
  if (keyword === "required") {
    const property = params.missingProperty as string;
    const schema = parentSchema.properties?.[property] ?? {};
    return { path: display(`${instancePath}/${property}`), given: "missing", allowed: allowedBy(schema) };
  }
  if (keyword === "additionalProperties") {
    const property = params.additionalProperty as string;
    const reason = property === "forwardByEmail" ? " (SES reports deliveries through Amazon SNS only)" : "";
    return {
      path: display(`${instancePath}/${property}`),
      given: `${show((data as Record<string, unknown>)[property])} for an argument that does not exist`,
      allowed: `${Object.keys(parentSchema.properties ?? {}).join(", ")}${reason}`,
    };
  }
  return { path: display(instancePath), given: show(data), allowed: allowedBy(parentSchema) };
}

function allowedBy(schema: ArgumentSchema): string {
  if (schema.format) return (formats[schema.format] as Format).allowed;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  switch (schema.type) {
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    case "object":
      return schema.properties ? `an object with ${Object.keys(schema.properties).join(", ")}` : "an object";
    case "integer":
    case "number": {
      const bounds = [
        schema.minimum !== undefined && `at least ${schema.minimum}`,
        schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
        schema.maximum !== undefined && `at most ${schema.maximum}`,
        schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
      ].filter(Boolean);
      return `a ${schema.type === "integer" ? "whole number" : "number"}, ${bounds.join(" and ")}`;
    }
    default:
      return "a text";
  }
}

function isOutput(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** A copy in which the function has replaced every output. Resources stay what they are. */
function mapOutputs<T>(value: T, replace: (output: pulumi.Output<unknown>, path: Path) => unknown, path: Path = []): T {
  if (isOutput(value)) return replace(pulumi.output(value), path) as T;
  if (Array.isArray(value)) return value.map((item, index) => mapOutputs(item, replace, [...path, index])) as T;
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapOutputs(member, replace, [...path, key])]),
  ) as T;
}

/** Languages without `undefined` say null for an argument that is not given. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== "object" || value === null || isOutput(value) || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  ) as T;
}

function replaced<T>(value: T, path: Path, by: unknown): T {
  if (path.length === 0) return by as T;
  const [key, ...rest] = path as [string | number, ...Path];
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy as T;
}

const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** JSON pointer to what a programmer writes: `/bounces/emails/0` is `bounces.emails[0]`. */
function display(instancePath: string): string {
  const parts = instancePath.split("/").slice(1);
  if (parts.length === 0) return "arguments";
  return parts
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `.${quote(part)}`))
    .join("")
    .replace(/^\./, "");
}
