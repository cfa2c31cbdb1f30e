import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import * as pulumi from "@pulumi/pulumi";
import type { ReputationAlarmsArgs } from "./args/reputation-alarms";
import { checkedOutputs, type Problem, show, validated } from "./checks/arguments";
import { arnParts, baseName } from "./parts/names";

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
