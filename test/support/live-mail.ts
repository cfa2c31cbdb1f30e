import type { Input, Operation, Output, ProofApi } from "../../linter/proof/client";
import type { FakeAccount, FakeClock } from "./live-account";

interface FakeQueue {
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** What waits or will: the time from which it is there. */
  messages: { at: number; body: string; handle: string }[];
}

interface FakeRule {
  pattern: { source: string[]; "detail-type": string[] };
  tags: Record<string, string>;
  targets: { id: string; arn: string }[];
}

type Handlers = { [K in Operation]: (region: string, input: Input<K>, signal?: AbortSignal) => Promise<Output<K>> };

/** Types that the simulator answers mail to a mailbox with, and the subtype of a bounce. */
const OUTCOMES: Readonly<Record<string, readonly (readonly [type: string, subType?: string])[]>> = {
  bounce: [["Bounce", "General"]],
  complaint: [["Delivery"], ["Complaint"]],
  ooto: [["Delivery"], ["Bounce", "General"]],
  suppressionlist: [["Bounce", "Suppressed"]],
  success: [["Delivery"]],
};

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
  Delivery: "Email Delivered",
};

export function awsError(name: string, fault: "client" | "server" = "client"): Error {
  return Object.assign(new Error(name), { name, $fault: fault });
}

/**
 * SES, SNS, EventBridge and SQS of one account as a proof uses them, over what the fake account holds: a mail takes the
 * channels of the identity that governs its sender.
 */
export class FakeMail implements ProofApi {
  /** Every call, as `OPERATION`, with its input. */
  readonly calls: { operation: Operation; input: object }[] = [];
  readonly queues = new Map<string, FakeQueue>();
  readonly rules = new Map<string, FakeRule>();
  /** Of the queues that proofs make: [subscription, topic, endpoint]. */
  subscriptions: { arn: string; topic: string; endpoint: string }[] = [];
  readonly denied = new Set<Operation>();
  /** Seconds until a notification is there; undefined: it never is. By default one second. */
  delay: (type: string, mailbox: string, channel: "topic" | "event" | "bus") => number | undefined = () => 1;
  /** Asked before each call; may interrupt, or throw. */
  before: (operation: Operation, input: object) => void = () => {};
  /** Asked after each call that worked: may throw, as a connection that breaks before the answer. */
  after: (operation: Operation) => void = () => {};
  /** How long a call to the queue takes, milliseconds. */
  latency = 0;
  private mails = 0;
  private handles = 0;

  constructor(
    readonly account: FakeAccount,
    private readonly clock: FakeClock,
  ) {}

  async call<K extends Operation>(
    region: string,
    operation: K,
    input: Input<K>,
    signal?: AbortSignal,
  ): Promise<Output<K>> {
    this.calls.push({ operation, input });
    this.before(operation, input);
    if (this.denied.has(operation)) throw awsError("AccessDeniedException");
    const handler: (region: string, input: Input<K>, signal?: AbortSignal) => Promise<Output<K>> =
      this.handlers[operation];
    const answer = await handler(region, input, signal);
    this.after(operation);
    return answer;
  }

  /** Everything that stands, whoever made it. */
  get standing(): string[] {
    return [
      ...this.queues.keys(),
      ...this.rules.keys(),
      ...this.subscriptions.map(({ topic, endpoint }) => `${topic} ${endpoint}`),
    ];
  }

  get operations(): Set<Operation> {
    return new Set(this.calls.map(({ operation }) => operation));
  }

  count(operation: Operation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  private queueOf(url: string | undefined): FakeQueue {
    const queue = this.queues.get(url?.split("/").at(-1) ?? "");
    if (queue === undefined) throw awsError("QueueDoesNotExist");
    return queue;
  }

  private readonly handlers: Handlers = {
    "sqs:CreateQueue": async (region, { QueueName = "", Attributes = {}, tags = {} }) => {
      this.queues.set(QueueName, { attributes: Attributes, tags, messages: [] });
      return { QueueUrl: this.url(region, QueueName) };
    },
    "sqs:GetQueueUrl": async (region, { QueueName = "" }) => {
      this.queueOf(QueueName);
      return { QueueUrl: this.url(region, QueueName) };
    },
    "sqs:GetQueueAttributes": async (_, { QueueUrl }) => ({ Attributes: this.queueOf(QueueUrl).attributes }),
    "sqs:ReceiveMessage": async (_, { QueueUrl, WaitTimeSeconds = 0, VisibilityTimeout = 30 }, signal) => {
      const queue = this.queueOf(QueueUrl);
      if (this.latency > 0) await this.clock.sleep(this.latency);
      const end = this.clock.now() + WaitTimeSeconds * 1000;
      for (;;) {
        if (signal?.aborted) throw Object.assign(new Error("aborted"), { name: "AbortError" });
        const now = this.clock.now();
        const ready = queue.messages.filter(({ at }) => at <= now).slice(0, 10);
        for (const one of ready) one.at = now + VisibilityTimeout * 1000;
        const Messages = ready.map(({ body: Body, handle: ReceiptHandle }) => ({ Body, ReceiptHandle }));
        if (ready.length > 0 || now >= end) return { Messages };
        await this.clock.sleep(Math.min(250, end - now));
      }
    },
    "sqs:DeleteMessageBatch": async (_, { QueueUrl, Entries = [] }) => {
      const queue = this.queueOf(QueueUrl);
      const deleted = new Set(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
      queue.messages = queue.messages.filter(({ handle }) => !deleted.has(handle));
      return { Successful: [], Failed: [] };
    },
    "sqs:DeleteQueue": async (_, { QueueUrl }) => {
      this.queueOf(QueueUrl);
      this.queues.delete(QueueUrl?.split("/").at(-1) ?? "");
      return {};
    },
    "sqs:ListQueues": async (region, { QueueNamePrefix = "", NextToken }) => {
      const names = [...this.queues.keys()].filter((name) => name.startsWith(QueueNamePrefix));
      const { items, ...next } = page(names, NextToken);
      return { QueueUrls: items.map((name) => this.url(region, name)), ...next };
    },
    "sqs:ListQueueTags": async (_, { QueueUrl }) => ({ Tags: this.queueOf(QueueUrl).tags }),
    "sns:Subscribe": async (region, { TopicArn = "", Endpoint = "" }) => {
      this.topic(region, TopicArn);
      // One endpoint is subscribed once, however often it is asked.
      const known = this.subscriptions.find(({ topic, endpoint }) => topic === TopicArn && endpoint === Endpoint);
      if (known) return { SubscriptionArn: known.arn };
      const arn = `${TopicArn}:${this.subscriptions.length + 1}`;
      this.subscriptions.push({ arn, topic: TopicArn, endpoint: Endpoint });
      return { SubscriptionArn: arn };
    },
    "sns:Unsubscribe": async (_, { SubscriptionArn }) => {
      this.subscriptions = this.subscriptions.filter(({ arn }) => arn !== SubscriptionArn);
      return {};
    },
    "sns:ListSubscriptionsByTopic": async (region, { TopicArn = "", NextToken }) => {
      const { subscriptions } = this.topic(region, TopicArn);
      const own = this.subscriptions.filter(({ topic }) => topic === TopicArn);
      const { items, ...next } = page([...subscriptions, ...own], NextToken);
      return {
        Subscriptions: items.map(({ arn, endpoint }) => ({ SubscriptionArn: arn, Endpoint: endpoint })),
        ...next,
      };
    },
    "events:PutRule": async (_, { Name = "", EventPattern = "{}", Tags = [] }) => {
      const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
      this.rules.set(Name, { pattern: JSON.parse(EventPattern), tags, targets: [] });
      return {};
    },
    "events:PutTargets": async (_, { Rule = "", Targets = [] }) => {
      this.rule(Rule).targets.push(...Targets.map(({ Id: id = "", Arn: arn = "" }) => ({ id, arn })));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    "events:RemoveTargets": async (_, { Rule = "", Ids = [] }) => {
      const rule = this.rule(Rule);
      rule.targets = rule.targets.filter(({ id }) => !Ids.includes(id));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    "events:DeleteRule": async (_, { Name = "" }) => {
      if (this.rules.get(Name)?.targets.length) throw awsError("ValidationException");
      this.rules.delete(Name);
      return {};
    },
    "events:ListRules": async (region, { NamePrefix = "", NextToken }) => {
      const names = [...this.rules.keys()].filter((name) => name.startsWith(NamePrefix));
      const { items, ...next } = page(names, NextToken);
      const arn = (name: string) => `arn:aws:events:${region}:${this.account.id}:rule/${name}`;
      return { Rules: items.map((Name) => ({ Name, Arn: arn(Name) })), ...next };
    },
    "events:ListTagsForResource": async (_, { ResourceARN = "" }) => ({
      Tags: Object.entries(this.rule(ResourceARN.split("/").at(-1) ?? "").tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    "ses:SendEmail": async (region, { Source = "", Destination, ConfigurationSetName }) => {
      const messageId = `mail-${++this.mails}`;
      const [recipient = ""] = Destination?.ToAddresses ?? [];
      this.deliver(region, { source: Source, recipient, messageId, set: ConfigurationSetName });
      return { MessageId: messageId };
    },
  };

  private url(region: string, name: string): string {
    return `https://sqs.${region}.amazonaws.com/${this.account.id}/${name}`;
  }

  private topic(region: string, arn: string) {
    const topic = this.account.region(region).topics.get(arn);
    if (topic === undefined) throw awsError("NotFoundException");
    return topic;
  }

  private rule(name: string): FakeRule {
    const rule = this.rules.get(name);
    if (rule === undefined) throw awsError("ResourceNotFoundException");
    return rule;
  }

  private deliver(
    region: string,
    {
      source,
      recipient,
      messageId,
      set,
    }: { source: string; recipient: string; messageId: string; set?: string | undefined },
  ): void {
    const { identities, sets } = this.account.region(region);
    const domain = source.slice(source.indexOf("@") + 1);
    const identity = identities.get(source) ?? identities.get(domain);
    if (identity === undefined) throw awsError("MessageRejected");
    const named = sets.get(set ?? identity.ConfigurationSetName ?? "");
    const mailbox = recipient.split(/[+@]/)[0] ?? "";
    for (const [type, bounceSubType] of OUTCOMES[mailbox] ?? []) {
      const event = {
        mail: { messageId, source, destination: [recipient] },
        ...(bounceSubType && { bounce: { bounceSubType } }),
      };
      const topic = identity.topics?.[type as "Bounce"];
      if (topic !== undefined) {
        this.publish(topic, { notificationType: type, ...event }, this.delay(type, mailbox, "topic"));
      }
      for (const { Enabled, MatchingEventTypes = [], SnsDestination, EventBridgeDestination } of named?.destinations ??
        []) {
        if (!Enabled || !MatchingEventTypes.includes(type.toUpperCase() as "BOUNCE")) continue;
        const told = { eventType: type, ...event };
        if (SnsDestination?.TopicArn) {
          this.publish(SnsDestination.TopicArn, told, this.delay(type, mailbox, "event"));
        }
        if (EventBridgeDestination) this.emit(type, told, this.delay(type, mailbox, "bus"));
      }
    }
  }

  /** Notifies the queues that are subscribed. A topic of the account may publish something else at any time, too. */
  publish(topic: string, message: object | string, seconds: number | undefined): void {
    const Message = typeof message === "string" ? message : JSON.stringify(message);
    const body = JSON.stringify({ Type: "Notification", TopicArn: topic, Message });
    for (const one of this.subscriptions.filter((it) => it.topic === topic))
      this.enqueue(one.endpoint, topic, body, seconds);
  }

  private emit(type: string, detail: object, seconds: number | undefined): void {
    const body = JSON.stringify({ source: "aws.ses", "detail-type": DETAIL_TYPES[type], detail });
    for (const [name, { pattern, targets }] of this.rules) {
      if (!pattern.source.includes("aws.ses") || !pattern["detail-type"].includes(DETAIL_TYPES[type] ?? "")) continue;
      for (const { arn } of targets) {
        this.enqueue(arn, `arn:aws:events:us-east-1:${this.account.id}:rule/${name}`, body, seconds);
      }
    }
  }

  /** Only what the queue's policy admits gets in. */
  private enqueue(queueArn: string, source: string, body: string, seconds: number | undefined): void {
    const queue = this.queues.get(queueArn.split(":").at(-1) ?? "");
    if (queue === undefined || seconds === undefined) return;
    const { Statement } = JSON.parse(queue.attributes.Policy ?? '{"Statement":[]}');
    const principal = source.includes(":events:") ? "events.amazonaws.com" : "sns.amazonaws.com";
    const admits = (one: {
      Principal: { Service: string };
      Resource: string;
      Condition: { ArnEquals: Record<string, string[]> };
    }) =>
      one.Principal.Service === principal &&
      one.Resource === queueArn &&
      one.Condition.ArnEquals["aws:SourceArn"]?.includes(source);
    if (Statement.some(admits))
      queue.messages.push({ at: this.clock.now() + seconds * 1000, body, handle: `handle-${++this.handles}` });
  }
}

/** Pages of two, as every list has more of them than one thinks. */
function page<T>(all: readonly T[], token: string | undefined): { items: T[]; NextToken?: string } {
  const start = Number(token ?? 0);
  const end = start + 2;
  return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
}
