import { placed } from "../model/flow";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./rule";

export const eventDestinationDisabled = createRule({
  id: "event-destination-disabled",
  level: "advisory",
  severity: "medium",
  summary: "An event destination for bounces or complaints that is not enabled.",
  why: "An event destination without enabled is disabled, in both versions of the API: it stands in the program and sends nothing.",
  source: "F9: Amazon SES API Reference v2, EventDestinationDefinition",
  fix: "Set enabled to true on the event destination.",
  check({ inventory }, report) {
    for (const { resource, region, set, enabled, matches } of inventory.eventDestinations) {
      const types = (["bounce", "complaint"] as const).filter((type) => matches(type) !== false);
      if (enabled === true || types.length === 0 || resource.external) continue;
      const name = set.kind === "found" && isKnown(set.target.name) ? ` of configuration set ${set.target.name}` : "";
      const here = placed(`destination ${nameOf(resource.urn)}${name}`, region);
      const what = types.map((type) => `${type}s`).join(" and ");
      if (enabled === false && types.some((type) => matches(type) === true)) {
        report.violation({ resource, region }, `Event ${here} is to send ${what}, but it is not enabled.`);
      } else {
        const doubt = enabled === UNKNOWN ? "is enabled" : `sends ${what}`;
        report.unverified({ resource, region }, `Whether event ${here} ${doubt} is not known.`);
      }
    }
  },
});
