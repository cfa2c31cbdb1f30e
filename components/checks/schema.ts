import * as pulumi from "@pulumi/pulumi";
import {
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  ReputationAlarms,
} from "../generated/validators";
import { type Format, formats } from "./formats";
import type { Problem } from "./problem";
import { show } from "./show";
import { display, mapOutputs, type Path, pathOf, pointer } from "./values";

const validators = { MonitoredIdentity, FeedbackTopic, MonitoredConfigurationSet, FeedbackHandler, ReputationAlarms };
export type Component = keyof typeof validators;

/** What Ajv reports in verbose mode; `parentSchema` is the argument's own schema. */
interface SchemaError {
  keyword: string;
  instancePath: string;
  propertyName?: string;
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
  maxItems?: number;
  properties?: Record<string, ArgumentSchema>;
  /** Decides what is registered, so it can't be an output. */
  plain?: boolean;
}

interface SchemaProblem {
  path: Path;
  problem: Problem;
  /** What the checks that span arguments may take in its place. */
  instead?: unknown;
}

/** Arguments that are not what the types and formats say; an output may become anything that is not `plain`. */
export function schemaProblems(component: Component, args: object): SchemaProblem[] {
  const unknown = new Set<string>();
  const known = mapOutputs(args, (_, path) => {
    unknown.add(pointer(path));
    // No argument is of type null, so the schema reports the position, and the report is recognised below.
    return null;
  });
  const validate = validators[component] as ((value: unknown) => boolean) & { errors?: SchemaError[] | null };
  validate(known);
  const found = new Map<string, SchemaProblem>();
  for (const error of validate.errors ?? []) {
    // The error about the name itself follows; this one says that a name was wrong.
    if (error.keyword === "propertyNames") continue;
    if (unknown.has(error.instancePath) && !error.parentSchema.plain) continue;
    const problem = unknown.has(error.instancePath) ? outputProblem(error) : problemOf(error);
    if (!found.has(problem.problem.path)) found.set(problem.problem.path, problem);
  }
  return [...found.values()];
}

function outputProblem({ instancePath, parentSchema }: SchemaError): SchemaProblem {
  const path = pathOf(instancePath);
  const allowed = `${allowedBy(parentSchema)} that is known when the program runs; its members may be outputs`;
  return { path, problem: { path: display(path), given: "an output", allowed }, instead: placeholder(parentSchema) };
}

function problemOf(error: SchemaError): SchemaProblem {
  const { keyword, instancePath, params, parentSchema, data, propertyName } = error;
  const path = pathOf(instancePath);
  if (propertyName !== undefined) {
    const at = [...path, propertyName];
    return { path: at, problem: { path: display(at), given: "that name", allowed: allowedBy(parentSchema) } };
  }
  if (keyword === "required") {
    const property = params.missingProperty as string;
    const allowed = allowedBy(parentSchema.properties?.[property] ?? {});
    const at = [...path, property];
    return { path: at, problem: { path: display(at), given: "missing", allowed } };
  }
  if (keyword === "additionalProperties") {
    const property = params.additionalProperty as string;
    const reason = property === "forwardByEmail" ? " (SES never forwards this by email)" : "";
    const at = [...path, property];
    const given = `${show((data as Record<string, unknown>)[property])} for an argument that does not exist`;
    const allowed = `${Object.keys(parentSchema.properties ?? {}).join(", ")}${reason}`;
    return { path: at, problem: { path: display(at), given, allowed } };
  }
  const problem = { path: display(path), given: show(data), allowed: allowedBy(parentSchema) };
  return { path, problem, instead: placeholder(parentSchema) };
}

/** Something was given, so that a wrong value is not reported as a missing one as well. */
function placeholder({ type, properties }: ArgumentSchema): unknown {
  if (type === "boolean") return true;
  if (type === "array") return [];
  if (type !== "object") return pulumi.output(undefined);
  return properties ? undefined : { given: pulumi.output(undefined) };
}

function allowedBy(schema: ArgumentSchema): string {
  if (schema.format) return (formats[schema.format] as Format).allowed;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  switch (schema.type) {
    case "boolean":
      return "true or false";
    case "array":
      return schema.maxItems === undefined ? "a list" : `a list of at most ${schema.maxItems}`;
    case "object":
      return schema.properties ? `an object with ${Object.keys(schema.properties).join(", ")}` : "a map from names";
    case "integer":
    case "number":
      return allowedNumber(schema);
    default:
      return "a text";
  }
}

function allowedNumber(schema: ArgumentSchema): string {
  const bounds = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
  ].filter(Boolean);
  return `a ${schema.type === "integer" ? "whole number" : "number"}, ${bounds.join(" and ")}`;
}
