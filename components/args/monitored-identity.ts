import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryDestination, FeedbackDestination } from "./destination";

/** A difference from the parent domain that someone decided. */
export interface IntendedOverride {
  /** Why; shown wherever the difference would be reported. Example: `"the executive office reads its own bounces"`. */
  reason: string;
  /** Last day on which it holds, as YYYY-MM-DD, today or later. Default: for ever. Example: `"2027-06-30"`. */
  expires?: string;
}

/** Which records are made in `zoneId`. */
export interface DnsRecordChoice {
  /** The three CNAME records with which SES signs and verifies. Default true. Example: `false`. */
  dkim?: boolean;
  /** MX and SPF of `mailFromDomain`. Default true. Example: `false`. */
  mailFrom?: boolean;
  /** The TXT record `_dmarc`. False where it exists, or where another Region's component makes it. Default true. Example: `false`. */
  dmarc?: boolean;
}

/** Arguments of `MonitoredIdentity`. */
export interface MonitoredIdentityArgs {
  /** Domain or email address to verify. An ARN, capitals, umlauts and a trailing dot are normalised. Example: `"example.com"`. */
  identity: pulumi.Input<string>;
  /** Who receives bounces. Example: `{ queues: { handler: handler.queueArn } }`. */
  bounces: FeedbackDestination;
  /** Who receives complaints. Example: `{ queues: { handler: handler.queueArn } }`. */
  complaints: FeedbackDestination;
  /** Who receives deliveries. Default: nobody. Example: `{ topicArn: "arn:aws:sns:us-east-1:123456789012:feedback" }`. */
  deliveries?: DeliveryDestination;
  /** Whether notifications carry the headers of the original mail, with its subject and more addresses. Default false. Example: `true`. */
  includeOriginalHeaders?: pulumi.Input<boolean>;
  /** This address or subdomain differs from its domain on purpose. Default: none. Example: `{ reason: "the executive office reads its own bounces" }`. */
  intendedOverride?: IntendedOverride;
  /** Configuration set that the identity has by default, by name or ARN. Its event destinations may use the topics made here. Default: none. Example: `"transactional"`. */
  configurationSetName?: pulumi.Input<string>;
  /** Key that encrypts the topics made here: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. Default: the topics are not encrypted. Example: `"alias/feedback"`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Subdomain for the envelope sender (MAIL FROM). Default: the one of SES. Example: `"bounce.example.com"`. */
  mailFromDomain?: pulumi.Input<string>;
  /** What SES does while the MX record of `mailFromDomain` is missing: USE_DEFAULT_VALUE sends with a name of its own, REJECT_MESSAGE does not send. Default USE_DEFAULT_VALUE. Example: `"REJECT_MESSAGE"`. */
  mailFromOnMxFailure?: pulumi.Input<string>;
  /** Id of the Route 53 zone in which the records are made. Domains only. Default: none, so no record is made. Example: `"Z0123456789ABCDEFGHIJ"`. */
  zoneId?: pulumi.Input<string>;
  /** Which records are made in `zoneId`. Default: all. Example: `{ dmarc: false }`. */
  dnsRecords?: DnsRecordChoice;
  /** Value of the `_dmarc` record. Default `"v=DMARC1; p=none;"`: receivers report, nothing is rejected. Example: `"v=DMARC1; p=quarantine;"`. */
  dmarcPolicy?: pulumi.Input<string>;
  /** `pulumi up` waits, up to 45 minutes, until SES has verified the domain. Default false. Example: `true`. */
  waitForVerification?: boolean;
  /** Region of every resource made here. Default: the provider's. Example: `"eu-west-1"`. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. Default: none. Example: `{ team: "mail" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
