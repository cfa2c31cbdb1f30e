import { isDefaultBus } from "../model/bus";
import type { Link } from "../model/inventory/links";
import type { EventBus, EventDestination } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

export const eventBusDefault = createRule({
  id: "event-bus-default",
  level: "mandatory",
  severity: "high",
  summary: "An event destination on an EventBridge bus other than the default one.",
  why: "SES sends events to the account's default event bus only.",
  facts: ["F15"],
  source: "Amazon SES API Reference v2, EventBridgeDestination",
  fix: "Use the default bus (arn:aws:events:REGION:ACCOUNT:event-bus/default) and forward from there with a rule.",
  messages: {
    otherBus: (destination: string) =>
      `Event destination ${destination} sends to an EventBridge bus that is not the default one.`,
    ownBus: (destination: string) =>
      `Event destination ${destination} sends to an EventBridge bus that this program creates, not the default one.`,
    accountUnknown: (destination: string) =>
      `Event destination ${destination} sends to the default EventBridge bus of an account; whether it is its own is not known.`,
    busUnknown: (destination: string) => `Where event destination ${destination} sends to is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const destination of inventory.eventDestinations.filter(isJudged)) {
      const { resource, region, target, bus, enabled } = destination;
      const name = withRegion(nameOf(resource.urn), region);
      const isRight = isKnown(target.value) ? isDefaultBus(target.value, destination) : undefined;
      if (isRight === true) continue;
      if (isRight === UNKNOWN) {
        report.unverified({ resource, region }, messages.accountUnknown(name), { pending: true });
      } else if (isRight === false && enabled !== UNKNOWN) {
        report.violation({ resource, region }, messages.otherBus(name));
      } else if (isRight === undefined && isOwn(bus) && enabled !== UNKNOWN) {
        report.violation({ resource, region }, messages.ownBus(name));
      } else {
        report.unverified({ resource, region }, messages.busUnknown(name), { pending: target.pending });
      }
    }
  },
});

/** One that somebody switched off is used by nobody. */
function isJudged({ resource, kind, parked }: EventDestination): boolean {
  return (kind === "eventbridge" || kind === UNKNOWN) && !resource.external && !parked;
}

/** A bus of the program's own is never the default one. */
function isOwn(bus: Link<EventBus>): boolean {
  if (bus.kind === "found") return bus.target.resource?.external !== true;
  return bus.kind === "unknown" && (bus.candidates ?? []).some(({ resource }) => resource?.external !== true);
}
