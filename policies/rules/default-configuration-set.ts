import { placeOf } from "../model/flow";
import { createRule } from "./rule";

export const defaultConfigurationSet = createRule({
  id: "default-configuration-set",
  level: "advisory",
  severity: "medium",
  summary: "An identity without the default configuration set that the configuration names.",
  why: "An identity without a default configuration set sends outside the organisation's event destinations whenever the application forgets to name a set.",
  source: "F9: Amazon SES Developer Guide, Understanding default configuration sets",
  fix: "Set the identity's configurationSetName to the organisation's set.",
  check({ inventory, config }, report) {
    const wanted = config.defaultConfigurationSet;
    if (wanted === undefined) return;
    for (const identity of inventory.identities) {
      for (const { resource, set } of identity.defaultSets) {
        if (resource.external) continue;
        const here = placeOf(identity);
        if (set.kind === "absent") {
          report.violation(
            { identity, resource },
            `${here} has no default configuration set; the configuration names ${wanted}.`,
          );
        } else if (set.kind === "unknown") {
          report.unverified({ identity, resource }, `Whether ${here} has a default configuration set is not known.`, {
            pending: set.pending,
          });
        }
      }
    }
  },
});
