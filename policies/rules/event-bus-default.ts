import type { EventDestination, Inventory } from "../model/inventory";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

const BUS_TYPES = new Set(["aws:cloudwatch/eventBus:EventBus", "aws-native:events:EventBus"]);

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
    busUnknown: (destination: string) => `Where event destination ${destination} sends to is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const destination of inventory.eventDestinations) {
      const { resource, region, kind, target } = destination;
      if ((kind !== "eventbridge" && kind !== UNKNOWN) || resource.external) continue;
      const name = withRegion(nameOf(resource.urn), region);
      if (isKnown(target)) {
        if (!/(^|:event-bus\/)default$/.test(target)) report.violation({ resource, region }, messages.otherBus(name));
      } else if (usesOwnBus(inventory, destination)) {
        report.violation({ resource, region }, messages.ownBus(name));
      } else {
        const pending = inventory.graph.isPending(resource, propertyOf(destination));
        report.unverified({ resource, region }, messages.busUnknown(name), { pending });
      }
    }
  },
});

/** A bus of the program's own is never the default one. */
function usesOwnBus({ graph }: Inventory, destination: EventDestination): boolean {
  const behind = graph.dependencies(destination.resource, propertyOf(destination));
  return destination.kind === "eventbridge" && behind.some((one) => BUS_TYPES.has(one.type) && !one.external);
}

function propertyOf({ property }: EventDestination): string {
  return property ?? "eventBridgeDestination";
}
