import type { EventDestination, FeedbackType } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { plurals, withRegion } from "./shared/words";

const TYPES = ["bounce", "complaint"] as const;

export const eventDestinationDisabled = createRule({
  id: "event-destination-disabled",
  level: "advisory",
  severity: "medium",
  summary: "An event destination for bounces or complaints that is not enabled.",
  why: "An event destination without enabled is disabled, in both versions of the API: it stands in the program and sends nothing.",
  facts: ["F9"],
  source: "Amazon SES API Reference v2, EventDestinationDefinition",
  fix: "Set enabled to true on the event destination.",
  messages: {
    disabled: (destination: string, types: readonly FeedbackType[]) =>
      `Event destination ${destination} is to send ${plurals(types)}, but it is not enabled.`,
    enabledUnknown: (destination: string) => `Whether event destination ${destination} is enabled is not known.`,
    typesUnknown: (destination: string, types: readonly FeedbackType[]) =>
      `Whether event destination ${destination} sends ${plurals(types)} is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const destination of inventory.eventDestinations) {
      const { resource, region, enabled, matches } = destination;
      const types = TYPES.filter((type) => matches(type) !== false);
      if (enabled === true || types.length === 0 || resource.external) continue;
      const name = withRegion(describe(destination), region);
      if (enabled === UNKNOWN) report.unverified({ resource, region }, messages.enabledUnknown(name));
      else if (types.some((type) => matches(type) === true)) {
        report.violation({ resource, region }, messages.disabled(name, types));
      } else report.unverified({ resource, region }, messages.typesUnknown(name, types));
    }
  },
});

function describe({ resource, set }: EventDestination): string {
  const owner = set.kind === "found" && isKnown(set.target.name) ? ` of configuration set ${set.target.name}` : "";
  return `${nameOf(resource.urn)}${owner}`;
}
