import type { Config } from "../config";
import { sameAccount } from "./account";
import type { Link } from "./inventory/links";
import {
  type ConfigurationSet,
  type DestinationKind,
  type EventDestination,
  FEEDBACK_TYPES,
  type FeedbackType,
  type ForwardingSetting,
  type Identity,
  type Inventory,
  type Topic,
} from "./inventory/types";
import type { Reason } from "./reason";
import { nameOf, type ResourceRecord } from "./record";
import { sameRegion } from "./region";
import { isKnown, type Maybe, UNKNOWN, type Unknown } from "./value";

/** Why something could not be decided. `pending`: the deployment itself will settle it. */
export interface Doubt {
  reason: Reason;
  pending: boolean;
  /** It stands known outside the view: only another document can tell. */
  elsewhere?: true;
}

/** One way by which one notification type leaves an identity, forwarding aside. */
export interface Channel {
  via: "topic" | "event-destination";
  /** False where it is not known whether it carries the type at all. */
  sure: boolean;
  kind: DestinationKind | Unknown;
  topic: Topic | undefined;
  /** ARN; UNKNOWN where it is not known. */
  target: string | Unknown;
  resource: ResourceRecord | undefined;
  /** Where the destination is not known: whether the deployment will tell. */
  pending: boolean;
}

export interface Forwarding {
  on: boolean | Unknown;
  /** A resource says so; otherwise it is the default of SES. */
  declared: boolean;
  resource: ResourceRecord | undefined;
  pending: boolean;
}

/** What SES does with the feedback of one identity. */
export interface Flow {
  forwarding: Forwarding;
  channels: Record<FeedbackType, Channel[]>;
  /** Why there may be a channel more. */
  doubts: Record<FeedbackType, Doubt[]>;
  /** What is there and does not count, for messages. */
  hints: Record<FeedbackType, Reason[]>;
  /** Its configuration sets that are not in view, by name; undefined where only another stack knows it. */
  setsNotVisible: (string | undefined)[];
}

export type Handling =
  | { verdict: "handled" }
  | { verdict: "unhandled"; reason: Reason }
  | { verdict: "unknown"; doubt: Doubt };

function perType<T>(make: (type: FeedbackType) => T): Record<FeedbackType, T> {
  return { bounce: make("bounce"), complaint: make("complaint"), delivery: make("delivery") };
}

/** Follows the feedback of an identity to where it goes. */
export function flowOf(inventory: Inventory, identity: Identity): Flow {
  const flow: Flow = {
    forwarding: forwardingOf(identity),
    channels: perType(() => []),
    doubts: perType(() => []),
    hints: perType(() => []),
    setsNotVisible: [],
  };
  for (const { type, topic: link, resource } of identity.notifications) {
    if (link.kind === "absent") continue;
    const { topic, target } = topicTarget(link);
    const pending = link.kind === "unknown" && link.pending;
    for (const one of type === UNKNOWN ? FEEDBACK_TYPES : [type]) {
      const sure = type !== UNKNOWN;
      flow.channels[one].push({ via: "topic", kind: "sns", sure, topic, target, resource, pending });
    }
  }
  for (const type of FEEDBACK_TYPES) {
    const possible = identity.possibleNotifications.find(
      `${type} ${identity.region}`,
      (setting) =>
        (setting.type === type || setting.type === UNKNOWN) &&
        setting.topic.kind !== "absent" &&
        sameRegion(setting.region, identity.region) !== false,
    );
    if (possible) {
      const pending = possible.identity.kind === "unknown" && possible.identity.pending;
      flow.doubts[type].push({ reason: { kind: "may-set-topic", setting: nameOf(possible.resource.urn) }, pending });
    }
  }
  doubtTwins(inventory, identity, flow);
  const sets = [...identity.defaultSets.map(({ set }) => set), ...inventory.sendTimeSets(identity)];
  for (const set of sets) followSet(flow, set);
  if (sets.every((set) => set.kind === "absent")) hintAtOtherSets(inventory, identity, flow);
  addExternal(flow, identity);
  return flow;
}

function topicTarget(link: Link<Topic>): Pick<Channel, "topic" | "target"> {
  if (link.kind === "found") {
    const { arn } = link.target;
    return { topic: link.target, target: isKnown(arn) ? arn : UNKNOWN };
  }
  return { topic: undefined, target: link.kind === "outside" ? link.value : UNKNOWN };
}

function forwardingOf(identity: Identity): Forwarding {
  const { forwarding: settings } = identity;
  const first = settings[0];
  if (first) {
    const same = settings.every(({ on }) => on === first.on);
    const { resource, enabled } = first;
    return { on: same ? first.on : UNKNOWN, declared: true, resource, pending: enabled.pending };
  }
  const near = (setting: ForwardingSetting): boolean => sameRegion(setting.region, identity.region) !== false;
  const possible = identity.possibleForwarding.find(identity.region, near);
  if (possible) {
    const pending = possible.identity.kind === "unknown" && possible.identity.pending;
    return { on: UNKNOWN, declared: true, resource: possible.resource, pending };
  }
  const channel = identity.external?.bounce.find((one) => one.channel === "forwarding");
  if (identity.external) {
    return { on: channel !== undefined, declared: channel?.declared === true, resource: undefined, pending: false };
  }
  // A resource that is only read says nothing about its settings.
  const on = identity.judged ? true : UNKNOWN;
  return { on, declared: false, resource: undefined, pending: false };
}

/** An identity of the same name whose Region is not known: if it is the same one, its settings are. */
function doubtTwins(inventory: Inventory, identity: Identity, flow: Flow): void {
  if (!identity.nameKnown) return;
  const twin = inventory
    .named(identity.label)
    .find(
      (one) =>
        one !== identity &&
        sameRegion(one.region, identity.region) === UNKNOWN &&
        sameAccount(one.account, identity.account) !== false &&
        (one.notifications.length > 0 ||
          one.forwarding.length > 0 ||
          one.defaultSets.some(({ set }) => set.kind !== "absent")),
    );
  if (!twin) return;
  const reason: Reason = { kind: "twin-region", twin: nameOf(twin.resource?.urn ?? twin.label) };
  for (const type of FEEDBACK_TYPES) flow.doubts[type].push({ reason, pending: false });
}

function followSet(flow: Flow, set: Link<ConfigurationSet>): void {
  const doubt = (one: Doubt): void => {
    for (const type of FEEDBACK_TYPES) flow.doubts[type].push(one);
  };
  if (set.kind === "unknown") doubt({ reason: { kind: "default-set-unknown" }, pending: set.pending });
  if (set.kind === "outside") {
    doubt({ reason: { kind: "set-not-in-view", set: set.value }, pending: false, elsewhere: true });
    flow.setsNotVisible.push(set.value);
  }
  if (set.kind !== "found") return;
  for (const destination of set.target.destinations) followDestination(flow, destination);
  for (const type of FEEDBACK_TYPES) {
    const possible = set.target.possibleDestinations.find(
      type,
      (one) => one.enabled !== false && one.matches(type) !== false,
    );
    if (possible) {
      const pending = possible.set.kind === "unknown" && possible.set.pending;
      const reason: Reason = { kind: "may-belong-to-set", destination: nameOf(possible.resource.urn) };
      flow.doubts[type].push({ reason, pending });
    }
  }
  if (set.target.resource === undefined || set.target.resource.external) {
    const name = isKnown(set.target.name) ? set.target.name : undefined;
    doubt({ reason: { kind: "set-not-in-view", set: name }, pending: false, elsewhere: true });
    flow.setsNotVisible.push(name);
  }
}

function followDestination(flow: Flow, destination: EventDestination): void {
  const { resource, enabled, kind, topic, target } = destination;
  const name = nameOf(resource.urn);
  for (const type of FEEDBACK_TYPES) {
    const matches = destination.matches(type);
    if (matches === false || kind === undefined) continue;
    if (enabled === false) flow.hints[type].push({ kind: "destination-disabled", destination: name });
    else if (kind === "cloudwatch") flow.hints[type].push({ kind: "cloudwatch-only", destination: name });
    else {
      const sure = matches === true && enabled === true && kind !== UNKNOWN;
      const to: Pick<Channel, "topic" | "target"> =
        kind === "sns" ? topicTarget(topic) : { topic: undefined, target: target.value ?? UNKNOWN };
      const pending = topic.kind === "unknown" && topic.pending;
      flow.channels[type].push({ via: "event-destination", kind, sure, ...to, resource, pending });
    }
  }
}

function hintAtOtherSets(inventory: Inventory, identity: Identity, flow: Flow): void {
  for (const set of inventory.configurationSets) {
    if (sameRegion(set.region, identity.region) !== true) continue;
    for (const destination of set.destinations) {
      for (const type of FEEDBACK_TYPES) {
        if (flow.hints[type].length > 0 || destination.enabled !== true || destination.matches(type) !== true) continue;
        const name = isKnown(set.name) ? set.name : nameOf(destination.resource.urn);
        flow.hints[type].push({ kind: "set-not-default", set: name });
      }
    }
  }
}

function addExternal(flow: Flow, identity: Identity): void {
  for (const type of FEEDBACK_TYPES) {
    for (const { channel, target } of identity.external?.[type] ?? []) {
      if (channel === "forwarding") continue;
      const common: Omit<Channel, "via" | "kind"> = {
        sure: true,
        topic: undefined,
        target: target ?? UNKNOWN,
        resource: undefined,
        pending: false,
      };
      flow.channels[type].push({
        via: channel,
        kind: target?.includes(":sns:") === false ? UNKNOWN : "sns",
        ...common,
      });
    }
    if (!identity.judged && !identity.external) {
      flow.doubts[type].push({ reason: { kind: "managed-elsewhere" }, pending: false });
    }
  }
}

/** Whether somebody receives the type, by the configuration's word on forwarding. */
export function handlingOf(flow: Flow, type: FeedbackType, emailForwarding: Config["emailForwarding"]): Handling {
  const channels = flow.channels[type];
  if (channels.some(({ sure }) => sure)) return { verdict: "handled" };
  const { on, declared, pending } = flow.forwarding;
  const counts =
    type !== "delivery" && (emailForwarding === "accept" || (emailForwarding === "when-declared" && declared));
  if (counts && on === true) return { verdict: "handled" };
  const maybe = channels[0];
  if (maybe) {
    const carrier = maybe.resource && nameOf(maybe.resource.urn);
    return { verdict: "unknown", doubt: { reason: { kind: "carrier-unknown", carrier }, pending: maybe.pending } };
  }
  const doubt = flow.doubts[type].find((one) => one.pending) ?? flow.doubts[type][0];
  if (doubt) return { verdict: "unknown", doubt };
  if (counts && on === UNKNOWN) {
    return { verdict: "unknown", doubt: { reason: { kind: "forwarding-unknown" }, pending } };
  }
  return { verdict: "unhandled", reason: whyUnhandled(flow, type, emailForwarding) };
}

function whyUnhandled(flow: Flow, type: FeedbackType, emailForwarding: Config["emailForwarding"]): Reason {
  const [hint] = flow.hints[type];
  if (hint !== undefined) return hint;
  const { on, declared } = flow.forwarding;
  if (on === false) return { kind: "forwarding-off" };
  if (declared && emailForwarding === "reject") return { kind: "forwarding-rejected" };
  return { kind: "nothing-declared" };
}

/** Whether two identities have the same channels to the same targets for the type. */
export function sameChannels(a: Flow, b: Flow, type: FeedbackType): Maybe {
  const doubtful =
    !sameElsewhere(a.doubts[type], b.doubts[type]) ||
    [a, b].some((flow) => flow.channels[type].some(({ sure }) => !sure));
  const forth = covers(a.channels[type], b.channels[type], doubtful && b.doubts[type].length > 0);
  const back = covers(b.channels[type], a.channels[type], doubtful && a.doubts[type].length > 0);
  if (forth === false || back === false) return false;
  return forth === UNKNOWN || back === UNKNOWN || doubtful ? UNKNOWN : true;
}

/** One set outside the view does the same for both, whatever it does. */
function sameElsewhere(some: readonly Doubt[], others: readonly Doubt[]): boolean {
  const told = ({ reason, elsewhere }: Doubt) =>
    elsewhere && reason.kind === "set-not-in-view" ? (reason.set ?? "?") : "";
  const [a, b] = [new Set(some.map(told)), new Set(others.map(told))];
  return !a.has("") && a.size === b.size && [...a].every((one) => b.has(one));
}

/** Whether every channel of the first has its like among the second; `open`: the second may have more. */
function covers(some: readonly Channel[], others: readonly Channel[], open: boolean): Maybe {
  let result: Maybe = true;
  for (const channel of some) {
    const likes = others.map((other) => sameChannel(channel, other));
    if (likes.includes(true)) continue;
    if (likes.includes(UNKNOWN) || open || !channel.sure) result = UNKNOWN;
    else return false;
  }
  return result;
}

function sameChannel(a: Channel, b: Channel): Maybe {
  if (a.via !== b.via) return false;
  if (a.kind !== UNKNOWN && b.kind !== UNKNOWN && a.kind !== b.kind) return false;
  if (a.topic !== undefined && a.topic === b.topic) return true;
  if (a.target !== UNKNOWN && b.target !== UNKNOWN) return a.target === b.target;
  if (a.topic?.resource && b.topic?.resource) return false;
  // One of them is known by ARN only: what is known of the other decides.
  const name = (a.target === UNKNOWN ? a.topic : b.topic)?.name;
  const target = a.target === UNKNOWN ? b.target : a.target;
  if (target === UNKNOWN || !isKnown(name)) return UNKNOWN;
  return target.endsWith(`:${name}`) ? UNKNOWN : false;
}

export function sameForwarding(a: Flow, b: Flow): Maybe {
  if (a.forwarding.on === UNKNOWN || b.forwarding.on === UNKNOWN) return UNKNOWN;
  return a.forwarding.on === b.forwarding.on;
}
