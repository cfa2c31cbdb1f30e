import type { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import * as pulumi from "@pulumi/pulumi";
import { isAddress } from "../checks/formats";
import { DKIM_TOKENS, type DnsRecord, dkimRecord, dmarcRecord, mailFromRecord, spfRecord } from "./dns";

/** Records by the last part of their resource's name. Those of the identity itself are absent where it is an address. */
export function identityRecords(
  identity: EmailIdentity,
  region: pulumi.Output<string>,
  mailFromDomain: pulumi.Input<string> | undefined,
): Record<string, pulumi.Output<DnsRecord | undefined>> {
  const tokens = identity.dkimSigningAttributes.apply((attributes) => attributes?.tokens);
  const ofDomain = (make: (domain: string) => pulumi.Input<DnsRecord>) =>
    identity.emailIdentity.apply(
      (text): pulumi.Output<DnsRecord | undefined> =>
        pulumi.output(text === undefined || isAddress(text) ? undefined : make(text)),
    );
  const records: Record<string, pulumi.Output<DnsRecord | undefined>> = {};
  for (let index = 0; index < DKIM_TOKENS; index++) {
    records[`dkim-${index}`] = ofDomain((domain) =>
      pulumi.all([tokens, region]).apply(([list, where]) => dkimRecord(domain, list?.[index], where)),
    );
  }
  if (mailFromDomain !== undefined) {
    records["mail-from"] = pulumi.all([mailFromDomain, region]).apply(([name, where]) => mailFromRecord(name, where));
    records.spf = pulumi.output(mailFromDomain).apply(spfRecord);
  }
  records.dmarc = ofDomain(dmarcRecord);
  return records;
}
