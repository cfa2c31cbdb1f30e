import type * as Grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type * as Resources from "@pulumi/pulumi/proto/resource_pb";
import type { Map as ProtobufMap } from "google-protobuf";
import type { Json } from "../../../policies/model/value";
import { outputDependencies, toProperties, withDependencies, withoutOutputs } from "./properties";
import type { Protocol } from "./protocol";
import type { Draft, Recorder } from "./recorder";

/** A function call while transforms may still change it. */
export interface CallDraft {
  token: string;
  args: Json;
  provider: string;
  version: string;
}

/** The program's own functions that change resources and calls before they are made; they run in its process. */
export class Transforms {
  /** Of the whole stack. */
  readonly ofResources: Callback[] = [];
  readonly ofCalls: Callback[] = [];
  private readonly byUrn = new Map<string, Callback[]>();
  private readonly callbacks: Callbacks;

  constructor(
    private readonly protocol: Protocol,
    private readonly recorder: Recorder,
    limits: Grpc.ChannelOptions,
  ) {
    this.callbacks = new Callbacks(protocol, limits);
  }

  /** The transforms of a resource and its descendants. */
  set(urn: string, callbacks: Callback[]): void {
    if (callbacks.length > 0) this.byUrn.set(urn, callbacks);
  }

  /** All transforms of a registration: its own, its parents', nearest first, the stack's. */
  of(request: Resources.RegisterResourceRequest): Callback[] {
    const inherited: Callback[] = [];
    for (let urn: string | undefined = request.getParent(); urn; urn = this.recorder.find(urn)?.parent) {
      inherited.push(...(this.byUrn.get(urn) ?? []));
    }
    return [...request.getTransformsList(), ...inherited, ...this.ofResources];
  }

  async apply(callback: Callback, request: Resources.RegisterResourceRequest, draft: Draft): Promise<Draft> {
    const { TransformRequest, TransformResponse } = this.protocol.resource;
    const question = new TransformRequest();
    question.setType(request.getType());
    question.setName(request.getName());
    question.setCustom(request.getCustom());
    question.setParent(request.getParent());
    question.setProperties(this.protocol.toStruct(withDependencies(draft.properties, draft.dependencies)));
    question.setOptions(this.optionsOf(request, draft));
    const reply = TransformResponse.deserializeBinary(await this.callbacks.call(callback, question.serializeBinary()));
    const properties = toProperties(reply.getProperties()?.toJavaScript());
    const dependencies: Draft["dependencies"] = {};
    for (const [key, value] of Object.entries(properties)) {
      dependencies[key] = [...new Set([...(draft.dependencies[key] ?? []), ...outputDependencies(value)])];
    }
    const taken = reply.getOptions();
    return {
      properties: withoutOutputs(properties),
      dependencies,
      provider: taken?.getProvider() || draft.provider,
      version: taken?.getVersion() || draft.version,
    };
  }

  async applyToCall(callback: Callback, draft: CallDraft): Promise<CallDraft> {
    const { TransformInvokeOptions, TransformInvokeRequest, TransformInvokeResponse } = this.protocol.resource;
    const given = new TransformInvokeOptions();
    given.setProvider(draft.provider);
    given.setVersion(draft.version);
    const question = new TransformInvokeRequest();
    question.setToken(draft.token);
    question.setArgs(this.protocol.toStruct(draft.args));
    question.setOptions(given);
    const answer = await this.callbacks.call(callback, question.serializeBinary());
    const reply = TransformInvokeResponse.deserializeBinary(answer);
    return {
      ...draft,
      args: toProperties(reply.getArgs()?.toJavaScript()),
      provider: reply.getOptions()?.getProvider() || draft.provider,
    };
  }

  close(): void {
    this.callbacks.close();
  }

  private optionsOf(request: Resources.RegisterResourceRequest, draft: Draft): Resources.TransformResourceOptions {
    const given = new this.protocol.resource.TransformResourceOptions();
    given.setProvider(draft.provider);
    given.setVersion(draft.version);
    given.setDependsOnList(request.getDependenciesList());
    given.setAliasesList(request.getAliasesList());
    given.setIgnoreChangesList(request.getIgnorechangesList());
    given.setImport(request.getImportid());
    given.setPluginDownloadUrl(request.getPlugindownloadurl());
    given.setProtect(request.getProtect() ?? false);
    for (const [name, reference] of entriesOf(request.getProvidersMap())) given.getProvidersMap().set(name, reference);
    return given;
  }
}

/** Calls back into the program, which serves its functions on loopback. */
class Callbacks {
  private readonly clients = new Map<string, InstanceType<Protocol["services"]["CallbacksClient"]>>();

  constructor(
    private readonly protocol: Protocol,
    private readonly limits: Grpc.ChannelOptions,
  ) {}

  call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const question = new this.protocol.callback.CallbackInvokeRequest();
    question.setToken(callback.getToken());
    question.setRequest(request);
    const client = this.clientOf(callback.getTarget());
    return new Promise((resolve, reject) => {
      client.invoke(question, (error, response) =>
        error ? reject(new Error(error.details)) : resolve(response.getResponse_asU8()),
      );
    });
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private clientOf(target: string) {
    const known = this.clients.get(target);
    if (known !== undefined) return known;
    if (!target.startsWith("127.0.0.1:")) throw new Error(`callback on ${target}: only loopback is called`);
    const credentials = this.protocol.grpc.credentials.createInsecure();
    const client = new this.protocol.services.CallbacksClient(target, credentials, this.limits);
    this.clients.set(target, client);
    return client;
  }
}

/** The entries of a message's map. */
export function entriesOf<V>(map: ProtobufMap<string, V>): [string, V][] {
  const entries: [string, V][] = [];
  map.forEach((value, key) => {
    entries.push([key, value]);
  });
  return entries;
}
