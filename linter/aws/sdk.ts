// What goes to standard error is one line of ours; the package says which versions of Node.js it needs.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** The SDK has advice for whoever has credentials in several places; it would stand beside our line. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** How a client of the SDK looks from here; its commands are found by their names. */
interface SdkClient {
  send(command: unknown, options: { abortSignal?: AbortSignal }): Promise<object>;
  config: { region(): Promise<string> };
}

type Constructor<T> = new (input: object) => T;
type Credentials = NonNullable<object>;

// Each package is loaded with its first call.
const SERVICES: Readonly<Record<string, readonly [client: string, load: () => Promise<object>]>> = {
  sts: ["STSClient", () => import("@aws-sdk/client-sts")],
  account: ["AccountClient", () => import("@aws-sdk/client-account")],
  ssm: ["SSMClient", () => import("@aws-sdk/client-ssm")],
  ses: ["SESClient", () => import("@aws-sdk/client-ses")],
  sesv2: ["SESv2Client", () => import("@aws-sdk/client-sesv2")],
  sns: ["SNSClient", () => import("@aws-sdk/client-sns")],
  sqs: ["SQSClient", () => import("@aws-sdk/client-sqs")],
  kms: ["KMSClient", () => import("@aws-sdk/client-kms")],
  lambda: ["LambdaClient", () => import("@aws-sdk/client-lambda")],
  events: ["EventBridgeClient", () => import("@aws-sdk/client-eventbridge")],
  cloudwatch: ["CloudWatchClient", () => import("@aws-sdk/client-cloudwatch")],
};

/** Who calls: the credentials of a profile or the usual ones, or those of a role by way of them. */
export interface Caller {
  profile: string | undefined;
  role: string | undefined;
  /** Names the session of a role, for the account's logs. */
  sessionName: string;
}

/** Every call of the SDK, by `SERVICE:OPERATION`. Whoever hands it on says which calls there are, and their types. */
export interface SdkCalls {
  call(region: string, operation: string, input: object, signal?: AbortSignal): Promise<object>;
}

/** Signs in with the SDK's usual sources of credentials. Reads nothing before the first call. */
export async function signIn(caller: Caller): Promise<{ calls: SdkCalls; region: string | undefined }> {
  const { profile, role, sessionName } = caller;
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  const own = fromNodeProviderChain({ logger: SILENT, ...(profile !== undefined && { profile }) });
  const credentials =
    role === undefined
      ? own
      : fromTemporaryCredentials({ masterCredentials: own, params: { RoleArn: role, RoleSessionName: sessionName } });
  return { calls: new Clients(credentials), region: await regionOf(profile) };
}

/** As the SDK finds it: the environment, else the profile. */
async function regionOf(profile: string | undefined): Promise<string | undefined> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(profile === undefined ? {} : { profile });
  return client.config.region().catch(() => undefined);
}

class Clients implements SdkCalls {
  private readonly clients = new Map<string, Promise<SdkClient>>();

  constructor(private readonly credentials: Credentials) {}

  async call(region: string, operation: string, input: object, signal?: AbortSignal): Promise<object> {
    const [service = "", name = ""] = operation.split(":");
    const client = await this.clientOf(service, region);
    const Command = await exported<unknown>(service, `${name}Command`);
    return client.send(new Command(input), signal === undefined ? {} : { abortSignal: signal });
  }

  private clientOf(service: string, region: string): Promise<SdkClient> {
    const key = `${service} ${region}`;
    const known = this.clients.get(key) ?? this.makeClient(service, region);
    this.clients.set(key, known);
    return known;
  }

  private async makeClient(service: string, region: string): Promise<SdkClient> {
    const Client = await exported<SdkClient>(service, SERVICES[service]?.[0] ?? "");
    // Repeated here, at the pace that the service allows.
    return new Client({ region, credentials: this.credentials, maxAttempts: 1 });
  }
}

async function exported<T>(service: string, name: string): Promise<Constructor<T>> {
  const module = await SERVICES[service]?.[1]();
  const found = module === undefined ? undefined : Object.entries(module).find(([key]) => key === name)?.[1];
  if (typeof found !== "function") throw new Error(`the AWS SDK has no ${name}`);
  return found;
}
