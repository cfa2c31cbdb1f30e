import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

const LOST: ReadonlySet<string> = new Set(["FAILED", "TEMPORARY_FAILURE"]);

export const verificationLost = createRule({
  id: "verification-lost",
  level: "mandatory",
  severity: "high",
  summary: "An identity whose verification failed, as only the live account tells.",
  why: "SES refuses mail of an identity that is not verified any more, or lets a parent domain send it, whose notifications go elsewhere. It happens when DNS records go.",
  facts: ["F2", "F8"],
  source: "Amazon SES API v2 reference, GetEmailIdentity",
  fix: "Publish the DNS records that SES shows for the identity again (aws sesv2 get-email-identity), and wait until it finds them.",
  messages: {
    failed: (identity: string, status: string) =>
      `The verification of ${identity} is ${status}: SES does not find its DNS records.`,
    notKnown: (identity: string) => `Whether ${identity} is verified is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, region, kind, name, verification } of inventory.liveSenders) {
      if (kind !== "identity") continue;
      const label = isKnown(name) ? name : undefined;
      const identity = withRegion(label ?? nameOf(resource.urn), region);
      const about = { identity: label, resource, region };
      if (verification === UNKNOWN) report.unverified(about, messages.notKnown(identity));
      else if (verification !== undefined && LOST.has(verification)) {
        report.violation(about, messages.failed(identity, verification));
      }
    }
  },
});
