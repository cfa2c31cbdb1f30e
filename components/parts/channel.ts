import { Permission } from "@pulumi/aws/lambda/permission";
import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "./names";

/** A topic that carries one notification type, made here or given. */
export interface Channel {
  topicArn: pulumi.Output<string>;
  /** What must exist before SES publishes to it. */
  ready: pulumi.Resource[];
}

/** The arguments that say who subscribes. */
export const SUBSCRIBERS = ["emails", "webhookUrls", "queueArns", "functionArns"] as const;

/** What the two kinds of destination have in common. */
export interface Destination {
  topicArn?: pulumi.Input<string>;
  emails?: pulumi.Input<string>[];
  webhookUrls?: pulumi.Input<string>[];
  queueArns?: pulumi.Input<string>[];
  functionArns?: pulumi.Input<string>[];
}

export interface ChannelSettings {
  identity: pulumi.Input<string>;
  configurationSetName?: pulumi.Input<string>;
  kmsKeyId?: pulumi.Input<string>;
  region?: pulumi.Input<string>;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * The topic of a destination, with its policy and subscriptions in that order; undefined where the destination has
 * neither topic nor subscribers.
 *
 * @param base first part of every child's name, such as `mail-bounce`
 */
export function createChannel(
  parent: pulumi.Resource,
  base: string,
  destination: Destination,
  { identity, configurationSetName, kmsKeyId, region, tags }: ChannelSettings,
): Channel | undefined {
  if (destination.topicArn !== undefined) return { topicArn: pulumi.output(destination.topicArn), ready: [] };
  if (!SUBSCRIBERS.some((kind) => destination[kind]?.length)) return undefined;

  const topic = new Topic(base, { kmsMasterKeyId: kmsKeyId, region, tags }, { parent });
  const policy = new TopicPolicy(
    base,
    {
      arn: topic.arn,
      policy: pulumi
        .all([topic.arn, identity, configurationSetName])
        .apply(([topicArn, name, set]) => JSON.stringify(topicPolicy(topicArn, name, set))),
      region,
    },
    { parent },
  );
  const ready: pulumi.Resource[] = [policy];
  const subscribe = (
    suffix: string,
    protocol: pulumi.Input<string>,
    endpoint: pulumi.Input<string>,
    after: pulumi.Resource = policy,
  ) => {
    // Not raw: SES documents its notifications inside the SNS envelope, which also names the topic.
    const subscription = new TopicSubscription(
      `${base}-${suffix}`,
      { topic: topic.arn, protocol, endpoint, region },
      { parent, dependsOn: after },
    );
    ready.push(subscription);
  };
  destination.emails?.forEach((email, index) => {
    // Named by address: nobody has to confirm again because another address left the list.
    subscribe(`email-${typeof email === "string" ? email : index}`, "email", email);
  });
  destination.webhookUrls?.forEach((url, index) => {
    subscribe(`webhook-${index}`, typeof url === "string" ? scheme(url) : pulumi.output(url).apply(scheme), url);
  });
  destination.queueArns?.forEach((queueArn, index) => {
    subscribe(`queue-${index}`, "sqs", queueArn);
  });
  destination.functionArns?.forEach((functionArn, index) => {
    const permission = new Permission(
      `${base}-function-${index}`,
      {
        action: "lambda:InvokeFunction",
        function: functionArn,
        principal: "sns.amazonaws.com",
        sourceArn: topic.arn,
        region,
      },
      { parent, dependsOn: policy },
    );
    subscribe(`function-${index}`, "lambda", functionArn, permission);
  });
  return { topicArn: topic.arn, ready };
}

/**
 * SES may publish for one identity of one account, and for the identity's configuration set, whose event destinations
 * may share the topic (F12). A topic policy replaces the default one, so nobody else publishes.
 */
function topicPolicy(topicArn: string, identity: string, configurationSetName: string | undefined): object {
  const { partition, region, account } = arnParts(topicArn);
  const ses = `arn:${partition}:ses:${region}:${account}`;
  const sources = [`${ses}:identity/${identity}`];
  if (configurationSetName !== undefined) sources.push(`${ses}:configuration-set/${configurationSetName}`);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowSesToPublishFeedback",
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnEquals: { "aws:SourceArn": sources.length === 1 ? sources[0] : sources },
        },
      },
    ],
  };
}

const scheme = (url: string): string => url.slice(0, url.indexOf(":"));
