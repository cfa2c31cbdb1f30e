import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import schema from "../schema.json";
import * as components from "./index";

type Constructor = new (
  name: string,
  args: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/**
 * The components as a plugin, for every language. Its schema is the one that Pulumi infers from the types, inferred
 * when the package is built: `componentProviderHost` would do so at every start, which needs the TypeScript sources
 * and takes seconds.
 */
export class ComponentProvider implements Provider {
  readonly version = schema.version;
  readonly schema = JSON.stringify(schema);

  /** @throws where the type is none of the schema's, or the component refuses its arguments */
  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<ConstructResult> {
    if (!isToken(type)) throw new Error(`ses-guard has no resource of type ${type}`);
    const Component = components[type.slice("ses-guard:index:".length) as keyof typeof components] as Constructor;
    const instance = new Component(name, inputs, options);
    const outputs = Object.keys(schema.resources[type].properties);
    const state = Object.fromEntries(outputs.map((key) => [key, (instance as unknown as pulumi.Inputs)[key]]));
    return { urn: instance.urn, state };
  }
}

function isToken(type: string): type is keyof typeof schema.resources {
  return Object.hasOwn(schema.resources, type);
}
