import { nameOf, type ResourceRecord, read } from "../model/resource";
import { asBoolean, asObject, isKnown, UNKNOWN, type Value } from "../model/value";
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
    for (const { resource, name, region } of inventory.configurationSets) {
      if (!resource || resource.external) continue;
      const enabled = readMetrics(resource);
      if (enabled === true) continue;
      const set = isKnown(name) ? name : nameOf(resource.urn);
      if (enabled === UNKNOWN) report.unverified({ resource, region }, messages.notKnown(set));
      else report.violation({ resource, region }, messages.off(set));
    }
  },
});

/** Absent is off. */
function readMetrics(resource: ResourceRecord): Value<boolean> {
  if (resource.type.startsWith("aws:ses/")) return asBoolean(read(resource, "reputationMetricsEnabled"));
  const options = asObject(read(resource, "reputationOptions"));
  return isKnown(options) ? asBoolean(options.reputationMetricsEnabled) : options;
}
