import {
  type Channel,
  type Deaf,
  type FeedbackType,
  type Mailbox,
  type Plan,
  type Trial,
  TYPES,
  type Way,
} from "./plan";
import type { Left } from "./things";
import type { Sent, Watch } from "./watch";

/** Something that an audit of the identity says, as far as it may explain why nothing comes. */
export interface Clue {
  readonly rule: string;
  /** The last part of the name of the resource that it is about. */
  readonly about: string;
  readonly identity: string | null;
  readonly message: string;
}

/** Whether a notification came by one way. */
export interface Arrival extends Channel {
  /** Seconds after SES took the mail; null where it did not come. */
  readonly after: number | null;
  /** Why it did not come, as far as anybody can tell; null where it came. */
  readonly reason: string | null;
}

export interface MailOutcome {
  readonly mailbox: Mailbox;
  readonly type: FeedbackType;
  readonly recipient: string;
  readonly messageId: string;
  /** False where nobody promises that it comes: that it did not is no fault. */
  readonly isCertain: boolean;
  readonly arrivals: readonly Arrival[];
}

export interface Missing {
  readonly type: FeedbackType;
  /** Null where no mail could show it. */
  readonly mailbox: Mailbox | null;
  /** Null where there is no channel. */
  readonly channel: Channel["channel"] | null;
  readonly target: string | null;
  /** The likely one. */
  readonly reason: string;
}

export interface IdentityOutcome {
  readonly identity: string;
  readonly from: string;
  readonly mails: readonly MailOutcome[];
  /** Channels that nothing of ours could listen at. */
  readonly notTried: readonly (Channel & { readonly type: FeedbackType; readonly why: string })[];
  /** What should have come and did not. */
  readonly missing: readonly Missing[];
}

export interface Outcome {
  readonly account: string;
  readonly region: string;
  readonly run: string;
  readonly identities: readonly IdentityOutcome[];
  readonly left: readonly Left[];
}

/** @param clues the likelier ones first */
export function outcomeOf(
  plan: Plan,
  watch: Watch | undefined,
  left: readonly Left[],
  clues: readonly Clue[],
): Outcome {
  const { account, region, run } = plan;
  return { account, region, run, identities: plan.trials.map((trial) => judge(plan, trial, watch, clues)), left };
}

export function isProven({ identities }: Outcome): boolean {
  return identities.every(({ missing }) => missing.length === 0);
}

/** Bounces and complaints have to come; deliveries where a channel carries them (F4). */
const REQUIRED: readonly FeedbackType[] = ["bounce", "complaint"];

function judge(plan: Plan, trial: Trial, watch: Watch | undefined, clues: readonly Clue[]): IdentityOutcome {
  const { identity, from, ways } = trial;
  const own = watch?.sent.filter((one) => one.trial === trial) ?? [];
  const mails = watch === undefined ? [] : own.map((sent) => mailOutcome(plan, sent, watch, clues));
  const deaf = TYPES.flatMap((type) => ways[type].deaf.map((one) => ({ type, ...one })));
  const missing = [
    ...REQUIRED.filter((type) => ways[type].heard.length === 0).map((type) => unheard(trial, type, clues)),
    ...deaf.filter(({ type, isBroken }) => isBroken && ways[type].heard.length > 0).map(brokenChannel),
    ...mails.filter((mail) => mail.isCertain).flatMap(missingOf),
  ];
  const notTried = deaf.map(({ type, channel, target, why }) => ({ type, channel, target, why }));
  return { identity, from, mails, notTried, missing };
}

function unheard({ identity, ways }: Trial, type: FeedbackType, clues: readonly Clue[]): Missing {
  const [only] = ways[type].deaf;
  if (only) {
    const { channel, target, why } = only;
    return { type, mailbox: null, channel, target, reason: `${channel} is the only channel, and ${why}` };
  }
  const clue = clues.find((one) => one.rule === `${type}-handling` && one.identity === identity);
  return { type, mailbox: null, channel: null, target: null, reason: clue?.message ?? "no channel carries it" };
}

function brokenChannel({ type, channel, target, why }: Deaf & { type: FeedbackType }): Missing {
  return { type, mailbox: null, channel, target, reason: why };
}

function missingOf({ mailbox, type, arrivals }: MailOutcome): Missing[] {
  return arrivals.flatMap(({ channel, target, reason }) =>
    reason === null ? [] : [{ type, mailbox, channel, target, reason }],
  );
}

function mailOutcome(plan: Plan, sent: Sent, watch: Watch, clues: readonly Clue[]): MailOutcome {
  const { mail, messageId, trial } = sent;
  const { mailbox, type, recipient, isCertain } = mail;
  const arrivals = trial.ways[type].heard.map((way): Arrival => {
    const at = watch.arrival(sent, way);
    if (at !== undefined) return { ...way, after: Math.round((at - sent.at) / 100) / 10, reason: null };
    return { ...way, after: null, reason: whyMissing(plan, sent, way, watch, clues) };
  });
  return { mailbox, type, recipient, messageId, isCertain, arrivals };
}

/** The rules of an audit that may explain that nothing comes by a topic or an event destination. */
const EXPLAINING: readonly string[] = [
  "topic-publish-permission",
  "topic-encryption",
  "topic-data-protection",
  "topic-fifo",
  "topic-region",
  "topic-dropped",
  "event-bus-default",
];

function whyMissing(plan: Plan, sent: Sent, way: Way, watch: Watch, clues: readonly Clue[]): string {
  const others = watch.of(sent).filter((one) => one.channel === way.channel && one.target === way.target);
  const suppressed = others.find(({ subType }) => subType !== undefined && /SuppressionList$/.test(subType));
  if (suppressed !== undefined) {
    return `a bounce came instead, because ${sent.mail.recipient} is on the suppression list`;
  }
  const other = others.find(({ type }) => type !== "Delivery" && type !== "Send");
  if (other !== undefined) return `${other.type} came instead`;
  const name = way.target.slice(way.target.lastIndexOf(":") + 1);
  const clue = clues.find(
    ({ rule, about, identity }) =>
      EXPLAINING.includes(rule) && (about === name || (identity !== null && identity === sent.trial.identity)),
  );
  const waited = `nothing came within ${plan.timeoutSeconds} s`;
  return clue === undefined ? `${waited}; ${WITHOUT_CLUE}` : `${waited}. ${clue.message}`;
}

const WITHOUT_CLUE =
  "nothing that can be seen explains it: look at the topic's or the rule's metrics of failed deliveries, or wait longer with --timeout";
