import { isPendingName, placed } from "../model/flow";
import { type Region, sameRegion } from "../model/links";
import { nameOf } from "../model/resource";
import { UNKNOWN } from "../model/value";
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
    const managed = inventory.identities.filter(({ managedBy }) => managedBy.length > 0);
    const perRegion = new Map<Region, number>();
    for (const { region } of managed) perRegion.set(region, (perRegion.get(region) ?? 0) + 1);
    for (const identity of managed) {
      const { label, nameKnown, region, account } = identity;
      if (nameKnown) {
        const twin = inventory
          .named(label)
          .some(
            (one) =>
              one.managedBy.length > 0 &&
              sameRegion(one.region, region) === UNKNOWN &&
              (!account || !one.account || account === one.account),
          );
        const message = `Whether ${placed(label, region)} is managed by two resources is not known, because one Region is not.`;
        if (twin) report.unverified({ identity }, message);
      } else if ((perRegion.get(region) ?? 0) > 1) {
        const message = `The name of identity ${nameOf(label)} is not known, so it cannot be told whether another resource manages it too.`;
        report.unverified({ identity }, message, { pending: isPendingName(inventory, identity) });
      }
    }
  },
});
