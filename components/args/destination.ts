import type * as pulumi from "@pulumi/pulumi";

/**
 * Where bounces or complaints go: an existing topic, or subscribers of a new one, or the default configuration set;
 * forwarding beside any of them or alone. At least one.
 */
export interface FeedbackDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. Default: a topic is made for the subscribers below. Example: `"arn:aws:sns:us-east-1:123456789012:feedback"`. */
  topicArn?: pulumi.Input<string>;
  /** Mailboxes that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ postmaster: "postmaster@corp.example" }`. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ crm: "https://crm.example/ses" }`. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe to a new topic, by a name of yours. Their policies must let the topic send. Default: none. Example: `{ handler: handler.queueArn }`. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe to a new topic, by a name of yours. The permission to call them is made too. Default: none. Example: `{ feedback: "arn:aws:lambda:us-east-1:123456789012:function:feedback" }`. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the identity's Region, for what SNS can't deliver to queues and webhooks; its policy must let the topic send. Default: a queue that is made where there are webhooks. Example: `"arn:aws:sqs:us-east-1:123456789012:undelivered"`. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic. Default false. Example: `true`. */
  acrossRegions?: boolean;
  /** The event destinations of `configurationSetName` carry it: no topic is made. Default false. Example: `true`. */
  byConfigurationSet?: boolean;
  /** SES mails bounces and complaints, always both, to the Return-Path, else to the sender. Default false. Example: `true`. */
  forwardByEmail?: boolean;
}

/** Where deliveries go: as for bounces. SES never forwards deliveries by email. */
export interface DeliveryDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. Default: a topic is made for the subscribers below. Example: `"arn:aws:sns:us-east-1:123456789012:feedback"`. */
  topicArn?: pulumi.Input<string>;
  /** Mailboxes that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ postmaster: "postmaster@corp.example" }`. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ crm: "https://crm.example/ses" }`. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe to a new topic, by a name of yours. Their policies must let the topic send. Default: none. Example: `{ handler: handler.queueArn }`. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe to a new topic, by a name of yours. The permission to call them is made too. Default: none. Example: `{ feedback: "arn:aws:lambda:us-east-1:123456789012:function:feedback" }`. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the identity's Region, for what SNS can't deliver to queues and webhooks; its policy must let the topic send. Default: a queue that is made where there are webhooks. Example: `"arn:aws:sqs:us-east-1:123456789012:undelivered"`. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic. Default false. Example: `true`. */
  acrossRegions?: boolean;
  /** The event destinations of `configurationSetName` carry it: no topic is made. Default false. Example: `true`. */
  byConfigurationSet?: boolean;
}
