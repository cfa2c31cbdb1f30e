import type { BatchResponse, LambdaContext, LambdaEvent } from "../../components/handler/batch";
import type { Clock } from "../../components/handler/pace";
import { CONTEXT } from "./support";

/** Time that passes as soon as nobody has anything left to do but wait. */
export class VirtualTime implements Clock {
  private time = Date.UTC(2027, 0, 4, 10);
  private readonly start = this.time;
  private readonly sleepers: { at: number; wake: () => void }[] = [];

  /** @param random from 0 up to 1 */
  constructor(readonly random: () => number) {}

  now(): number {
    return this.time;
  }

  seconds(): number {
    return (this.time - this.start) / 1000;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.time + milliseconds;
      const index = this.sleepers.findLastIndex((other) => other.at <= at);
      this.sleepers.splice(index + 1, 0, { at, wake });
    });
  }

  /** Runs until the work is done. */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      const next = this.sleepers.shift();
      if (next === undefined) continue;
      this.time = next.at;
      next.wake();
    }
    await work;
  }
}

/** The same numbers for the same seed (mulberry32), from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface QueueSettings {
  /** How long a received message stays invisible, in seconds. */
  visibility: number;
  maxReceives: number;
}

interface Waiting {
  id: string;
  body: string;
  receives: number;
  visibleAt: number;
}

/** A queue with a redrive policy: what has been received too often is dead when it would be received again. */
export class QueueModel {
  readonly dead: Waiting[] = [];
  receives = 0;
  private readonly visible: Waiting[];
  private readonly hidden = new Map<string, Waiting>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: QueueSettings,
    bodies: readonly string[],
  ) {
    const visibleAt = clock.now();
    this.visible = bodies.map((body, index) => ({ id: `message-${index}`, body, receives: 0, visibleAt })).reverse();
  }

  get left(): number {
    return this.visible.length + this.hidden.size;
  }

  receive(most: number): Waiting[] {
    const now = this.clock.now();
    for (const message of [...this.hidden.values()].filter(({ visibleAt }) => visibleAt <= now)) {
      this.hidden.delete(message.id);
      this.visible.unshift(message);
    }
    const batch: Waiting[] = [];
    while (batch.length < most) {
      const message = this.visible.pop();
      if (message === undefined) break;
      if (message.receives === this.settings.maxReceives) {
        this.dead.push(message);
        continue;
      }
      message.receives++;
      this.receives++;
      message.visibleAt = now + this.settings.visibility * 1000;
      this.hidden.set(message.id, message);
      batch.push(message);
    }
    return batch;
  }

  remove(id: string): void {
    this.hidden.delete(id);
  }

  /** ChangeMessageVisibility; the receipt handle is the id of the message. */
  hide(id: string, seconds: number): void {
    const message = this.hidden.get(id);
    if (message !== undefined) message.visibleAt = this.clock.now() + seconds * 1000;
  }
}

export type Handler = (event: LambdaEvent, context: LambdaContext) => Promise<BatchResponse>;

export interface WorkerSettings {
  batchSize: number;
  /** Timeout of the function, in seconds. */
  timeout: number;
  /** Whether the next invocation dies on the way; its answer is never heard then. */
  crashes(): boolean;
}

/** One instance of the function; once it is dead, what it still asks for never happens. */
export interface Life {
  isAlive: boolean;
}

/** One of Lambda's pollers with its instance of the function, until the queue is empty. */
export async function work(
  queue: QueueModel,
  clock: VirtualTime,
  start: (life: Life) => Handler,
  { batchSize, timeout, crashes }: WorkerSettings,
): Promise<void> {
  let life: Life = { isAlive: true };
  let handler = start(life);
  while (queue.left > 0) {
    const batch = queue.receive(batchSize);
    if (batch.length === 0) {
      await clock.sleep(1000);
      continue;
    }
    const end = clock.now() + timeout * 1000;
    const Records = batch.map(({ id, body, receives }) => ({
      messageId: id,
      receiptHandle: id,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
    }));
    const answer = handler({ Records }, { ...CONTEXT, getRemainingTimeInMillis: () => end - clock.now() });
    const isCrash = crashes();
    const death = clock.sleep(isCrash ? clock.random() * 2_000 : timeout * 1000).then(() => undefined);
    const heard = await Promise.race([answer, death]);
    if (heard === undefined || isCrash) {
      life.isAlive = false;
      life = { isAlive: true };
      handler = start(life);
      continue;
    }
    const failed = new Set(heard.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { id } of batch) if (!failed.has(id)) queue.remove(id);
  }
}
