import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `ReputationAlarms`. */
export interface ReputationAlarmsArgs {
  /** Standard topic, in the same Region, that hears of rates that rise. */
  alarmTopicArn: pulumi.Input<string>;
  /** Bounce rate at which AWS reviews an account, as a fraction. Default 0.05. */
  bounceRate?: pulumi.Input<number>;
  /** Complaint rate at which AWS reviews an account, as a fraction. Default 0.001. */
  complaintRate?: pulumi.Input<number>;
  /** Fraction of both rates that already raises a warning. Default 0.5. */
  warnAt?: pulumi.Input<number>;
  /** Region whose rates are watched: each has its own. Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of the alarms. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
