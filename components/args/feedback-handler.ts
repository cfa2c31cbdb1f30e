import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `FeedbackHandler`. */
export interface FeedbackHandlerArgs {
  /** Put permanently bounced and complaining recipients on the account's suppression list. Default true. */
  suppress?: pulumi.Input<boolean>;
  /** EventBridge bus, in the same account and Region, that also receives every event, normalised. */
  eventBusName?: pulumi.Input<string>;
  /** DynamoDB table, in the same account and Region, that also receives every event. Its partition key is the string `feedbackId`. */
  tableName?: pulumi.Input<string>;
  /** How long queue and dead-letter queue keep messages, in seconds. Default 1209600: 14 days, the longest. */
  messageRetentionSeconds?: pulumi.Input<number>;
  /** How often a message is tried before it is a dead letter. Default 5. */
  maxReceiveCount?: pulumi.Input<number>;
  /** Messages per call of the function. Default 10. */
  batchSize?: pulumi.Input<number>;
  /** Key for both queues: id, ARN or alias. Its policy must let sns.amazonaws.com use it. Default: the key of Amazon SQS. */
  kmsKeyId?: pulumi.Input<string>;
  /** Topic that hears of dead letters. Default: the alarm has no action. */
  alarmTopicArn?: pulumi.Input<string>;
  /** How long the function's log is kept, in days. Default 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Region of every resource made here. Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
