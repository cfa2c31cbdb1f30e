import { sameHome } from "../model/home";
import type { Identity, Inventory } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { sameRegion } from "../model/region";
import { UNKNOWN } from "../model/value";
import { Homes } from "./shared/homes";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

export const duplicateIdentity = createRule({
  id: "duplicate-identity",
  level: "mandatory",
  severity: "high",
  summary: "One identity managed by two resources in one Region.",
  why: "Both resources describe the same live identity, so the last one to run decides its settings, and deleting either deletes the identity under the other.",
  facts: ["F2"],
  source: "Amazon SES Developer Guide, Creating and verifying identities",
  fix: "Keep one resource; take the other out of the program with retainOnDelete, so that the live identity stays.",
  messages: {
    managedTwice: (identity: string, resources: readonly string[]) =>
      `${identity} is managed by ${resources.length} resources: ${resources.join(" and ")}.`,
    regionUnknown: (identity: string) =>
      `Whether ${identity} is managed by two resources is not known, because one Region is not.`,
    accountUnknown: (identity: string) =>
      `Whether ${identity} is managed by two resources is not known: nobody has told whether they deploy to one account (accounts in the configuration does).`,
    nameUnknown: (resource: string) =>
      `The name of identity ${resource} is not known, so it cannot be told whether another resource manages it too.`,
  },
  check({ inventory }, report, messages) {
    const managed = inventory.judged;
    for (const identity of managed.filter(({ managedBy }) => managedBy.length > 1)) {
      const { label, region, managedBy } = identity;
      const names = managedBy.map((resource) => `${nameOf(resource.urn)} (${resource.stack})`);
      report.violation({ identity, resource: managedBy[1] }, messages.managedTwice(withRegion(label, region), names));
    }
    const homes = new Homes(managed);
    for (const identity of managed) {
      const { label, nameKnown, region } = identity;
      const twin = nameKnown ? possibleTwin(inventory, identity) : undefined;
      if (twin) {
        const isOneRegion = sameRegion(twin.region, region) === true;
        const message = isOneRegion ? messages.accountUnknown : messages.regionUnknown;
        report.unverified({ identity }, message(withRegion(label, region)));
      } else if (!nameKnown && homes.hasCompany(identity)) {
        const pending = identity.namePending;
        report.unverified({ identity }, messages.nameUnknown(nameOf(label)), { pending });
      }
    }
  },
});

/** Another identity of the name, where it is not known whether it is in the same Region and account. */
function possibleTwin(inventory: Inventory, identity: Identity): Identity | undefined {
  return inventory.named(identity.label).find((one) => one.judged && sameHome(one, identity) === UNKNOWN);
}
