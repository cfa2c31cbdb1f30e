import { nameOf } from "../model/resource";
import { asString, isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./rule";

export const suppressionList = createRule({
  id: "suppression-list",
  level: "advisory",
  severity: "medium",
  summary: "The suppression list switched off for bounces or complaints.",
  why: "The account suppression list is the net under the process that takes addresses off your lists: without it every retry to a dead address counts against the account.",
  source: "F18: Amazon SES Developer Guide, Using the account-level suppression list",
  fix: "Suppress both BOUNCE and COMPLAINT, or leave the set's suppressionOptions out so that the account's apply.",
  check({ inventory }, report) {
    for (const { resource, reasons, property, set } of inventory.suppressions) {
      if (resource.external) continue;
      const values = isKnown(reasons) ? reasons.map((one) => asString(one)) : [UNKNOWN];
      const missing = ["BOUNCE", "COMPLAINT"].filter((one) => !values.some((value) => value === one));
      if (missing.length === 0) continue;
      const region = inventory.graph.regionOf(resource);
      const who = set ? `Configuration set ${isKnown(set.name) ? set.name : nameOf(resource.urn)}` : "The account";
      const what = missing.map((one) => `${one.toLowerCase()}s`).join(" and ");
      if (values.includes(UNKNOWN)) {
        const pending = inventory.graph.isPending(resource, property);
        report.unverified(
          { resource, region },
          `Whether ${who.replace(/^[TC]/, (letter) => letter.toLowerCase())} suppresses ${what} is not known.`,
          { pending },
        );
      } else report.violation({ resource, region }, `${who} does not suppress ${what}.`);
    }
  },
});
