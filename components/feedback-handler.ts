import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { EventSourceMapping } from "@pulumi/aws/lambda/eventSourceMapping";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import * as pulumi from "@pulumi/pulumi";
import type { FeedbackHandlerArgs } from "./args/feedback-handler";
import { checkedOutputs, validated } from "./checks/arguments";
import { handlerSource } from "./generated/handler";
import { arnParts, baseName } from "./parts/names";

const TYPE = "ses-guard:index:FeedbackHandler";
const TIMEOUT_SECONDS = 30;
const RETENTION_SECONDS = 14 * 24 * 60 * 60;

/**
 * The process that has to exist before anybody sends (F6): a queue for notifications, a function that takes useless
 * and complaining addresses off the list, and a dead-letter queue with an alarm for what the function can't read.
 */
export class FeedbackHandler extends pulumi.ComponentResource {
  /** ARN of the queue: what `MonitoredIdentity` takes in `queueArns`. Topics of the same account and Region may send. */
  readonly queueArn: pulumi.Output<string>;
  /** URL of the queue. */
  readonly queueUrl: pulumi.Output<string>;
  /** ARN of the queue with what could not be read. */
  readonly deadLetterQueueArn: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;

  /**
   * @throws {pulumi.RunError} names path, value and what is allowed, before anything is registered. Values that other
   *   resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: FeedbackHandlerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, validated("FeedbackHandler", name, args), opts);
    const checked = checkedOutputs("FeedbackHandler", name, args);
    const { alarmTopicArn, kmsKeyId, region, tags } = checked;
    const base = baseName(name);

    const queueSettings = {
      messageRetentionSeconds: checked.messageRetentionSeconds ?? RETENTION_SECONDS,
      ...(kmsKeyId === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyId }),
      region,
      tags,
    };
    const deadLetters = new Queue(`${base}-dead-letters`, queueSettings, { parent: this });
    const queue = new Queue(
      base,
      {
        ...queueSettings,
        // Lambda asks for six times the function's timeout. Source: Lambda, "Using Lambda with Amazon SQS".
        visibilityTimeoutSeconds: 6 * TIMEOUT_SECONDS,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: checked.maxReceiveCount ?? 5,
        }),
      },
      { parent: this },
    );
    new QueuePolicy(base, { queueUrl: queue.url, policy: queue.arn.apply(queuePolicy), region }, { parent: this });
    new MetricAlarm(
      `${base}-dead-letters`,
      {
        alarmDescription: "Feedback about mail that nobody could read waits in the dead-letter queue.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: deadLetters.name },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
        alarmActions: alarmTopicArn === undefined ? undefined : [alarmTopicArn],
        region,
        tags,
      },
      { parent: this },
    );

    const logGroup = new LogGroup(
      base,
      { retentionInDays: checked.logRetentionDays ?? 30, region, tags },
      { parent: this },
    );
    const role = new Role(base, { assumeRolePolicy: JSON.stringify(LAMBDA_ASSUMES), tags }, { parent: this });
    const rolePolicy = new RolePolicy(
      base,
      {
        role: role.name,
        policy: pulumi
          .output({
            queueArn: queue.arn,
            deadLetterQueueArn: deadLetters.arn,
            logGroupArn: logGroup.arn,
            suppress: checked.suppress ?? true,
            eventBusName: checked.eventBusName,
            tableName: checked.tableName,
            kmsKeyId,
          })
          .apply((resources) => JSON.stringify(rolePolicyFor(resources))),
      },
      { parent: this },
    );
    const lambda = new LambdaFunction(
      base,
      {
        description: "Handles what Amazon SES reports about sent mail.",
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(handlerSource) }),
        role: role.arn,
        timeout: TIMEOUT_SECONDS,
        memorySize: 256,
        environment: { variables: environment(checked) },
        // For callers other than the queue: a topic that calls the function directly.
        deadLetterConfig: { targetArn: deadLetters.arn },
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        region,
        tags,
      },
      { parent: this, dependsOn: rolePolicy },
    );
    const batchSize = checked.batchSize ?? 10;
    new EventSourceMapping(
      base,
      {
        eventSourceArn: queue.arn,
        functionName: lambda.arn,
        batchSize,
        // Lambda wants a window for batches above ten. Source: Lambda, "Using Lambda with Amazon SQS".
        maximumBatchingWindowInSeconds: pulumi.output(batchSize).apply((size) => (size > 10 ? 1 : 0)),
        functionResponseTypes: ["ReportBatchItemFailures"],
        region,
        tags,
      },
      { parent: this },
    );

    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.deadLetterQueueArn = deadLetters.arn;
    this.functionArn = lambda.arn;
    this.registerOutputs({
      queueArn: this.queueArn,
      queueUrl: this.queueUrl,
      deadLetterQueueArn: this.deadLetterQueueArn,
      functionArn: this.functionArn,
    });
  }
}

const LAMBDA_ASSUMES = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function environment(args: FeedbackHandlerArgs): Record<string, pulumi.Input<string>> {
  return {
    SUPPRESS: pulumi.output(args.suppress ?? true).apply(String),
    ...(args.eventBusName === undefined ? {} : { EVENT_BUS_NAME: args.eventBusName }),
    ...(args.tableName === undefined ? {} : { TABLE_NAME: args.tableName }),
  };
}

/** Topics of the queue's account and Region may send, and nobody else. */
function queuePolicy(queueArn: string): string {
  const { partition, region, account } = arnParts(queueArn);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowTopicsToSendFeedback",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnLike: { "aws:SourceArn": `arn:${partition}:sns:${region}:${account}:*` } },
      },
    ],
  });
}

interface RoleResources {
  queueArn: string;
  deadLetterQueueArn: string;
  logGroupArn: string;
  suppress: boolean;
  eventBusName: string | undefined;
  tableName: string | undefined;
  kmsKeyId: string | undefined;
}

/** What the function does, on the resources it does it to. */
function rolePolicyFor(resources: RoleResources): object {
  const { partition, region, account } = arnParts(resources.queueArn);
  const own = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const Statement: object[] = [
    {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: resources.queueArn,
    },
    { Effect: "Allow", Action: "sqs:SendMessage", Resource: resources.deadLetterQueueArn },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${resources.logGroupArn}:*`,
    },
  ];
  if (resources.suppress) {
    Statement.push({
      Effect: "Allow",
      Action: "ses:PutSuppressedDestination",
      // The action knows no resources. Source: Service Authorization Reference, Amazon SES v2.
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    });
  }
  if (resources.eventBusName !== undefined) {
    Statement.push({
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: own("events", `event-bus/${resources.eventBusName}`),
    });
  }
  if (resources.tableName !== undefined) {
    Statement.push({
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: own("dynamodb", `table/${resources.tableName}`),
    });
  }
  if (resources.kmsKeyId !== undefined) Statement.push(keyStatement(resources.kmsKeyId, own));
  return { Version: "2012-10-17", Statement };
}

/** Reading and dead-lettering through an encrypted queue. A key may be given by ARN, id or alias. */
function keyStatement(kmsKeyId: string, own: (service: string, resource: string) => string): object {
  const common = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"] };
  const alias = /(?:^|:)(alias\/.+)$/.exec(kmsKeyId)?.[1];
  if (alias !== undefined) {
    const Condition = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } };
    return { ...common, Resource: own("kms", "key/*"), Condition };
  }
  return { ...common, Resource: kmsKeyId.startsWith("arn:") ? kmsKeyId : own("kms", `key/${kmsKeyId}`) };
}
