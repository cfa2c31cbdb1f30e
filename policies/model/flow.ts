import { type Forwarding, forwardingOf } from "./forwarding";
import { sameHome } from "./home";
import type { Link } from "./inventory/links";
import {
  type ConfigurationSet,
  type DestinationKind,
  type EventDestination,
  FEEDBACK_TYPES,
  type FeedbackType,
  type Identity,
  type Inventory,
  type NotificationSetting,
  type Topic,
} from "./inventory/types";
import type { Reason } from "./reason";
import { nameOf, type ResourceRecord } from "./record";
import { isKnown, type Maybe, UNKNOWN, type Unknown } from "./value";

/**
 * One way that a mail may take: by the default set, or by a set named at send time in its place. Identity topics and
 * forwarding belong to every path.
 */
export interface Path {
  /** Name of the set, where it is one that is named at send time. */
  readonly sendTimeSet: string | undefined;
}

/** Why something could not be decided. `pending`: the deployment itself will settle it. */
export interface Doubt {
  reason: Reason;
  pending: boolean;
  /** The path it is about; undefined for every path. */
  path?: Path | undefined;
  /** It stands known outside the view: only another document can tell. */
  elsewhere?: true;
  /** A setting whose owner nobody knows may be the identity's, as it may be another's. */
  ownerless?: true;
}

/** What is there and does not count. */
export interface Hint {
  reason: Reason;
  path?: Path | undefined;
}

/** One way by which one notification type leaves an identity, forwarding aside. */
export interface Channel {
  via: "topic" | "event-destination";
  /** The path it belongs to; undefined for every path. */
  path?: Path | undefined;
  /** False where it is not known whether it carries the type at all. */
  isCertain: boolean;
  kind: DestinationKind | Unknown;
  topic: Topic | undefined;
  /** ARN; UNKNOWN where it is not known. */
  target: string | Unknown;
  resource: ResourceRecord | undefined;
  /** Where the destination is not known: whether the deployment will tell. */
  pending: boolean;
}

/** What SES does with the feedback of one identity. */
export interface Flow {
  forwarding: Forwarding;
  /** At least one. */
  paths: readonly Path[];
  channels: Record<FeedbackType, Channel[]>;
  /** Why there may be a channel more. */
  doubts: Record<FeedbackType, Doubt[]>;
  /** What is there and does not count, for messages. */
  hints: Record<FeedbackType, Hint[]>;
  /** Its configuration sets that are not in view, by name; undefined where only another stack knows it. */
  setsNotVisible: (string | undefined)[];
}

function perType<T>(make: (type: FeedbackType) => T): Record<FeedbackType, T> {
  return { bounce: make("bounce"), complaint: make("complaint"), delivery: make("delivery") };
}

/** Follows the feedback of an identity to where it goes. */
export function flowOf(inventory: Inventory, identity: Identity): Flow {
  const sendTime = inventory.sendTimeSets(identity).map((link) => ({ link, path: { sendTimeSet: setName(link) } }));
  const byDefault: Path = { sendTimeSet: undefined };
  const defaults = identity.defaultSets.map(({ set }) => ({ link: set, path: byDefault }));
  const sets = sendTime.length > 0 ? sendTime : defaults;
  const flow: Flow = {
    forwarding: forwardingOf(identity),
    paths: sendTime.length > 0 ? sendTime.map(({ path }) => path) : [byDefault],
    channels: perType(() => []),
    doubts: perType(() => []),
    hints: perType(() => []),
    setsNotVisible: [],
  };
  for (const setting of identity.notifications) followNotification(flow, setting);
  for (const type of FEEDBACK_TYPES) doubtOwnerless(flow, identity, type);
  doubtTwins(inventory, identity, flow);
  for (const { link, path } of sets) followSet(flow, link, path);
  if (sets.every(({ link }) => link.kind === "absent")) hintAtOtherSets(inventory, identity, flow);
  addExternal(flow, identity);
  return flow;
}

function setName(link: Link<ConfigurationSet>): string {
  if (link.kind === "outside") return link.value;
  return link.kind === "found" && isKnown(link.target.name) ? link.target.name : "of unknown name";
}

function followNotification(flow: Flow, setting: NotificationSetting): void {
  const { type, topic: link, resource, takenBackBy } = setting;
  if (link.kind === "absent") return;
  const types = type === UNKNOWN ? FEEDBACK_TYPES : [type];
  const nowhere = takenBackBy ? takenBack(resource, takenBackBy) : whyNowhere(link, resource);
  const pending = link.kind === "unknown" && link.pending;
  // One of those that it may mean is deleted: then it carries nothing.
  const mayLeadNowhere = link.kind === "unknown" && (link.candidates ?? []).some(({ gone }) => gone);
  for (const one of types) {
    if (nowhere) flow.hints[one].push({ reason: nowhere });
    else
      flow.channels[one].push({
        via: "topic",
        kind: "sns",
        isCertain: type !== UNKNOWN && !mayLeadNowhere,
        topic: link.kind === "found" ? link.target : undefined,
        target: arnOf(link),
        resource,
        pending,
      });
  }
}

function takenBack(setting: ResourceRecord, by: ResourceRecord): Reason {
  return { kind: "topic-taken-back", setting: nameOf(setting.urn), by: nameOf(by.urn) };
}

/** Why a topic that a setting names is no destination. */
function whyNowhere(link: Link<Topic>, { urn }: ResourceRecord): Reason | undefined {
  // ARNs of topics outside the view have a stand-in; what is left names something else.
  if (link.kind === "outside") return { kind: "not-a-topic", setting: nameOf(urn), target: link.value };
  if (link.kind !== "found" || !link.target.gone) return undefined;
  const { resource } = link.target;
  return { kind: "topic-deleted", topic: nameOf(resource?.urn ?? ""), missing: resource?.missing };
}

function arnOf(link: Link<Topic>): string | Unknown {
  return link.kind === "found" ? (link.target.arn ?? UNKNOWN) : UNKNOWN;
}

/** Notification settings whose identity is not known, and that may set the identity's topic for the type. */
export function possibleTopics(identity: Identity, type: FeedbackType): readonly NotificationSetting[] {
  return identity.possibleNotifications.matching(type, (setting) => {
    if (setting.type !== type && setting.type !== UNKNOWN) return false;
    return setting.topic.kind !== "absent" && whyNowhere(setting.topic, setting.resource) === undefined;
  });
}

function doubtOwnerless(flow: Flow, identity: Identity, type: FeedbackType): void {
  const possible = possibleTopics(identity, type)[0];
  if (!possible) return;
  const pending = possible.identity.kind === "unknown" && possible.identity.pending;
  const reason: Reason = { kind: "may-set-topic", setting: nameOf(possible.resource.urn) };
  flow.doubts[type].push({ reason, pending, ownerless: true });
}

/** An identity of the same name whose Region or account is not known: if it is the same one, its settings are. */
function doubtTwins(inventory: Inventory, identity: Identity, flow: Flow): void {
  if (!identity.nameKnown) return;
  const twin = inventory
    .named(identity.label)
    .find((one) => one !== identity && sameHome(one, identity) === UNKNOWN && isSet(one));
  if (!twin) return;
  const reason: Reason = { kind: "twin-region", twin: nameOf(twin.resource?.urn ?? twin.label) };
  for (const type of FEEDBACK_TYPES) flow.doubts[type].push({ reason, pending: false });
}

/** Whether anything that is declared of it may be a way out. */
function isSet({ judged, notifications, forwarding, defaultSets }: Identity): boolean {
  const hasSet = defaultSets.some(({ set }) => set.kind !== "absent");
  return judged && (notifications.length > 0 || forwarding.some(({ on }) => on !== false) || hasSet);
}

function followSet(flow: Flow, set: Link<ConfigurationSet>, path: Path): void {
  const doubt = (one: Omit<Doubt, "path">): void => {
    for (const type of FEEDBACK_TYPES) flow.doubts[type].push({ ...one, path });
  };
  if (set.kind === "unknown") doubt({ reason: { kind: "default-set-unknown" }, pending: set.pending });
  if (set.kind === "outside") {
    doubt({ reason: { kind: "set-not-in-view", set: set.value }, pending: false, elsewhere: true });
    flow.setsNotVisible.push(set.value);
  }
  if (set.kind !== "found") return;
  const { target } = set;
  if (target.gone) {
    const reason: Reason = { kind: "set-deleted", set: setName(set), missing: target.resource?.missing };
    for (const type of FEEDBACK_TYPES) flow.hints[type].push({ reason, path });
    return;
  }
  for (const destination of target.destinations) followDestination(flow, destination, path);
  for (const type of FEEDBACK_TYPES) doubtDestinations(flow, target, type, path);
  if (target.resource === undefined || target.resource.external) {
    const name = isKnown(target.name) ? target.name : undefined;
    doubt({ reason: { kind: "set-not-in-view", set: name }, pending: false, elsewhere: true });
    flow.setsNotVisible.push(name);
  }
}

/** Event destinations whose set is not known, and that may carry the type for this one. */
export function possibleDestinations(set: ConfigurationSet, type: FeedbackType): readonly EventDestination[] {
  return set.possibleDestinations.matching(type, (one) => listens(one) && one.matches(type) !== false);
}

function doubtDestinations(flow: Flow, set: ConfigurationSet, type: FeedbackType, path: Path): void {
  const possible = possibleDestinations(set, type)[0];
  if (!possible) return;
  const pending = possible.set.kind === "unknown" && possible.set.pending;
  flow.doubts[type].push({
    reason: { kind: "may-belong-to-set", destination: nameOf(possible.resource.urn) },
    pending,
    path,
    ownerless: true,
  });
}

function followDestination(flow: Flow, destination: EventDestination, path: Path): void {
  const nowhere = whyCarriesNothing(destination);
  for (const type of FEEDBACK_TYPES) {
    const matches = destination.matches(type);
    if (matches === false || destination.kind === undefined) continue;
    if (nowhere) flow.hints[type].push({ reason: nowhere, path });
    else flow.channels[type].push(channelOf(destination, destination.kind, matches, path));
  }
}

/** Why an event destination is no channel, whatever matches. */
function whyCarriesNothing({ resource, enabled, kind, topic, stream, role }: EventDestination): Reason | undefined {
  const destination = nameOf(resource.urn);
  if (enabled === false) return { kind: "destination-disabled", destination };
  if (kind === "cloudwatch") return { kind: "cloudwatch-only", destination };
  if (kind === "pinpoint") return { kind: "pinpoint-ended", destination };
  if (stream.kind === "found" && stream.target.gone) {
    return { kind: "stream-deleted", destination, stream: nameOf(stream.target.resource?.urn ?? "") };
  }
  if (role.kind === "found" && role.target.gone) {
    return { kind: "role-deleted", destination, role: nameOf(role.target.resource?.urn ?? "") };
  }
  return kind === "sns" ? whyNowhere(topic, resource) : undefined;
}

function channelOf(
  { resource, enabled, topic, target }: EventDestination,
  kind: DestinationKind | Unknown,
  matches: Maybe,
  path: Path,
): Channel {
  return {
    via: "event-destination",
    path,
    kind,
    isCertain: matches === true && enabled === true && kind !== UNKNOWN,
    topic: kind === "sns" && topic.kind === "found" ? topic.target : undefined,
    target: kind === "sns" ? arnOf(topic) : (target.value ?? UNKNOWN),
    resource,
    pending: kind === "sns" ? topic.kind === "unknown" && topic.pending : target.pending,
  };
}

function hintAtOtherSets(inventory: Inventory, identity: Identity, flow: Flow): void {
  for (const set of inventory.configurationSets) {
    if (sameHome(set, identity) !== true) continue;
    const listening = set.destinations.filter(listens);
    for (const type of FEEDBACK_TYPES) {
      if (flow.hints[type].length > 0 || !listening.some(({ matches }) => matches(type) === true)) continue;
      const name = isKnown(set.name) ? set.name : nameOf(set.resource?.urn ?? "");
      flow.hints[type].push({ reason: { kind: "set-not-default", set: name } });
    }
  }
}

function listens(destination: EventDestination): boolean {
  return destination.kind !== undefined && whyCarriesNothing(destination) === undefined;
}

function addExternal(flow: Flow, identity: Identity): void {
  const { external, judged } = identity;
  for (const type of FEEDBACK_TYPES) {
    for (const { channel, target } of external?.[type] ?? []) {
      if (channel === "forwarding") continue;
      flow.channels[type].push({
        via: channel,
        kind: target?.includes(":sns:") === false ? UNKNOWN : "sns",
        isCertain: true,
        topic: undefined,
        target: target ?? UNKNOWN,
        resource: undefined,
        pending: false,
      });
    }
    if (!judged && !external) flow.doubts[type].push({ reason: { kind: "managed-elsewhere" }, pending: false });
  }
}
