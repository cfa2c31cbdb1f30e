import type { Home } from "./names";
import { PREFIX } from "./names";

export type FeedbackType = "bounce" | "complaint" | "delivery";
export const TYPES: readonly FeedbackType[] = ["bounce", "complaint", "delivery"];

/**
 * The mailboxes of the simulator, and the type of notification that mail to each comes back as. Source: Amazon SES
 * Developer Guide, Using the mailbox simulator; an out-of-office reply comes as a bounce (F1).
 */
export const MAILBOXES = [
  { mailbox: "bounce", type: "bounce", isCertain: true },
  { mailbox: "complaint", type: "complaint", isCertain: true },
  // Nobody promises it: an automatic answer may come as a mail instead.
  { mailbox: "ooto", type: "bounce", isCertain: false },
  { mailbox: "suppressionlist", type: "bounce", isCertain: true },
  { mailbox: "success", type: "delivery", isCertain: true },
] as const satisfies readonly { mailbox: string; type: FeedbackType; isCertain: boolean }[];

export type Mailbox = (typeof MAILBOXES)[number]["mailbox"];

/** One way out of an identity, as the report of an audit names it. */
export interface Channel {
  readonly channel: "forwarding" | "topic" | "event-destination";
  readonly target: string | null;
}

/** A channel that a queue can be put at. */
export interface Way {
  readonly channel: "topic" | "event-destination";
  /** ARN of the topic or bus. */
  readonly target: string;
}

/** A channel that nothing of ours can listen at, and why. */
export interface Deaf extends Channel {
  readonly why: string;
  /** It can't carry anything, as it stands; else it may, and somebody else has to look. */
  readonly isBroken: boolean;
}

export interface Ways {
  readonly heard: readonly Way[];
  readonly deaf: readonly Deaf[];
}

export interface Mail {
  readonly mailbox: Mailbox;
  readonly type: FeedbackType;
  readonly recipient: string;
  /** It has to arrive. */
  readonly isCertain: boolean;
}

/** What will be tried of one identity. */
export interface Trial {
  readonly identity: string;
  readonly from: string;
  readonly ways: Readonly<Record<FeedbackType, Ways>>;
  readonly mails: readonly Mail[];
}

export interface Plan extends Home {
  readonly run: string;
  /** Of the queue, and of the rule. */
  readonly name: string;
  /** Named with each mail, in place of the default ones. */
  readonly configurationSet: string | undefined;
  readonly trials: readonly Trial[];
  /** That the queue is subscribed to. */
  readonly topics: readonly string[];
  /** The types that a rule on the default bus lets through; none: no rule is made. */
  readonly busTypes: readonly FeedbackType[];
  /** Until what is made is in effect. */
  readonly settleSeconds: number;
  readonly timeoutSeconds: number;
}

/** Until a subscription is in effect everywhere, as a guess on the safe side. */
const SETTLE_TOPIC = 10;
/** A rule may take a minute. Source: Amazon EventBridge User Guide, Creating rules. */
const SETTLE_RULE = 60;

/** An identity with its channels and the address to send from. */
export interface Candidate {
  readonly identity: string;
  readonly from: string;
  readonly channels: Readonly<Record<FeedbackType, readonly Channel[]>>;
}

export interface PlanOptions {
  readonly run: string;
  readonly configurationSet?: string | undefined;
  readonly timeoutSeconds: number;
}

/** What is made, sent and waited for, for some identities of one account and Region. */
export function planFor(home: Home, candidates: readonly Candidate[], options: PlanOptions): Plan {
  const { run, timeoutSeconds, configurationSet } = options;
  const trials = candidates.map((one) => trialOf(home, one, run));
  const heard = trials.flatMap(({ ways }) =>
    TYPES.flatMap((type) => ways[type].heard.map((way) => ({ type, ...way }))),
  );
  const onBus = heard.filter(({ target }) => isBus(target));
  const topics = [...new Set(heard.filter(({ target }) => !isBus(target)).map(({ target }) => target))].sort();
  const busTypes = TYPES.filter((type) => onBus.some((one) => one.type === type));
  return {
    ...home,
    run,
    name: `${PREFIX}${run}`,
    configurationSet,
    trials,
    topics,
    busTypes,
    settleSeconds: busTypes.length > 0 ? SETTLE_RULE : SETTLE_TOPIC,
    timeoutSeconds,
  };
}

export function isBus(target: string): boolean {
  return target.split(":")[2] === "events";
}

export function mailsOf({ trials }: Plan): Mail[] {
  return trials.flatMap(({ mails }) => mails);
}

function trialOf(home: Home, { identity, from, channels }: Candidate, run: string): Trial {
  const ways = {
    bounce: waysOf(home, channels.bounce, from),
    complaint: waysOf(home, channels.complaint, from),
    delivery: waysOf(home, channels.delivery, from),
  };
  const mails = MAILBOXES.filter(({ type }) => ways[type].heard.length > 0).map((one) => ({
    ...one,
    // A label of this run: an application that suppresses who bounced does not keep the next run from its mail.
    recipient: `${one.mailbox}+${run}@simulator.amazonses.com`,
  }));
  return { identity, from, ways, mails };
}

function waysOf(home: Home, channels: readonly Channel[], from: string): Ways {
  const heard: Way[] = [];
  const deaf: Deaf[] = [];
  for (const one of channels) {
    const { channel, target } = one;
    const reason = whyDeaf(home, one, from);
    if (reason !== undefined) deaf.push({ channel, target, ...reason });
    else if (channel !== "forwarding" && target !== null) heard.push({ channel, target });
  }
  return { heard, deaf };
}

/** Undefined where a queue can listen. */
function whyDeaf(
  { partition, account, region }: Home,
  { channel, target }: Channel,
  from: string,
): Pick<Deaf, "why" | "isBroken"> | undefined {
  if (channel === "forwarding") {
    return { why: `it goes to the mailbox ${from}, which only its owner can look into`, isBroken: false };
  }
  if (target === null) return { why: "where it leads could not be read", isBroken: false };
  const [, , service, place] = target.split(":");
  if (service === "firehose") return { why: "a Firehose stream has no place for a second listener", isBroken: false };
  if (service === "sns" && place === region) return undefined;
  if (service === "sns") return { why: "SES does not publish to a topic of another Region", isBroken: true };
  if (target === `arn:${partition}:events:${region}:${account}:event-bus/default`) return undefined;
  if (service === "events") return { why: "SES sends to the default bus of its own account only", isBroken: true };
  return { why: "it is nothing that a queue can listen at", isBroken: false };
}
