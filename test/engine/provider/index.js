// Stands in for the AWS provider in tests that run the real engine: it gives inputs back as outputs, makes up ARNs, and
// refuses inputs that the provider's own type definitions do not know. It creates nothing and speaks to nobody.
const { readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
const grpc = require(require.resolve("@grpc/grpc-js", { paths: [sdk] }));
const structs = require(require.resolve("google-protobuf/google/protobuf/struct_pb.js", { paths: [sdk] }));
const { Empty } = require(require.resolve("google-protobuf/google/protobuf/empty_pb.js", { paths: [sdk] }));
const { Any } = require(require.resolve("google-protobuf/google/protobuf/any_pb.js", { paths: [sdk] }));
const { Status } = require("@pulumi/pulumi/proto/status_pb");
const messages = require("@pulumi/pulumi/proto/provider_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");

const ACCOUNT = "123456789012";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const VERSION = "7.48.0";
/**
 * How it errs, by the last part of a URN: `{drift: {name: outputs}}` what a refresh finds instead, `{gone: [name]}` what
 * it doesn't find, `{refuses: [name]}` creates that fail, `{incomplete: [name]}` creates that leave a resource with an
 * error, `{hangs: [name]}` creates that don't return; the file `hangs` tells.
 */
const errs = { drift: {}, gone: [], refuses: [], incomplete: [], hangs: [], ...JSON.parse(process.env.STAND_IN_ERRS ?? "{}") };
// One process per provider resource, so this is that provider's Region.
let providerRegion = "us-east-1";

const typeOf = (urn) => urn.split("::")[2].split("$").at(-1);
const nameOf = (urn) => urn.split("::").slice(3).join("::");
const toStruct = (value) => structs.Struct.fromJavaScript(value);
const fromStruct = (struct) => struct?.toJavaScript() ?? {};

/** What each type computes, beside giving its inputs back. `arn` is the resource part; the id is `id` or the name. */
const COMPUTED = {
  "aws:ses/domainIdentity:DomainIdentity": (i) => ({
    arn: `identity/${i.domain}`,
    id: i.domain,
    verificationToken: "token",
  }),
  "aws:ses/emailIdentity:EmailIdentity": (i) => ({ arn: `identity/${i.email}`, id: i.email }),
  "aws:sesv2/emailIdentity:EmailIdentity": (i) => ({
    arn: `identity/${i.emailIdentity}`,
    id: i.emailIdentity,
    identityType: i.emailIdentity?.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
    dkimSigningAttributes: { tokens: ["one", "two", "three"], ...i.dkimSigningAttributes },
  }),
  "aws:sesv2/configurationSet:ConfigurationSet": (i) => ({
    arn: `configuration-set/${i.configurationSetName}`,
    id: i.configurationSetName,
  }),
  "aws:ses/configurationSet:ConfigurationSet": (i, name) => ({
    arn: `configuration-set/${i.name ?? name}`,
    name: i.name ?? name,
  }),
  "aws:sns/topic:Topic": (i, name) => {
    const own = i.name ?? (i.fifoTopic ? `${name}.fifo` : name);
    return { arn: own, name: own, owner: ACCOUNT, fifoTopic: i.fifoTopic ?? false };
  },
  "aws:sns/topicSubscription:TopicSubscription": (i, name) => ({
    arn: `${String(i.topic).split(":").at(-1)}:${name}`,
    pendingConfirmation: /^(email|email-json|https?)$/.test(i.protocol),
    ownerId: ACCOUNT,
    filterPolicyScope: i.filterPolicyScope ?? "MessageAttributes",
  }),
  "aws:sqs/queue:Queue": (i, name, region) => {
    const own = i.name ?? name;
    const url = `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${own}`;
    return { arn: own, name: own, url, id: url };
  },
  "aws:kms/key:Key": (_, name) => ({ arn: `key/${name}`, keyId: name, id: name }),
  "aws:lambda/function:Function": (i, name) => {
    const own = i.name ?? name;
    return { arn: `function:${own}`, name: own, invokeArn: `arn:aws:lambda:invoke/${own}` };
  },
  "aws:iam/role:Role": (i, name) => ({ arn: `role/${i.name ?? name}`, name: i.name ?? name, uniqueId: "AROA" }),
  "aws:route53/zone:Zone": (_, name) => ({ zoneId: `Z${name}`, id: `Z${name}`, nameServers: [] }),
  "aws:route53/record:Record": (i) => ({ fqdn: i.name }),
  "aws-native:ses:EmailIdentity": (i) => ({ id: i.emailIdentity, dkimDnsTokenName1: "one" }),
  "aws-native:sns:Topic": (i, name) => ({ topicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:${i.topicName ?? name}` }),
  "aws:cloudwatch/logGroup:LogGroup": (i, name) => ({ arn: `log-group:${i.name ?? name}`, name: i.name ?? name }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (i, name) => ({ arn: `alarm:${i.name ?? name}`, name: i.name ?? name }),
  "aws:dynamodb/table:Table": (i, name) => ({ arn: `table/${i.name ?? name}`, name: i.name ?? name }),
};

function outputsOf(urn, inputs, preview) {
  const type = typeOf(urn);
  const region = typeof inputs.region === "string" ? inputs.region : providerRegion;
  const service = /^aws:([^/:]+)/.exec(type)?.[1]?.replace("sesv2", "ses").replace("cloudwatch", "logs") ?? "";
  const { id, ...computed } = COMPUTED[type]?.(inputs, nameOf(urn), region) ?? {};
  const global = service === "iam" ? "" : region;
  if (typeof computed.arn === "string") computed.arn = `arn:aws:${service}:${global}:${ACCOUNT}:${computed.arn}`;
  // Before it exists, nobody knows what the provider will answer.
  const shown = preview ? Object.fromEntries(Object.keys(computed).map((key) => [key, UNKNOWN])) : computed;
  const own = type.startsWith("aws:") ? { region } : {};
  return { id: preview ? "" : (id ?? computed.name ?? nameOf(urn)), outputs: { ...own, ...shown, ...inputs } };
}

/** What an id tells of a resource that the program only reads. */
const READ = {
  "aws:ses/domainIdentity:DomainIdentity": (domain) => ({ domain }),
  "aws:sesv2/emailIdentity:EmailIdentity": (emailIdentity) => ({ emailIdentity }),
  "aws:sns/topic:Topic": (arn) => ({ name: arn.split(":").at(-1) }),
};

const argumentsOf = new Map();

/** Property names of a type's arguments, from the package's own declarations; true where they are required. */
function declared(type) {
  if (!argumentsOf.has(type)) {
    const [, module = "", file = "", name = ""] = /^aws:([^/]+)\/([^:]+):(.+)$/.exec(type) ?? [];
    const text = readFileSync(
      join(dirname(require.resolve("@pulumi/aws/package.json")), module, `${file}.d.ts`),
      "utf8",
    );
    const body = new RegExp(`export interface ${name}Args \\{(.*?)\\n\\}`, "s").exec(text)?.[1] ?? "";
    const properties = [...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, property, optional]) => [
      property,
      optional === "",
    ]);
    argumentsOf.set(type, new Map(properties));
  }
  return argumentsOf.get(type);
}

/** @returns what the type definitions refuse, as [property, reason] */
function mistakes(type, inputs) {
  if (!type.startsWith("aws:")) return [];
  let known;
  try {
    known = declared(type);
  } catch {
    return [["type", `the provider has no ${type}`]];
  }
  const strange = Object.keys(inputs).filter((property) => !known.has(property) && !property.startsWith("__"));
  const missing = [...known].filter(([property, required]) => required && inputs[property] === undefined);
  return [
    ...strange.map((property) => [property, `${type} has no property ${property}`]),
    ...missing.map(([property]) => [property, `${type} needs ${property}`]),
  ];
}

const FUNCTIONS = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    userId: "x",
    id: ACCOUNT,
  }),
  "aws:index/getRegion:getRegion": ({ region }) => {
    const name = region ?? providerRegion;
    return { region: name, name, id: name, description: name };
  },
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
};

const METHODS = {
  checkConfig: (request) => respond(messages.CheckResponse, { inputs: request.getNews() }),
  diffConfig: () => respond(messages.DiffResponse, { changes: messages.DiffResponse.DiffChanges.DIFF_NONE }),
  configure: (request) => {
    providerRegion =
      fromStruct(request.getArgs()).region ?? request.getVariablesMap().get("aws:config:region") ?? providerRegion;
    return respond(messages.ConfigureResponse, { supportspreview: true, acceptsecrets: false, acceptresources: false });
  },
  check: (request) => {
    const inputs = fromStruct(request.getNews());
    const failures = mistakes(typeOf(request.getUrn()), inputs).map(([property, reason]) =>
      respond(messages.CheckFailure, { property, reason }),
    );
    return respond(messages.CheckResponse, { inputs: toStruct(inputs), failuresList: failures });
  },
  diff: (request) => {
    const [olds, news] = [fromStruct(request.getOldInputs() ?? request.getOlds()), fromStruct(request.getNews())];
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    return respond(messages.DiffResponse, { changes: changed.length > 0 ? DIFF_SOME : DIFF_NONE, diffsList: changed });
  },
  create: (request) => {
    const name = nameOf(request.getUrn());
    if (!request.getPreview()) {
      if (errs.refuses.includes(name)) throw new Error(`AlreadyExists: ${name} exists already`);
      if (errs.hangs.includes(name)) {
        writeFileSync(join(process.env.STAND_IN_MEMORY, "hangs"), name);
        return new Promise(() => undefined);
      }
    }
    const { id, outputs } = outputsOf(request.getUrn(), fromStruct(request.getProperties()), request.getPreview());
    if (!request.getPreview() && errs.incomplete.includes(name)) throw incomplete(id, outputs, fromStruct(request.getProperties()));
    return respond(messages.CreateResponse, { id, properties: toStruct(outputs) });
  },
  update: (request) => {
    const { outputs } = outputsOf(request.getUrn(), fromStruct(request.getNews()), request.getPreview());
    const old = fromStruct(request.getOlds());
    // What exists keeps its answers.
    const kept = request.getPreview()
      ? Object.fromEntries(Object.entries(outputs).map(([k, v]) => [k, v === UNKNOWN ? (old[k] ?? v) : v]))
      : outputs;
    return respond(messages.UpdateResponse, { properties: toStruct(kept) });
  },
  read: (request) => {
    const name = nameOf(request.getUrn());
    if (errs.gone.includes(name)) return respond(messages.ReadResponse, { id: "" });
    const found = errs.drift[name] ?? {};
    const known = fromStruct(request.getInputs());
    const given = Object.keys(known).length > 0 ? known : fromStruct(request.getProperties());
    const inputs = { ...READ[typeOf(request.getUrn())]?.(request.getId()), ...given, ...found };
    const { outputs } = outputsOf(request.getUrn(), inputs, false);
    return respond(messages.ReadResponse, {
      id: request.getId(),
      properties: toStruct(outputs),
      inputs: toStruct(inputs),
    });
  },
  delete: () => new Empty(),
  invoke: (request) => {
    const answer = FUNCTIONS[request.getTok()];
    if (!answer) throw new Error(`the stand-in does not answer ${request.getTok()}`);
    return respond(messages.InvokeResponse, { pb_return: toStruct(answer(fromStruct(request.getArgs()))) });
  },
  getPluginInfo: () => respond(PluginInfo, { version: VERSION }),
  cancel: () => new Empty(),
};

/** The error that tells the engine of a resource that exists and isn't right. */
function incomplete(id, outputs, inputs) {
  const detail = respond(messages.ErrorResourceInitFailed, {
    id,
    properties: toStruct(outputs),
    inputs: toStruct(inputs),
    reasonsList: ["the resource was made, and did not become ready in time"],
  });
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const code = grpc.status.UNKNOWN;
  const message = "the resource was made, and did not become ready in time";
  const status = respond(Status, { code, message, detailsList: [any] });
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return Object.assign(new Error(message), { metadata });
}

function respond(Message, values) {
  const message = new Message();
  for (const [name, value] of Object.entries(values)) {
    const setter = name === "pb_return" ? "setReturn" : `set${name[0].toUpperCase()}${name.slice(1)}`;
    message[setter](value);
  }
  return message;
}

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
const handlers = Object.fromEntries(
  Object.entries(METHODS).map(([name, answer]) => [
    name,
    async (call, callback) => {
      try {
        callback(null, await answer(call.request));
      } catch (error) {
        callback({ code: grpc.status.UNKNOWN, details: error.message, metadata: error.metadata });
      }
    },
  ]),
);
server.addService(ResourceProviderService, handlers);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
