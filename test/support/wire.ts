import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

const root = dirname(dirname(__dirname));
const grpc = require(require.resolve("@grpc/grpc-js", { paths: [require.resolve("@pulumi/pulumi")] }));
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { Struct } = require(
  require.resolve("google-protobuf/google/protobuf/struct_pb.js", { paths: [require.resolve("@pulumi/pulumi")] }),
);

/** One resource as the engine sends it: outputs, unknown sentinels inside, and what stands behind each input. */
export interface WireResource {
  type: string;
  urn: string;
  properties: Record<string, unknown>;
  propertyDependencies?: Record<string, readonly string[]>;
  dependencies?: readonly string[];
  parent?: string;
  provider?: { urn: string; properties: Record<string, unknown> };
}

export interface Diagnostic {
  policy: string;
  message: string;
  urn: string;
  level: "advisory" | "mandatory" | "disabled" | "remediate";
  severity: number;
}

const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

/** A policy pack, started the way the engine starts it, and spoken to over its real protocol. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Record<
      string,
      (request: unknown, callback: (error: Error | null, reply: never) => void) => void
    >,
  ) {}

  /**
   * @param folder the pack's, with `PulumiPolicy.yaml`
   * @param environment variables beside those of this process
   */
  static async start(folder: string, environment: Record<string, string> = {}): Promise<PackProcess> {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [root] });
    const child = spawn(process.execPath, [runner, "127.0.0.1:0", folder], {
      cwd: folder,
      env: { ...process.env, ...environment, PULUMI_NODEJS_TYPESCRIPT: "false" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const port = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout.on("data", (chunk) => {
        text += chunk;
        const match = /^(\d+)\s*$/m.exec(text);
        if (match) resolve(match[1] as string);
      });
      child.once("exit", (code) => reject(new Error(`the pack ended with ${code}: ${errors}`)));
    });
    const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    return new PackProcess(child, new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options));
  }

  private call<T>(method: string, request: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      this.client[method]?.call(this.client, request, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  }

  async info(): Promise<ReturnType<analyzer.AnalyzerInfo["toObject"]>> {
    const { Empty } = require(
      require.resolve("google-protobuf/google/protobuf/empty_pb.js", { paths: [require.resolve("@pulumi/pulumi")] }),
    );
    return (await this.call<analyzer.AnalyzerInfo>("getAnalyzerInfo", new Empty())).toObject();
  }

  /** Levels and configuration per policy, as `--policy-pack-config` becomes them. */
  async configure(
    config: Record<string, { level?: (typeof LEVELS)[number]; properties?: Record<string, unknown> }>,
  ): Promise<void> {
    const request = new analyzer.ConfigureAnalyzerRequest();
    const { policiesList } = await this.info();
    for (const { name, enforcementlevel } of policiesList) {
      const own = config[name] ?? {};
      const entry = new analyzer.PolicyConfig();
      // The engine always sends a level: the policy's own where nobody configured one.
      const level = own.level === undefined ? enforcementlevel : LEVELS.indexOf(own.level);
      entry.setEnforcementlevel(level as never);
      entry.setProperties(Struct.fromJavaScript(own.properties ?? {}));
      request.getPolicyconfigMap().set(name, entry);
    }
    await this.call("configure", request);
  }

  async analyzeStack(resources: readonly WireResource[]): Promise<Diagnostic[]> {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(resources.map(toMessage));
    const reply = await this.call<analyzer.AnalyzeResponse>("analyzeStack", request);
    return reply.toObject().diagnosticsList.map(({ policyname, message, urn, enforcementlevel, severity }) => ({
      policy: policyname,
      message,
      urn,
      level: LEVELS[enforcementlevel] as Diagnostic["level"],
      severity,
    }));
  }

  /** Inputs after every remediation that applies; undefined where none changed them. */
  async remediate({ type, urn, properties }: WireResource): Promise<{ policy: string; properties: unknown }[]> {
    const request = new analyzer.AnalyzeRequest();
    request.setType(type);
    request.setUrn(urn);
    request.setName(urn.split("::").at(-1) as string);
    request.setProperties(Struct.fromJavaScript(properties));
    request.setOptions(resourceOptions());
    const reply = await this.call<analyzer.RemediateResponse>("remediate", request);
    return reply.getRemediationsList().map((one) => ({
      policy: one.getPolicyname(),
      properties: one.getProperties()?.toJavaScript(),
    }));
  }

  async stop(): Promise<void> {
    (this.client as unknown as { close(): void }).close();
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}

function resourceOptions(): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setCustomtimeouts(new analyzer.AnalyzerResourceOptions.CustomTimeouts());
  return options;
}

function toMessage(resource: WireResource): analyzer.AnalyzerResource {
  const message = new analyzer.AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.urn.split("::").at(-1) as string);
  message.setProperties(Struct.fromJavaScript(resource.properties));
  message.setOptions(resourceOptions());
  message.setDependenciesList([...(resource.dependencies ?? [])]);
  if (resource.parent) message.setParent(resource.parent);
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const list = new analyzer.AnalyzerPropertyDependencies();
    list.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, list);
  }
  if (resource.provider) {
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setType("pulumi:providers:aws");
    provider.setUrn(resource.provider.urn);
    provider.setName(resource.provider.urn.split("::").at(-1) as string);
    provider.setProperties(Struct.fromJavaScript(resource.provider.properties));
    message.setProvider(provider);
  }
  return message;
}
