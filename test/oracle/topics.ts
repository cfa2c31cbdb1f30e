import type { Channels } from "./channels";
import type { Expected } from "./oracle";
import { arnOf } from "./properties";
import {
  type Allowed,
  AT_LEAST_DOUBT,
  AT_MOST_DOUBT,
  DOUBT,
  doubtful,
  NONE,
  OPEN,
  orDoubt,
  together,
  union,
  VIOLATION,
} from "./verdicts";
import type { Target, View } from "./view";
import {
  accountOf,
  allOf,
  type FilterKind,
  find,
  type PolicyKind,
  type Resource,
  type Subscription,
  type Topic,
  type Type,
} from "./world";

/** Something that sends notifications to a topic. */
interface Feeder {
  from: Resource;
  type: Type;
  via: "identity" | "event";
  /** `weak`: nobody knows whether it points there. */
  sure: "yes" | "maybe" | "weak";
}

const BY_TOPIC = [
  "unmonitored-topic",
  "topic-fifo",
  "topic-publish-permission",
  "subscription-filter",
  "subscription-pending",
] as const;

export function topicRules(view: View, channels: Channels, expected: Expected): void {
  const topics = view.all("topic");
  const feeders = new Map(topics.map((topic) => [topic, feedersOf(view, channels, topic)]));
  const subscribers = new Map(topics.map((topic) => [topic, subscribersOf(view, topic)]));
  for (const topic of topics) {
    if (view.partial(topic)) {
      for (const rule of BY_TOPIC) expected.add(rule, `topic:${topic.name}`, AT_MOST_DOUBT);
    }
    const subject = `topic:${topic.name}`;
    const all = feeders.get(topic) as Feeder[];
    const subs = subscribers.get(topic) as Subscribers;
    const rivals = topics.filter(
      (other) =>
        (feeders.get(other) as Feeder[]).length > 0 &&
        (subscribers.get(other) as Subscribers).certain.length === 0 &&
        (subscribers.get(other) as Subscribers).maybe.some((one) => subs.maybe.includes(one)),
    );
    expected.add("unmonitored-topic", subject, unmonitored(view, topic, all, subs, rivals.length));
    expected.add("topic-fifo", subject, topic.fifo ? worstOf(all, () => VIOLATION) : NONE);
    expected.add("topic-publish-permission", subject, permission(view, topic, all));
    expected.add("subscription-filter", subject, filtered(view, topic, all, subs));
    expected.add("subscription-pending", subject, pending(view, topic, all, subs));
  }
  for (const { from, target, enabled } of pointers(channels)) regions(view, from, target, enabled, expected);
}

interface Pointer {
  from: Resource;
  target: Target;
  enabled: boolean | "unknown";
}

function pointers({ notifications, destinations }: Channels): Pointer[] {
  return [
    ...notifications.flatMap(({ one, target }) => (target === null ? [] : [{ from: one, target, enabled: true }])),
    ...destinations.flatMap(({ one, target }) => {
      const enabled = one.enabled === "absent" || one.enabled;
      return target === null || enabled === false ? [] : [{ from: one, target, enabled }];
    }),
  ];
}

function regions(view: View, from: Resource, target: Target, enabled: boolean | "unknown", expected: Expected): void {
  if (target.is === "unknown") {
    // One of them, or of all that there are, and nobody knows which.
    const among = target.among.length > 0 ? target.among : view.all("topic");
    for (const one of among.filter((topic) => view.region(topic) !== view.region(from))) {
      expected.add("topic-region", `topic:${one.name}`, AT_MOST_DOUBT);
    }
  }
  if (target.is !== "topic" && target.is !== "outside" && target.is !== "maybe") return;
  const region = target.is === "topic" ? view.region(target.topic) : target.region;
  const name = target.is === "topic" ? target.topic.name : target.name.replace(/\.fifo$/, "");
  const sure = enabled === "unknown" ? "maybe" : owned(view, from);
  const weigh = (allowed: Allowed) => (sure === "yes" ? allowed : sure === "maybe" ? doubtful(allowed) : OPEN);
  expected.add("topic-region", `topic:${name}`, region === view.region(from) ? NONE : weigh(VIOLATION));
  // What can be told of an ARN alone, and by a policy for it.
  if (target.is === "outside") {
    const isIt = (one: Target) => one.is === "outside" && one.arn === target.arn;
    expected.add("topic-publish-permission", `topic:${name}`, weigh(permissionBy(view, isIt, region, NONE, from)));
    for (const rule of ["subscription-filter", "subscription-pending"] as const) {
      expected.add(rule, `topic:${name}`, AT_MOST_DOUBT);
    }
  }
  if (target.is === "topic" && !view.visible(target.topic)) {
    // The ARN of an unchanged topic is known, unless it is a secret.
    const written = pointsByArn(from);
    for (const rule of ["unmonitored-topic", "subscription-filter"] as const) {
      expected.add(rule, `topic:${name}`, AT_MOST_DOUBT);
    }
    const isIt = (one: Target) => one.is === "topic" && one.topic === target.topic;
    // Its ARN is all that is shown of it, and may be that of a namesake in view.
    const account = accountOf(view.world, target.topic);
    const isNamesake = (one: Topic) => one.name === target.topic.name && view.region(one) === region;
    if (view.all("topic").some((one) => isNamesake(one) && view.is(one, account) === "maybe")) {
      expected.add("topic-publish-permission", `topic:${name}`, AT_MOST_DOUBT);
    }
    expected.add(
      "topic-publish-permission",
      `topic:${name}`,
      weigh(permissionBy(view, isIt, region, AT_MOST_DOUBT, from)),
    );
    expected.add("topic-fifo", `topic:${name}`, target.topic.fifo ? (written ? weigh(VIOLATION) : OPEN) : NONE);
  }
  if (target.is !== "topic") {
    expected.add("topic-fifo", `topic:${name}`, target.name.endsWith(".fifo") ? weigh(VIOLATION) : NONE);
  }
}

function pointsByArn(from: Resource): boolean {
  if (from.type === "notification") return typeof from.topic !== "string" && from.topic.is !== "unknown";
  return from.type === "destination" && from.to.kind === "sns" && from.to.topic.is !== "unknown";
}

/** Whether what points there is somebody's: the contract speaks of identities and event destinations. */
function owned(view: View, from: Resource): "yes" | "weak" {
  if (from.type === "notification") return view.ownersOf(from, from.identity).certain.length > 0 ? "yes" : "weak";
  if (from.type !== "destination") return "yes";
  const set = view.setName(from, from.set);
  if (set === undefined) return "yes";
  const { there, gone } = view.sets(from, set);
  return there === "no" && gone !== "no" ? "weak" : "yes";
}

function feedersOf(view: View, channels: Channels, topic: Topic): Feeder[] {
  const sureOf = (target: Target, from: Resource): Feeder["sure"] | undefined => {
    if (target.is === "topic") return target.topic === topic ? owned(view, from) : undefined;
    if (target.is === "maybe")
      return target.topics.includes(topic) ? (owned(view, from) === "yes" ? "maybe" : "weak") : undefined;
    if (target.is !== "unknown") return undefined;
    const among = target.among.length === 0 ? view.ofPublisher(from, topic) !== "no" : target.among.includes(topic);
    return among ? "weak" : undefined;
  };
  return [
    ...channels.notifications.flatMap(({ one, target }) => {
      const sure = target === null ? undefined : sureOf(target, one);
      return sure === undefined ? [] : [{ from: one, type: one.on, via: "identity" as const, sure }];
    }),
    ...channels.destinations.flatMap(({ one, target }) => {
      const sure = target === null ? undefined : sureOf(target, one);
      // One that is off by omission was meant to send: what is wrong with its topic is said as well.
      if (sure === undefined || one.enabled === false) return [];
      const how = one.enabled === "unknown" && sure === "yes" ? "maybe" : sure;
      return one.types.map((type) => ({ from: one, type, via: "event" as const, sure: how }));
    }),
  ];
}

/** What is allowed of a topic for whose feeders different things are. */
function worstOf(feeders: readonly Feeder[], judge: (feeder: Feeder) => Allowed): Allowed {
  return feeders
    .map((feeder) => {
      const allowed = judge(feeder);
      if (feeder.sure === "yes") return allowed;
      return feeder.sure === "maybe" ? doubtful(allowed) : allowed === NONE ? NONE : OPEN;
    })
    .reduce(together, NONE);
}

interface Subscribers {
  /** Of this topic, and to something that is not gone. */
  certain: Subscription[];
  maybe: Subscription[];
}

function subscribersOf(view: View, topic: Topic): Subscribers {
  const all = view.all("subscription").map((one) => ({ one, target: view.target(one, one.topic) }));
  const alive = all.filter(({ one }) => !endsNowhere(view, one) && !isTakenBack(view, topic, one));
  return {
    certain: alive.filter(({ target }) => target.is === "topic" && target.topic === topic).map(({ one }) => one),
    maybe: alive
      .filter(({ one, target }) => {
        if (target.is === "maybe") return target.topics.includes(topic);
        if (target.is !== "unknown") return false;
        if (target.among.length > 0) return target.among.includes(topic);
        return view.region(one) === view.region(topic) && view.same(one, topic) !== "no";
      })
      .map(({ one }) => one),
  };
}

/** SNS has one subscription for a topic, protocol and endpoint, and the deletion of another resource comes last. */
function isTakenBack(view: View, topic: Topic, one: Subscription): boolean {
  const endpoint = endpointOf(view, one);
  return allOf(view.world, "subscription").some((other) => {
    if (!view.gone(other) || other.protocol !== one.protocol || endpoint === undefined) return false;
    const target = view.target(other, other.topic);
    return target.is === "topic" && target.topic === topic && endpointOf(view, other) === endpoint;
  });
}

/** Undefined where it is not known. */
function endpointOf(view: View, one: Subscription): string | undefined {
  const { queue, protocol } = one;
  if (queue === null) return protocol;
  if (queue.is === "arn") return `arn:aws:sqs:${queue.region}:${queue.account}:${queue.name}`;
  const linked = queue.is === "link" ? find(view.world, one, queue.label) : undefined;
  return linked && (view.gone(linked) || view.exists(linked)) ? arnOf(view.world, linked) : undefined;
}

/** It delivers to a queue that this preview deletes. */
function endsNowhere(view: View, one: Subscription): boolean {
  if (one.queue === null) return false;
  const { queue } = one;
  if (queue.is === "link") return view.gone(find(view.world, one, queue.label) as Resource);
  if (queue.is !== "arn") return false;
  return view.world.resources.some(
    (other) =>
      other.type === "queue" &&
      view.gone(other) &&
      other.name === queue.name &&
      view.region(other) === queue.region &&
      accountOf(view.world, other) === queue.account,
  );
}

const heard = ({ type }: Feeder) => type !== "delivery";

function unmonitored(view: View, topic: Topic, all: readonly Feeder[], subs: Subscribers, rivals: number): Allowed {
  if (subs.certain.length > 0) return NONE;
  return worstOf(all.filter(heard), () => {
    if (view.hides(topic)) return DOUBT;
    if (subs.maybe.length === 0) return VIOLATION;
    return rivals > subs.maybe.length ? AT_LEAST_DOUBT : DOUBT;
  });
}

function permission(view: View, topic: Topic, all: readonly Feeder[]): Allowed {
  const policies = view.all("topic-policy").map((one) => ({ one, target: view.target(one, one.topic) }));
  const certain = policies.filter(({ target }) => target.is === "topic" && target.topic === topic);
  const maybe = policies.some(({ one, target }) => {
    if (target.is === "maybe") return target.topics.includes(topic);
    if (target.is !== "unknown") return false;
    return target.among.length > 0
      ? target.among.includes(topic)
      : view.region(one) === view.region(topic) && view.same(one, topic) !== "no";
  });
  const by: Resource = certain[0]?.one ?? topic;
  const kind = certain[0]?.one.policy ?? topic.policy;
  const byDefault = { yes: NONE, maybe: DOUBT, no: VIOLATION };
  return worstOf(all, ({ from }) => {
    const allowed =
      certain.length > 1
        ? OPEN
        : kind === null
          ? byDefault[view.ofPublisher(from, topic)]
          : permitted(view, kind, by, from);
    if (certain.length === 0 && (maybe || view.hides(topic))) return allowed === NONE ? AT_MOST_DOUBT : AT_LEAST_DOUBT;
    return maybe ? orDoubt(allowed) : allowed;
  });
}

/** A topic that is not in view, although a policy for it may be. */
function permissionBy(
  view: View,
  isIt: (target: Target) => boolean,
  region: string,
  otherwise: Allowed,
  from: Resource,
): Allowed {
  const policies = view.all("topic-policy").map((one) => ({ one, target: view.target(one, one.topic) }));
  const certain = policies.filter(({ target }) => isIt(target));
  const maybe = policies.some(({ one, target }) => target.is === "unknown" && view.region(one) === region);
  if (certain.length > 1) return OPEN;
  const [policy] = certain;
  if (policy === undefined) return maybe ? AT_MOST_DOUBT : otherwise;
  const allowed = permitted(view, policy.one.policy, policy.one, from);
  return maybe ? orDoubt(allowed) : allowed;
}

function permitted(view: View, kind: PolicyKind, by: Resource, from: Resource): Allowed {
  const own = view.publisher(from);
  switch (kind) {
    case "open":
      return NONE;
    case "other-service":
    case "denies":
      return VIOLATION;
    case "unknown":
      return DOUBT;
    case "foreign":
      return own === undefined ? DOUBT : VIOLATION;
    case "scoped":
      return own === undefined ? DOUBT : own === accountOf(view.world, by) ? NONE : VIOLATION;
  }
}

/** Whether the filter lets the type through; undefined where it is not known. */
function passes(filter: FilterKind, { type, via }: Feeder): boolean | undefined {
  switch (filter) {
    case "none":
    case "empty":
      return true;
    case "attributes":
      return false;
    case "bounces":
      return via === "identity" && type === "bounce";
    case "deliveries":
      return via === "identity" && type === "delivery";
    case "events":
      return via === "event" && type !== "delivery";
    case "unknown":
      return undefined;
  }
}

const isPending = (view: View, one: Subscription) => one.pending && view.exists(one);

function filtered(view: View, topic: Topic, all: readonly Feeder[], subs: Subscribers): Allowed {
  const confirmed = subs.certain.filter((one) => !isPending(view, one));
  const shaky = subs.maybe.length > 0 || view.hides(topic);
  return worstOf(all.filter(heard), (feeder) => {
    if (confirmed.length === 0) return silent(view, subs, feeder) ? OPEN : shaky ? AT_MOST_DOUBT : NONE;
    const passing = confirmed.map(({ filter }) => passes(filter, feeder));
    if (passing.includes(true)) return NONE;
    if (passing.includes(undefined)) return shaky ? AT_MOST_DOUBT : DOUBT;
    return shaky ? AT_LEAST_DOUBT : VIOLATION;
  });
}

/** Only pending subscribers, whose filters drop the type: neither rule's words are about that. */
function silent(view: View, { certain }: Subscribers, feeder: Feeder): boolean {
  return (
    certain.length > 0 &&
    certain.every((one) => isPending(view, one)) &&
    certain.every(({ filter }) => passes(filter, feeder) !== true)
  );
}

function pending(view: View, topic: Topic, all: readonly Feeder[], subs: Subscribers): Allowed {
  const shaky = subs.maybe.length > 0 || view.hides(topic);
  return worstOf(all.filter(heard), (feeder) => {
    if (silent(view, subs, feeder)) return OPEN;
    const hearing = subs.certain.filter(({ filter }) => passes(filter, feeder) !== false);
    const confirmed = hearing.filter((one) => !isPending(view, one));
    // Only a queue needs no confirmation.
    const sure = confirmed.filter((one) => view.exists(one) || one.protocol === "sqs");
    const waiting = hearing.some((one) => isPending(view, one));
    if (sure.some(({ filter }) => passes(filter, feeder) === true)) return NONE;
    const wouldHear = hearing.some((one) => isPending(view, one) && passes(one.filter, feeder) === true);
    if (confirmed.length === 0 && waiting && !wouldHear) return AT_MOST_DOUBT;
    if (confirmed.length === 0) return waiting ? (shaky ? AT_LEAST_DOUBT : VIOLATION) : NONE;
    const mails = confirmed.every(({ protocol }) => protocol === "email") && !sure.length && !shaky;
    const lone = mails && confirmed.some(({ filter }) => passes(filter, feeder) === true);
    return lone ? DOUBT : union(AT_MOST_DOUBT);
  });
}
