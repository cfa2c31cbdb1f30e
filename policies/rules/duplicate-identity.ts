import { placed } from "../model/flow";
import { nameOf } from "../model/resource";
import { createRule } from "./rule";

export const duplicateIdentity = createRule({
  id: "duplicate-identity",
  level: "mandatory",
  severity: "high",
  summary: "One identity managed by two resources in one Region.",
  why: "Both resources describe the same live identity, so the last one to run decides its settings, and deleting either deletes the identity under the other.",
  source: "F2: Amazon SES Developer Guide, Creating and verifying identities",
  fix: "Keep one resource; take the other out of the program with retainOnDelete, so that the live identity stays.",
  check({ inventory }, report) {
    for (const identity of inventory.identities) {
      if (identity.managedBy.length < 2) continue;
      const names = identity.managedBy.map((resource) => `${nameOf(resource.urn)} (${resource.stack})`).join(" and ");
      const message = `${placed(identity.label, identity.region)} is managed by ${identity.managedBy.length} resources: ${names}.`;
      report.violation({ identity, resource: identity.managedBy[1] }, message);
    }
  },
});
