import { placed } from "../model/flow";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./rule";

const BUS_TYPES = new Set(["aws:cloudwatch/eventBus:EventBus", "aws-native:events:EventBus"]);

export const eventBusDefault = createRule({
  id: "event-bus-default",
  level: "mandatory",
  severity: "high",
  summary: "An event destination on an EventBridge bus other than the default one.",
  why: "SES sends events to the account's default event bus only.",
  source: "F15: Amazon SES API Reference v2, EventBridgeDestination",
  fix: "Use the default bus (arn:aws:events:REGION:ACCOUNT:event-bus/default) and forward from there with a rule.",
  check({ inventory }, report) {
    const { graph, eventDestinations } = inventory;
    for (const { resource, property, region, kind, target } of eventDestinations) {
      if ((kind !== "eventbridge" && kind !== UNKNOWN) || resource.external) continue;
      const here = placed(`destination ${nameOf(resource.urn)}`, region);
      if (isKnown(target)) {
        if (!/(^|:event-bus\/)default$/.test(target)) {
          report.violation(
            { resource, region },
            `Event ${here} sends to an EventBridge bus that is not the default one.`,
          );
        }
        continue;
      }
      const at = property ?? "eventBridgeDestination";
      // A bus of the program's own is never the default one.
      const own =
        kind === "eventbridge" &&
        graph.dependencies(resource, at).some((one) => BUS_TYPES.has(one.type) && !one.external);
      if (own)
        report.violation(
          { resource, region },
          `Event ${here} sends to an EventBridge bus that this program creates, not the default one.`,
        );
      else
        report.unverified({ resource, region }, `Where event ${here} sends to is not known.`, {
          pending: graph.isPending(resource, at),
        });
    }
  },
});
