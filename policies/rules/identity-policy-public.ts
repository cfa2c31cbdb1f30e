import { parsePolicy } from "../model/iam/document";
import { allowsAnybody } from "../model/iam/limits";
import type { IdentityPolicySetting } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { describeIdentity, withRegion } from "./shared/words";

const SENDING = ["SendEmail", "SendRawEmail", "SendTemplatedEmail", "SendBulkTemplatedEmail", "SendBulkEmail"].map(
  (action) => `ses:${action}`,
);

export const identityPolicyPublic = createRule({
  id: "identity-policy-public",
  level: "advisory",
  severity: "high",
  summary: "An identity policy that lets anybody send in this name.",
  why: "Any AWS customer can then send as this domain, and the bounces and complaints count against its reputation.",
  facts: ["F22"],
  source: "Amazon SES Developer Guide, Using sending authorization with Amazon SES",
  fix: 'In the policy of the aws.ses.IdentityPolicy or aws.sesv2.EmailIdentityPolicy, name the accounts or roles that send as Principal instead of "*".',
  messages: {
    open: (identity: string) => `A policy of ${identity} lets anybody send in its name.`,
    notKnown: (identity: string) => `Whether a policy of ${identity} lets anybody send in its name is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const setting of inventory.identityPolicies) {
      const { resource, region, policy, identity, identityName } = setting;
      if (resource.external) continue;
      const document = parsePolicy(policy.value);
      const open = document !== undefined && allowsAnybody(document, SENDING);
      if (open === false) continue;
      const subject = identity.kind === "found" ? identity.target : isKnown(identityName) ? identityName : undefined;
      const about = { identity: subject, region, resource };
      if (open === UNKNOWN) report.unverified(about, messages.notKnown(name(setting)), { pending: policy.pending });
      else report.violation(about, messages.open(name(setting)));
    }
  },
});

function name({ identity, identityName, region, resource }: IdentityPolicySetting): string {
  if (identity.kind === "found") return describeIdentity(identity.target);
  return withRegion(isKnown(identityName) ? identityName : `the identity of ${nameOf(resource.urn)}`, region);
}
