import type { LiveSender } from "../model/inventory/live";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

const KINDS = { identity: "identity", set: "configuration set", tenant: "tenant" } as const;

export const sendingPaused = createRule({
  id: "sending-paused",
  level: "mandatory",
  severity: "high",
  summary: "Sending that is paused, or an account that AWS reviews, as only the live account tells.",
  why: "SES refuses mail of an account, identity, configuration set or tenant whose sending is paused, and pauses it where nobody listens to bounces and complaints. An account on probation is the last warning.",
  facts: ["F6", "F20"],
  source: "Amazon SES API v2 reference, GetAccount",
  fix: "Find out why it is paused (aws sesv2 get-account, the account dashboard, the mails of AWS), put that right, and turn sending on again.",
  messages: {
    account: (where: string) => `Sending is paused for the whole account in ${where}: SES refuses its mail.`,
    review: (where: string, status: string) => `AWS has put the account in ${where} under ${status}.`,
    sender: (what: string) => `Sending is paused for ${what}: SES refuses its mail.`,
    accountNotKnown: (where: string) => `Whether the account may send in ${where} is not known.`,
    notKnown: (what: string) => `Whether ${what} may send is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, region, sending, enforcement } of inventory.liveAccounts) {
      const about = { resource, region };
      if (sending === false) report.violation(about, messages.account(region));
      if (isKnown(enforcement) && enforcement !== "HEALTHY") {
        report.violation(about, messages.review(region, enforcement), { cause: enforcement });
      }
      if ([sending, enforcement].includes(UNKNOWN)) report.unverified(about, messages.accountNotKnown(region));
    }
    for (const sender of inventory.liveSenders) {
      const { resource, region, sending } = sender;
      const what = withRegion(`${KINDS[sender.kind]} ${nameIn(sender)}`, region);
      if (!isVerified(sender)) continue;
      if (sending === false) report.violation({ resource, region }, messages.sender(what));
      else if (sending === UNKNOWN) report.unverified({ resource, region }, messages.notKnown(what));
    }
  },
});

function nameIn({ name, resource }: LiveSender): string {
  return isKnown(name) ? name : nameOf(resource.urn);
}

/** One that is not verified can't send, and is told of as that. */
function isVerified({ kind, verification }: LiveSender): boolean {
  return kind !== "identity" || verification === "SUCCESS";
}
