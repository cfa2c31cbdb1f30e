import type { Channel, Flow } from "../model/flow";
import { FEEDBACK_TYPES, type FeedbackType } from "../model/inventory/types";
import { isOneTopic } from "../model/topic";
import { type Maybe, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { describeIdentity, plurals } from "./shared/words";

export const duplicateNotifications = createRule({
  id: "duplicate-notifications",
  level: "advisory",
  severity: "low",
  summary: "One notification type that leaves an identity by several channels.",
  why: "Every channel brings its own copy of the same bounce. Forwarding stays on beside topics until somebody turns it off, and mails each bounce to the sender as well.",
  facts: ["F5"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Keep one channel per type; turn feedback forwarding off once bounces and complaints have another.",
  messages: {
    several: (types: readonly FeedbackType[], identity: string, channels: readonly string[]) =>
      `The ${plurals(types)} of ${identity} leave by several channels: ${channels.join(", ")}.`,
    severalUnknown: (types: readonly FeedbackType[], identity: string) =>
      `Whether the ${plurals(types)} of ${identity} leave by several channels is not known.`,
  },
  check({ inventory, flow }, report, messages) {
    for (const identity of inventory.judged) {
      const flows = flow(identity);
      const types = FEEDBACK_TYPES.filter((type) => mayBeSeveral(flows, type));
      if (types.length === 0) continue;
      const name = describeIdentity(identity);
      const byType = types.map((type) => ({ type, ...channelsOf(flows, type) }));
      const several = byType.filter(({ certain }) => certain.length > 1);
      const open = byType.filter(({ certain, possible }) => certain.length < 2 && certain.length + possible.length > 1);
      if (several.length > 0) {
        const channels = [...new Set(several.flatMap(({ certain }) => certain))];
        report.violation({ identity }, messages.several(several.map(typeOf), name, channels));
      }
      if (open.length > 0) {
        const pending =
          flows.forwarding.pending || open.some(({ type }) => flows.doubts[type].some((one) => one.pending));
        report.unverified({ identity }, messages.severalUnknown(open.map(typeOf), name), { pending });
      }
    }
  },
});

/** Whether there is more than one thing that may be a channel: of most identities there is not. */
function mayBeSeveral({ channels, doubts, forwarding }: Flow, type: FeedbackType): boolean {
  const forwards = type !== "delivery" && forwarding.on !== false;
  return channels[type].length + (forwards ? 1 : 0) + (doubts[type].length > 0 ? 1 : 0) > 1;
}

function typeOf({ type }: { type: FeedbackType }): FeedbackType {
  return type;
}

function isSame(a: Channel, b: Channel): Maybe {
  if (a.topic && b.topic) return isOneTopic(a.topic, b.topic);
  return a.target === UNKNOWN || b.target === UNKNOWN ? UNKNOWN : a.target === b.target;
}

interface Channels {
  certain: string[];
  /** Those that may carry nothing, or be one with another. */
  possible: string[];
}

/** Distinct channels of a type, by their names. */
function channelsOf(flows: Flow, type: FeedbackType): Channels {
  const found = declaredChannels(flows.channels[type]);
  if (type !== "delivery") {
    if (flows.forwarding.on === true) found.certain.push("feedback forwarding");
    if (flows.forwarding.on === UNKNOWN) found.possible.push("feedback forwarding");
  }
  if (flows.doubts[type].some(({ elsewhere }) => !elsewhere)) found.possible.push("a channel that is not known");
  return found;
}

/** One topic set twice is one channel. */
function declaredChannels(channels: readonly Channel[]): Channels {
  const seen: Channel[] = [];
  const found: Channels = { certain: [], possible: [] };
  for (const channel of channels) {
    const alike = seen.filter(({ via }) => via === channel.via);
    // SES keeps one topic per type: where two resources set it, the last one wins (conflicting-notification).
    if (alike.some((one) => one.via === "topic" || isSame(one, channel) === true)) continue;
    const isKnown = channel.topic !== undefined || channel.target !== UNKNOWN;
    const isDistinct = !alike.some((one) => isSame(one, channel) === UNKNOWN);
    seen.push(channel);
    const names = channel.isCertain && isKnown && isDistinct ? found.certain : found.possible;
    names.push(channel.via === "topic" ? "topic" : "event destination");
  }
  return found;
}
