import * as pulumi from "@pulumi/pulumi";
import { ReputationAlarms, type ReputationAlarmsArgs } from "../../components";
import { inputsOf, run } from "./program";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

async function create(args: Partial<ReputationAlarmsArgs> = {}, preview = false) {
  const { resources, error } = await run(() => new ReputationAlarms("mail", { alarmTopicArn: TOPIC, ...args }), {
    preview,
  });
  if (error) throw error;
  return { resources, inputs: inputsOf(resources) };
}

function thresholds(inputs: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, { threshold }]) => [key, threshold]));
}

const COMMON = {
  namespace: "AWS/SES",
  statistic: "Average",
  period: 3600,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  treatMissingData: "ignore",
  alarmActions: [TOPIC],
  okActions: [TOPIC],
  alarmDescription: expect.any(String),
};

test("one alarm where AWS reviews an account and one earlier, for both rates", async () => {
  const { inputs, resources } = await create();
  expect(inputs).toEqual({
    "MetricAlarm mail-bounce-rate": { ...COMMON, metricName: "Reputation.BounceRate", threshold: 0.05 },
    "MetricAlarm mail-bounce-rate-warning": { ...COMMON, metricName: "Reputation.BounceRate", threshold: 0.025 },
    "MetricAlarm mail-complaint-rate": { ...COMMON, metricName: "Reputation.ComplaintRate", threshold: 0.001 },
    "MetricAlarm mail-complaint-rate-warning": {
      ...COMMON,
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

test("configurationSetNames: the same alarms for each set, by name, output or ARN, named after the set", async () => {
  const arn = "arn:aws:ses:us-east-1:123456789012:configuration-set/bulk";
  const { inputs, resources } = await create({ configurationSetNames: [pulumi.output("transactional"), arn] });
  expect(Object.keys(inputs)).toHaveLength(12);
  for (const set of ["transactional", "bulk"]) {
    expect(inputs[`MetricAlarm mail-complaint-rate-warning:${set}`]).toEqual({
      ...COMMON,
      metricName: "Reputation.ComplaintRate",
      dimensions: { "ses:configuration-set": set },
      threshold: 0.0005,
    });
  }
  expect(resources[0]?.registered?.alarmArns).toHaveLength(12);
});

test("a set that leaves the list takes no other set's alarms with it", async () => {
  const names = async (sets: string[]) => Object.keys((await create({ configurationSetNames: sets })).inputs);
  expect(await names(["a", "b"])).toEqual(expect.arrayContaining(await names(["b"])));
});

test("okActions", async () => {
  const okActions = ["arn:aws:sns:us-east-1:123456789012:relief"];
  const { inputs } = await create({ okActions });
  for (const input of Object.values(inputs)) expect(input).toMatchObject({ alarmActions: [TOPIC], okActions });
});

test("region and tags", async () => {
  const alarmTopicArn = "arn:aws:sns:eu-west-1:123456789012:alarms";
  const { inputs } = await create({ alarmTopicArn, region: "eu-west-1", tags: { team: "mail" } });
  expect(Object.keys(inputs)).toHaveLength(4);
  for (const input of Object.values(inputs))
    expect(input).toMatchObject({ region: "eu-west-1", tags: { team: "mail" } });
});
