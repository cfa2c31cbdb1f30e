import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const argumentsOf = new Map<string, Map<string, boolean>>();

/** Property names of a type's arguments, from the package's own declarations; true where they are required. */
function declared(type: string): Map<string, boolean> {
  const known = argumentsOf.get(type);
  if (known) return known;
  const [, module = "", file = "", name = ""] = /^aws:([^/]+)\/([^:]+):(.+)$/.exec(type) ?? [];
  const folder = dirname(require.resolve("@pulumi/aws/package.json"));
  const text = readFileSync(join(folder, module, `${file}.d.ts`), "utf8");
  const body = new RegExp(`export interface ${name}Args \\{(.*?)\\n\\}`, "s").exec(text)?.[1] ?? "";
  const found = new Map(
    [...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, property = "", optional]) => [property, optional === ""] as const),
  );
  argumentsOf.set(type, found);
  return found;
}

/** @returns what the type definitions refuse, as [property, reason] */
export function mistakes(type: string, inputs: Record<string, unknown>): [property: string, reason: string][] {
  if (!type.startsWith("aws:")) return [];
  let known: Map<string, boolean>;
  try {
    known = declared(type);
  } catch {
    return [["type", `the provider has no ${type}`]];
  }
  const strange = Object.keys(inputs).filter((property) => !known.has(property) && !property.startsWith("__"));
  const missing = [...known].filter(([property, required]) => required && inputs[property] === undefined);
  return [
    ...strange.map((property): [string, string] => [property, `${type} has no property ${property}`]),
    ...missing.map(([property]): [string, string] => [property, `${type} needs ${property}`]),
  ];
}
