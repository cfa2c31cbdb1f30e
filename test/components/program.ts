import * as pulumi from "@pulumi/pulumi";
import type { ResourceRecord } from "../../policies/model/resource";
import { propertyDependencies, type Request, registered, watchRegistrations } from "../support/monitor";

const STACK = "test";
const PROJECT = "mail";
export const ACCOUNT = "123456789012";

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
      newResource: ({ type, name, inputs, custom }) => ({
        id: preview || !custom ? undefined : idOf(type, name),
        state: preview ? inputs : secretly({ ...outputsOf(type, name, inputs, region), ...inputs }, secretOutputs),
      }),
      call: ({ token }) => {
        calls.push(token);
        return { accountId: ACCOUNT, region, name: region };
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
  return {
    type,
    name,
    urn,
    stack: `${PROJECT}/${STACK}`,
    inputs,
    outputs: preview ? undefined : request.getCustom() ? { ...outputsOf(type, name, inputs, region), ...inputs } : {},
    id: preview || !request.getCustom() ? undefined : idOf(type, name),
    parent: request.getParent() || undefined,
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

export function arnOf(type: string, name: string, inputs: Record<string, unknown>, providerRegion: string): string {
  const region = (inputs.region as string | undefined) ?? providerRegion;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
  switch (type) {
    case "aws:sns/topic:Topic":
      return arn("sns", name);
    case "aws:sns/topicSubscription:TopicSubscription":
      return `${inputs.topic}:${name}`;
    case "aws:sqs/queue:Queue":
      return arn("sqs", name);
    case "aws:lambda/function:Function":
      return arn("lambda", `function:${name}`);
    case "aws:sesv2/emailIdentity:EmailIdentity":
      return arn("ses", `identity/${inputs.emailIdentity}`);
    case "aws:ses/domainIdentity:DomainIdentity":
      return arn("ses", `identity/${inputs.domain}`);
    case "aws:ses/emailIdentity:EmailIdentity":
      return arn("ses", `identity/${inputs.email}`);
    case "aws:cloudwatch/logGroup:LogGroup":
      return arn("logs", `log-group:${name}`);
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return arn("cloudwatch", `alarm:${name}`);
    case "aws:kms/key:Key":
      return arn("kms", `key/${name}`);
    case "aws:dynamodb/table:Table":
      return arn("dynamodb", `table/${inputs.name ?? name}`);
    case "aws:sesv2/configurationSet:ConfigurationSet":
      return arn("ses", `configuration-set/${inputs.configurationSetName}`);
    case "aws:cloudwatch/eventRule:EventRule":
      return arn("events", `rule/${name}`);
    case "aws:iam/role:Role":
      return `arn:aws:iam::${ACCOUNT}:role/${name}`;
    default:
      return arn(type.split(/[:/]/)[1] as string, name);
  }
}

function outputsOf(type: string, name: string, inputs: Record<string, unknown>, providerRegion: string): object {
  const region = inputs.region ?? providerRegion;
  const common = { arn: arnOf(type, name, inputs, providerRegion), name, region };
  switch (type) {
    case "aws:sqs/queue:Queue":
      return { ...common, url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}` };
    case "aws:sesv2/emailIdentity:EmailIdentity":
      return { ...common, dkimSigningAttributes: { tokens: ["token-0", "token-1", "token-2"] } };
    case "aws:sns/topicSubscription:TopicSubscription":
      return { ...common, pendingConfirmation: false };
    case "aws:kms/key:Key":
      return { ...common, keyId: name };
    default:
      return common;
  }
}

function idOf(type: string, name: string): string {
  switch (type) {
    case "aws:sns/topic:Topic":
    case "aws:sqs/queue:Queue":
      return arnOf(type, name, {}, "us-east-1");
    default:
      return `${name}-id`;
  }
}
