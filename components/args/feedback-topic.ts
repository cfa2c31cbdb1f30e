import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `FeedbackTopic`. At least one subscriber. */
export interface FeedbackTopicArgs {
  /** Mailboxes that subscribe, by a name of yours. Each has to confirm. Default: none. Example: `{ postmaster: "postmaster@corp.example" }`. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe, by a name of yours. Each has to confirm. Default: none. Example: `{ crm: "https://crm.example/ses" }`. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe, by a name of yours. Their policies must let the topic send. Default: none. Example: `{ handler: handler.queueArn }`. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe, by a name of yours. One permission to call is made for each. Default: none. Example: `{ feedback: "arn:aws:lambda:us-east-1:123456789012:function:feedback" }`. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the topic's Region, for what SNS can't deliver to queues and webhooks; its policy must let the topic send. Default: a queue that is made where there are webhooks. Example: `"arn:aws:sqs:us-east-1:123456789012:undelivered"`. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic. Default false. Example: `true`. */
  acrossRegions?: boolean;
  /** Names of the identities that may publish. Add a new one in an update before the one that takes the old one off. Default: all of the account. Example: `["example.com"]`. */
  identities?: pulumi.Input<string>[];
  /** Names of the configuration sets that may publish. Default: all of the account, or none where `identities` is given. Example: `["transactional"]`. */
  configurationSetNames?: pulumi.Input<string>[];
  /** Key that encrypts the topic: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. Default: the topic is not encrypted. Example: `"alias/feedback"`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Region of every resource made here. Default: the provider's. Example: `"eu-west-1"`. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. Default: none. Example: `{ team: "mail" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
