import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { list } from "./shared/words";

export const reputationAlarm = createRule({
  id: "reputation-alarm",
  level: "advisory",
  severity: "medium",
  summary: "An account whose bounce and complaint rates no alarm watches, as only the live account tells.",
  why: "AWS reviews an account at 5 % bounces or 0.1 % complaints and pauses it soon after. Without an alarm the first to notice is AWS.",
  facts: ["F6", "F20"],
  source: "Amazon SES Developer Guide, Creating reputation monitoring alarms using CloudWatch",
  fix: "Create the component ReputationAlarms, or CloudWatch alarms on the metrics Reputation.BounceRate and Reputation.ComplaintRate of AWS/SES.",
  messages: {
    missing: (where: string, rates: readonly string[]) =>
      `No alarm watches the ${list(rates)} of the account in ${where}.`,
    notKnown: (where: string, rates: readonly string[]) =>
      `Whether an alarm watches the ${list(rates)} of the account in ${where} is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, region, bounceAlarm, complaintAlarm } of inventory.liveAccounts) {
      // Nobody sends where there is no identity.
      const sends = inventory.judged.some((one) => one.stack === resource.stack && one.region === region);
      if (!sends) continue;
      const alarms = [
        ["bounce rate", bounceAlarm],
        ["complaint rate", complaintAlarm],
      ] as const;
      const that = (is: boolean | typeof UNKNOWN) => alarms.filter(([, alarm]) => alarm === is).map(([rate]) => rate);
      const [missing, unknown] = [that(false), that(UNKNOWN)];
      if (missing.length > 0) report.violation({ resource, region }, messages.missing(region, missing));
      if (unknown.length > 0) report.unverified({ resource, region }, messages.notKnown(region, unknown));
    }
  },
});
