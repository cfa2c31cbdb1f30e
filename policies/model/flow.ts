import type { Config } from "../config";
import type { Maybe } from "./glob";
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
} from "./inventory";
import { type Link, sameRegion } from "./links";
import { nameOf, type ResourceRecord } from "./resource";
import { isKnown, UNKNOWN, type Unknown } from "./value";

/** Why something could not be decided. `pending`: the deployment itself will settle it. */
export interface Doubt {
  reason: string;
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
  hints: Record<FeedbackType, string[]>;
  /** References to what is not in view. */
  notVisible: string[];
}

export type Handling =
  | { verdict: "handled" }
  | { verdict: "unhandled"; reason: string }
  | { verdict: "unknown"; doubt: Doubt };

function perType<T>(make: (type: FeedbackType) => T): Record<FeedbackType, T> {
  return { bounce: make("bounce"), complaint: make("complaint"), delivery: make("delivery") };
}

/** Follows the feedback of an identity to where it goes. */
export function flowOf(inventory: Inventory, identity: Identity): Flow {
  const flow: Flow = {
    forwarding: forwardingOf(inventory, identity),
    channels: perType(() => []),
    doubts: perType(() => []),
    hints: perType(() => []),
    notVisible: [],
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
    const loose = identity.looseNotifications.find(
      `${type} ${identity.region}`,
      (setting) =>
        (setting.type === type || setting.type === UNKNOWN) &&
        setting.topic.kind !== "absent" &&
        sameRegion(setting.region, identity.region) !== false,
    );
    if (loose) {
      const pending = loose.identity.kind === "unknown" && loose.identity.pending;
      flow.doubts[type].push({ reason: `${nameOf(loose.resource.urn)} may set its topic`, pending });
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

function forwardingOf(inventory: Inventory, identity: Identity): Forwarding {
  const { forwarding: settings } = identity;
  const first = settings[0];
  if (first) {
    const same = settings.every(({ enabled }) => enabled === first.enabled);
    const pending = inventory.graph.isPending(first.resource, "emailForwardingEnabled");
    return { on: same ? first.enabled : UNKNOWN, declared: true, resource: first.resource, pending };
  }
  const near = (setting: ForwardingSetting): boolean => sameRegion(setting.region, identity.region) !== false;
  const loose = identity.looseForwarding.find(identity.region, near);
  if (loose) {
    const pending = loose.identity.kind === "unknown" && loose.identity.pending;
    return { on: UNKNOWN, declared: true, resource: loose.resource, pending };
  }
  const channel = identity.external?.bounce.find((one) => one.channel === "forwarding");
  if (identity.external) {
    return { on: channel !== undefined, declared: channel?.declared === true, resource: undefined, pending: false };
  }
  // A resource that is only read says nothing about its settings.
  const on = identity.managedBy.length === 0 ? UNKNOWN : true;
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
        (!one.account || !identity.account || one.account === identity.account) &&
        (one.notifications.length > 0 ||
          one.forwarding.length > 0 ||
          one.defaultSets.some(({ set }) => set.kind !== "absent")),
    );
  if (!twin) return;
  const reason = `whether it is one identity with ${nameOf(twin.resource?.urn ?? twin.label)} is not known`;
  for (const type of FEEDBACK_TYPES) flow.doubts[type].push({ reason, pending: false });
}

function followSet(flow: Flow, set: Link<ConfigurationSet>): void {
  const doubt = (one: Doubt): void => {
    for (const type of FEEDBACK_TYPES) flow.doubts[type].push(one);
  };
  if (set.kind === "unknown") doubt({ reason: "its default configuration set is not known", pending: set.pending });
  if (set.kind === "outside") {
    doubt({ reason: `its configuration set ${set.value} is not in view`, pending: false, elsewhere: true });
    flow.notVisible.push(`configuration set ${set.value}`);
  }
  if (set.kind !== "found") return;
  for (const destination of set.target.destinations) followDestination(flow, destination);
  for (const type of FEEDBACK_TYPES) {
    const loose = set.target.loose.find(type, (one) => one.enabled !== false && one.matches(type) !== false);
    if (loose) {
      const pending = loose.set.kind === "unknown" && loose.set.pending;
      const reason = `event destination ${nameOf(loose.resource.urn)} may belong to its configuration set`;
      flow.doubts[type].push({ reason, pending });
    }
  }
  if (set.target.resource === undefined || set.target.resource.external) {
    const name = isKnown(set.target.name) ? set.target.name : "of another stack";
    doubt({ reason: `its configuration set ${name} is not in view`, pending: false, elsewhere: true });
    flow.notVisible.push(`configuration set ${name}`);
  }
}

function followDestination(flow: Flow, destination: EventDestination): void {
  const { resource, enabled, kind, topic, target } = destination;
  const name = nameOf(resource.urn);
  for (const type of FEEDBACK_TYPES) {
    const matches = destination.matches(type);
    if (matches === false || kind === undefined) continue;
    if (enabled === false) flow.hints[type].push(`event destination ${name} is not enabled`);
    else if (kind === "cloudwatch")
      flow.hints[type].push(`event destination ${name} sends counts to CloudWatch, no addresses`);
    else {
      const sure = matches === true && enabled === true && kind !== UNKNOWN;
      const to: Pick<Channel, "topic" | "target"> =
        kind === "sns" ? topicTarget(topic) : { topic: undefined, target: isKnown(target) ? target : UNKNOWN };
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
        flow.hints[type].push(`configuration set ${name} listens, but it is not the default of this identity`);
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
    if (identity.managedBy.length === 0 && !identity.external) {
      flow.doubts[type].push({ reason: "it is managed elsewhere", pending: false });
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
    const where = maybe.resource ? nameOf(maybe.resource.urn) : "a destination";
    return {
      verdict: "unknown",
      doubt: { reason: `it is not known whether ${where} carries them`, pending: maybe.pending },
    };
  }
  const doubt = flow.doubts[type].find((one) => one.pending) ?? flow.doubts[type][0];
  if (doubt) return { verdict: "unknown", doubt };
  if (counts && on === UNKNOWN) {
    return { verdict: "unknown", doubt: { reason: "it is not known whether feedback forwarding is on", pending } };
  }
  return { verdict: "unhandled", reason: whyUnhandled(flow, type, emailForwarding) };
}

function whyUnhandled(flow: Flow, type: FeedbackType, emailForwarding: Config["emailForwarding"]): string {
  const [hint] = flow.hints[type];
  if (hint !== undefined) return hint;
  const { on, declared } = flow.forwarding;
  if (on === false) return "feedback forwarding is off and nothing else carries them";
  if (declared && emailForwarding === "reject")
    return "they are only forwarded by email, which the configuration rejects";
  return "nothing is declared, so SES forwards them to whatever mailbox the sender gave";
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
  const told = ({ reason, elsewhere }: Doubt) => (elsewhere ? reason : "");
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

/** Properties that name an identity, by what resources call them. */
const NAMES = ["domain", "email", "emailIdentity"];

/** For an identity whose name is not known: whether the deployment will tell. */
export function isPendingName({ graph }: Inventory, { managedBy }: Identity): boolean {
  return managedBy.some((resource) => NAMES.some((property) => graph.isPending(resource, property)));
}
