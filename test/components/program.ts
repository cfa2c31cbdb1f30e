import * as pulumi from "@pulumi/pulumi";
import { providerUrn, type ResourceRecord } from "../../policies/model/record";
import { ACCOUNT, answersOf, returnedBy } from "../support/aws-answers";
import { propertyDependencies, type Request, registered, watchRegistrations } from "../support/monitor";

const STACK = "test";
const PROJECT = "mail";
const DEFAULT_PROVIDER = `urn:pulumi:${STACK}::${PROJECT}::pulumi:providers:aws::default::id`;

export { ACCOUNT };

/** What the engine is told about one resource, in the order in which it hears of them. */
export interface Registration extends ResourceRecord {
  name: string;
  inputs: Record<string, unknown>;
  /** URNs of everything that has to exist before. */
  dependencies: string[];
  options: { aliases: string[]; deleteBeforeReplace: boolean; ignoreChanges: string[]; retainOnDelete: boolean };
  /** What the component registered with `registerOutputs`. */
  registered?: Record<string, unknown>;
}

export interface RunOptions {
  /** Nothing exists yet: what the program does not say is unknown. */
  preview?: boolean;
  /** `namespace:name` to value. */
  config?: Record<string, string>;
  /** Region of the default provider, which gives it to resources without one. */
  region?: string;
  /** Outputs that the provider marks as secret. */
  secretOutputs?: string[];
}

/**
 * Runs a program against Pulumi's mocks, which give inputs back as outputs and make up ids and ARNs as AWS would.
 *
 * @returns every registration, and the error that stopped the program or one of its resources
 */
export async function run(
  program: () => unknown,
  { preview = false, config = {}, region = "us-east-1", secretOutputs = [] }: RunOptions = {},
): Promise<{ resources: Registration[]; error: Error | undefined; calls: string[] }> {
  const resources: Registration[] = [];
  const calls: string[] = [];
  pulumi.runtime.setAllConfig(config);
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        const { id, outputs } = outputsOf(type, name, inputs, region);
        return { id: preview || !custom ? undefined : id, state: preview ? inputs : secretly(outputs, secretOutputs) };
      },
      call: ({ token, inputs }) => {
        calls.push(token);
        return returnedBy(token, inputs, { region });
      },
    },
    PROJECT,
    STACK,
    preview,
  );
  watchRegistrations(
    (request, urn) => resources.push(registration(request, urn, preview, region)),
    (urn, outputs) => {
      const resource = resources.find((one) => one.urn === urn);
      if (!resource) return;
      resource.registered = outputs;
      resource.outputs = outputs;
    },
  );

  // A resource that refuses its inputs rejects where nobody listens, and what depends on it waits for ever.
  let stop: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    stop = reject;
  });
  failed.catch(() => {});
  process.on("unhandledRejection", stop);
  try {
    await Promise.race([finish(program), failed]);
    return { resources, calls, error: undefined };
  } catch (error) {
    return { resources, calls, error: error as Error };
  } finally {
    process.removeListener("unhandledRejection", stop);
  }
}

function secretly(outputs: object, secret: string[]): object {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [key, secret.includes(key) ? pulumi.secret(value) : value]),
  );
}

async function finish(program: () => unknown): Promise<void> {
  await program();
  await registered();
}

function registration(request: Request, urn: string, preview: boolean, region: string): Registration {
  const type = request.getType();
  const name = request.getName();
  const inputs = request.getObject().toJavaScript();
  const { id, outputs } = outputsOf(type, name, inputs, region);
  return {
    type,
    name,
    urn,
    stack: `${PROJECT}/${STACK}`,
    inputs,
    outputs: preview ? undefined : request.getCustom() ? outputs : {},
    id: preview || !request.getCustom() ? undefined : id,
    parent: request.getParent() || undefined,
    // As the engine says of whatever a program gives no provider.
    provider: request.getCustom() ? providerUrn(request.getProvider() || DEFAULT_PROVIDER) : undefined,
    dependencies: request.getDependenciesList(),
    options: {
      aliases: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() ?? []),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      retainOnDelete: request.getRetainondelete() ?? false,
    },
    propertyDependencies: propertyDependencies(request),
  };
}

/** The resources that a component made, by `type name` without provider and module. */
export function byName(resources: readonly Registration[]): Record<string, Registration> {
  return Object.fromEntries(
    resources.map((resource) => [`${resource.type.split(":").pop()} ${resource.name}`, resource]),
  );
}

/** Inputs of every child, by `type name`. */
export function inputsOf(resources: readonly Registration[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(byName(resources.filter(({ parent }) => parent !== undefined))).map(([key, { inputs }]) => [
      key,
      inputs,
    ]),
  );
}

/** What AWS answers, where a program does not say it. */
function outputsOf(type: string, name: string, inputs: Record<string, unknown>, providerRegion: string) {
  const region = typeof inputs.region === "string" ? inputs.region : providerRegion;
  const { id, ...computed } = answersOf(type, inputs, { name, region, confirmed: true });
  return { id, outputs: { ...computed, region, ...inputs } };
}
