import { push } from "../model/collections";
import type { LiveAccount } from "../model/inventory/live";
import { asString, isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { list } from "./shared/words";

export const suppressionDiffers = createRule({
  id: "suppression-differs",
  level: "advisory",
  severity: "medium",
  summary: "An account that suppresses other reasons in one Region than in another, as only the live account tells.",
  why: "The suppression list belongs to one Region. Where it is off in one of them, mail that moves there goes to addresses again that bounced or complained.",
  facts: ["F18"],
  source: "Amazon SES Developer Guide, Using the account-level suppression list",
  fix: "Give an aws.sesv2.AccountSuppressionAttributes the same suppressedReasons in every Region that sends.",
  messages: {
    differs: (account: string, regions: readonly string[]) =>
      `${account} suppresses different reasons in its Regions: ${list(regions)}.`,
    notKnown: (account: string, regions: readonly string[]) =>
      `Whether ${account} suppresses the same in all its Regions is not known: ${list(regions)}.`,
  },
  check({ inventory }, report, messages) {
    const byAccount = new Map<string, LiveAccount[]>();
    for (const one of inventory.liveAccounts) push(byAccount, one.resource.stack, one);
    for (const [account, regions] of byAccount) {
      const [first] = regions;
      if (first === undefined || regions.length < 2) continue;
      const said = regions.map((one) => ({ region: one.region, reasons: reasonsOf(one) }));
      const known = new Set(said.flatMap(({ reasons }) => (reasons === undefined ? [] : [reasons])));
      const words = said.map(({ region, reasons = "not known" }) => `${region} ${reasons}`).sort();
      const about = { resource: first.resource };
      if (known.size > 1) report.violation(about, messages.differs(account, words));
      else if (said.some(({ reasons }) => reasons === undefined)) {
        report.unverified(about, messages.notKnown(account, words));
      }
    }
  },
});

/** As text, so that they compare; undefined where they are not known. */
function reasonsOf({ suppressedReasons }: LiveAccount): string | undefined {
  if (!isKnown(suppressedReasons)) return undefined;
  const reasons = suppressedReasons.map((one) => asString(one)).filter((one) => one !== undefined);
  if (reasons.includes(UNKNOWN)) return undefined;
  return reasons.length === 0 ? "none" : [...new Set(reasons)].sort().map(String).join(" and ");
}
