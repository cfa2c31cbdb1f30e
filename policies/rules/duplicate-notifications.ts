import { type Channel, type Flow, placeOf } from "../model/flow";
import { FEEDBACK_TYPES, type FeedbackType } from "../model/inventory";
import { UNKNOWN, type Unknown } from "../model/value";
import { createRule } from "./rule";
import { plural } from "./words";

export const duplicateNotifications = createRule({
  id: "duplicate-notifications",
  level: "advisory",
  severity: "low",
  summary: "One notification type that leaves an identity by several channels.",
  why: "Every channel brings its own copy of the same bounce. Forwarding stays on beside topics until somebody turns it off, and mails each bounce to the sender as well.",
  source: "F5: Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Keep one channel per type; turn feedback forwarding off once bounces and complaints have another.",
  check({ inventory, flow }, report) {
    for (const identity of inventory.identities) {
      if (identity.managedBy.length === 0) continue;
      const here = placeOf(identity);
      const flows = flow(identity);
      const ways = FEEDBACK_TYPES.map((type) => [type, channels(flows, type)] as const);
      const several = ways.filter(([, { sure }]) => sure.length > 1);
      const perhaps = ways.filter(([, { sure, maybe }]) => sure.length < 2 && sure.length + maybe.length > 1);
      if (several.length > 0) {
        const types = several.map(([type]) => plural(type)).join(" and ");
        const by = [...new Set(several.flatMap(([, { sure }]) => sure))].join(", ");
        report.violation({ identity }, `The ${types} of ${here} leave by several channels: ${by}.`);
      }
      if (perhaps.length > 0) {
        const types = perhaps.map(([type]) => plural(type)).join(" and ");
        report.unverified({ identity }, `Whether the ${types} of ${here} leave by several channels is not known.`, {
          pending: flows.forwarding.pending || perhaps.some(([type]) => flows.doubts[type].some((one) => one.pending)),
        });
      }
    }
  },
});

function isSame(a: Channel, b: Channel): boolean | Unknown {
  if (a.topic && b.topic) return a.topic === b.topic;
  return a.target === UNKNOWN || b.target === UNKNOWN ? UNKNOWN : a.target === b.target;
}

/** Distinct channels of a type: one topic set twice is one channel. */
function channels(
  { forwarding, channels: all, doubts }: Flow,
  type: FeedbackType,
): { sure: string[]; maybe: string[] } {
  const seen: Channel[] = [];
  const sure: string[] = [];
  const maybe: string[] = [];
  for (const channel of all[type]) {
    // SES keeps one topic per type: where two resources set it, the last one wins (conflicting-notification).
    const twin = seen.some((one) => one.via === channel.via && (one.via === "topic" || isSame(one, channel) === true));
    if (twin) continue;
    const distinct = !seen.some((one) => one.via === channel.via && isSame(one, channel) === UNKNOWN);
    seen.push(channel);
    const known = channel.topic !== undefined || channel.target !== UNKNOWN;
    (channel.sure && known && distinct ? sure : maybe).push(channel.via === "topic" ? "topic" : "event destination");
  }
  if (type !== "delivery" && forwarding.on === true) sure.push("feedback forwarding");
  if (type !== "delivery" && forwarding.on === UNKNOWN) maybe.push("feedback forwarding");
  if (doubts[type].some(({ elsewhere }) => !elsewhere)) maybe.push("a channel that is not known");
  return { sure, maybe };
}
