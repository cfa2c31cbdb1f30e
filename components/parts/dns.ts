/** A record for the domain's DNS. */
export interface DnsRecord {
  /** Full name, without a trailing dot. */
  name: string;
  /** CNAME, MX or TXT. */
  type: string;
  /** Value as a zone file has it, without quotes; for MX with the priority. */
  value: string;
}

// Source: AWS General Reference, "Amazon SES endpoints and quotas", DKIM domains.
const REGIONS_WITH_OWN_DKIM_DOMAIN = new Set([
  "af-south-1",
  "ap-northeast-3",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "il-central-1",
  "me-central-1",
  "us-gov-east-1",
]);

/** How many tokens Easy DKIM gives a domain. Source: SES, "Easy DKIM". */
export const DKIM_TOKENS = 3;

/** Publishes one of the keys with which SES signs, and verifies the domain. */
export function dkimRecord(domain: string, token: string | undefined, region: string): DnsRecord {
  const host = REGIONS_WITH_OWN_DKIM_DOMAIN.has(region) ? `dkim.${region}.amazonses.com` : "dkim.amazonses.com";
  return { name: `${token}._domainkey.${domain}`, type: "CNAME", value: `${token}.${host}` };
}

/** Where bounces of the MAIL FROM domain go. Source: SES, "Using a custom MAIL FROM domain". */
export function mailFromRecord(mailFromDomain: string, region: string): DnsRecord {
  return { name: mailFromDomain, type: "MX", value: `10 feedback-smtp.${region}.amazonses.com` };
}

/** Receivers check SPF on the MAIL FROM domain, so the identity's own TXT records stay untouched. Source: the same. */
export function spfRecord(mailFromDomain: string): DnsRecord {
  return { name: mailFromDomain, type: "TXT", value: "v=spf1 include:amazonses.com ~all" };
}

/** The policy to start with: receivers report, nothing is rejected. Source: SES, "Complying with DMARC". */
export const DEFAULT_DMARC_POLICY = "v=DMARC1; p=none;";

export function dmarcRecord(domain: string, policy: string): DnsRecord {
  return { name: `_dmarc.${domain}`, type: "TXT", value: policy };
}
