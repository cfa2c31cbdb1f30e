import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `FeedbackTopic`. At least one subscriber. */
export interface FeedbackTopicArgs {
  /** Mailboxes that subscribe, by a name of yours: `{ postmaster: "postmaster@corp.example" }`. Each has to confirm. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe, by a name of yours. Each has to confirm. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe, by a name of yours: `{ handler: handler.queueArn }`. Their policies must let the topic send. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe, by a name of yours. One permission to call is made for each. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the topic's Region, for what SNS can't deliver to queues and webhooks; its policy must let the topic send. Default: a queue that is made where there are webhooks. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic (F23). Default false. */
  acrossRegions?: boolean;
  /** Names of the identities that may publish. Add a new one in an update before the one that takes the old one off. Default: all of the account. */
  identities?: pulumi.Input<string>[];
  /** Names of the configuration sets that may publish. Default: all of the account, or none where `identities` is given. */
  configurationSetNames?: pulumi.Input<string>[];
  /** Key that encrypts the topic: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Region of every resource made here, such as "eu-west-1". Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
