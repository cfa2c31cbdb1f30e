import type { Kind } from "./kinds";
import { MESSAGING } from "./messaging";
import { OTHERS, unknownKind } from "./others";
import { SES } from "./ses";
import type { Thing, World } from "./world";

/** What Pulumi puts in place of a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const KINDS: Record<string, Kind> = { ...SES, ...MESSAGING, ...OTHERS };

export const kindOf = (type: string): Kind => KINDS[type] ?? unknownKind(type);
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

const isUnknown = (value: unknown): boolean => JSON.stringify(value ?? null).includes(UNKNOWN);

export interface Difference {
  changed: string[];
  /** Those whose change asks for another resource. */
  replaces: string[];
}

/** What a change of inputs asks for. @param region the provider's */
export function difference(type: string, olds: Thing, news: Thing, region: string): Difference {
  const kind = kindOf(type);
  const same = (key: string) => {
    const [before, after] = [olds[key], news[key]].map((value) => (key === "region" ? (value ?? region) : value));
    return JSON.stringify(before) === JSON.stringify(after);
  };
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => !key.startsWith("__") && !same(key),
  );
  // The provider forces it for every type that has a Region.
  return { changed, replaces: changed.filter((key) => key === "region" || kind.forceNew.includes(key)) };
}

const regionOf = (inputs: Thing, region: string) => (typeof inputs.region === "string" ? inputs.region : region);
const own = (type: string, region: string) => (type.startsWith("aws:") ? { region } : {});

/** Before it exists nobody knows what AWS will answer, except what the program says itself. */
export function previewed(type: string, inputs: Thing, region: string): Thing {
  const unknown = Object.fromEntries(kindOf(type).computed.map((key) => [key, UNKNOWN]));
  return { ...unknown, ...own(type, regionOf(inputs, region)), ...inputs };
}

export function create(world: World, urn: string, inputs: Thing, region: string): { id: string; outputs: Thing } {
  const type = typeOf(urn);
  const where = regionOf(inputs, region);
  if (isUnknown(inputs)) throw new Error(`${urn} would be made of unknown values`);
  const { id, outputs } = kindOf(type).create(inputs, { world, name: nameOf(urn), region: where });
  return { id, outputs: { ...own(type, where), ...inputs, ...outputs } };
}

export function update(world: World, urn: string, id: string, inputs: Thing, olds: Thing, region: string): Thing {
  const type = typeOf(urn);
  const kind = kindOf(type);
  kind.update?.(id, inputs, { world, name: nameOf(urn), region: regionOf(olds, region) }, olds);
  // What exists keeps its answers.
  const kept = Object.fromEntries(kind.computed.filter((key) => key in olds).map((key) => [key, olds[key]]));
  return { ...own(type, regionOf(olds, region)), ...inputs, ...kept };
}

export function remove(world: World, urn: string, id: string, outputs: Thing, region: string): void {
  kindOf(typeOf(urn)).remove?.(id, outputs, { world, name: nameOf(urn), region: regionOf(outputs, region) });
}

/** A resource as AWS holds it now; as it was where nobody can tell, undefined where it is gone. */
export function refreshed(
  world: World,
  urn: string,
  id: string,
  { inputs, outputs }: { inputs: Thing; outputs: Thing },
  region: string,
): { inputs: Thing; outputs: Thing } | undefined {
  const kind = kindOf(typeOf(urn));
  if (!kind.read) return { inputs, outputs };
  const found = kind.read(id, { world, name: nameOf(urn), region: regionOf(outputs, region) });
  if (!found) return undefined;
  const seen = Object.entries(found).filter(([key]) => !kind.computed.includes(key));
  return { inputs: { ...inputs, ...Object.fromEntries(seen) }, outputs: { ...outputs, ...found } };
}
