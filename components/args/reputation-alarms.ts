import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `ReputationAlarms`. */
export interface ReputationAlarmsArgs {
  /** Standard topic, in the same Region, that hears of rates that rise. */
  alarmTopicArn: pulumi.Input<string>;
  /** ARNs of topics that hear when a rate has fallen again. Default: `alarmTopicArn`. */
  okActions?: pulumi.Input<string>[];
  /** Bounce rate at which AWS reviews an account, as a fraction. Default 0.05. */
  bounceRate?: pulumi.Input<number>;
  /** Complaint rate at which AWS reviews an account, as a fraction. Default 0.001. */
  complaintRate?: pulumi.Input<number>;
  /** Fraction of both rates that already raises a warning. Default 0.5. */
  warnAt?: pulumi.Input<number>;
  /** Configuration sets, by name or ARN, whose own rates are watched too; they need reputation metrics. Default: none. */
  configurationSetNames?: pulumi.Input<string>[];
  /** Region whose rates are watched, such as "eu-west-1": each has its own. Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of the alarms. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
