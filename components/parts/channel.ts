import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import * as pulumi from "@pulumi/pulumi";
import type { ChannelSettings, DeadLetters } from "./channel-settings";
import { type Destination, hasSubscribers, SUBSCRIBER_KINDS } from "./destination";
import { KEPT_PREFIX, physicalPrefix } from "./names";
import { resourcesBehind } from "./once-known";
import { deadLetterStatement, policyDocument, sesTopicPolicyStatement } from "./policies";
import { subscribe } from "./subscription";

/** A topic that carries feedback, made here or given. */
export interface Channel {
  topicArn: pulumi.Output<string>;
  /** What must exist before SES publishes to it; none where the topic was given. */
  ready: pulumi.Input<pulumi.Resource>[];
  /** What made a topic that was given: it may only go when the identity is gone. */
  givenBy: Promise<pulumi.Resource[]>;
}

/** Settings of something that is gone with its owner. Clearing them after they were set again would lose them. */
export const GONE_WITH_OWNER = { retainOnDelete: true };

/**
 * The topic of a destination, with its policy and subscriptions in that order; undefined where the destination has
 * neither topic nor subscribers.
 *
 * @param base first part of every child's name, such as `mail-bounce`
 */
export function createChannel(
  parent: pulumi.ComponentResource,
  base: string,
  destination: Destination,
  settings: ChannelSettings,
): Channel | undefined {
  if (destination.topicArn !== undefined) {
    const topicArn = pulumi.output(destination.topicArn);
    return { topicArn, ready: [], givenBy: resourcesBehind(topicArn) };
  }
  if (!hasSubscribers(destination)) return undefined;
  const { region, sources = {} } = settings;
  const topic = createTopic(parent, base, settings);
  const policy = new TopicPolicy(
    base,
    {
      arn: topic.arn,
      policy: pulumi
        .all([topic.arn, sources])
        .apply(([topicArn, from]) => policyDocument([sesTopicPolicyStatement(topicArn, from)])),
      region,
    },
    { parent, ...GONE_WITH_OWNER },
  );
  const deadLetters = deadLetterQueue(parent, base, destination, topic, settings);
  const after = [policy, ...deadLetters.ready];
  const subscriptions = SUBSCRIBER_KINDS.flatMap((kind) =>
    subscribe({ parent, base, kind, endpoints: destination[kind] ?? {}, topic, after, settings, deadLetters }),
  );
  return { topicArn: topic.arn, ready: [...after, ...subscriptions], givenBy: Promise.resolve([]) };
}

function createTopic(parent: pulumi.Resource, base: string, { kmsKeyId, region, tags, gate }: ChannelSettings): Topic {
  const namePrefix = physicalPrefix(base, 230);
  return new Topic(
    base,
    {
      namePrefix: gate.then(() => namePrefix),
      kmsMasterKeyId: kmsKeyId,
      region,
      tags,
    },
    { parent, ...KEPT_PREFIX },
  );
}

/** The queue that was given, or one of its own where there are webhooks: what a webhook misses would be lost. */
function deadLetterQueue(
  parent: pulumi.Resource,
  base: string,
  destination: Destination,
  topic: Topic,
  { region, tags }: ChannelSettings,
): DeadLetters {
  const given = destination.deadLetterQueueArn;
  if (given !== undefined || Object.keys(destination.webhooks ?? {}).length === 0) {
    return { queueArn: given, ready: [] };
  }
  const name = `${base}-undelivered`;
  const queue = new Queue(
    name,
    {
      namePrefix: physicalPrefix(name, 54),
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
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
        .all([queue.arn, topic.arn])
        .apply(([queueArn, topicArn]) => policyDocument([deadLetterStatement(queueArn, topicArn)])),
      region,
    },
    { parent, ...GONE_WITH_OWNER },
  );
  return { queueArn: queue.arn, ready: [policy] };
}

/** 14 days. Source: Amazon SQS, quotas of messages. */
export const LONGEST_RETENTION_SECONDS = 1_209_600;
