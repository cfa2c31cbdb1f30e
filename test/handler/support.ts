import { Actor, type Services } from "../../components/handler/act";
import type { Admission } from "../../components/handler/admit";
import { createHandler, type LambdaContext, type LambdaEvent, type Settings } from "../../components/handler/batch";
import type { Clock } from "../../components/handler/pace";

export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";
export const JANE = "jane@recipient.example";
export const JOHN = "john@recipient.example";

export const ADMISSION: Admission = { account: ACCOUNT, region: REGION, topicArns: [], topicRegions: [] };
export const SETTINGS: Settings = { topicArns: [], topicRegions: [], unprocessable: "dead-letter" };

/** A call of the function with half a minute left. */
export const CONTEXT: LambdaContext = {
  invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:feedback`,
  getRemainingTimeInMillis: () => 30_000,
};

/** Stands still, but for those who sleep. */
export function stillClock(): Clock & { slept: number[] } {
  let now = Date.UTC(2027, 0, 4, 10);
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => 1,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

type Fail = (argument: unknown) => void;

/** Services that keep what they were asked for, in order, and fail where they are told to. */
export function recorder(failing: Partial<Record<keyof Services, Fail>> = {}) {
  const calls: unknown[][] = [];
  const stored = new Map<string, number>();
  const does =
    <A extends unknown[]>(name: keyof Services, also: (...args: A) => void = () => {}) =>
    async (...args: [...A, number]): Promise<void> => {
      failing[name]?.(args[0]);
      const kept = args.slice(0, -1) as unknown as A;
      calls.push([name, ...kept]);
      also(...kept);
    };
  const services: Required<Services> = {
    suppress: does("suppress"),
    find: async (feedbackId) => {
      failing.find?.(feedbackId);
      return stored.get(feedbackId) ?? null;
    },
    list: does("list"),
    store: does("store", ({ feedbackId, unresolved }) => stored.set(feedbackId, unresolved)),
    publish: does("publish"),
    bury: does("bury"),
    delay: does("delay"),
  };
  const of = (name: keyof Services) => calls.filter(([call]) => call === name).map(([, ...args]) => args);
  return { calls, services, of, names: () => calls.map(([name]) => name) };
}

export interface RunOptions {
  services: Services;
  settings?: Partial<Settings>;
  clock?: Clock;
  log?: (line: Record<string, unknown>) => void;
}

export function handlerOf({ services, settings, clock = stillClock(), log = () => {} }: RunOptions) {
  return createHandler({ services, settings: { ...SETTINGS, ...settings }, clock, log });
}

export function queueEvent(...bodies: string[]): LambdaEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `message-${index}`,
      receiptHandle: `receipt-${index}`,
      body,
      attributes: { ApproximateReceiveCount: "1" },
    })),
  };
}

/** The ids of the messages that failed: `message-0` is the first. */
export async function handle(services: Services, ...bodies: string[]): Promise<string[]> {
  const { batchItemFailures } = await handlerOf({ services })(queueEvent(...bodies), CONTEXT);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

export function actor(services: Services, admission: Partial<Admission> = {}): Actor {
  return new Actor(services, { ...ADMISSION, ...admission });
}
