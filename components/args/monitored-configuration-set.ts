import type * as pulumi from "@pulumi/pulumi";

/** Where events of a configuration set go: an existing topic, or subscribers of a new one, or the default bus. Exactly one of the three. */
export interface EventDestination {
  /** ARN of an existing standard topic in the set's Region. Its policy and subscribers are its owner's business. Default: a topic is made for the subscribers below. Example: `"arn:aws:sns:us-east-1:123456789012:feedback"`. */
  topicArn?: pulumi.Input<string>;
  /** Mailboxes that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ postmaster: "postmaster@corp.example" }`. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe to a new topic, by a name of yours. Each has to confirm. Default: none. Example: `{ crm: "https://crm.example/ses" }`. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe to a new topic, by a name of yours. Their policies must let the topic send. Default: none. Example: `{ archive: "arn:aws:sqs:us-east-1:123456789012:feedback" }`. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe to a new topic, by a name of yours. The permission to call them is made too. Default: none. Example: `{ feedback: "arn:aws:lambda:us-east-1:123456789012:function:feedback" }`. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARNs of what a rule on the default event bus calls, by a name of yours: queues, functions, log groups, streams. Policies of queues must let the rule send; functions get the permission. Default: none. Example: `{ handler: handler.queueArn }`. */
  busTargets?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the set's Region, for what can't be delivered to queues, webhooks and bus targets; its policy must let the topic or rule send. Default: a queue that is made where there are webhooks. Example: `"arn:aws:sqs:us-east-1:123456789012:undelivered"`. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic. Default false. Example: `true`. */
  acrossRegions?: boolean;
}

/** Arguments of `MonitoredConfigurationSet`. */
export interface MonitoredConfigurationSetArgs {
  /** Who receives bounces. Example: `{ queues: { handler: handler.queueArn } }`. */
  bounces: EventDestination;
  /** Who receives complaints. Example: `{ queues: { handler: handler.queueArn } }`. */
  complaints: EventDestination;
  /** Who receives deliveries. Default: nobody. Example: `{ topicArn: "arn:aws:sns:us-east-1:123456789012:feedback" }`. */
  deliveries?: EventDestination;
  /** Whether `bounces` also carries rejects, rendering failures and delivery delays. Default true. Example: `false`. */
  failures?: boolean;
  /** Name of the set, as senders give it: up to 64 letters, digits, hyphens and underscores. Default: made from the component's name. Example: `"transactional"`. */
  configurationSetName?: pulumi.Input<string>;
  /** What puts recipients on the account's suppression list: BOUNCE, COMPLAINT. Default both. Example: `["BOUNCE"]`. */
  suppressedReasons?: string[];
  /** Key that encrypts the topics made here: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. Default: the topics are not encrypted. Example: `"alias/feedback"`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Region of every resource made here. Default: the provider's. Example: `"eu-west-1"`. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. Default: none. Example: `{ team: "mail" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
