import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `FeedbackHandler`. `alarmTopicArn` or `unwatched` is required. */
export interface FeedbackHandlerArgs {
  /** Standard topic, in the same Region, that hears when dead letters pile up or the queue ages. */
  alarmTopicArn?: pulumi.Input<string>;
  /** Nobody hears of dead letters: the alarms exist and call nobody. Only in place of `alarmTopicArn`. Default false. */
  unwatched?: boolean;
  /** ARNs of the topics that may send. List them where other people own topics in the account: whoever may publish to an admitted topic can fill the suppression list. Then only they may send, and no rule of an event bus. Default: every topic of the account in `region` and `topicRegions`, and rules on its default event bus. */
  topicArns?: pulumi.Input<string>[];
  /** Other Regions whose topics may send, such as ["eu-west-1"]; their feedback goes to their own suppression lists. Default: none. */
  topicRegions?: string[];
  /** Put permanently bounced and complaining recipients on the suppression list: the tenant's where the mail has one, else the account's. Default true. */
  suppress?: boolean;
  /** Make a table of the recipients that must not be mailed, with reason and time, and of what was handled. Default true, unless `tableArn` is given. */
  table?: boolean;
  /** After how many days the record of a notification expires, at least 1; recipients that must not be mailed stay. Default: never. */
  tableTtlDays?: pulumi.Input<number>;
  /** EventBridge bus, in the same account and Region, that also receives every event, normalised: ARN or name. */
  eventBusArn?: pulumi.Input<string>;
  /** DynamoDB table of yours, in the same account and Region, in place of the one that is made: ARN or name. Its partition key is the string `id`; it has no sort key. */
  tableArn?: pulumi.Input<string>;
  /** How long the queue keeps messages, in seconds, 60 to 1209600: longer than all attempts take, half an hour each at most. The dead-letter queue keeps them for 14 days. Default 1209600: 14 days, the longest. */
  messageRetentionSeconds?: pulumi.Input<number>;
  /** How often a message is tried before it is a dead letter, 1 to 1000. Default 5. */
  maxReceiveCount?: pulumi.Input<number>;
  /** Messages per call of the function, 1 to 100: what it can work off in its time. Default 10. */
  batchSize?: pulumi.Input<number>;
  /** How many calls of the function run at once, 2 to 1000: SES admits few changes of the suppression list a second. Default 2. */
  maximumConcurrency?: pulumi.Input<number>;
  /** Key for both queues: id, ARN or alias of a key of your own. Its policy must let sns.amazonaws.com use it. Default: the key of Amazon SQS. */
  kmsKeyId?: pulumi.Input<string>;
  /** How long the function's log is kept, in days. Default 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Region of every resource made here, such as "eu-west-1". Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
