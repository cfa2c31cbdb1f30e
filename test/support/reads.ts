import type { StackRecords } from "../../policies/model/record";
import type { Json } from "../../policies/model/value";

/** A top-level property of a resource. */
export interface Property {
  urn: string;
  property: string;
}

/** Runs `use` with the records, and returns which of the properties that they have it looked at. */
export function propertiesRead(
  views: readonly StackRecords[],
  use: (views: readonly StackRecords[]) => unknown,
): Property[] {
  const found = new Map<string, Property>();
  const watch = (urn: string, properties: Json | undefined): Json | undefined => {
    if (properties === undefined) return undefined;
    const note = (property: string | symbol) => {
      if (typeof property === "string" && Object.hasOwn(properties, property))
        found.set(`${urn}\n${property}`, { urn, property });
    };
    return new Proxy(properties, {
      get(target, property) {
        note(property);
        return Reflect.get(target, property);
      },
      has(target, property) {
        note(property);
        return Reflect.has(target, property);
      },
      getOwnPropertyDescriptor(target, property) {
        note(property);
        return Reflect.getOwnPropertyDescriptor(target, property);
      },
    });
  };
  use(
    views.map((view) => ({
      ...view,
      resources: view.resources.map((resource) => ({
        ...resource,
        inputs: watch(resource.urn, resource.inputs),
        outputs: watch(resource.urn, resource.outputs),
      })),
    })),
  );
  return [...found.values()];
}

/** The same resources as a policy pack sees them: outputs only, and no ids. */
export function asPack(views: readonly StackRecords[]): StackRecords[] {
  return views.map((view) => ({
    ...view,
    resources: view.resources.map(({ inputs, ...resource }) => ({
      ...resource,
      id: undefined,
      outputs: { ...resource.outputs, ...inputs },
      propertyDependencies: {
        ...Object.fromEntries(Object.keys(inputs ?? {}).map((property) => [property, []])),
        ...resource.propertyDependencies,
      },
    })),
  }));
}
