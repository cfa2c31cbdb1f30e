import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import * as pulumi from "@pulumi/pulumi";
import type { ReputationAlarmsArgs } from "./args/reputation-alarms";
import { argumentError, checkedOutputs, validated } from "./checks/arguments";
import type { Problem } from "./checks/problem";
import { isElsewhere, knownRegion, otherRegion, placed, regionOf } from "./checks/region";
import { withFormerNames } from "./parts/former-names";
import { nameOf } from "./parts/names";
import { onceKnown } from "./parts/once-known";
import { UniqueEndpoints } from "./parts/unique-endpoints";

/**
 * Alarms on the bounce and complaint rates of the account in one Region, and of the configuration sets that are named:
 * one early, one where AWS reviews the account.
 */
export class ReputationAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms: bounces, bounces early, complaints, complaints early; of the account, then of each set. */
  readonly alarmArns: pulumi.Output<string[]>;

  /**
   * @throws {pulumi.RunError} names every wrong argument with path, value and what is allowed, before anything is
   *   registered. Values that other resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: ReputationAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: Partial<ReputationAlarmsArgs>) => {
      const region = knownRegion(given.region, opts);
      return [...duplicates(given), ...(region === undefined ? [] : regionProblems(given, region))];
    };
    super(TYPE, name, validated("ReputationAlarms", name, args, check), withFormerNames(name, opts));
    const valid = checkedOutputs("ReputationAlarms", name, args, check);
    const where = regionOf(this, valid.region);
    const { checked, gate } = placed("ReputationAlarms", name, valid, where, regionProblems);
    const unique = new UniqueEndpoints("configurationSetNames", (problem) =>
      argumentError("ReputationAlarms", name, [problem]),
    );
    const ofSets = (checked.configurationSetNames ?? []).map((given, index) => {
      const set = pulumi.output(given).apply(nameOf);
      return RATES.flatMap((rate) =>
        onceKnown(set, (known) => {
          if (known !== undefined && rate === RATES[0]) unique.add(String(index), known);
          return createAlarm(this, `${name}-${rate.suffix}:${known ?? index}`, rate, { args: checked, gate, set });
        }),
      );
    });
    const ofAccount = RATES.map((rate) => createAlarm(this, `${name}-${rate.suffix}`, rate, { args: checked, gate }));
    const alarms: pulumi.Input<MetricAlarm>[] = [...ofAccount, ...ofSets.flat()];
    this.alarmArns = pulumi.all(alarms.map((alarm) => pulumi.output(alarm).apply(({ arn }) => arn)));
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

const TYPE = "ses-guard:index:ReputationAlarms";

interface Rate {
  suffix: string;
  kind: "bounce" | "complaint";
  metricName: string;
  argument: "bounceRate" | "complaintRate";
  /** Where AWS reviews an account. Source: SES, "Reputation metrics" (F20). */
  byDefault: number;
  early: boolean;
}
const BOUNCES = {
  kind: "bounce",
  metricName: "Reputation.BounceRate",
  argument: "bounceRate",
  byDefault: 0.05,
} as const;
const COMPLAINTS = {
  kind: "complaint",
  metricName: "Reputation.ComplaintRate",
  argument: "complaintRate",
  byDefault: 0.001,
} as const;
const RATES: readonly Rate[] = [BOUNCES, COMPLAINTS].flatMap((rate) => [
  { ...rate, suffix: `${rate.kind}-rate`, early: false },
  { ...rate, suffix: `${rate.kind}-rate-warning`, early: true },
]);

interface AlarmSettings {
  args: ReputationAlarmsArgs;
  gate: Promise<void>;
  /** Default: the account. */
  set?: pulumi.Output<string>;
}

function createAlarm(
  parent: pulumi.Resource,
  name: string,
  rate: Rate,
  { args, gate, set }: AlarmSettings,
): MetricAlarm {
  const { alarmTopicArn, okActions = [alarmTopicArn], warnAt = 0.5, region, tags } = args;
  const limit = args[rate.argument] ?? rate.byDefault;
  const whose = set === undefined ? "of the account" : "of a configuration set";
  const meaning = rate.early
    ? `The ${rate.kind} rate ${whose} approaches the rate at which AWS reviews the account.`
    : `The ${rate.kind} rate ${whose} is where AWS reviews the account.`;
  return new MetricAlarm(
    name,
    {
      alarmDescription: gate.then(() => meaning),
      namespace: "AWS/SES",
      metricName: rate.metricName,
      dimensions: set === undefined ? undefined : { "ses:configuration-set": set },
      statistic: "Average",
      period: 3600,
      evaluationPeriods: 1,
      threshold: rate.early ? product(limit, warnAt) : limit,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // The rate has no value while nobody sends, and stays what it was. Source: SES, "Creating reputation alarms".
      treatMissingData: "ignore",
      alarmActions: [alarmTopicArn],
      okActions,
      region,
      tags,
    },
    { parent },
  );
}

function product(one: pulumi.Input<number>, other: pulumi.Input<number>): pulumi.Input<number> {
  if (typeof one === "number" && typeof other === "number") return one * other;
  return pulumi.all([one, other]).apply(([a, b]) => a * b);
}

function duplicates({ configurationSetNames = [] }: Partial<ReputationAlarmsArgs>): Problem[] {
  const names = configurationSetNames.map((name) => (typeof name === "string" ? nameOf(name) : undefined));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: `configurationSetNames[${index}]`, given: `${name} again`, allowed: "each configuration set once" }]
      : [],
  );
}

/** CloudWatch alarms notify topics of their own Region. */
function regionProblems(args: Partial<ReputationAlarmsArgs>, region: string): Problem[] {
  const topics: [string, unknown][] = [
    ["alarmTopicArn", args.alarmTopicArn],
    ...(args.okActions ?? []).map((arn, index): [string, unknown] => [`okActions[${index}]`, arn]),
  ];
  return topics.flatMap(([path, arn]) => (isElsewhere(arn, region) ? [otherRegion(path, arn, region, "a topic")] : []));
}
