import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";

export const reputationMetrics = createRule({
  id: "reputation-metrics",
  level: "advisory",
  severity: "low",
  summary: "A configuration set without reputation metrics.",
  why: "Reputation metrics show bounce and complaint rates per configuration set, before the account's own rate reaches the limit.",
  facts: ["F6", "F9"],
  source: "Amazon SES Developer Guide, Monitoring reputation metrics",
  fix: "Set reputationMetricsEnabled to true on the configuration set.",
  messages: {
    off: (set: string) => `Configuration set ${set} has no reputation metrics.`,
    notKnown: (set: string) => `Whether configuration set ${set} has reputation metrics is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, name, region, reputationMetrics } of inventory.configurationSets) {
      if (!resource || resource.external) continue;
      if (reputationMetrics === true) continue;
      const set = isKnown(name) ? name : nameOf(resource.urn);
      if (reputationMetrics === UNKNOWN) report.unverified({ resource, region }, messages.notKnown(set));
      else report.violation({ resource, region }, messages.off(set));
    }
  },
});
