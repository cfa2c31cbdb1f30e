import { nameOf, read } from "../model/resource";
import { asBoolean, asObject, isKnown, UNKNOWN, type Value } from "../model/value";
import { createRule } from "./rule";

export const reputationMetrics = createRule({
  id: "reputation-metrics",
  level: "advisory",
  severity: "low",
  summary: "A configuration set without reputation metrics.",
  why: "Reputation metrics show bounce and complaint rates per configuration set, before the account's own rate reaches the limit.",
  source: "F6, F9: Amazon SES Developer Guide, Monitoring reputation metrics",
  fix: "Set reputationMetricsEnabled to true on the configuration set.",
  check({ inventory }, report) {
    for (const { resource, name, region } of inventory.configurationSets) {
      if (!resource || resource.external) continue;
      const enabled = metrics(
        resource.type.startsWith("aws:ses/")
          ? asBoolean(read(resource, "reputationMetricsEnabled"))
          : inBlock(resource),
      );
      if (enabled === true) continue;
      const here = `configuration set ${isKnown(name) ? name : nameOf(resource.urn)}`;
      if (enabled === UNKNOWN)
        report.unverified({ resource, region }, `Whether ${here} has reputation metrics is not known.`);
      else
        report.violation({ resource, region }, `${here[0]?.toUpperCase()}${here.slice(1)} has no reputation metrics.`);
    }
  },
});

function inBlock(resource: Parameters<typeof read>[0]): Value<boolean> {
  const options = asObject(read(resource, "reputationOptions"));
  return isKnown(options) ? asBoolean(options.reputationMetricsEnabled) : options;
}

function metrics(value: Value<boolean>): Value<boolean> {
  return value ?? false;
}
