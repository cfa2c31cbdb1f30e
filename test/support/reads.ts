import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import type { Json } from "../../policies/model/value";

/** Names of top-level properties, by URN. */
export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** The same views, in which every top-level property that somebody reads of a resource is noted under its URN. */
export function watched(views: readonly StackRecords[]): {
  views: StackRecords[];
  reads: Reads;
} {
  const reads = new Map<string, Set<string>>();
  const watch = (resource: ResourceRecord): ResourceRecord => {
    const seen = reads.get(resource.urn) ?? new Set<string>();
    reads.set(resource.urn, seen);
    const noted = (properties: Json | undefined): Json | undefined =>
      properties &&
      new Proxy(properties, {
        get(target, property) {
          if (typeof property === "string") seen.add(property);
          return Reflect.get(target, property);
        },
      });
    return { ...resource, inputs: noted(resource.inputs), outputs: noted(resource.outputs) };
  };
  return { views: views.map((view) => ({ ...view, resources: view.resources.map(watch) })), reads };
}
