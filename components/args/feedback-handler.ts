import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `FeedbackHandler`. `alarmTopicArn` or `unwatched` is required. */
export interface FeedbackHandlerArgs {
  /** Standard topic, in the same Region, that hears when dead letters pile up or the queue ages. Required unless `unwatched` is true. Example: `"arn:aws:sns:us-east-1:123456789012:on-call"`. */
  alarmTopicArn?: pulumi.Input<string>;
  /** Nobody hears of dead letters: the alarms exist and call nobody. Only in place of `alarmTopicArn`. Default false. Example: `true`. */
  unwatched?: boolean;
  /** ARNs of the topics that may send. List them where other people own topics in the account: whoever may publish to an admitted topic can fill the suppression list. Then only they may send, and no rule of an event bus. Default: every topic of the account in `region` and `topicRegions`, and rules on its default event bus. Example: `["arn:aws:sns:us-east-1:123456789012:feedback"]`. */
  topicArns?: pulumi.Input<string>[];
  /** Other Regions whose topics may send; their feedback goes to their own suppression lists. Default: none. Example: `["eu-west-1"]`. */
  topicRegions?: string[];
  /** Put permanently bounced and complaining recipients on the suppression list: the tenant's where the mail has one, else the account's. Default true. Example: `false`. */
  suppress?: boolean;
  /** Make a table of the recipients that must not be mailed, with reason and time, and of what was handled. Default true, unless `tableArn` is given. Example: `false`. */
  table?: boolean;
  /** After how many days the record of a notification expires, a whole number from 1 to 36500; recipients that must not be mailed stay. Default: never. Example: `90`. */
  tableTtlDays?: pulumi.Input<number>;
  /** EventBridge bus, in the same account and Region, that also receives every event, normalised: ARN or name. Default: none. Example: `"arn:aws:events:us-east-1:123456789012:event-bus/mail"`. */
  eventBusArn?: pulumi.Input<string>;
  /** DynamoDB table of yours, in the same account and Region, in place of the one that is made: ARN or name. Its partition key is the string `id`; it has no sort key. Default: a table is made. Example: `"arn:aws:dynamodb:us-east-1:123456789012:table/unmailable"`. */
  tableArn?: pulumi.Input<string>;
  /** How long the queue keeps messages, in seconds, a whole number from 60 to 1209600: longer than all attempts take, half an hour each at most. The dead-letter queue keeps them for 14 days. Default 1209600: 14 days, the longest. Example: `604800`. */
  messageRetentionSeconds?: pulumi.Input<number>;
  /** How often a message is tried before it is a dead letter, a whole number from 1 to 1000. Default 5. Example: `10`. */
  maxReceiveCount?: pulumi.Input<number>;
  /** Messages per call of the function, a whole number from 1 to 100: what it can work off in its time. Default 10. Example: `25`. */
  batchSize?: pulumi.Input<number>;
  /** How many calls of the function run at once, a whole number from 2 to 1000: SES admits few changes of the suppression list a second. Default 2. Example: `5`. */
  maximumConcurrency?: pulumi.Input<number>;
  /** Key for both queues: id, ARN or alias of a key of your own. Its policy must let sns.amazonaws.com use it. Default: the key of Amazon SQS. Example: `"alias/feedback"`. */
  kmsKeyId?: pulumi.Input<string>;
  /** How long the function's log is kept, in days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. Default 30. Example: `90`. */
  logRetentionDays?: pulumi.Input<number>;
  /** Region of every resource made here. Default: the provider's. Example: `"eu-west-1"`. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. Default: none. Example: `{ team: "mail" }`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
