import * as pulumi from "@pulumi/pulumi";
import { ReputationAlarms, type ReputationAlarmsArgs } from "../../components";
import { inputsOf, run } from "./program";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

async function create(args: Partial<ReputationAlarmsArgs> = {}) {
  const { resources, error } = await run(() => new ReputationAlarms("mail", { alarmTopicArn: TOPIC, ...args }));
  if (error) throw error;
  return { resources, inputs: inputsOf(resources) };
}

function thresholds(inputs: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, { threshold }]) => [key, threshold]));
}

test("one alarm where AWS reviews an account and one earlier, for both rates", async () => {
  const { inputs, resources } = await create();
  const common = {
    namespace: "AWS/SES",
    statistic: "Average",
    period: 3600,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "ignore",
    alarmActions: [TOPIC],
    alarmDescription: expect.any(String),
  };
  expect(inputs).toEqual({
    "MetricAlarm mail-bounce-rate": { ...common, metricName: "Reputation.BounceRate", threshold: 0.05 },
    "MetricAlarm mail-bounce-rate-warning": { ...common, metricName: "Reputation.BounceRate", threshold: 0.025 },
    "MetricAlarm mail-complaint-rate": { ...common, metricName: "Reputation.ComplaintRate", threshold: 0.001 },
    "MetricAlarm mail-complaint-rate-warning": {
      ...common,
      metricName: "Reputation.ComplaintRate",
      threshold: 0.0005,
    },
  });
  expect(resources[0]?.registered?.alarmArns).toHaveLength(4);
});

test("bounceRate, complaintRate and warnAt, known or not yet", async () => {
  const { inputs } = await create({ bounceRate: 0.04, complaintRate: pulumi.output(0.002), warnAt: 0.25 });
  expect(thresholds(inputs)).toEqual({
    "MetricAlarm mail-bounce-rate": 0.04,
    "MetricAlarm mail-bounce-rate-warning": 0.01,
    "MetricAlarm mail-complaint-rate": 0.002,
    "MetricAlarm mail-complaint-rate-warning": 0.0005,
  });
});

test("region and tags", async () => {
  const alarmTopicArn = "arn:aws:sns:eu-west-1:123456789012:alarms";
  const { inputs } = await create({ alarmTopicArn, region: "eu-west-1", tags: { team: "mail" } });
  for (const input of Object.values(inputs))
    expect(input).toMatchObject({ region: "eu-west-1", tags: { team: "mail" } });
});

test.each<[string, object, RegExp]>([
  ["no topic", { alarmTopicArn: undefined }, /alarmTopicArn: missing; allowed: the ARN/],
  ["a FIFO topic", { alarmTopicArn: `${TOPIC}.fifo` }, /alarmTopicArn: ".*fifo"/],
  ["a topic of another Region", { region: "eu-west-1" }, /alarmTopicArn: ".*us-east-1.*" for alarms in eu-west-1/],
  ["a rate in percent", { bounceRate: 5 }, /bounceRate: 5; allowed: a number, more than 0 and at most 1/],
  ["a rate of nothing", { complaintRate: 0 }, /complaintRate: 0; allowed: a number, more than 0/],
  ["a warning that is none", { warnAt: 1 }, /warnAt: 1; allowed: a number, more than 0 and less than 1/],
  ["a rate in words", { bounceRate: "5%" }, /bounceRate: "5%"; allowed: a number/],
])("%s: nothing is registered", async (_, args, message) => {
  const { resources, error } = await run(
    () => new ReputationAlarms("mail", { alarmTopicArn: TOPIC, ...args } as ReputationAlarmsArgs),
  );
  expect(error?.message).toMatch(message);
  expect(resources).toEqual([]);
});
