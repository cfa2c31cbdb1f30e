import type * as Grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import type * as Resources from "@pulumi/pulumi/proto/resource_pb";
import { providerUrn, type ResourceRecord } from "../../../policies/model/record";
import type { Json } from "../../../policies/model/value";
import { withComputed } from "./computed";
import type { Functions } from "./functions";
import { STACK_REFERENCE } from "./mocks";
import { toProperties } from "./properties";
import { loadProtocol, type Protocol } from "./protocol";
import { type Draft, Recorder, type RecorderOptions } from "./recorder";
import { entriesOf, Transforms } from "./transforms";

/** Field of an answer that tells the program's process what is unknown in it; see `child.js`. */
const MARK = "ses-guard:unknown";
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

export interface MonitorOptions extends RecorderOptions {
  /** Folder of the program's `@pulumi/pulumi`, whose protocol is spoken where we have none of our own. */
  sdk?: string;
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
  /** Tokens of the functions that were called and have no answer here. */
  unanswered: ReadonlySet<string>;
  /** Stacks that were referred to and have no outputs here, by the URN of the reference. */
  unansweredReferences: ReadonlyMap<string, string>;
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
  const protocol = loadProtocol(options.sdk);
  const { grpc, services } = protocol;
  const limits = { "grpc.max_receive_message_length": UNARY_LIMIT, "grpc.max_send_message_length": UNARY_LIMIT };
  const recorder = new Recorder(options);
  const transforms = new Transforms(protocol, recorder, limits);
  const engine = new Engine(protocol);
  const resourceMonitor = new ResourceMonitor(protocol, recorder, transforms, options.functions);
  const server = new grpc.Server(limits);
  server.addService(services.ResourceMonitorService, resourceMonitor.service());
  server.addService(services.EngineService, engine.service());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    resources: recorder.resources,
    errors: engine.errors,
    messages: engine.messages,
    unanswered: resourceMonitor.unanswered,
    unansweredReferences: resourceMonitor.unansweredReferences,
    isComplete: () => recorder.isComplete,
    close: () => {
      transforms.close();
      server.forceShutdown();
    },
  };
}

/** The service that registers, reads and calls. */
class ResourceMonitor {
  readonly unanswered = new Set<string>();
  readonly unansweredReferences = new Map<string, string>();

  constructor(
    private readonly protocol: Protocol,
    private readonly recorder: Recorder,
    private readonly transforms: Transforms,
    private readonly functions: Functions,
  ) {}

  service(): Grpc.UntypedServiceImplementation {
    const { unary, resource, provider } = this.protocol;
    return {
      supportsFeature: unary((request: Resources.SupportsFeatureRequest) => {
        const response = new resource.SupportsFeatureResponse();
        response.setHassupport(FEATURES.has(request.getId()));
        return response;
      }),
      registerResource: unary((request: Resources.RegisterResourceRequest) => this.register(request)),
      readResource: unary((request: Resources.ReadResourceRequest) => this.read(request)),
      registerResourceOutputs: unary((request: Resources.RegisterResourceOutputsRequest) =>
        this.recorder.setOutputs(request.getUrn(), toProperties(request.getOutputs()?.toJavaScript())),
      ),
      invoke: unary((request: Resources.ResourceInvokeRequest) => this.invoke(request)),
      call: unary(() => {
        const response = new provider.CallResponse();
        response.setReturn(this.protocol.toStruct({ [MARK]: "all" }));
        return response;
      }),
      registerPackage: unary((request: Resources.RegisterPackageRequest) => {
        const parameters = request.getParameterization();
        const name = parameters?.getName() || request.getName();
        const response = new resource.RegisterPackageResponse();
        response.setRef(this.recorder.addPackage(name, parameters?.getVersion() || request.getVersion()));
        return response;
      }),
      registerStackTransform: unary((request: Callback) => void this.transforms.ofResources.push(request)),
      registerStackInvokeTransform: unary((request: Callback) => void this.transforms.ofCalls.push(request)),
      // Hooks run beside operations, and a preview performs none.
      registerResourceHook: unary(() => {}),
      registerErrorHook: unary(() => {}),
      signalAndWaitForShutdown: unary(() => {}),
    };
  }

  private async register(request: Resources.RegisterResourceRequest): Promise<Resources.RegisterResourceResponse> {
    const type = request.getType();
    let draft: Draft = {
      properties: toProperties(request.getObject()?.toJavaScript()),
      dependencies: Object.fromEntries(
        entriesOf(request.getPropertydependenciesMap()).map(([key, value]) => [key, value.getUrnsList()]),
      ),
      provider: request.getProvider(),
      version: request.getVersion(),
    };
    const callbacks = this.transforms.of(request);
    for (const callback of callbacks) draft = await this.transforms.apply(callback, request, draft);
    if (type.startsWith("pulumi:providers:") && draft.version) draft.properties.version ??= draft.version;

    const record = this.recorder.add(request, draft, {
      id: request.getImportid() || undefined,
      provider: request.getCustom() ? this.recorder.providerOf(type, draft, request.getPackageref()) : undefined,
      ...(request.getRemote() && { opaque: true }),
    });
    this.transforms.set(record.urn, request.getTransformsList());

    const response = new this.protocol.resource.RegisterResourceResponse();
    response.setUrn(record.urn);
    response.setId(request.getImportid());
    const properties = withComputed(type, draft.properties);
    const isChanged = callbacks.length > 0 || properties !== draft.properties;
    response.setObject(isChanged ? this.protocol.toStruct(properties) : request.getObject());
    return response;
  }

  private read(request: Resources.ReadResourceRequest): Resources.ReadResourceResponse {
    const type = request.getType();
    const draft: Draft = {
      properties: toProperties(request.getProperties()?.toJavaScript()),
      dependencies: {},
      provider: request.getProvider(),
      version: request.getVersion(),
    };
    const record = this.recorder.add(request, draft, {
      id: request.getId(),
      external: true,
      provider: this.recorder.providerOf(type, draft, request.getPackageref()),
    });
    const outputs =
      type === STACK_REFERENCE ? this.functions.answer(STACK_REFERENCE, { name: request.getId() }) : undefined;
    if (type === STACK_REFERENCE && outputs === undefined) this.unansweredReferences.set(record.urn, request.getId());
    const known = outputs === undefined ? {} : { outputs, secretOutputNames: [] };
    const response = new this.protocol.resource.ReadResourceResponse();
    response.setUrn(record.urn);
    response.setProperties(this.protocol.toStruct({ ...draft.properties, ...known }));
    return response;
  }

  private async invoke(request: Resources.ResourceInvokeRequest) {
    let draft = {
      token: request.getTok(),
      args: toProperties(request.getArgs()?.toJavaScript()),
      provider: request.getProvider(),
      version: request.getVersion(),
    };
    for (const callback of this.transforms.ofCalls) draft = await this.transforms.applyToCall(callback, draft);
    const response = new this.protocol.InvokeResponse();
    response.setReturn(this.protocol.toStruct(this.answer(draft.token, draft.args, draft.provider)));
    return response;
  }

  private answer(token: string, args: Json, provider: string): Json {
    if (token === "pulumi:pulumi:getResource") {
      const record = this.recorder.find(String(args.urn));
      if (record === undefined) throw new Error(`unknown resource ${String(args.urn)}`);
      return { urn: record.urn, id: record.id ?? "", state: record.inputs ?? {} };
    }
    const found = this.functions.answer(token, args, provider ? this.recorder.find(providerUrn(provider))?.inputs : {});
    if (found !== undefined) return { ...found, [MARK]: "part" };
    this.unanswered.add(token);
    return { [MARK]: "all" };
  }
}

/** The service that takes the log, and keeps the stack's URN for whoever asks. */
class Engine {
  readonly errors: string[] = [];
  readonly messages: string[] = [];
  // Empty until the program has set it: old versions of the SDK take anything else for a second stack.
  private rootUrn = "";

  constructor(private readonly protocol: Protocol) {}

  service(): Grpc.UntypedServiceImplementation {
    const { unary, engine } = this.protocol;
    return {
      log: unary((request: LogRequest) => this.log(request)),
      setRootResource: unary((request: SetRootResourceRequest) => {
        this.rootUrn = request.getUrn();
        return new engine.SetRootResourceResponse();
      }),
      getRootResource: unary(() => {
        const response = new engine.GetRootResourceResponse();
        response.setUrn(this.rootUrn);
        return response;
      }),
      requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
      startDebugging: unary(() => {}),
    };
  }

  private log(request: LogRequest): void {
    const { ERROR, DEBUG } = this.protocol.engine.LogSeverity;
    const severity = request.getSeverity();
    if (severity === ERROR) this.errors.push(request.getMessage());
    else if (severity !== DEBUG && !request.getEphemeral()) this.messages.push(request.getMessage());
  }
}
