import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, type FeedbackHandlerArgs } from "../../components";
import { handlerSource } from "../../components/generated/handler";
import { byName, inputsOf, type RunOptions, run } from "./program";

async function create(args?: FeedbackHandlerArgs, options?: RunOptions) {
  let component: FeedbackHandler | undefined;
  const result = await run(() => {
    component = new FeedbackHandler("feedback", { unwatched: true, ...args });
  }, options);
  if (result.error) throw result.error;
  return { ...result, component: component as FeedbackHandler, inputs: inputsOf(result.resources) };
}

type Statement = { Action: unknown; Resource: string; Condition?: object };
function statements(inputs: Record<string, Record<string, unknown>>, key: string): Statement[] {
  return JSON.parse(inputs[key]?.policy as string).Statement;
}

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:feedback-queue";
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/feedback-queue";
const TABLE = "feedback";
const DEAD_LETTERS_ARN = "arn:aws:sqs:us-east-1:123456789012:feedback-dead-letters";
const OWN_STATEMENTS = [
  {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
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
const TABLE_STATEMENT = {
  Effect: "Allow",
  Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
  Resource: "arn:aws:dynamodb:us-east-1:123456789012:table/feedback",
};
const VARIABLES = {
  SUPPRESS: "true",
  QUEUE_URL,
  DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/123456789012/feedback-dead-letters",
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
    timeout: 60,
    memorySize: 256,
    environment: { variables: { ...VARIABLES, TABLE_NAME: TABLE } },
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
    {
      Sid: "AllowRulesToSendFeedback",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: QUEUE_ARN,
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:events:us-east-1:123456789012:rule/*" },
      },
    },
  ]);
  expect(statements(inputs, "RolePolicy feedback")).toEqual([...OWN_STATEMENTS, SUPPRESS, TABLE_STATEMENT]);
  const { redrivePolicy, ...queue } = inputs["Queue feedback-queue"] as { redrivePolicy: string };
  expect(JSON.parse(redrivePolicy)).toEqual({ deadLetterTargetArn: DEAD_LETTERS_ARN, maxReceiveCount: 5 });
  expect(queue).toEqual({
    namePrefix: "feedback-",
    messageRetentionSeconds: 1209600,
    sqsManagedSseEnabled: true,
    visibilityTimeoutSeconds: 360,
  });
  expect(inputs["Queue feedback-dead-letters"]).toEqual({
    namePrefix: "feedback-dead-letters-",
    messageRetentionSeconds: 1209600,
    sqsManagedSseEnabled: true,
  });
  expect(inputs["QueuePolicy feedback"]?.queueUrl).toBe(QUEUE_URL);
  const alarm = {
    alarmDescription: expect.any(String),
    namespace: "AWS/SQS",
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  };
  expect(inputs["MetricAlarm feedback-dead-letters"]).toEqual({
    ...alarm,
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "feedback-dead-letters" },
    threshold: 0,
  });
  expect(inputs["MetricAlarm feedback-queue-age"]).toEqual({
    ...alarm,
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: "feedback-queue" },
    threshold: 3600,
  });
  expect(inputs["Table feedback"]).toEqual({
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    ttl: { attributeName: "expires", enabled: true },
  });
  expect(inputs["LogGroup feedback"]).toEqual({ namePrefix: "feedback-", retentionInDays: 30 });
  expect(JSON.parse(inputs["Role feedback"]?.assumeRolePolicy as string).Statement).toEqual([
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ]);
  expect(inputs["EventSourceMapping feedback"]).toEqual({
    eventSourceArn: QUEUE_ARN,
    functionName: "arn:aws:lambda:us-east-1:123456789012:function:feedback",
    batchSize: 10,
    maximumBatchingWindowInSeconds: 0,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: 2 },
  });
  expect(Object.keys(inputs)).toHaveLength(11);
  expect(calls).toEqual([]);
  expect(resources[0]?.registered).toEqual({
    queueArn: QUEUE_ARN,
    queueUrl: QUEUE_URL,
    deadLetterQueueArn: DEAD_LETTERS_ARN,
    functionArn: "arn:aws:lambda:us-east-1:123456789012:function:feedback",
    tableArn: TABLE_STATEMENT.Resource,
  });
});

test("queueArn and queueUrl are ready when the queue's policy is", async () => {
  const { resources } = await run(() => {
    const { queueArn, queueUrl } = new FeedbackHandler("feedback", { unwatched: true });
    new aws.ssm.Parameter("arn", { type: "String", value: queueArn });
    new aws.ssm.Parameter("url", { type: "String", value: queueUrl });
  });
  const named = byName(resources);
  for (const user of ["Parameter arn", "Parameter url"]) {
    expect(named[user]?.dependencies).toContain(named["QueuePolicy feedback"]?.urn);
  }
  // A replacement sets the policy before the old one goes; cleared then, it would be lost.
  expect(named["QueuePolicy feedback"]?.options.retainOnDelete).toBe(true);
});

test("suppress: false takes the permission away as well", async () => {
  const { inputs } = await create({ suppress: false });
  expect(inputs["Function feedback"]?.environment).toEqual({
    variables: { ...VARIABLES, SUPPRESS: "false", TABLE_NAME: TABLE },
  });
  expect(statements(inputs, "RolePolicy feedback")).toEqual([...OWN_STATEMENTS, TABLE_STATEMENT]);
});

test("table: false makes none, and nothing may write to one", async () => {
  const { inputs } = await create({ table: false });
  expect(inputs["Function feedback"]?.environment).toEqual({ variables: VARIABLES });
  expect(statements(inputs, "RolePolicy feedback")).toEqual([...OWN_STATEMENTS, SUPPRESS]);
  expect(inputs).not.toHaveProperty("Table feedback");
});

test.each([
  ["mail", "feedback"],
  ["arn:aws:events:us-east-1:123456789012:event-bus/mail", "arn:aws:dynamodb:us-east-1:123456789012:table/feedback"],
])("eventBusArn %s and tableArn %s reach the function, and the role names exactly them", async (bus, table) => {
  const { inputs } = await create({ eventBusArn: bus, tableArn: pulumi.output(table), tableTtlDays: 90 });
  expect(inputs["Function feedback"]?.environment).toEqual({
    variables: { ...VARIABLES, EVENT_BUS_NAME: bus, TABLE_NAME: "feedback", TABLE_TTL_DAYS: "90" },
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
  expect(inputs).not.toHaveProperty("Table feedback");
});

test("topicArns admits them and nobody else, not even rules of the account", async () => {
  const topicArns = ["arn:aws:sns:us-east-1:123456789012:mail", "arn:aws:sns:eu-west-1:123456789012:mail"];
  const { inputs } = await create({ topicArns: [topicArns[0] as string, pulumi.output(topicArns[1] as string)] });
  const [statement, ...others] = statements(inputs, "QueuePolicy feedback");
  expect(others).toEqual([]);
  expect(statement?.Condition).toEqual({ ArnLike: { "aws:SourceArn": topicArns } });
  expect(inputs["Function feedback"]?.environment).toMatchObject({ variables: { TOPIC_ARNS: topicArns.join() } });
  expect(statements(inputs, "RolePolicy feedback")).toContainEqual({
    ...SUPPRESS,
    Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } },
  });
});

test("topicRegions admits topics of other Regions, which opt-in Regions send in their own name", async () => {
  const { inputs } = await create({ topicRegions: ["eu-west-1", "eu-south-1"] });
  const [statement] = statements(inputs, "QueuePolicy feedback");
  expect(statement).toMatchObject({
    Principal: { Service: ["sns.amazonaws.com", "sns.eu-south-1.amazonaws.com"] },
    Condition: {
      ArnLike: {
        "aws:SourceArn": ["us-east-1", "eu-south-1", "eu-west-1"].map((one) => `arn:aws:sns:${one}:123456789012:*`),
      },
    },
  });
  expect(inputs["Function feedback"]?.environment).toMatchObject({
    variables: { TOPIC_REGIONS: "eu-west-1,eu-south-1" },
  });
});

test("messageRetentionSeconds, maxReceiveCount, batchSize, maximumConcurrency, logRetentionDays", async () => {
  const { inputs } = await create({
    messageRetentionSeconds: 3600,
    maxReceiveCount: 2,
    batchSize: 100,
    maximumConcurrency: 5,
    logRetentionDays: 7,
  });
  expect(inputs["Queue feedback-queue"]).toMatchObject({
    messageRetentionSeconds: 3600,
    visibilityTimeoutSeconds: 360,
  });
  expect(inputs["Function feedback"]).toMatchObject({ timeout: 60 });
  expect(inputs["Queue feedback-dead-letters"]).toMatchObject({ messageRetentionSeconds: 1209600 });
  expect(JSON.parse(inputs["Queue feedback-queue"]?.redrivePolicy as string)).toMatchObject({ maxReceiveCount: 2 });
  expect(inputs["EventSourceMapping feedback"]).toMatchObject({
    batchSize: 100,
    maximumBatchingWindowInSeconds: 1,
    scalingConfig: { maximumConcurrency: 5 },
  });
  expect(inputs["LogGroup feedback"]).toMatchObject({ retentionInDays: 7 });
});

test("alarmTopicArn hears of dead letters and of a queue that ages, and when they are over", async () => {
  const alarmTopicArn = "arn:aws:sns:us-east-1:123456789012:alarms";
  const { inputs } = await create({ unwatched: undefined, alarmTopicArn });
  for (const alarm of ["dead-letters", "queue-age"]) {
    expect(inputs[`MetricAlarm feedback-${alarm}`]).toMatchObject({
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    });
  }
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
  for (const queue of ["Queue feedback-queue", "Queue feedback-dead-letters"]) {
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

test("what has no prefix gets a whole name where the component's is none for AWS, and is replaced in that order", async () => {
  const { error, resources } = await run(() => new FeedbackHandler("mail.example", { unwatched: true }));
  expect(error).toBeUndefined();
  const named = byName(resources);
  const own = expect.stringMatching(/^mail-example-[0-9a-f]{10}$/);
  expect(named["Function mail.example"]).toMatchObject({
    inputs: { name: own },
    options: { deleteBeforeReplace: true, ignoreChanges: ["name"] },
  });
  expect(named["Table mail.example"]).toMatchObject({ inputs: { name: own }, options: { ignoreChanges: ["name"] } });
});

test("two handlers whose names are parts of each other do not collide", async () => {
  const { error, resources } = await run(() => {
    for (const name of ["feedback", "feedback-dead-letters", "feedback-queue"]) {
      new FeedbackHandler(name, { unwatched: true });
    }
  });
  expect(error).toBeUndefined();
  const urns = resources.map(({ urn }) => urn);
  expect(new Set(urns).size).toBe(urns.length);
  expect(urns).toHaveLength(36);
});
