import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import {
  isObject,
  type Json,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  UNKNOWN_STRING,
} from "../../policies/model/value";

export type Path = readonly (string | number)[];

/** One value of a resource that nobody knows any more. */
export interface Mutation {
  urn: string;
  path: Path;
  how: "secret" | "sentinel" | "sentinel with dependencies" | "symbol";
  /** The program declares it now, and did not before. */
  added?: true;
}

const VALUES: Record<Mutation["how"], unknown> = {
  secret: { [SIGNATURE_KEY]: SECRET_SIGNATURE, ciphertext: "v1:AAAA" },
  sentinel: UNKNOWN_STRING,
  "sentinel with dependencies": UNKNOWN_STRING,
  symbol: UNKNOWN,
};

export const HOW = Object.keys(VALUES) as readonly Mutation["how"][];

/** Every property of every resource, nested ones too. */
export function mutations(views: readonly StackRecords[], ways = HOW): Mutation[] {
  const found: Mutation[] = [];
  for (const { resources } of views) {
    for (const { urn, inputs, outputs, id } of resources) {
      const paths = new Map<string, Path>();
      for (const properties of [inputs, outputs]) {
        for (const path of pathsOf(properties ?? {})) paths.set(JSON.stringify(path), path);
      }
      if (id !== undefined) paths.set("id", ["#id"]);
      for (const path of paths.values()) {
        for (const how of ways) found.push({ urn, path, how });
      }
    }
  }
  return found;
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  const keys = Array.isArray(value)
    ? value.map((_, index) => index)
    : isObject(value) && !(SIGNATURE_KEY in value)
      ? Object.keys(value)
      : [];
  return keys.flatMap((key) => {
    const inner = [...path, key];
    return [inner, ...pathsOf((value as Record<string | number, unknown>)[key], inner)];
  });
}

export function mutate(views: readonly StackRecords[], mutation: Mutation): StackRecords[] {
  return views.map((view) => ({
    ...view,
    resources: view.resources.map((resource) =>
      resource.urn === mutation.urn ? mutated(resource, mutation) : resource,
    ),
  }));
}

function mutated(resource: ResourceRecord, { path, how, added }: Mutation): ResourceRecord {
  if (path[0] === "#id") return { ...resource, id: undefined };
  const property = String(path[0]);
  if (added) return declaring(resource, property, VALUES[how]);
  const set = (properties: Json | undefined) =>
    properties === undefined ? undefined : (replace(properties, path, VALUES[how]) as Json);
  const result: ResourceRecord = { ...resource, inputs: set(resource.inputs), outputs: set(resource.outputs) };
  // What a pack is shown without dependencies of its own counts as computed by the provider: here the program says it.
  const isInPack = resource.inputs === undefined && property in (resource.outputs ?? {});
  if (
    how !== "sentinel with dependencies" &&
    resource.propertyDependencies &&
    (isInPack || property in resource.propertyDependencies)
  ) {
    result.propertyDependencies = { ...resource.propertyDependencies, [property]: [] };
  }
  return result;
}

/** The same with one more property that the program declares; a pack is shown that by its dependencies. */
function declaring(resource: ResourceRecord, property: string, value: unknown): ResourceRecord {
  const propertyDependencies = { ...resource.propertyDependencies, [property]: [] };
  if (resource.inputs === undefined) {
    return { ...resource, outputs: { ...resource.outputs, [property]: value }, propertyDependencies };
  }
  return { ...resource, inputs: { ...resource.inputs, [property]: value }, propertyDependencies };
}

/** The same with another value at the path; what has nothing there stays as it is. */
function replace(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return typeof key === "number" && key < value.length
      ? value.map((item, index) => (index === key ? replace(item, rest, by) : item))
      : value;
  }
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: replace(value[key], rest, by) };
}
