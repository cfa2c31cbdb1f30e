import type * as pulumi from "@pulumi/pulumi";
import type { DeliveryDestination, FeedbackDestination } from "./destination";

/** A difference from the parent domain that someone decided. */
export interface IntendedOverride {
  /** Why; shown wherever the difference would be reported. */
  reason: string;
  /** Last day on which it holds, as YYYY-MM-DD. Default: for ever. */
  expires?: string;
}

/** Arguments of `MonitoredIdentity`. */
export interface MonitoredIdentityArgs {
  /** Domain or email address to verify. */
  identity: pulumi.Input<string>;
  /** Who receives bounces. */
  bounces: FeedbackDestination;
  /** Who receives complaints. */
  complaints: FeedbackDestination;
  /** Who receives deliveries. Default: nobody. */
  deliveries?: DeliveryDestination;
  /** Whether notifications carry the headers of the original mail. Default true. */
  includeOriginalHeaders?: pulumi.Input<boolean>;
  /** This address or subdomain differs from its domain on purpose. */
  intendedOverride?: IntendedOverride;
  /** Default configuration set. Its event destinations may use the topics made here. */
  configurationSetName?: pulumi.Input<string>;
  /** Key that encrypts the topics made here: id, ARN or alias. Its policy needs `kmsKeyPolicyStatement`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Subdomain for the envelope sender (MAIL FROM). */
  mailFromDomain?: pulumi.Input<string>;
  /** Route 53 zone in which the records for DKIM, MAIL FROM, SPF and DMARC are made. Domains only. */
  zoneId?: pulumi.Input<string>;
  /** Region of every resource made here. Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
