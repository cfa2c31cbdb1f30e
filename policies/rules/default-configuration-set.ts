import { createRule } from "./shared/rule";
import { describeIdentity } from "./shared/words";

export const defaultConfigurationSet = createRule({
  id: "default-configuration-set",
  level: "advisory",
  severity: "medium",
  summary: "An identity without the default configuration set that the configuration names.",
  why: "An identity without a default configuration set sends outside the organisation's event destinations whenever the application forgets to name a set.",
  facts: ["F9"],
  source: "Amazon SES Developer Guide, Understanding default configuration sets",
  fix: "Set the identity's configurationSetName to the organisation's set.",
  configuration: ["defaultConfigurationSet"],
  messages: {
    missing: (identity: string, wanted: string) =>
      `${identity} has no default configuration set; the configuration names ${wanted}.`,
    notKnown: (identity: string) => `Whether ${identity} has a default configuration set is not known.`,
  },
  check({ inventory, config }, report, messages) {
    const wanted = config.defaultConfigurationSet;
    if (wanted === undefined) return;
    for (const identity of inventory.identities) {
      for (const { resource, set } of identity.defaultSets) {
        if (resource.external) continue;
        const name = describeIdentity(identity);
        if (set.kind === "absent") {
          report.violation({ identity, resource }, messages.missing(name, wanted));
        } else if (set.kind === "unknown") {
          report.unverified({ identity, resource }, messages.notKnown(name), { pending: set.pending });
        }
      }
    }
  },
});
