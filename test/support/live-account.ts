import type { Api, Input, Operation, Output } from "../../linter/sources/account/client";
import type { Clock } from "../../linter/sources/account/limits";

/** What one Region of the fake holds. Everything is what the API answers, so that nothing is invented twice. */
export interface FakeRegion {
  identities: Map<
    string,
    Output<"sesv2:GetEmailIdentity"> & { topics?: Partial<Record<"Bounce" | "Complaint" | "Delivery", string>> }
  >;
  sets: Map<
    string,
    Output<"sesv2:GetConfigurationSet"> & {
      destinations?: Output<"sesv2:GetConfigurationSetEventDestinations">["EventDestinations"];
    }
  >;
  account: Output<"sesv2:GetAccount">;
  tenants: Map<string, { status: "ENABLED" | "DISABLED" | "REINSTATED"; resources: string[] }>;
  endpoints: Output<"sesv2:ListMultiRegionEndpoints">["MultiRegionEndpoints"];
  /** Attributes by ARN. */
  topics: Map<
    string,
    {
      attributes: Record<string, string>;
      protection?: string;
      subscriptions: { arn: string; protocol: string; endpoint: string; attributes: Record<string, string> }[];
    }
  >;
  /** Attributes by name. */
  queues: Map<string, Record<string, string>>;
  /** Policy by name. */
  functions: Map<string, string | undefined>;
  keys: Map<string, Output<"kms:DescribeKey">["KeyMetadata"] & { policy: string }>;
  /** Id of a key by the alias's name. */
  aliases: Map<string, string>;
  rules: Map<string, NonNullable<Output<"events:ListRules">["Rules"]>[number] & { targets: string[] }>;
  /** Names of metrics. */
  alarms: Set<string>;
}

type Handlers = { [K in Operation]: (region: string, input: Input<K>) => Output<K> };

function awsError(name: string): Error {
  return Object.assign(new Error(name), { name, $fault: "client" });
}

/** An AWS account on this side of the SDK's clients: it pages, throttles, denies, and forgets what is deleted. */
export class FakeAccount implements Api {
  /** Every call, as `REGION OPERATION`. */
  readonly calls: string[] = [];
  readonly regions = new Map<string, FakeRegion>();
  readonly denied = new Set<Operation>();
  /** How often each operation is throttled before it answers. */
  readonly throttled = new Map<Operation, number>();
  /** Asked before each call; may delete, throw. */
  before: (operation: Operation, input: unknown) => void = () => {};
  /** Items of a page, whatever is asked for. */
  pageSize = 2;
  enabled: string[] = ["us-east-1"];
  offered: string[] = ["us-east-1", "eu-west-1"];

  constructor(readonly id = "111122223333") {}

  region(name = "us-east-1"): FakeRegion {
    const known = this.regions.get(name) ?? emptyRegion();
    this.regions.set(name, known);
    return known;
  }

  async call<K extends Operation>(region: string, operation: K, input: Input<K>): Promise<Output<K>> {
    this.calls.push(`${region} ${operation}`);
    this.before(operation, input);
    if (this.denied.has(operation)) throw awsError("AccessDeniedException");
    const left = this.throttled.get(operation) ?? 0;
    if (left > 0) {
      this.throttled.set(operation, left - 1);
      throw awsError(operation.startsWith("ses:") ? "Throttling" : "TooManyRequestsException");
    }
    const handler: (region: string, input: Input<K>) => Output<K> = this.handlers[operation];
    return handler(region, input);
  }

  /** The operations that were called. */
  get operations(): Set<string> {
    return new Set(this.calls.map((call) => call.split(" ")[1] ?? ""));
  }

  private page<T>(all: readonly T[], token: string | undefined): { items: T[]; NextToken?: string } {
    const start = Number(token ?? 0);
    const end = start + this.pageSize;
    return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
  }

  private readonly handlers: Handlers = {
    "sts:GetCallerIdentity": () => ({ Account: this.id, Arn: `arn:aws:iam::${this.id}:user/auditor` }),
    "account:ListRegions": (_, { NextToken }) => {
      const { items, ...next } = this.page(this.enabled, NextToken);
      return { Regions: items.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED" as const })), ...next };
    },
    "ssm:GetParametersByPath": (_, { NextToken }) => {
      const { items, ...next } = this.page(this.offered, NextToken);
      return { Parameters: items.map((Value) => ({ Value })), ...next };
    },
    "sesv2:GetAccount": (region) => this.region(region).account,
    "sesv2:ListEmailIdentities": (region, { NextToken }) => {
      const { items, ...next } = this.page([...this.region(region).identities], NextToken);
      return {
        EmailIdentities: items.map(([IdentityName, { VerificationStatus, VerifiedForSendingStatus }]) => ({
          IdentityName,
          VerificationStatus,
          SendingEnabled: VerifiedForSendingStatus ?? true,
        })),
        ...next,
      };
    },
    "sesv2:GetEmailIdentity": (region, { EmailIdentity = "" }) => {
      const { topics: _, ...answer } = found(this.region(region).identities.get(EmailIdentity), "NotFoundException");
      return answer;
    },
    "ses:GetIdentityNotificationAttributes": (region, { Identities = [] }) => {
      if (Identities.length > 100) throw awsError("ValidationError");
      const entries = Identities.flatMap((name) => {
        const one = this.region(region).identities.get(name);
        if (one === undefined) return [];
        const { Bounce, Complaint, Delivery } = one.topics ?? {};
        const attributes = {
          ForwardingEnabled: one.FeedbackForwardingStatus,
          BounceTopic: Bounce,
          ComplaintTopic: Complaint,
          DeliveryTopic: Delivery,
        };
        return [[name, attributes] as const];
      });
      return { NotificationAttributes: Object.fromEntries(entries) };
    },
    "sesv2:ListConfigurationSets": (region, { NextToken }) => {
      const { items, ...next } = this.page([...this.region(region).sets.keys()], NextToken);
      return { ConfigurationSets: items, ...next };
    },
    "sesv2:GetConfigurationSet": (region, { ConfigurationSetName = "" }) => {
      const { destinations: _, ...answer } = found(
        this.region(region).sets.get(ConfigurationSetName),
        "NotFoundException",
      );
      return answer;
    },
    "sesv2:GetConfigurationSetEventDestinations": (region, { ConfigurationSetName = "" }) => ({
      EventDestinations: found(this.region(region).sets.get(ConfigurationSetName), "NotFoundException").destinations,
    }),
    "sesv2:ListTenants": (region, { NextToken }) => {
      const { items, ...next } = this.page([...this.region(region).tenants.keys()], NextToken);
      return { Tenants: items.map((TenantName) => ({ TenantName })), ...next };
    },
    "sesv2:GetTenant": (region, { TenantName = "" }) => ({
      Tenant: {
        TenantName,
        SendingStatus: found(this.region(region).tenants.get(TenantName), "NotFoundException").status,
      },
    }),
    "sesv2:ListTenantResources": (region, { TenantName = "", NextToken }) => {
      const { resources } = found(this.region(region).tenants.get(TenantName), "NotFoundException");
      const { items, ...next } = this.page(resources, NextToken);
      return { TenantResources: items.map((ResourceArn) => ({ ResourceArn })), ...next };
    },
    "sesv2:ListMultiRegionEndpoints": (region, { NextToken }) => {
      const { items, ...next } = this.page(this.region(region).endpoints ?? [], NextToken);
      return { MultiRegionEndpoints: items, ...next };
    },
    "sns:GetTopicAttributes": (region, { TopicArn = "" }) => ({
      Attributes: found(this.region(region).topics.get(TopicArn), "NotFoundException").attributes,
    }),
    "sns:ListSubscriptionsByTopic": (region, { TopicArn = "", NextToken }) => {
      const { subscriptions } = found(this.region(region).topics.get(TopicArn), "NotFoundException");
      const { items, ...next } = this.page(subscriptions, NextToken);
      const shown = items.map(({ arn, protocol, endpoint }) => ({
        SubscriptionArn: arn,
        Protocol: protocol,
        Endpoint: endpoint,
      }));
      return { Subscriptions: shown, ...next };
    },
    "sns:GetSubscriptionAttributes": (region, { SubscriptionArn = "" }) => {
      const all = [...this.region(region).topics.values()].flatMap(({ subscriptions }) => subscriptions);
      const one = found(
        all.find(({ arn }) => arn === SubscriptionArn),
        "NotFoundException",
      );
      return { Attributes: { PendingConfirmation: "false", ...one.attributes } };
    },
    "sns:GetDataProtectionPolicy": (region, { ResourceArn = "" }) => ({
      DataProtectionPolicy: found(this.region(region).topics.get(ResourceArn), "NotFoundException").protection ?? "",
    }),
    "sqs:GetQueueUrl": (region, { QueueName = "" }) => {
      found(this.region(region).queues.get(QueueName), "QueueDoesNotExist");
      return { QueueUrl: `https://sqs.${region}.amazonaws.com/${this.id}/${QueueName}` };
    },
    "sqs:GetQueueAttributes": (region, { QueueUrl = "" }) => ({
      Attributes: found(this.region(region).queues.get(QueueUrl.split("/").at(-1) ?? ""), "QueueDoesNotExist"),
    }),
    "kms:DescribeKey": (region, { KeyId = "" }) => {
      const { policy: _, ...KeyMetadata } = this.key(region, KeyId);
      return { KeyMetadata };
    },
    "kms:GetKeyPolicy": (region, { KeyId = "" }) => ({ Policy: this.key(region, KeyId).policy }),
    "lambda:GetFunctionConcurrency": (region, { FunctionName = "" }) => {
      if (!this.region(region).functions.has(FunctionName)) throw awsError("ResourceNotFoundException");
      return {};
    },
    "lambda:GetPolicy": (region, { FunctionName = "" }) => ({
      Policy: found(this.region(region).functions.get(FunctionName), "ResourceNotFoundException"),
    }),
    "events:ListRules": (region, { NextToken }) => {
      const { items, ...next } = this.page([...this.region(region).rules.values()], NextToken);
      return { Rules: items.map(({ targets: _, ...rule }) => rule), ...next };
    },
    "events:ListTargetsByRule": (region, { Rule = "", NextToken }) => {
      const { targets } = found(this.region(region).rules.get(Rule), "ResourceNotFoundException");
      const { items, ...next } = this.page(targets, NextToken);
      return { Targets: items.map((Arn, index) => ({ Id: String(index), Arn })), ...next };
    },
    "cloudwatch:DescribeAlarmsForMetric": (region, { MetricName = "" }) => ({
      MetricAlarms: this.region(region).alarms.has(MetricName) ? [{ AlarmName: MetricName }] : [],
    }),
  };

  private key(region: string, reference: string) {
    const { keys, aliases } = this.region(region);
    const name = reference.replace(/^arn:[^/]*:key\//, "");
    return found(keys.get(aliases.get(name) ?? name), "NotFoundException");
  }
}

function found<T>(thing: T | undefined, error: string): T {
  if (thing === undefined) throw awsError(error);
  return thing;
}

function emptyRegion(): FakeRegion {
  return {
    identities: new Map(),
    sets: new Map(),
    account: {
      SendingEnabled: true,
      EnforcementStatus: "HEALTHY",
      SuppressionAttributes: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    },
    tenants: new Map(),
    endpoints: [],
    topics: new Map(),
    queues: new Map(),
    functions: new Map(),
    keys: new Map(),
    aliases: new Map(),
    rules: new Map(),
    alarms: new Set(["Reputation.BounceRate", "Reputation.ComplaintRate"]),
  };
}

/** Time that passes when somebody sleeps, and only then. Sleepers wake in order. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly sleepers: { at: number; wake: () => void }[] = [];
  private isTicking = false;

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.time + milliseconds, wake });
      if (!this.isTicking) this.tick();
    });
  }

  /** Lets everything else go on first; then it is the turn of whoever wakes next. */
  private tick(): void {
    this.isTicking = true;
    setImmediate(() => {
      this.sleepers.sort((a, b) => a.at - b.at);
      const next = this.sleepers.shift();
      if (next) {
        this.time = Math.max(this.time, next.at);
        next.wake();
      }
      this.isTicking = false;
      if (this.sleepers.length > 0) this.tick();
    });
  }
}
