import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `ReputationAlarms`. */
export interface ReputationAlarmsArgs {
  /** Standard topic, in the same Region, that hears of rates that rise. Example: `"arn:aws:sns:us-east-1:123456789012:on-call"`. */
  alarmTopicArn: pulumi.Input<string>;
  /** ARNs of topics that hear when a rate has fallen again. Default: `alarmTopicArn`. Example: `["arn:aws:sns:us-east-1:123456789012:recovered"]`. */
  okActions?: pulumi.Input<string>[];
  /** Bounce rate at which AWS reviews an account, as a fraction of the mail sent, above 0 and at most 1. Default 0.05 (5 %). Example: `0.03`. */
  bounceRate?: pulumi.Input<number>;
  /** Complaint rate at which AWS reviews an account, as a fraction of the mail sent, above 0 and at most 1. Default 0.001 (0.1 %). Example: `0.0008`. */
  complaintRate?: pulumi.Input<number>;
  /** Fraction of both rates that already raises a warning, above 0 and below 1. Default 0.5. Example: `0.8`. */
  warnAt?: pulumi.Input<number>;
  /** Configuration sets, by name or ARN, whose own rates are watched too; they need reputation metrics. Default: none. Example: `["transactional"]`. */
  configurationSetNames?: pulumi.Input<string>[];
  /** Region whose rates are watched: each has its own. Default: the provider's. Example: `"eu-west-1"`. */
  region?: pulumi.Input<string>;
  /** Tags of the alarms. Default: none. Example: `{ team: "mail" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
