import type * as pulumi from "@pulumi/pulumi";

/** Where events of a configuration set go: an existing topic, or subscribers of a new one, or the default bus. Exactly one of the three. */
export interface EventDestination {
  /** ARN of an existing standard topic in the set's Region. Its policy and subscribers are its owner's business. */
  topicArn?: pulumi.Input<string>;
  /** Mailboxes that subscribe to a new topic, by a name of yours. Each has to confirm. */
  emails?: Record<string, pulumi.Input<string>>;
  /** https URLs that subscribe to a new topic, by a name of yours. Each has to confirm. */
  webhooks?: Record<string, pulumi.Input<string>>;
  /** ARNs of queues that subscribe to a new topic, by a name of yours. Their policies must let the topic send. */
  queues?: Record<string, pulumi.Input<string>>;
  /** ARNs of functions that subscribe to a new topic, by a name of yours. The permission to call them is made too. */
  functions?: Record<string, pulumi.Input<string>>;
  /** ARNs of what a rule on the default event bus calls, by a name of yours: queues, functions, log groups, streams. Policies of queues must let the rule send; functions get the permission. */
  busTargets?: Record<string, pulumi.Input<string>>;
  /** ARN of a queue, in the set's Region, for what can't be delivered to queues, webhooks and bus targets; its policy must let the topic or rule send. Default: a queue that is made where there are webhooks. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Queues may be in other Regions: says that their policies admit the topic (F23). Default false. */
  acrossRegions?: boolean;
}

/** Arguments of `MonitoredConfigurationSet`. */
export interface MonitoredConfigurationSetArgs {
  /** Who receives bounces. */
  bounces: EventDestination;
  /** Who receives complaints. */
  complaints: EventDestination;
  /** Who receives deliveries. Default: nobody. */
  deliveries?: EventDestination;
  /** Whether `bounces` also carries rejects, rendering failures and delivery delays. Default true. */
  failures?: boolean;
  /** Name of the set, as senders give it: up to 64 letters, digits, hyphens and underscores. Default: made from the component's name. */
  configurationSetName?: pulumi.Input<string>;
  /** What puts recipients on the account's suppression list: BOUNCE, COMPLAINT. Default both. */
  suppressedReasons?: string[];
  /** Key that encrypts the topics made here: id, ARN or alias of a key of your own. Its policy needs `kmsKeyPolicyStatement`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Region of every resource made here, such as "eu-west-1". Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
