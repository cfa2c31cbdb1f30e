// Stands in for the AWS provider in tests that run the real engine: it gives inputs back as outputs, makes up ARNs, and
// refuses inputs that the provider's own type definitions do not know. It creates nothing and speaks to nobody.
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
const grpc = require(require.resolve("@grpc/grpc-js", { paths: [sdk] }));
const structs = require(require.resolve("google-protobuf/google/protobuf/struct_pb.js", { paths: [sdk] }));
const { Empty } = require(require.resolve("google-protobuf/google/protobuf/empty_pb.js", { paths: [sdk] }));
const messages = require("@pulumi/pulumi/proto/provider_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
// Copied from test/support, beside this file, by whoever starts the engine.
const { answersOf, returnedBy } = require("./aws-answers.js");

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const VERSION = "7.48.0";
// One process per provider resource, so this is that provider's Region.
let providerRegion = "us-east-1";

const typeOf = (urn) => urn.split("::")[2].split("$").at(-1);
const nameOf = (urn) => urn.split("::").slice(3).join("::");
const toStruct = (value) => structs.Struct.fromJavaScript(value);
const fromStruct = (struct) => struct?.toJavaScript() ?? {};

function outputsOf(urn, inputs, preview) {
  const type = typeOf(urn);
  const region = typeof inputs.region === "string" ? inputs.region : providerRegion;
  const { id, ...computed } = answersOf(type, inputs, { name: nameOf(urn), region });
  // Before it exists, nobody knows what the provider will answer.
  const shown = preview ? Object.fromEntries(Object.keys(computed).map((key) => [key, UNKNOWN])) : computed;
  const own = type.startsWith("pulumi:") ? {} : { region };
  return { id: preview ? "" : id, outputs: { ...own, ...shown, ...inputs } };
}

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
    const { id, outputs } = outputsOf(request.getUrn(), fromStruct(request.getProperties()), request.getPreview());
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
    const inputs = fromStruct(request.getProperties());
    const { outputs } = outputsOf(request.getUrn(), inputs, false);
    return respond(messages.ReadResponse, {
      id: request.getId(),
      properties: toStruct(outputs),
      inputs: toStruct(inputs),
    });
  },
  delete: () => new Empty(),
  invoke: (request) => {
    const answer = returnedBy(request.getTok(), fromStruct(request.getArgs()), { region: providerRegion });
    return respond(messages.InvokeResponse, { pb_return: toStruct(answer) });
  },
  getPluginInfo: () => respond(PluginInfo, { version: VERSION }),
  cancel: () => new Empty(),
};

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
    (call, callback) => {
      try {
        callback(null, answer(call.request));
      } catch (error) {
        callback({ code: grpc.status.UNKNOWN, details: error.message });
      }
    },
  ]),
);
server.addService(ResourceProviderService, handlers);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
