import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryDestination, FeedbackDestination } from "./destination";

/** A difference from the parent domain that someone decided. */
export interface IntendedOverride {
  /** Why; shown wherever the difference would be reported. */
  reason: string;
  /** Last day on which it holds, as YYYY-MM-DD, today or later. Default: for ever. */
  expires?: string;
}

/** Which records are made in `zoneId`. */
export interface DnsRecordChoice {
  /** The three CNAME records with which SES signs and verifies. Default true. */
  dkim?: boolean;
  /** MX and SPF of `mailFromDomain`. Default true. */
  mailFrom?: boolean;
  /** The TXT record `_dmarc`. False where it exists, or where another Region's component makes it. Default true. */
  dmarc?: boolean;
}

/** Arguments of `MonitoredIdentity`. */
export interface MonitoredIdentityArgs {
  /** Domain or email address to verify, such as "example.com". An ARN, capitals, umlauts and a trailing dot are normalised. */
  identity: pulumi.Input<string>;
  /** Who receives bounces. */
  bounces: FeedbackDestination;
  /** Who receives complaints. */
  complaints: FeedbackDestination;
  /** Who receives deliveries. Default: nobody. */
  deliveries?: DeliveryDestination;
  /** Whether notifications carry the headers of the original mail, with its subject and more addresses. Default false. */
  includeOriginalHeaders?: pulumi.Input<boolean>;
  /** This address or subdomain differs from its domain on purpose. */
  intendedOverride?: IntendedOverride;
  /** Default configuration set, by name or ARN. Its event destinations may use the topics made here. */
  configurationSetName?: pulumi.Input<string>;
  /** Key that encrypts the topics made here: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Subdomain for the envelope sender (MAIL FROM), such as "bounce.example.com". */
  mailFromDomain?: pulumi.Input<string>;
  /** What SES does while the MX record of `mailFromDomain` is missing: USE_DEFAULT_VALUE sends with a name of its own, REJECT_MESSAGE does not send. Default USE_DEFAULT_VALUE. */
  mailFromOnMxFailure?: pulumi.Input<string>;
  /** Id of the Route 53 zone in which the records are made, such as "Z0123456789ABCDEFGHIJ". Domains only. */
  zoneId?: pulumi.Input<string>;
  /** Which records are made in `zoneId`. Default: all. */
  dnsRecords?: DnsRecordChoice;
  /** Value of the `_dmarc` record. Default "v=DMARC1; p=none;": receivers report, nothing is rejected. */
  dmarcPolicy?: pulumi.Input<string>;
  /** `pulumi up` waits, up to 45 minutes, until SES has verified the domain. Default false. */
  waitForVerification?: boolean;
  /** Region of every resource made here, such as "eu-west-1". Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
