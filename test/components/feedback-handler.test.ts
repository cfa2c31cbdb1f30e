import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, type FeedbackHandlerArgs } from "../../components";
import { handlerSource } from "../../components/generated/handler";
import { inputsOf, type RunOptions, run } from "./program";

async function create(args?: FeedbackHandlerArgs, options?: RunOptions) {
  let component: FeedbackHandler | undefined;
  const result = await run(() => {
    component = new FeedbackHandler("feedback", args);
  }, options);
  if (result.error) throw result.error;
  return { ...result, component: component as FeedbackHandler, inputs: inputsOf(result.resources) };
}

type Statement = { Action: unknown; Resource: string; Condition?: object };
function statements(inputs: Record<string, Record<string, unknown>>, key: string): Statement[] {
  return JSON.parse(inputs[key]?.policy as string).Statement;
}

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:feedback";
const DEAD_LETTERS_ARN = "arn:aws:sqs:us-east-1:123456789012:feedback-dead-letters";
const OWN_STATEMENTS = [
  {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: QUEUE_ARN,
  },
  { Effect: "Allow", Action: "sqs:SendMessage", Resource: DEAD_LETTERS_ARN },
  {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: "arn:aws:logs:us-east-1:123456789012:log-group:feedback:*",
  },
];
const SUPPRESS = {
  Effect: "Allow",
  Action: "ses:PutSuppressedDestination",
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
};

test("registers exactly these children, with defaults that need no thought", async () => {
  const { inputs, calls, resources } = await create();
  const { code, ...lambda } = inputs["Function feedback"] as { code: { assets: Record<string, { text: string }> } };
  expect(code.assets["index.js"]?.text).toBe(handlerSource);
  expect(lambda).toEqual({
    description: "Handles what Amazon SES reports about sent mail.",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    handler: "index.handler",
    role: "arn:aws:iam::123456789012:role/feedback",
    timeout: 30,
    memorySize: 256,
    environment: { variables: { SUPPRESS: "true" } },
    deadLetterConfig: { targetArn: DEAD_LETTERS_ARN },
    loggingConfig: { logFormat: "Text", logGroup: "feedback" },
  });
  expect(statements(inputs, "QueuePolicy feedback")).toEqual([
    {
      Sid: "AllowTopicsToSendFeedback",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: QUEUE_ARN,
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:*" } },
    },
  ]);
  expect(statements(inputs, "RolePolicy feedback")).toEqual([...OWN_STATEMENTS, SUPPRESS]);
  const { redrivePolicy, ...queue } = inputs["Queue feedback"] as { redrivePolicy: string };
  expect(JSON.parse(redrivePolicy)).toEqual({ deadLetterTargetArn: DEAD_LETTERS_ARN, maxReceiveCount: 5 });
  expect(queue).toEqual({
    messageRetentionSeconds: 1209600,
    sqsManagedSseEnabled: true,
    visibilityTimeoutSeconds: 180,
  });
  expect(inputs["Queue feedback-dead-letters"]).toEqual({
    messageRetentionSeconds: 1209600,
    sqsManagedSseEnabled: true,
  });
  expect(inputs["QueuePolicy feedback"]?.queueUrl).toBe("https://sqs.us-east-1.amazonaws.com/123456789012/feedback");
  expect(inputs["MetricAlarm feedback-dead-letters"]).toEqual({
    alarmDescription: "Feedback about mail that nobody could read waits in the dead-letter queue.",
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "feedback-dead-letters" },
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  });
  expect(inputs["LogGroup feedback"]).toEqual({ retentionInDays: 30 });
  expect(JSON.parse(inputs["Role feedback"]?.assumeRolePolicy as string).Statement).toEqual([
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ]);
  expect(inputs["EventSourceMapping feedback"]).toEqual({
    eventSourceArn: QUEUE_ARN,
    functionName: "arn:aws:lambda:us-east-1:123456789012:function:feedback",
    batchSize: 10,
    maximumBatchingWindowInSeconds: 0,
    functionResponseTypes: ["ReportBatchItemFailures"],
  });
  expect(Object.keys(inputs)).toHaveLength(9);
  expect(calls).toEqual([]);
  expect(resources[0]?.registered).toEqual({
    queueArn: QUEUE_ARN,
    queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/feedback",
    deadLetterQueueArn: DEAD_LETTERS_ARN,
    functionArn: "arn:aws:lambda:us-east-1:123456789012:function:feedback",
  });
});

test("suppress: false takes the permission away as well", async () => {
  const { inputs } = await create({ suppress: false });
  expect(inputs["Function feedback"]?.environment).toEqual({ variables: { SUPPRESS: "false" } });
  expect(statements(inputs, "RolePolicy feedback")).toEqual(OWN_STATEMENTS);
});

test("eventBusName and tableName reach the function, and the role names exactly them", async () => {
  const { inputs } = await create({ eventBusName: "mail", tableName: pulumi.output("feedback") });
  expect(inputs["Function feedback"]?.environment).toEqual({
    variables: { SUPPRESS: "true", EVENT_BUS_NAME: "mail", TABLE_NAME: "feedback" },
  });
  expect(statements(inputs, "RolePolicy feedback")).toEqual([
    ...OWN_STATEMENTS,
    SUPPRESS,
    { Effect: "Allow", Action: "events:PutEvents", Resource: "arn:aws:events:us-east-1:123456789012:event-bus/mail" },
    {
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: "arn:aws:dynamodb:us-east-1:123456789012:table/feedback",
    },
  ]);
});

test("messageRetentionSeconds, maxReceiveCount, batchSize, logRetentionDays", async () => {
  const { inputs } = await create({
    messageRetentionSeconds: 3600,
    maxReceiveCount: 2,
    batchSize: 100,
    logRetentionDays: 7,
  });
  expect(inputs["Queue feedback"]).toMatchObject({ messageRetentionSeconds: 3600 });
  expect(inputs["Queue feedback-dead-letters"]).toMatchObject({ messageRetentionSeconds: 3600 });
  expect(JSON.parse(inputs["Queue feedback"]?.redrivePolicy as string)).toMatchObject({ maxReceiveCount: 2 });
  expect(inputs["EventSourceMapping feedback"]).toMatchObject({ batchSize: 100, maximumBatchingWindowInSeconds: 1 });
  expect(inputs["LogGroup feedback"]).toEqual({ retentionInDays: 7 });
});

test("alarmTopicArn hears of dead letters", async () => {
  const alarmTopicArn = "arn:aws:sns:us-east-1:123456789012:alarms";
  const { inputs } = await create({ alarmTopicArn });
  expect(inputs["MetricAlarm feedback-dead-letters"]).toMatchObject({ alarmActions: [alarmTopicArn] });
});

test.each([
  ["arn:aws:kms:us-east-1:123456789012:key/1", { Resource: "arn:aws:kms:us-east-1:123456789012:key/1" }],
  ["1234", { Resource: "arn:aws:kms:us-east-1:123456789012:key/1234" }],
  [
    "alias/mail",
    {
      Resource: "arn:aws:kms:us-east-1:123456789012:key/*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/mail" } },
    },
  ],
  [
    "arn:aws:kms:us-east-1:123456789012:alias/mail",
    {
      Resource: "arn:aws:kms:us-east-1:123456789012:key/*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/mail" } },
    },
  ],
])("kmsKeyId %s encrypts both queues", async (kmsKeyId, limits) => {
  const { inputs } = await create({ kmsKeyId });
  for (const queue of ["Queue feedback", "Queue feedback-dead-letters"]) {
    expect(inputs[queue]).toMatchObject({ kmsMasterKeyId: kmsKeyId });
    expect(inputs[queue]).not.toHaveProperty("sqsManagedSseEnabled");
  }
  expect(statements(inputs, "RolePolicy feedback").at(-1)).toEqual({
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    ...limits,
  });
});

test("region and tags reach everything that has them", async () => {
  const tags = { team: "mail" };
  const { inputs } = await create({ region: "eu-west-1", tags });
  const without = (property: string) =>
    Object.entries(inputs)
      .filter(([, input]) => !(property in input))
      .map(([key]) => key)
      .sort();
  // IAM is global.
  expect(without("region")).toEqual(["Role feedback", "RolePolicy feedback"]);
  expect(without("tags")).toEqual(["QueuePolicy feedback", "RolePolicy feedback"]);
  expect(statements(inputs, "QueuePolicy feedback")[0]?.Condition).toEqual({
    ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:*" },
  });
});

test.each<[string, object, RegExp]>([
  ["suppress", { suppress: "yes" }, /suppress: "yes"; allowed: true or false/],
  [
    "messageRetentionSeconds",
    { messageRetentionSeconds: 1e9 },
    /messageRetentionSeconds: 1000000000; .*at most 1209600/,
  ],
  ["maxReceiveCount", { maxReceiveCount: 0 }, /maxReceiveCount: 0; allowed: a whole number, at least 1/],
  ["batchSize", { batchSize: 2.5 }, /batchSize: 2\.5; allowed: a whole number/],
  ["logRetentionDays", { logRetentionDays: 31 }, /logRetentionDays: 31; allowed: one of 1, 3, 5/],
  ["alarmTopicArn", { alarmTopicArn: "alarms" }, /alarmTopicArn: "alarms"; allowed: the ARN of a standard/],
  ["tableName", { tableName: "" }, /tableName: ""; allowed: a name/],
  ["an argument that does not exist", { table: "feedback" }, /table: "feedback" for an argument/],
  ["a table that is no text", { tableName: ["a"] }, /tableName: a list; allowed: a name/],
])("bad %s: nothing is registered", async (_, args, message) => {
  const { resources, error } = await run(() => new FeedbackHandler("feedback", args as FeedbackHandlerArgs));
  expect(error?.message).toMatch(message);
  expect(resources).toEqual([]);
});
