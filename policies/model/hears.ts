import { type FilterEvent, filterPasses } from "./filter";
import type { FeedbackType, Subscription, Topic, TopicUse } from "./inventory/types";
import { any, both, either, isKnown, type Maybe, not, UNKNOWN } from "./value";

const SPELLED = { bounce: "Bounce", complaint: "Complaint", delivery: "Delivery" } as const;

/** What SES has to deliver: bounces and complaints. Deliveries are optional (F4), so nobody has to hear them. */
export type HeardType = Exclude<FeedbackType, "delivery">;

/** Notifications of one type, in one of their two formats (F16), on a topic. */
export interface Carried {
  readonly type: HeardType;
  readonly via: "topic" | "event-destination";
  /** False where it is not known whether SES publishes them here. */
  readonly isCertain: boolean;
}

/** How notifications fare with a topic's subscribers. */
export interface Hearing {
  /** A confirmed subscriber's filter lets them through. */
  readonly heard: Maybe;
  /** The filters of all that count drop them: of the confirmed ones, or of all where none is confirmed. */
  readonly filtered: Maybe;
  /** No confirmed subscriber hears them, and one that is pending would. */
  readonly awaited: Maybe;
}

interface Ear {
  readonly confirmed: Maybe;
  readonly passes: Maybe;
}

/** The bounces and complaints that SES publishes to a topic, once per type and format. */
export function carriedBy(topic: Topic): Carried[] {
  const found = new Map<string, Carried>();
  for (const { type, via, isCertain } of topic.uses) {
    if (type === "delivery") continue;
    const key = `${type} ${via}`;
    if (!found.get(key)?.isCertain) found.set(key, { type, via, isCertain });
  }
  return [...found.values()];
}

const HEARD: Hearing = { heard: true, filtered: false, awaited: false };

/** Who hears notifications on a topic; undefined where it has no subscription, which is `unmonitored-topic`. */
export function hearingOf(topic: Topic, carried: Carried): Hearing | undefined {
  if (topic.subscriptions.length === 0) return undefined;
  // The usual case, which needs no further look.
  if (topic.subscriptions.some((one) => isConfirmed(one) === true && passes(one, carried) === true)) return HEARD;
  const ears = topic.subscriptions.map((one): Ear => ({ confirmed: isConfirmed(one), passes: passes(one, carried) }));
  const another: Maybe = topic.possibleSubscriptions.first === undefined ? false : UNKNOWN;
  const heard = either(another, ...ears.map(({ confirmed, passes }) => both(confirmed, passes)));
  const awake = ears.filter(({ confirmed }) => confirmed !== false);
  const counting = awake.length > 0 ? awake : ears;
  const filtered = not(either(another, ...counting.map(({ passes }) => passes)));
  const wouldHear = either(...ears.map(({ confirmed, passes }) => both(not(confirmed), passes)));
  return { heard, filtered, awaited: both(not(heard), wouldHear) };
}

/** Whether the subscription's filter lets the notifications through. */
export function passes({ filter, filterScope }: Subscription, { type, via }: Pick<TopicUse, "type" | "via">): Maybe {
  const key: FilterEvent["key"] = via === "topic" ? "notificationType" : "eventType";
  const answer = filterPasses(filter, filterScope, { key, value: SPELLED[type] });
  return answer === "unknown" ? UNKNOWN : answer === "passes";
}

/**
 * Whether mailboxes are all that receives notifications on a topic; false where nobody does, which other rules find.
 */
export function onlyMailboxes(topic: Topic, carried: Pick<TopicUse, "type" | "via">): Maybe {
  // A mailbox that has not confirmed yet is a mailbox all the same.
  const receives = (one: Subscription): Maybe =>
    both(isMailbox(one.protocol) === true ? true : isConfirmed(one), passes(one, carried));
  const others = any(topic.subscriptions, (one) => both(not(isMailbox(one.protocol)), receives(one)));
  if (others === true) return false;
  const another: Maybe = topic.possibleSubscriptions.first === undefined ? false : UNKNOWN;
  const mayReceive = topic.subscriptions.some((one) => receives(one) !== false && isMailbox(one.protocol) !== false);
  return mayReceive ? not(either(another, others)) : false;
}

/**
 * Whether the subscriber has confirmed. Only `pendingConfirmation: true` is pending; of a mailbox that nothing says so
 * of (a new subscription, one of `aws-native`) nobody can know, because SNS waits until somebody opens the link.
 */
export function isConfirmed({ pendingConfirmation, protocol }: Subscription): Maybe {
  if (pendingConfirmation !== undefined) return not(pendingConfirmation);
  return isMailbox(protocol) === false ? true : UNKNOWN;
}

/** Whether SNS mails what it delivers. */
export function isMailbox(protocol: Subscription["protocol"]): Maybe {
  return isKnown(protocol) ? protocol === "email" || protocol === "email-json" : UNKNOWN;
}
