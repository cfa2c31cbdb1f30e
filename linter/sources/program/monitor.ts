import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import type * as Resources from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import type { Map as ProtobufMap } from "google-protobuf";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Position, providerUrn, type ResourceRecord } from "../../../policies/model/resource";
import {
  isObject,
  type Json,
  OUTPUT_SIGNATURE,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN_STRING,
} from "../../../policies/model/value";
import { type Functions, STACK_REFERENCE } from "./functions";
import { loadProtocol, type Protocol } from "./grpc";

/** Field of an answer that tells the program's process what is unknown in it; see `child.js`. */
const MARK = "ses-guard:unknown";
export const STACK_TYPE = "pulumi:pulumi:Stack";
/** Key's value where a property is another resource. Source: `@pulumi/pulumi` runtime/rpc.js. */
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNARY_LIMIT = 400 * 2 ** 20;

/** What the engine of Pulumi 3 answers to `SupportsFeature`. Source: pulumi/pulumi, resource_monitor.go. */
const FEATURES = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

export interface MonitorOptions {
  project: string;
  stack: string;
  /** Folder of `Pulumi.yaml`: positions are relative to it. */
  root: string;
  functions: Functions;
}

/** What the program registered and said, growing while it runs. */
export interface Monitor {
  /** `127.0.0.1:PORT`, for both the resource monitor and the engine. */
  address: string;
  resources: ResourceRecord[];
  /** Messages logged as errors, whole, in order. */
  errors: string[];
  /** Messages logged as information or warning. */
  messages: string[];
  /** The program has run to its end: its stack's outputs are registered. */
  isComplete(): boolean;
  close(): void;
}

/**
 * Serves what a Pulumi program talks to, on loopback: a resource monitor that gives every registration's inputs
 * back as its outputs (all else is unknown, as in a preview) and remembers it as a record, and an engine that takes
 * the log.
 */
export async function startMonitor(options: MonitorOptions): Promise<Monitor> {
  const protocol = loadProtocol();
  const { grpc, services } = protocol;
  const limits = { "grpc.max_receive_message_length": UNARY_LIMIT, "grpc.max_send_message_length": UNARY_LIMIT };
  const recorder = createRecorder(options, protocol, limits);
  const server = new grpc.Server(limits);
  server.addService(services.ResourceMonitorService, recorder.monitorService);
  server.addService(services.EngineService, recorder.engineService);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    ...recorder.monitor,
    address: `127.0.0.1:${port}`,
    close: () => {
      recorder.close();
      server.forceShutdown();
    },
  };
}

/** A registration while transforms may still change it. */
interface Draft {
  properties: Json;
  dependencies: Record<string, string[]>;
  provider: string;
  version: string;
}

function createRecorder(options: MonitorOptions, protocol: Protocol, limits: Grpc.ChannelOptions) {
  const { grpc, empty, struct, resource: messages, provider: answers, engine } = protocol;
  const stack = `${options.project}/${options.stack}`;
  const stackUrn = `urn:pulumi:${options.stack}::${options.project}::${STACK_TYPE}::${options.project}-${options.stack}`;

  const resources: ResourceRecord[] = [];
  const byUrn = new Map<string, ResourceRecord>();
  const errors: string[] = [];
  const logged: string[] = [];
  let isComplete = false;
  // Empty until the program has set it: old versions of the SDK take anything else for a second stack.
  let rootUrn = "";

  const transformsByUrn = new Map<string, Callback[]>();
  const stackTransforms: Callback[] = [];
  const functionTransforms: Callback[] = [];
  const packages = new Map<string, string>();
  const callbackClients = new Map<string, InstanceType<Protocol["services"]["CallbacksClient"]>>();

  const toStruct = (value: Json): Struct =>
    struct.Struct.fromJavaScript(value as Parameters<typeof struct.Struct.fromJavaScript>[0]);

  function addRecord(
    request: Resources.RegisterResourceRequest | Resources.ReadResourceRequest,
    draft: Draft,
    more: Partial<ResourceRecord>,
  ): ResourceRecord {
    const type = request.getType();
    const parent = request.getParent() || (type === STACK_TYPE ? undefined : stackUrn);
    let urn = `urn:pulumi:${options.stack}::${options.project}::${qualifiedType(parent, type)}::${request.getName()}`;
    if (byUrn.has(urn)) {
      // Two names that are not known may differ; two that are known do not.
      if (!urn.includes(UNKNOWN_STRING)) {
        throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
      }
      urn += `-${resources.length}`;
    }
    const record: ResourceRecord = {
      type,
      urn,
      stack,
      inputs: withoutSecrets(draft.properties) as Json,
      parent,
      propertyDependencies: draft.dependencies,
      position: toPosition(request.getSourceposition(), options.root),
      ...more,
    };
    byUrn.set(urn, record);
    resources.push(record);
    return record;
  }

  /** Resources without an explicit provider share one per package and version, as the engine names it. */
  function providerOf(type: string, draft: Draft, packageRef: string): string | undefined {
    if (type.startsWith("pulumi:")) return undefined;
    if (draft.provider) return providerUrn(draft.provider);
    const version = draft.version || packages.get(packageRef) || "";
    const name = version ? `default_${version.replace(/[^A-Za-z0-9]/g, "_")}` : "default";
    const packageName = type.slice(0, type.indexOf(":"));
    return `urn:pulumi:${options.stack}::${options.project}::pulumi:providers:${packageName}::${name}`;
  }

  async function register(request: Resources.RegisterResourceRequest): Promise<Resources.RegisterResourceResponse> {
    const type = request.getType();
    let draft: Draft = {
      properties: (request.getObject()?.toJavaScript() ?? {}) as Json,
      dependencies: Object.fromEntries(
        entriesOf(request.getPropertydependenciesMap()).map(([key, value]) => [key, value.getUrnsList()]),
      ),
      provider: request.getProvider(),
      version: request.getVersion(),
    };
    const own = request.getTransformsList();
    const callbacks = [...own, ...inherited(request.getParent()), ...stackTransforms];
    for (const callback of callbacks) draft = await transform(callback, request, draft);
    if (type.startsWith("pulumi:providers:") && draft.version) draft.properties.version ??= draft.version;

    const custom = request.getCustom();
    const record = addRecord(request, draft, {
      id: request.getImportid() || undefined,
      provider: custom ? providerOf(type, draft, request.getPackageref()) : undefined,
      odd: request.getRemote() ? "its children are made by a plugin, which does not run without the engine" : undefined,
    });
    if (own.length > 0) transformsByUrn.set(record.urn, own);

    const response = new messages.RegisterResourceResponse();
    response.setUrn(record.urn);
    response.setId(request.getImportid());
    response.setObject(callbacks.length > 0 ? toStruct(draft.properties) : request.getObject());
    return response;
  }

  /** Transforms of the parents, nearest first. */
  function inherited(parent: string): Callback[] {
    const found: Callback[] = [];
    for (let urn: string | undefined = parent; urn; urn = byUrn.get(urn)?.parent) {
      found.push(...(transformsByUrn.get(urn) ?? []));
    }
    return found;
  }

  async function transform(
    callback: Callback,
    request: Resources.RegisterResourceRequest,
    draft: Draft,
  ): Promise<Draft> {
    const given = new messages.TransformResourceOptions();
    given.setProvider(draft.provider);
    given.setVersion(draft.version);
    given.setDependsOnList(request.getDependenciesList());
    given.setAliasesList(request.getAliasesList());
    given.setIgnoreChangesList(request.getIgnorechangesList());
    given.setImport(request.getImportid());
    given.setPluginDownloadUrl(request.getPlugindownloadurl());
    given.setProtect(request.getProtect() ?? false);
    for (const [name, reference] of entriesOf(request.getProvidersMap())) given.getProvidersMap().set(name, reference);

    const question = new messages.TransformRequest();
    question.setType(request.getType());
    question.setName(request.getName());
    question.setCustom(request.getCustom());
    question.setParent(request.getParent());
    question.setProperties(toStruct(withDependencies(draft)));
    question.setOptions(given);
    const reply = messages.TransformResponse.deserializeBinary(await call(callback, question.serializeBinary()));
    const properties = (reply.getProperties()?.toJavaScript() ?? {}) as Json;
    const dependencies: Draft["dependencies"] = {};
    for (const [key, value] of Object.entries(properties)) {
      dependencies[key] = [...new Set([...(draft.dependencies[key] ?? []), ...outputDependencies(value)])];
    }
    const taken = reply.getOptions();
    return {
      properties: withoutOutputs(properties) as Json,
      dependencies,
      provider: taken?.getProvider() || draft.provider,
      version: taken?.getVersion() || draft.version,
    };
  }

  function call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const target = callback.getTarget();
    let client = callbackClients.get(target);
    if (client === undefined) {
      if (!target.startsWith("127.0.0.1:")) throw new Error(`callback on ${target}: only loopback is called`);
      client = new protocol.services.CallbacksClient(target, grpc.credentials.createInsecure(), limits);
      callbackClients.set(target, client);
    }
    const question = new protocol.callback.CallbackInvokeRequest();
    question.setToken(callback.getToken());
    question.setRequest(request);
    return new Promise((resolve, reject) => {
      client.invoke(question, (error, response) =>
        error ? reject(new Error(error.details)) : resolve(response.getResponse_asU8()),
      );
    });
  }

  function read(request: Resources.ReadResourceRequest): Resources.ReadResourceResponse {
    const type = request.getType();
    const draft: Draft = {
      properties: (request.getProperties()?.toJavaScript() ?? {}) as Json,
      dependencies: {},
      provider: request.getProvider(),
      version: request.getVersion(),
    };
    const record = addRecord(request, draft, {
      id: request.getId(),
      external: true,
      provider: providerOf(type, draft, request.getPackageref()),
    });
    let properties = draft.properties;
    if (type === STACK_REFERENCE) {
      const outputs = options.functions.answer(STACK_REFERENCE, { name: request.getId() }, undefined);
      if (outputs !== undefined) properties = { ...properties, outputs, secretOutputNames: [] };
    }
    const response = new messages.ReadResourceResponse();
    response.setUrn(record.urn);
    response.setProperties(toStruct(properties));
    return response;
  }

  async function invoke(
    request: Resources.ResourceInvokeRequest,
  ): Promise<InstanceType<typeof answers.InvokeResponse>> {
    const token = request.getTok();
    let args = (request.getArgs()?.toJavaScript() ?? {}) as Json;
    let provider = request.getProvider();
    for (const callback of functionTransforms) {
      const given = new messages.TransformInvokeOptions();
      given.setProvider(provider);
      given.setVersion(request.getVersion());
      const question = new messages.TransformInvokeRequest();
      question.setToken(token);
      question.setArgs(toStruct(args));
      question.setOptions(given);
      const reply = messages.TransformInvokeResponse.deserializeBinary(
        await call(callback, question.serializeBinary()),
      );
      args = (reply.getArgs()?.toJavaScript() ?? {}) as Json;
      provider = reply.getOptions()?.getProvider() || provider;
    }
    const response = new answers.InvokeResponse();
    response.setReturn(toStruct(answer(token, args, provider)));
    return response;
  }

  function answer(token: string, args: Json, provider: string): Json {
    if (token === "pulumi:pulumi:getResource") {
      const record = byUrn.get(String(args.urn));
      if (record === undefined) throw new Error(`unknown resource ${String(args.urn)}`);
      return { urn: record.urn, id: record.id ?? "", state: record.inputs ?? {} };
    }
    const region = provider ? byUrn.get(providerUrn(provider))?.inputs?.region : undefined;
    const found = options.functions.answer(token, args, typeof region === "string" ? region : undefined);
    return found === undefined ? { [MARK]: "all" } : { ...found, [MARK]: "part" };
  }

  function registerOutputs(request: Resources.RegisterResourceOutputsRequest): void {
    const record = byUrn.get(request.getUrn());
    if (record === undefined) return;
    record.outputs = withoutSecrets(request.getOutputs()?.toJavaScript() ?? {}) as Json;
    if (record.type === STACK_TYPE) isComplete = true;
  }

  function log(request: LogRequest): void {
    const severity = request.getSeverity();
    if (severity === engine.LogSeverity.ERROR) errors.push(request.getMessage());
    else if (severity !== engine.LogSeverity.DEBUG && !request.getEphemeral()) logged.push(request.getMessage());
  }

  /** A handler that answers with a message, or with nothing, or fails with the words of the error it throws. */
  const unary =
    <Request, Response>(handle: (request: Request) => Response | Promise<Response>) =>
    async (call: { request: Request }, done: Grpc.sendUnaryData<unknown>) => {
      try {
        done(null, (await handle(call.request)) ?? new empty.Empty());
      } catch (error) {
        done({ code: grpc.status.UNKNOWN, details: (error as Error).message });
      }
    };

  return {
    monitor: { resources, errors, messages: logged, isComplete: () => isComplete },
    close: () => {
      for (const client of callbackClients.values()) client.close();
    },
    monitorService: {
      supportsFeature: unary((request: Resources.SupportsFeatureRequest) => {
        const response = new messages.SupportsFeatureResponse();
        response.setHassupport(FEATURES.has(request.getId()));
        return response;
      }),
      registerResource: unary(register),
      readResource: unary(read),
      registerResourceOutputs: unary(registerOutputs),
      invoke: unary(invoke),
      call: unary(() => {
        const response = new answers.CallResponse();
        response.setReturn(toStruct({ [MARK]: "all" }));
        return response;
      }),
      registerPackage: unary((request: Resources.RegisterPackageRequest) => {
        const parameters = request.getParameterization();
        const version = parameters?.getVersion() || request.getVersion();
        const reference = `${parameters?.getName() || request.getName()}@${version}`;
        packages.set(reference, version);
        const response = new messages.RegisterPackageResponse();
        response.setRef(reference);
        return response;
      }),
      registerStackTransform: unary((request: Callback) => void stackTransforms.push(request)),
      registerStackInvokeTransform: unary((request: Callback) => void functionTransforms.push(request)),
      // Hooks run beside operations, and a preview performs none.
      registerResourceHook: unary(() => {}),
      registerErrorHook: unary(() => {}),
      signalAndWaitForShutdown: unary(() => {}),
    } as unknown as Grpc.UntypedServiceImplementation,
    engineService: {
      log: unary(log),
      setRootResource: unary((request: SetRootResourceRequest) => {
        rootUrn = request.getUrn();
        return new engine.SetRootResourceResponse();
      }),
      getRootResource: unary(() => {
        const response = new engine.GetRootResourceResponse();
        response.setUrn(rootUrn);
        return response;
      }),
      requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
      startDebugging: unary(() => {}),
    } as unknown as Grpc.UntypedServiceImplementation,
  };
}

function entriesOf<V>(map: ProtobufMap<string, V>): [string, V][] {
  const entries: [string, V][] = [];
  map.forEach((value, key) => {
    entries.push([key, value]);
  });
  return entries;
}

/** `PARENT$TYPE`; the stack itself is not part of its children's types. */
function qualifiedType(parent: string | undefined, type: string): string {
  const parentType = parent?.split("::")[2];
  return parentType === undefined || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
}

function toPosition(position: SourcePosition | undefined, root: string): Position | undefined {
  if (!position?.getUri().startsWith("file:") || position.getLine() === 0) return undefined;
  const path = relative(root, fileURLToPath(position.getUri())).split(sep).join("/");
  return { path, line: position.getLine(), column: position.getColumn() };
}

/** As a preview shows it: a secret is masked, so that its value can't reach a report. */
function withoutSecrets(value: unknown): unknown {
  return rewrite(value, (marked) => {
    if (marked[SIGNATURE_KEY] === SECRET_SIGNATURE) return "[secret]";
    if (marked[SIGNATURE_KEY] === RESOURCE_SIGNATURE) {
      return { packageVersion: "", ...marked, id: marked.id === UNKNOWN_STRING ? "" : marked.id };
    }
    if (marked[SIGNATURE_KEY] !== OUTPUT_SIGNATURE) return undefined;
    if (marked.secret === true) return "[secret]";
    return "value" in marked ? withoutSecrets(marked.value) : UNKNOWN_STRING;
  });
}

/** What is left of a transform's answer when outputs are written as the values they have. */
function withoutOutputs(value: unknown): unknown {
  return rewrite(value, (marked) => {
    if (marked[SIGNATURE_KEY] !== OUTPUT_SIGNATURE) return undefined;
    const known = "value" in marked ? withoutOutputs(marked.value) : UNKNOWN_STRING;
    return marked.secret === true ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: known } : known;
  });
}

/** A deep copy in which `replace` decides about values that carry a signature; undefined keeps them. */
function rewrite(value: unknown, replace: (marked: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, replace));
  if (!isObject(value)) return value;
  if (SIGNATURE_KEY in value) {
    const replaced = replace(value);
    if (replaced !== undefined) return replaced;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, replace)]));
}

/** Properties as a transform gets them: values that depend on resources say on which. */
function withDependencies({ properties, dependencies }: Draft): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const urns = dependencies[key] ?? [];
      if (urns.length === 0) return [key, value];
      const output: Json = { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, dependencies: urns };
      const secret = isObject(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE;
      if (secret) output.secret = true;
      if (value !== UNKNOWN_STRING) output.value = secret ? value.value : value;
      return [key, output];
    }),
  );
}

function outputDependencies(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(outputDependencies);
  if (!isObject(value)) return [];
  if (value[SIGNATURE_KEY] === OUTPUT_SIGNATURE && Array.isArray(value.dependencies)) {
    return value.dependencies.filter((urn) => typeof urn === "string");
  }
  return Object.values(value).flatMap(outputDependencies);
}
