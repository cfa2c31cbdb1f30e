import * as pulumi from "@pulumi/pulumi";
import { createFunctions } from "../../linter/sources/program/functions";
import { providerUrn, type ResourceRecord, type StackRecords } from "../../policies/model/record";
import type { Json } from "../../policies/model/value";
import { propertyDependencies, type Request, registered, watchRegistrations } from "./monitor";

const PROJECT = "mail";
const STACK = "dev";
const REGION = "us-east-1";
const ACCOUNT = "123456789012";
const PROVIDER = `urn:pulumi:${STACK}::${PROJECT}::pulumi:providers:aws::default`;

/** `preview`: nothing exists yet, so what the provider computes is unknown. `state`: after the first update. */
export type Form = "preview" | "state";

/**
 * Runs a Pulumi program in this process against Pulumi's mocks and returns what it registers, as a preview or the
 * state of the stack `mail/dev` in us-east-1 would show it. Throws the error that stopped the program.
 * @param source TypeScript without types, whose imports stand on one line each
 * @param load gives the packages that it imports
 */
export async function runProgram(
  source: string,
  form: Form,
  load: (name: string) => unknown = require,
): Promise<StackRecords> {
  const isPreview = form === "preview";
  const records = new Map<string, ResourceRecord>();
  const functions = createFunctions(
    [{ token: "aws:index/getCallerIdentity:getCallerIdentity", result: { accountId: ACCOUNT } }],
    { region: REGION },
  );
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => ({
        id: isPreview || !custom ? undefined : idOf(type, name, inputs),
        state: isPreview ? inputs : { ...computed(type, name, inputs), ...inputs },
      }),
      call: ({ token, inputs }) => functions.answer(token, inputs) ?? {},
    },
    PROJECT,
    STACK,
    isPreview,
  );
  watchRegistrations(
    (request, urn) => records.set(urn, toRecord(request, urn, isPreview)),
    (urn, outputs) => {
      const record = records.get(urn);
      if (record) record.outputs = outputs;
    },
  );

  let failure: unknown;
  const fail = (reason: unknown) => {
    failure ??= reason;
  };
  process.on("unhandledRejection", fail);
  try {
    compile(source)(load);
    await registered();
  } finally {
    process.removeListener("unhandledRejection", fail);
  }
  if (failure) throw failure;
  // Registrations finish in an order that varies.
  const resources = [...records.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return { resources, configRegion: REGION, stacks: [`${PROJECT}/${STACK}`] };
}

/** Imports become `require` in place, so that positions stay those of the text. */
function compile(source: string): (load: (name: string) => unknown) => void {
  const script = source
    .replace(/^import \* as (\w+) from ("[^"]+");$/gm, "const $1 = require($2);")
    .replace(/^import (\{[^}]+\}) from ("[^"]+");$/gm, "const $1 = require($2);");
  return new Function("require", `${script}\n//# sourceURL=/index.ts`) as ReturnType<typeof compile>;
}

/** Lines that `Function` puts before the body. */
const HEAD = 2;

function toRecord(request: Request, urn: string, isPreview: boolean): ResourceRecord {
  const type = request.getType();
  const name = request.getName();
  const inputs = request.getObject().toJavaScript();
  const custom = request.getCustom();
  const position = request.getSourceposition();
  return {
    type,
    urn,
    stack: `${PROJECT}/${STACK}`,
    inputs,
    outputs: isPreview ? undefined : custom ? { ...computed(type, name, inputs), ...inputs } : {},
    id: isPreview || !custom ? undefined : idOf(type, name, inputs),
    parent: request.getParent() || undefined,
    provider: custom ? providerUrn(request.getProvider()) || PROVIDER : undefined,
    propertyDependencies: propertyDependencies(request),
    position:
      isPreview && position?.getUri() === "file:///index.ts"
        ? { path: "index.ts", line: position.getLine() - HEAD, column: position.getColumn() }
        : undefined,
  };
}

/** What AWS would answer, as far as other resources or the rules ask for it. */
function computed(type: string, name: string, inputs: Json): Json {
  const region = typeof inputs.region === "string" ? inputs.region : REGION;
  const arn = (service: string, resource: string) => ({
    arn: `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`,
    region,
  });
  const own = String(inputs.name ?? name);
  switch (type) {
    case "aws:ses/domainIdentity:DomainIdentity":
      return arn("ses", `identity/${inputs.domain}`);
    case "aws:ses/emailIdentity:EmailIdentity":
      return arn("ses", `identity/${inputs.email}`);
    case "aws:sesv2/emailIdentity:EmailIdentity":
      return { ...arn("ses", `identity/${inputs.emailIdentity}`), dkimSigningAttributes: { tokens: ["a", "b", "c"] } };
    case "aws:sesv2/configurationSet:ConfigurationSet":
      return arn("ses", `configuration-set/${inputs.configurationSetName}`);
    case "aws:sns/topic:Topic":
      return { ...arn("sns", own), name: own };
    case "aws:sns/topicSubscription:TopicSubscription":
      return { pendingConfirmation: ["email", "email-json", "http", "https"].includes(String(inputs.protocol)) };
    case "aws:sqs/queue:Queue":
      return { ...arn("sqs", own), name: own, url: queueUrl(region, own) };
    case "aws:lambda/function:Function":
      return { ...arn("lambda", `function:${own}`), name: own };
    case "aws:kms/key:Key":
      return { ...arn("kms", `key/${name}`), keyId: name };
    case "aws:kms/alias:Alias":
      return arn("kms", own);
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::${ACCOUNT}:role/${own}`, name: own };
    case "aws:cloudwatch/eventBus:EventBus":
      return { ...arn("events", `event-bus/${own}`), name: own };
    default:
      return { region, name: own };
  }
}

function idOf(type: string, name: string, inputs: Json): string {
  const { arn, url } = computed(type, name, inputs);
  return String(url ?? (type === "aws:sns/topic:Topic" ? arn : `${name}-id`));
}

function queueUrl(region: string, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`;
}
