import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import * as pulumi from "@pulumi/pulumi";
import type { FeedbackHandlerArgs } from "../args/feedback-handler";
import { DEFAULT_RECEIVES, LONGEST_RETENTION_SECONDS } from "../checks/feedback-handler";
import { GONE_WITH_OWNER } from "./channel";
import { queuePolicy } from "./handler-policies";
import { KEPT_PREFIX, physicalPrefix } from "./names";

export interface HandlerQueues {
  queue: Queue;
  deadLetters: Queue;
  policy: QueuePolicy;
}

/** The queue for feedback, who may send to it, and the queue for what nobody could read. */
export function createQueues(
  parent: pulumi.Resource,
  name: string,
  args: FeedbackHandlerArgs,
  gate: Promise<void>,
  visibilityTimeoutSeconds: pulumi.Input<number>,
): HandlerQueues {
  const { kmsKeyId, region, tags, topicArns, topicRegions } = args;
  const encryption = kmsKeyId === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyId };
  const prefix = (suffix: string) => pulumi.output(gate.then(() => physicalPrefix(`${name}${suffix}`, 54)));
  const deadLetters = new Queue(
    `${name}-dead-letters`,
    {
      namePrefix: prefix("-dead-letters"),
      // Its time goes on from the first queue's. Source: Amazon SQS, "Using dead-letter queues".
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      ...encryption,
      region,
      tags,
    },
    { parent, ...KEPT_PREFIX },
  );
  const queue = new Queue(
    `${name}-queue`,
    {
      namePrefix: prefix(""),
      messageRetentionSeconds: args.messageRetentionSeconds ?? LONGEST_RETENTION_SECONDS,
      ...encryption,
      visibilityTimeoutSeconds,
      redrivePolicy: pulumi.jsonStringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: args.maxReceiveCount ?? DEFAULT_RECEIVES,
      }),
      region,
      tags,
    },
    { parent, ...KEPT_PREFIX },
  );
  const policy = new QueuePolicy(
    name,
    {
      queueUrl: queue.url,
      policy: pulumi
        .output({ arn: queue.arn, topicArns, topicRegions })
        .apply(({ arn, ...senders }) => queuePolicy(arn, senders)),
      region,
    },
    { parent, ...GONE_WITH_OWNER },
  );
  return { queue, deadLetters, policy };
}

/** One hour: the function has not kept up with what arrives, or does not run. */
const OLD_SECONDS = 3_600;

/** Alarms where feedback waits that nobody could read, and where it waits too long. */
export function createAlarms(
  parent: pulumi.Resource,
  name: string,
  { queue, deadLetters }: HandlerQueues,
  { alarmTopicArn, region, tags }: FeedbackHandlerArgs,
): void {
  const actions = alarmTopicArn === undefined ? undefined : [alarmTopicArn];
  const alarm = (suffix: string, alarmDescription: string, metricName: string, watched: Queue, threshold: number) =>
    new MetricAlarm(
      `${name}-${suffix}`,
      {
        alarmDescription,
        namespace: "AWS/SQS",
        metricName,
        dimensions: { QueueName: watched.name },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        threshold,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
        alarmActions: actions,
        okActions: actions,
        region,
        tags,
      },
      { parent },
    );
  alarm(
    "dead-letters",
    "Feedback about mail that could not be handled waits in the dead-letter queue. When its cause is mended, redrive it: sqs start-message-move-task.",
    "ApproximateNumberOfMessagesVisible",
    deadLetters,
    0,
  );
  alarm(
    "queue-age",
    "Feedback about mail has waited for more than an hour: the function is throttled, fails or does not run.",
    "ApproximateAgeOfOldestMessage",
    queue,
    OLD_SECONDS,
  );
}
