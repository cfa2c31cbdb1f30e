import { placed } from "../model/flow";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./rule";

export const unverified = createRule({
  id: "unverified",
  level: "advisory",
  severity: "medium",
  summary: "Everything that could not be decided, with the reason; its level decides whether doubt blocks.",
  why: "What is not known is neither right nor wrong. A guard that stays silent about it would be trusted for what it never looked at.",
  source: "F14: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Make the value known (a stack export instead of a preview, the other stack's document beside it), or accept the doubt with an exception.",
  check({ inventory }, report) {
    const judged = inventory.topics.some(({ uses }) => uses.length > 0);
    for (const { resource, topic } of judged ? inventory.subscriptions : []) {
      if (topic.kind !== "unknown" || resource.external) continue;
      const message = `Which topic ${nameOf(resource.urn)} subscribes to is not known, so neither its filter nor its endpoint was looked at.`;
      report.unverified({ resource }, message, { pending: topic.pending });
    }
    for (const { resource, region, identity, identityName, type, topic } of inventory.notifications) {
      if (topic.kind !== "unknown" || resource.external) continue;
      if (identity.kind === "found" && identity.target.managedBy.length > 0 && type !== "delivery" && type !== UNKNOWN)
        continue;
      const label = isKnown(identityName) ? identityName : undefined;
      const name = label === undefined ? nameOf(resource.urn) : placed(label, region);
      const message = `Which topic the notifications of ${name} go to is not known, so it was not looked at.`;
      report.unverified({ identity: label, resource, region }, message, { pending: topic.pending });
    }
    // The rules about handling tell of those that an identity uses.
    const used = new Set(
      inventory.identities
        .filter(({ managedBy }) => managedBy.length > 0)
        .flatMap((one) => [...one.defaultSets.map(({ set }) => set), ...inventory.sendTimeSets(one)])
        .map((set) => (set.kind === "found" ? set.target : undefined)),
    );
    for (const { resource, region, set, kind, topic, enabled, matches } of inventory.eventDestinations) {
      if (kind !== "sns" || topic.kind !== "unknown" || resource.external) continue;
      const carries = enabled === true && (matches("bounce") === true || matches("complaint") === true);
      if (set.kind === "found" && used.has(set.target) && carries) continue;
      const name = placed(`event destination ${nameOf(resource.urn)}`, region);
      const message = `Which topic ${name} publishes to is not known, so it was not looked at.`;
      report.unverified({ resource, region }, message, { pending: topic.pending });
    }
    for (const { resource, reason, pending } of inventory.opaque) {
      report.unverified({ resource }, `${nameOf(resource.urn)} (${resource.type}) was not looked into: ${reason}.`, {
        pending,
      });
    }
  },
});
