import { nameOf } from "../model/record";
import { asString, isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { plurals } from "./shared/words";

const REASONS = { bounce: "BOUNCE", complaint: "COMPLAINT" } as const;
type Type = keyof typeof REASONS;

export const suppressionList = createRule({
  id: "suppression-list",
  level: "advisory",
  severity: "medium",
  summary: "The suppression list switched off for bounces or complaints.",
  why: "The account suppression list is the net under the process that takes addresses off your lists: without it every retry to a dead address counts against the account.",
  facts: ["F18"],
  source: "Amazon SES Developer Guide, Using the account-level suppression list",
  fix: "Suppress both BOUNCE and COMPLAINT, or leave the set's suppressionOptions out so that the account's apply.",
  messages: {
    off: (set: string | undefined, types: readonly Type[]) =>
      `${set === undefined ? "The account" : `Configuration set ${set}`} does not suppress ${plurals(types)}.`,
    notKnown: (set: string | undefined, types: readonly Type[]) =>
      `Whether ${set === undefined ? "the account" : `configuration set ${set}`} suppresses ${plurals(types)} is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, region, reasons, set } of inventory.suppressions) {
      if (resource.external) continue;
      const values = isKnown(reasons.value) ? reasons.value.map((one) => asString(one)) : [UNKNOWN];
      const missing = (["bounce", "complaint"] as const).filter(
        (type) => !values.some((value) => value === REASONS[type]),
      );
      if (missing.length === 0) continue;
      const name = set && (isKnown(set.name) ? set.name : nameOf(resource.urn));
      if (values.includes(UNKNOWN)) {
        report.unverified({ resource, region }, messages.notKnown(name, missing), { pending: reasons.pending });
      } else report.violation({ resource, region }, messages.off(name, missing));
    }
  },
});
