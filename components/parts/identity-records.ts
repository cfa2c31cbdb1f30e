import { Record as ZoneRecord } from "@pulumi/aws/route53/record";
import type { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { MonitoredIdentityArgs } from "../args/monitored-identity";
import { isAddress } from "../checks/formats";
import {
  DEFAULT_DMARC_POLICY,
  DKIM_TOKENS,
  type DnsRecord,
  dkimRecord,
  dmarcRecord,
  mailFromRecord,
  spfRecord,
} from "./dns";

type Part = "dkim" | "mailFrom" | "dmarc";

/** One record; absent where the identity turns out to be an address. */
export interface IdentityRecord {
  /** Last part of its resource's name. */
  suffix: string;
  part: Part;
  record: pulumi.Output<DnsRecord | undefined>;
}

/** The records that a domain's DNS needs, in the order DKIM, MAIL FROM, SPF, DMARC. */
export function identityRecords(
  identity: EmailIdentity,
  region: pulumi.Output<string>,
  { mailFromDomain, dmarcPolicy = DEFAULT_DMARC_POLICY }: MonitoredIdentityArgs,
): IdentityRecord[] {
  // The provider marks the whole attribute as secret, because it may hold a private key; tokens are public in DNS.
  const tokens = pulumi.unsecret(identity.dkimSigningAttributes.apply((attributes) => attributes?.tokens));
  const name = identity.emailIdentity;
  const ofDomain = (make: (domain: string) => pulumi.Output<DnsRecord>) =>
    name.apply((text) =>
      text === undefined || isAddress(text) ? pulumi.output<DnsRecord | undefined>(undefined) : make(text),
    );
  const records: IdentityRecord[] = Array.from({ length: DKIM_TOKENS }, (_, index) => ({
    suffix: `dkim-${index}`,
    part: "dkim",
    record: ofDomain((domain) =>
      pulumi.all([tokens, region]).apply(([list, where]) => dkimRecord(domain, list?.[index], where)),
    ),
  }));
  if (mailFromDomain !== undefined) {
    const mx = pulumi.all([mailFromDomain, region]).apply(([domain, where]) => mailFromRecord(domain, where));
    records.push({ suffix: "mail-from", part: "mailFrom", record: mx });
    records.push({ suffix: "spf", part: "mailFrom", record: pulumi.output(mailFromDomain).apply(spfRecord) });
  }
  const dmarc = ofDomain((domain) => pulumi.output(dmarcPolicy).apply((policy) => dmarcRecord(domain, policy)));
  records.push({ suffix: "dmarc", part: "dmarc", record: dmarc });
  return records;
}

/** Makes the chosen ones in a Route 53 zone. */
export function createZoneRecords(
  parent: pulumi.Resource,
  name: string,
  records: readonly IdentityRecord[],
  { zoneId, dnsRecords = {} }: MonitoredIdentityArgs,
): pulumi.Resource[] {
  if (zoneId === undefined) return [];
  const id = pulumi.output(zoneId).apply(zoneIdOf);
  return records
    .filter(({ part }) => dnsRecords[part] !== false)
    .map(({ suffix, record }) => {
      const field = (key: keyof DnsRecord) => record.apply((entry) => entry?.[key] as string);
      return new ZoneRecord(
        `${name}-${suffix}`,
        { zoneId: id, name: field("name"), type: field("type"), ttl: 1800, records: [field("value")] },
        { parent },
      );
    });
}

/** The last part of an ARN or of `/hostedzone/ID`, as other resources give it. */
function zoneIdOf(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
