import { awsServices } from "../../components/handler/aws";
import { createHandler } from "../../components/handler/batch";
import { bounce } from "./payloads";
import { type Handler, type Life, QueueModel, seeded, VirtualTime, type WorkerSettings, work } from "./queue-model";
import { SETTINGS } from "./support";

const BOUNCES = 20_000;
/** Twenty thousand messages take seconds, or tens of them where other tests run. */
jest.setTimeout(180_000);
const ENV = { SUPPRESS: "true", TABLE_NAME: "feedback", QUEUE_URL: "https://sqs/queue" };

interface Limits {
  /** Calls of PutSuppressedDestination that SES answers in a second; the others are throttled. */
  rate: number;
}

/** SES, a table and the queue's own API as the SDK shows them, in virtual time. */
class Cloud {
  readonly suppressed = new Set<unknown>();
  readonly stored = new Set<unknown>();
  throttled = 0;
  private tokens: number;
  private filled: number;

  constructor(
    private readonly clock: VirtualTime,
    private readonly queue: QueueModel,
    private readonly limits: Limits,
  ) {
    this.tokens = limits.rate;
    this.filled = clock.now();
  }

  /** `require`, as one instance of the function has it. */
  load(life: Life): () => unknown {
    const send = async ({ name, input }: { name: string; input: Record<string, unknown> }) => {
      if (name === "PutSuppressedDestinationCommand") await this.clock.sleep(20);
      // A call of the dead is neither made nor answered.
      return life.isAlive ? this.answer(name, input) : new Promise(() => {});
    };
    const sdk = new Proxy(
      {},
      {
        get: (_, name: string) =>
          class {
            readonly name = name;
            readonly send = send;
            constructor(readonly input: Record<string, unknown>) {}
          },
      },
    );
    return () => sdk;
  }

  private answer(name: string, input: Record<string, unknown>): object {
    if (name === "PutSuppressedDestinationCommand") return this.suppress(input.EmailAddress);
    if (name === "ChangeMessageVisibilityBatchCommand") {
      const { Entries } = input as { Entries: { ReceiptHandle: string; VisibilityTimeout: number }[] };
      for (const { ReceiptHandle, VisibilityTimeout } of Entries) this.queue.hide(ReceiptHandle, VisibilityTimeout);
      return {};
    }
    const { Key, Item } = input as { Key?: { id: { S: string } }; Item?: { id: { S: string } } };
    if (Key !== undefined) return this.stored.has(Key.id.S) ? { Item: { unresolved: { N: "0" } } } : {};
    this.stored.add(Item?.id.S);
    return {};
  }

  private suppress(address: unknown): object {
    const now = this.clock.now();
    this.tokens = Math.min(this.limits.rate, this.tokens + ((now - this.filled) / 1000) * this.limits.rate);
    this.filled = now;
    if (this.tokens < 1) {
      this.throttled++;
      throw Object.assign(new Error("Rate exceeded"), { name: "TooManyRequestsException" });
    }
    this.tokens--;
    this.suppressed.add(address);
    return {};
  }
}

const bodies = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    bounce("Permanent", "General", { feedbackId: String(index), recipients: [`r${index}@recipient.example`] }),
  );

interface Scenario extends Partial<WorkerSettings>, Partial<Limits> {
  messages?: number;
  concurrency?: number;
  /** Of the queue, in seconds. */
  visibility?: number;
  /** In place of the handler under test. */
  start?(cloud: Cloud, life: Life): Handler;
}

/** A burst, until the queue is empty. */
async function burst({ messages = BOUNCES, concurrency = 2, rate = 10, visibility = 360, ...rest }: Scenario) {
  const clock = new VirtualTime(seeded(7));
  const queue = new QueueModel(clock, { visibility, maxReceives: 5 }, bodies(messages));
  const cloud = new Cloud(clock, queue, { rate });
  const ours = (life: Life) =>
    createHandler({
      services: awsServices(ENV, cloud.load(life), clock),
      settings: SETTINGS,
      clock,
      log: () => {},
    });
  const start = (life: Life) => rest.start?.(cloud, life) ?? ours(life);
  const settings = { batchSize: 10, timeout: 60, crashes: () => false, ...rest };
  const workers = Array.from({ length: concurrency }, () => work(queue, clock, start, settings));
  await clock.run(Promise.all(workers));
  return { clock, queue, cloud };
}

test("20,000 bounces at once, 10 calls a second: all suppressed, none dead, hardly a receive spent", async () => {
  const { clock, queue, cloud } = await burst({});
  expect(cloud.suppressed.size).toBe(BOUNCES);
  expect(queue.dead).toEqual([]);
  // Nobody can be faster than 2,000 seconds.
  expect(clock.seconds()).toBeGreaterThan(BOUNCES / 10 - 10);
  expect(clock.seconds()).toBeLessThan((BOUNCES / 10) * 1.1);
  expect(queue.receives).toBeLessThan(BOUNCES * 1.01);
  expect(cloud.throttled).toBeLessThan(BOUNCES);
});

test("the same while every twentieth invocation crashes", async () => {
  const random = seeded(11);
  let crashes = 0;
  const crashing = () => {
    const isCrash = random() < 0.05;
    if (isCrash) crashes++;
    return isCrash;
  };
  const { clock, queue, cloud } = await burst({ crashes: crashing });
  expect(crashes).toBeGreaterThan(50);
  expect(cloud.suppressed.size).toBe(BOUNCES);
  // A feedback and a recipient for each.
  expect(cloud.stored.size).toBe(2 * BOUNCES);
  expect(queue.dead).toEqual([]);
  expect(clock.seconds()).toBeLessThan((BOUNCES / 10) * 2);
});

test.each<[string, Scenario]>([
  ["one call a second", { messages: 1_000, rate: 1 }],
  ["batches of a hundred, which need more time than they get at once", { messages: 2_000, batchSize: 100 }],
  ["half a minute for a call, and three minutes out of sight", { messages: 2_000, timeout: 30, visibility: 180 }],
  ["five at a time", { messages: 2_000, concurrency: 5 }],
])("%s: all suppressed, none dead", async (_, scenario) => {
  const { queue, cloud } = await burst(scenario);
  expect(cloud.suppressed.size).toBe(scenario.messages);
  expect(queue.dead).toEqual([]);
});

test("the model kills the messages of a handler that does not wait", async () => {
  const start = (cloud: Cloud, life: Life): Handler => {
    const { suppress } = awsServices({ SUPPRESS: "true" }, cloud.load(life), new VirtualTime(() => 1));
    return async (event) => {
      const batchItemFailures: { itemIdentifier: string }[] = [];
      for (const { messageId, body } of (event as { Records: { messageId: string; body: string }[] }).Records) {
        const address = JSON.parse(body).bounce.bouncedRecipients[0].emailAddress;
        try {
          // A deadline a moment away: the first throttled call is the last.
          const deadline = new VirtualTime(() => 1).now() + 1;
          await suppress?.({ address, reason: "BOUNCE", tenant: null, region: "us-east-1" }, deadline);
        } catch {
          batchItemFailures.push({ itemIdentifier: messageId });
        }
      }
      return { batchItemFailures };
    };
  };
  const { queue } = await burst({ messages: 5_000, start });
  expect(queue.dead.length).toBeGreaterThan(1_000);
});
