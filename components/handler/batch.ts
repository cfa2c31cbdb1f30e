/**
 * What Lambda calls: messages from a queue, from a topic, or one event from EventBridge. Each message counts for
 * itself, and the log gets counts and bounded ids, never addresses.
 */
import { Actor, type Deadlines, type Hopeless, hopeless, type Outcome, type Services } from "./act";
import { type Admission, arnParts } from "./admit";
import type { Json } from "./json";
import { type Clock, DeferredCall } from "./pace";
import { loggable } from "./text";

interface QueueRecord {
  messageId: string;
  body: string;
  receiptHandle?: string;
  attributes?: { ApproximateReceiveCount?: string };
}
interface TopicRecord {
  Sns: object;
}
/** Records of one queue or topic, or an event as EventBridge delivers it. */
export type LambdaEvent = { Records: (QueueRecord | TopicRecord)[] } | { "detail-type": string };
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}
export interface LambdaContext {
  /** Tells account and Region of the function. */
  invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

export interface Settings {
  topicArns: readonly string[];
  topicRegions: readonly string[];
  /** What becomes of messages that can never be handled; logged in either case. */
  unprocessable: "dead-letter" | "drop";
}

export interface Host {
  services: Services;
  settings: Settings;
  clock: Clock;
  log(line: Json): void;
}

/** One message, however it came. */
interface Delivery {
  text: string;
  /** Null where it does not come from a queue. */
  messageId: string | null;
  receiptHandle: string | null;
  receives: number;
}

/** What is kept of an invocation's time, in milliseconds: for everything but suppression, and for the answer. */
const RESERVE = 4_000;
const ANSWER = 1_500;

/** How long a message that failed is left alone, in seconds: a minute, then four times as long each time. */
const FIRST_DELAY = 60;
const LONGEST_DELAY = 1_800;

/**
 * A Lambda function over these services. Called by a queue it reports the messages that failed, so that the others
 * are not repeated; called otherwise it throws, so that Lambda repeats the call.
 */
export function createHandler(host: Host): (event: LambdaEvent, context: LambdaContext) => Promise<BatchResponse> {
  let actor: { key: string; value: Actor } | undefined;
  return async (event, context) => {
    const { invokedFunctionArn: key } = context;
    if (actor?.key !== key) actor = { key, value: new Actor(host.services, admissionFor(key, host.settings)) };
    return new Invocation(host, actor.value, context.getRemainingTimeInMillis()).run(deliveriesOf(event));
  };
}

function admissionFor(functionArn: string, { topicArns, topicRegions }: Settings): Admission {
  const { account, region } = arnParts(functionArn);
  if (account === "" || region === "") throw new Error("the function does not know its account and Region");
  return { account, region, topicArns, topicRegions };
}

function deliveriesOf(event: LambdaEvent): Delivery[] {
  const alone = { messageId: null, receiptHandle: null, receives: 1 };
  if (!("Records" in event)) return [{ ...alone, text: JSON.stringify(event) }];
  return event.Records.map((record) => {
    if (!("body" in record)) return { ...alone, text: JSON.stringify({ Type: "Notification", ...record.Sns }) };
    const { body, messageId, receiptHandle = null, attributes } = record;
    return { text: body, messageId, receiptHandle, receives: Number(attributes?.ApproximateReceiveCount) || 1 };
  });
}

/** One call of the function. */
class Invocation {
  private readonly deadlines: Deadlines;
  private readonly counts: Record<string, number> = {};
  private readonly failed: Delivery[] = [];

  constructor(
    private readonly host: Host,
    private readonly actor: Actor,
    remaining: number,
  ) {
    const end = host.clock.now() + remaining;
    this.deadlines = { suppress: end - RESERVE, rest: end - ANSWER };
  }

  async run(deliveries: readonly Delivery[]): Promise<BatchResponse> {
    for (const delivery of deliveries) {
      try {
        await this.conclude(delivery, await this.actor.handle(delivery.text, this.deadlines));
      } catch (error) {
        await this.giveUp(delivery, error);
      }
    }
    await this.delayFailed();
    this.host.log({ messages: deliveries.length, ...this.counts });
    const queued = this.failed.flatMap(({ messageId }) => messageId ?? []);
    // Lambda logs what is thrown: no word of the message.
    if (queued.length < this.failed.length) throw new Error(`${this.failed.length} messages failed`);
    return { batchItemFailures: queued.map((itemIdentifier) => ({ itemIdentifier })) };
  }

  private async conclude(delivery: Delivery, outcome: Outcome): Promise<void> {
    this.count(outcome.kind);
    if (outcome.kind === "ignored") return this.host.log({ ignored: outcome.what });
    const { type, feedbackId, reason, detail, recipients, suppressed } = outcome.feedback;
    const unresolved = outcome.kind === "handled" ? outcome.feedback.unresolved : 0;
    this.count("suppressed", suppressed.length);
    this.host.log({
      feedbackId: loggable(feedbackId),
      type,
      reason: loggable(reason),
      detail: loggable(detail),
      recipients: recipients.length,
      suppressed: suppressed.length,
      unresolved,
      duplicate: outcome.kind === "duplicate",
    });
    if (unresolved > 0) await this.dispose(delivery, { kind: "unresolved", why: `recipients: ${unresolved}` });
  }

  private async giveUp(delivery: Delivery, error: unknown): Promise<void> {
    const found = hopeless(error);
    if (found !== null) return this.dispose(delivery, found);
    // Errors of services may quote addresses: their names only.
    const name = error instanceof DeferredCall ? "deferred" : loggable(error instanceof Error ? error.name : "Error");
    this.host.log({ error: name, message: loggable(delivery.messageId) });
    this.fail(delivery, error instanceof DeferredCall ? "deferred" : "failed");
  }

  /** A repetition would only spend receives: at once to the dead letters, or gone, as the settings say. */
  private async dispose(delivery: Delivery, { kind, why }: Hopeless): Promise<void> {
    const { services, settings, log } = this.host;
    this.count(kind);
    log({ error: kind, why, message: loggable(delivery.messageId) });
    if (settings.unprocessable === "drop") return;
    if (services.bury === undefined) return this.fail(delivery, "failed");
    try {
      await services.bury(delivery.text, `${kind}: ${why}`, this.deadlines.rest);
      this.count("buried");
    } catch {
      this.fail(delivery, "failed");
    }
  }

  private fail(delivery: Delivery, kind: "deferred" | "failed"): void {
    this.count(kind);
    this.failed.push(delivery);
  }

  private count(name: string, number = 1): void {
    if (number > 0) this.counts[name] = (this.counts[name] ?? 0) + number;
  }

  /** The longer a message has failed, the longer it waits, so that its receives outlast what is wrong. */
  private async delayFailed(): Promise<void> {
    const messages = this.failed.flatMap(({ receiptHandle, receives }) => {
      if (receiptHandle === null) return [];
      const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 4 ** (receives - 1));
      return { receiptHandle, seconds: Math.ceil(longest * (0.5 + this.host.clock.random() / 2)) };
    });
    if (messages.length === 0) return;
    try {
      await this.host.services.delay?.(messages, this.deadlines.rest);
    } catch {
      // They come back when the queue's visibility timeout is over.
      this.count("notDelayed", messages.length);
    }
  }
}
