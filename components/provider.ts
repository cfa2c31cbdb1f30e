import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import schema from "../schema.json";
import {
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  ReputationAlarms,
} from "./index";

type Constructor = new (name: string, args: never, opts: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

const COMPONENTS: Record<keyof typeof schema.resources, Constructor> = {
  "ses-guard:index:FeedbackHandler": FeedbackHandler,
  "ses-guard:index:FeedbackTopic": FeedbackTopic,
  "ses-guard:index:MonitoredConfigurationSet": MonitoredConfigurationSet,
  "ses-guard:index:MonitoredIdentity": MonitoredIdentity,
  "ses-guard:index:ReputationAlarms": ReputationAlarms,
};

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
    const instance = new COMPONENTS[type](name, inputs as never, options);
    const outputs = Object.keys(schema.resources[type].properties);
    const state = Object.fromEntries(outputs.map((key) => [key, (instance as unknown as pulumi.Inputs)[key]]));
    return { urn: instance.urn, state };
  }
}

function isToken(type: string): type is keyof typeof schema.resources {
  return Object.hasOwn(schema.resources, type);
}
