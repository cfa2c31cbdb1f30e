import { nameOf } from "../model/resource";
import { createRule } from "./rule";

export const unverified = createRule({
  id: "unverified",
  level: "advisory",
  severity: "medium",
  summary: "Everything that could not be decided, with the reason; its level decides whether doubt blocks.",
  why: "What is not known is neither right nor wrong. A guard that stays silent about it would be trusted for what it never looked at.",
  source: "F14: some facts only the live account shows",
  fix: "Make the value known (a stack export instead of a preview, the other stack's document beside it), or accept the doubt with an exception.",
  check({ inventory }, report) {
    for (const { resource, reason, pending } of inventory.opaque) {
      report.unverified({ resource }, `${nameOf(resource.urn)} (${resource.type}) was not looked into: ${reason}.`, {
        pending,
      });
    }
  },
});
