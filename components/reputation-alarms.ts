import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import * as pulumi from "@pulumi/pulumi";
import { checkedOutputs, type Problem, show, validated } from "./arguments";
import { arnParts, baseName } from "./names";

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

const TYPE = "ses-guard:index:ReputationAlarms";

/** Alarms on the account's bounce and complaint rates in one Region: one early, one where AWS reviews the account. */
export class ReputationAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms: bounces, bounces early, complaints, complaints early. */
  readonly alarmArns: pulumi.Output<string[]>;

  /**
   * @throws {pulumi.RunError} names path, value and what is allowed, before anything is registered. Values that other
   *   resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: ReputationAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, validated("ReputationAlarms", name, args, contradictions), opts);
    const checked = checkedOutputs("ReputationAlarms", name, args, contradictions);
    const { alarmTopicArn, warnAt = 0.5, region, tags } = checked;
    const base = baseName(name);

    const alarm = (suffix: string, metricName: string, threshold: pulumi.Input<number>, meaning: string) =>
      new MetricAlarm(
        `${base}-${suffix}`,
        {
          alarmDescription: meaning,
          namespace: "AWS/SES",
          metricName,
          statistic: "Average",
          period: 3600,
          evaluationPeriods: 1,
          threshold,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          // The rate has no value while nobody sends, and stays what it was. Source: SES, "Creating reputation alarms".
          treatMissingData: "ignore",
          alarmActions: [alarmTopicArn],
          region,
          tags,
        },
        { parent: this },
      );
    const pair = (kind: string, metricName: string, rate: pulumi.Input<number>) => [
      alarm(`${kind}-rate`, metricName, rate, `The ${kind} rate of Amazon SES is where AWS reviews the account.`),
      alarm(
        `${kind}-rate-warning`,
        metricName,
        typeof rate === "number" && typeof warnAt === "number"
          ? rate * warnAt
          : pulumi.all([rate, warnAt]).apply(([limit, fraction]) => limit * fraction),
        `The ${kind} rate of Amazon SES approaches the rate at which AWS reviews the account.`,
      ),
    ];
    const alarms = [
      ...pair("bounce", "Reputation.BounceRate", checked.bounceRate ?? 0.05),
      ...pair("complaint", "Reputation.ComplaintRate", checked.complaintRate ?? 0.001),
    ];
    this.alarmArns = pulumi.all(alarms.map(({ arn }) => arn));
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

/** CloudWatch alarms notify topics of their own Region. */
function contradictions({ alarmTopicArn, region }: ReputationAlarmsArgs): Problem[] {
  if (typeof alarmTopicArn !== "string" || typeof region !== "string") return [];
  if (arnParts(alarmTopicArn).region === region) return [];
  return [
    {
      path: "alarmTopicArn",
      given: `${show(alarmTopicArn)} for alarms in ${region}`,
      allowed: "a topic in the alarms' Region",
    },
  ];
}
