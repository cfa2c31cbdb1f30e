import type { EventDestination } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { createRule } from "./shared/rule";
import { list, withRegion } from "./shared/words";

export const deliveryFailureTypes = createRule({
  id: "delivery-failure-types",
  level: "advisory",
  severity: "low",
  summary: "An event destination for bounces that leaves out other ways in which mail fails.",
  why: "A rejected mail, a template that could not be filled in and a mail that SES is still retrying never become a bounce: whoever listens to bounces only takes them for delivered.",
  facts: ["F1", "F9"],
  source: "Amazon SES API Reference, EventDestination, v1 and v2",
  fix: "Add the missing types to matchingEventTypes of the aws.sesv2.ConfigurationSetEventDestination (or of aws-native), or to matchingTypes of the aws.ses.EventDestination.",
  messages: {
    leftOut: (destination: string, types: readonly string[]) =>
      `Event destination ${destination} sends bounces, but leaves out ${list(types)}.`,
    notKnown: (destination: string, types: readonly string[]) =>
      `Whether event destination ${destination}, which is to send bounces, leaves out ${list(types)} is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const destinations of bySet(inventory.eventDestinations)) {
      for (const destination of destinations) {
        const { resource, region, enabled } = destination;
        const bounce = destination.matches("bounce");
        if (bounce === false || enabled === false || resource.external) continue;
        const missing = missingTypes(destination, destinations);
        if (missing.length === 0) continue;
        const types = missing.map(({ type }) => type);
        const isSure = bounce === true && enabled === true && missing.some(({ isCertain }) => isCertain);
        const name = withRegion(nameOf(resource.urn), region);
        if (!isSure) report.unverified({ resource, region }, messages.notKnown(name, types));
        else {
          const certain = missing.filter(({ isCertain }) => isCertain).map(({ type }) => type);
          report.violation({ resource, region }, messages.leftOut(name, certain));
        }
      }
    }
  },
});

/** Destinations of one set: what one leaves out, another may send. */
function bySet(destinations: readonly EventDestination[]): EventDestination[][] {
  const found = new Map<unknown, EventDestination[]>();
  for (const destination of destinations) {
    const key = destination.set.kind === "found" ? destination.set.target : destination;
    found.set(key, [...(found.get(key) ?? []), destination]);
  }
  return [...found.values()];
}

/** Types of failure that no destination of the set sends to anybody. */
function missingTypes(
  { failures }: EventDestination,
  destinations: readonly EventDestination[],
): { type: string; isCertain: boolean }[] {
  const listening = destinations.filter(({ enabled, kind }) => enabled !== false && kind !== "cloudwatch");
  return failures.flatMap(([type, own]) => {
    if (own === true) return [];
    const others = listening.map((one) => ({
      sends: one.failures.find(([name]) => name === type)?.[1] ?? false,
      enabled: one.enabled,
    }));
    if (others.some(({ sends, enabled }) => sends === true && enabled === true)) return [];
    return [{ type, isCertain: own === false && others.every(({ sends }) => sends === false) }];
  });
}
