import type * as pulumi from "@pulumi/pulumi";

/** Where bounces or complaints go: an existing topic, or subscribers of a new one; forwarding beside either or alone. */
export interface FeedbackDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. */
  topicArn?: pulumi.Input<string>;
  /** Email addresses that subscribe to a new topic. Each has to confirm. */
  emails?: pulumi.Input<string>[];
  /** http or https URLs that subscribe to a new topic. Each has to confirm. */
  webhookUrls?: pulumi.Input<string>[];
  /** ARNs of queues that subscribe to a new topic. Their policies must let the topic send. */
  queueArns?: pulumi.Input<string>[];
  /** ARNs of functions that subscribe to a new topic. The permission to call them is made too. */
  functionArns?: pulumi.Input<string>[];
  /** SES mails bounces and complaints, always both, to the Return-Path, else to the sender. Default false. */
  forwardByEmail?: boolean;
}

/** Where deliveries go: an existing topic, or subscribers of a new one. SES never forwards deliveries by email. */
export interface DeliveryDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. */
  topicArn?: pulumi.Input<string>;
  /** Email addresses that subscribe to a new topic. Each has to confirm. */
  emails?: pulumi.Input<string>[];
  /** http or https URLs that subscribe to a new topic. Each has to confirm. */
  webhookUrls?: pulumi.Input<string>[];
  /** ARNs of queues that subscribe to a new topic. Their policies must let the topic send. */
  queueArns?: pulumi.Input<string>[];
  /** ARNs of functions that subscribe to a new topic. The permission to call them is made too. */
  functionArns?: pulumi.Input<string>[];
}
