import type { Config } from "../config";
import { nameInReference } from "./arn";
import { BusListeners } from "./bus";
import type { Channel, Flow, Path } from "./flow";
import { handlingOf } from "./handling";
import { isConfirmed, passes } from "./hears";
import type { Entity, Link } from "./inventory/links";
import type { Step } from "./inventory/steps";
import type { FeedbackType, Identity, Inventory, Queue, Subscription, Topic } from "./inventory/types";
import { nameOf } from "./record";
import { both, isKnown, type Maybe, UNKNOWN, type Unknown } from "./value";

export type ReceiverKind = Step["kind"] | "mailbox" | "webhook" | "stream" | "phone" | "app" | "rule" | "subscriber";

/** Who gets notifications, and who gets them next. */
export interface Receiver {
  readonly kind: ReceiverKind;
  readonly name: string | Unknown;
  /** Whether it receives the type. */
  readonly receives: Maybe;
  /** Why it does not, or perhaps not. */
  readonly hindrance: "not-confirmed" | "filtered" | undefined;
  readonly next: readonly Receiver[];
  /** Queue for what it cannot work off. */
  readonly deadLetters: string | Unknown | undefined;
}

/**
 * How a type ends: somebody in view receives it, it leaves the view, nobody receives it, or that is not known.
 * `none` is for deliveries only, which nobody has to receive.
 */
export type Ending = "received" | "elsewhere" | "unknown" | "nobody" | "none";

/** One way of a type out of an identity. */
export interface Way {
  /** Undefined for feedback forwarding. */
  readonly channel: Channel | undefined;
  readonly receivers: readonly Receiver[];
  readonly ending: Exclude<Ending, "none">;
}

/** Where a type of an identity goes. */
export interface Reception {
  readonly ending: Ending;
  readonly ways: readonly Way[];
}

const BEST_FIRST: readonly Way["ending"][] = ["received", "elsewhere", "unknown", "nobody"];

/** Follows the types of identities down to who receives them. */
export class Receptions {
  private readonly buses = new Map<string, BusListeners>();

  constructor(
    private readonly inventory: Inventory,
    private readonly emailForwarding: Config["emailForwarding"],
  ) {}

  of(identity: Identity, flow: Flow, type: FeedbackType): Reception {
    const ways = [
      ...flow.channels[type].map((channel) => this.follow(identity, channel, type)),
      ...this.forwardingWay(flow, type),
    ];
    return { ending: this.endingOf(flow, type, ways), ways };
  }

  private endingOf(flow: Flow, type: FeedbackType, ways: readonly Way[]): Ending {
    const { verdict } = handlingOf(flow, type, this.emailForwarding);
    if (verdict === "unknown") return "unknown";
    if (verdict === "unhandled") return type === "delivery" ? "none" : "nobody";
    const onPath = (path: Path): Way["ending"] => {
      const here = ways.filter(({ channel }) => channel?.path === undefined || channel.path === path);
      return BEST_FIRST.find((ending) => here.some((way) => way.ending === ending)) ?? "nobody";
    };
    const endings = flow.paths.map(onPath);
    return [...BEST_FIRST].reverse().find((ending) => endings.includes(ending)) ?? "nobody";
  }

  /** SES mails to whoever the application names for it: it arrives, where the configuration lets it count. */
  private forwardingWay({ forwarding }: Flow, type: FeedbackType): Way[] {
    if (type === "delivery" || forwarding.on === false) return [];
    const counts =
      this.emailForwarding === "accept" || (this.emailForwarding === "when-declared" && forwarding.declared);
    const ending = !counts ? "nobody" : forwarding.on === UNKNOWN || forwarding.ownerless ? "unknown" : "received";
    return forwarding.on === UNKNOWN && !forwarding.declared ? [] : [{ channel: undefined, receivers: [], ending }];
  }

  private follow(identity: Identity, channel: Channel, type: FeedbackType): Way {
    const { kind, topic, isCertain } = channel;
    if (kind === "eventbridge") return this.followBus(identity, channel, type);
    const receivers = topic ? this.subscribers(topic, channel, type) : kind === "firehose" ? [streamOf(channel)] : [];
    const ending = !isCertain ? "unknown" : topic ? endingAt(topic, receivers) : endingOutside(channel);
    return { channel, receivers, ending };
  }

  private followBus(identity: Identity, channel: Channel, type: FeedbackType): Way {
    const key = `${identity.region} ${identity.account}`;
    const bus = this.buses.get(key) ?? new BusListeners(this.inventory.eventRules, identity.region, identity.account);
    this.buses.set(key, bus);
    const receivers = bus.listeners(type).map(([rule, receives]): Receiver => {
      const next = this.inventory.stepsFrom(rule).map((step) => this.step(step));
      return { kind: "rule", name: entityName(rule), receives, hindrance: undefined, next, deadLetters: undefined };
    });
    const heard = both(channel.isCertain, bus.hear(type));
    const isElsewhere = channel.isCertain && bus.concernSes === false;
    return { channel, receivers, ending: isElsewhere ? "elsewhere" : endingWhere(heard) };
  }

  private subscribers(topic: Topic, { via }: Channel, type: FeedbackType): Receiver[] {
    return topic.subscriptions.map((subscription) => {
      const confirmed = isConfirmed(subscription);
      const passing = passes(subscription, { type, via });
      const receives = both(confirmed, passing);
      const hindrance = passing !== true ? "filtered" : confirmed !== true ? "not-confirmed" : undefined;
      return { ...this.subscriber(subscription), receives, hindrance };
    });
  }

  private subscriber(subscription: Subscription): Omit<Receiver, "receives" | "hindrance"> {
    const { protocol, endpoint, queue, lambda, deadLetterQueue } = subscription;
    const own = linkName(deadLetterQueue);
    if (protocol === "sqs") return { kind: "queue", name: linkName(queue) ?? UNKNOWN, ...this.behind(queue, own) };
    const kind = isKnown(protocol) ? (KINDS[protocol] ?? "subscriber") : "subscriber";
    const name =
      kind === "function" ? linkName(lambda) : isKnown(endpoint.value) ? shortened(kind, endpoint.value) : UNKNOWN;
    return { kind, name: name ?? UNKNOWN, next: [], deadLetters: own };
  }

  /** What a queue that is in view hands on, and where it puts what nobody could work off. */
  private behind(link: Link<Queue>, own: string | Unknown | undefined): Pick<Receiver, "next" | "deadLetters"> {
    if (link.kind !== "found") return { next: [], deadLetters: own };
    const { stepsFrom, deadLettersOf } = this.inventory;
    const next = stepsFrom(link.target).map((step) => this.step(step));
    return { next, deadLetters: linkName(deadLettersOf(link.target)) ?? own };
  }

  private step({ kind, to, isCertain }: Step): Receiver {
    const name = linkName(to) ?? UNKNOWN;
    return { kind, name, receives: isCertain, hindrance: undefined, next: [], deadLetters: undefined };
  }
}

/** Protocols of SNS. Source: SNS API reference, Subscribe. */
const KINDS: Readonly<Record<string, ReceiverKind>> = {
  lambda: "function",
  email: "mailbox",
  "email-json": "mailbox",
  http: "webhook",
  https: "webhook",
  firehose: "stream",
  sms: "phone",
  application: "app",
};

function streamOf({ target }: Channel): Receiver {
  const name = target === UNKNOWN ? UNKNOWN : nameInReference(target);
  return { kind: "stream", name, receives: true, hindrance: undefined, next: [], deadLetters: undefined };
}

function endingAt(topic: Topic, receivers: readonly Receiver[]): Way["ending"] {
  if (receivers.some(({ receives }) => receives === true)) return "received";
  if (topic.resource === undefined || topic.resource.external) return "elsewhere";
  const mayBeHeard = receivers.some(({ receives }) => receives === UNKNOWN);
  return mayBeHeard || topic.possibleSubscriptions.first !== undefined ? "unknown" : "nobody";
}

function endingOutside({ target }: Channel): Way["ending"] {
  return target === UNKNOWN ? "unknown" : "elsewhere";
}

function endingWhere(heard: Maybe): Way["ending"] {
  return heard === UNKNOWN ? "unknown" : heard ? "received" : "nobody";
}

/** Whom a subscription means, without what makes a webhook secret: its path and credentials. */
function shortened(kind: ReceiverKind, endpoint: string): string | Unknown {
  if (kind === "mailbox" || kind === "phone") return endpoint;
  if (kind === "webhook") return URL.canParse(endpoint) ? new URL(endpoint).host : UNKNOWN;
  return nameInReference(endpoint);
}

function linkName(link: Link<Entity>): string | Unknown | undefined {
  if (link.kind === "absent") return undefined;
  if (link.kind === "outside") return nameInReference(link.value);
  return link.kind === "found" ? entityName(link.target) : UNKNOWN;
}

/** What an entity is called: its own name, else its resource's. */
export function entityName({ name, arn, resource }: Entity): string | Unknown {
  if (isKnown(name)) return name;
  if (isKnown(arn)) return nameInReference(arn);
  return resource ? nameOf(resource.urn) : UNKNOWN;
}
