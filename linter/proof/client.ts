import type * as Events from "@aws-sdk/client-eventbridge";
import type * as Ses from "@aws-sdk/client-ses";
import type * as Sns from "@aws-sdk/client-sns";
import type * as Sqs from "@aws-sdk/client-sqs";
import type { SdkCalls } from "../aws/sdk";

interface Call<Input, Output> {
  input: Input;
  output: Omit<Output, "$metadata">;
}

/** Every call that a proof makes beside those that read the identities, as `SERVICE:OPERATION`. */
export interface Operations {
  "sqs:CreateQueue": Call<Sqs.CreateQueueCommandInput, Sqs.CreateQueueCommandOutput>;
  "sqs:GetQueueUrl": Call<Sqs.GetQueueUrlCommandInput, Sqs.GetQueueUrlCommandOutput>;
  "sqs:GetQueueAttributes": Call<Sqs.GetQueueAttributesCommandInput, Sqs.GetQueueAttributesCommandOutput>;
  "sqs:ReceiveMessage": Call<Sqs.ReceiveMessageCommandInput, Sqs.ReceiveMessageCommandOutput>;
  "sqs:DeleteMessageBatch": Call<Sqs.DeleteMessageBatchCommandInput, Sqs.DeleteMessageBatchCommandOutput>;
  "sqs:DeleteQueue": Call<Sqs.DeleteQueueCommandInput, Sqs.DeleteQueueCommandOutput>;
  "sqs:ListQueues": Call<Sqs.ListQueuesCommandInput, Sqs.ListQueuesCommandOutput>;
  "sqs:ListQueueTags": Call<Sqs.ListQueueTagsCommandInput, Sqs.ListQueueTagsCommandOutput>;
  "sns:Subscribe": Call<Sns.SubscribeCommandInput, Sns.SubscribeCommandOutput>;
  "sns:Unsubscribe": Call<Sns.UnsubscribeCommandInput, Sns.UnsubscribeCommandOutput>;
  "sns:ListSubscriptionsByTopic": Call<
    Sns.ListSubscriptionsByTopicCommandInput,
    Sns.ListSubscriptionsByTopicCommandOutput
  >;
  "events:PutRule": Call<Events.PutRuleCommandInput, Events.PutRuleCommandOutput>;
  "events:PutTargets": Call<Events.PutTargetsCommandInput, Events.PutTargetsCommandOutput>;
  "events:RemoveTargets": Call<Events.RemoveTargetsCommandInput, Events.RemoveTargetsCommandOutput>;
  "events:DeleteRule": Call<Events.DeleteRuleCommandInput, Events.DeleteRuleCommandOutput>;
  "events:ListRules": Call<Events.ListRulesCommandInput, Events.ListRulesCommandOutput>;
  "events:ListTagsForResource": Call<Events.ListTagsForResourceCommandInput, Events.ListTagsForResourceCommandOutput>;
  "ses:SendEmail": Call<Ses.SendEmailCommandInput, Ses.SendEmailCommandOutput>;
}

export type Operation = keyof Operations;
export type Input<K extends Operation> = Operations[K]["input"];
export type Output<K extends Operation> = Operations[K]["output"];

/** The AWS API as a proof uses it. Rejects with the error of the SDK, whose `name` is the code. */
export interface ProofApi {
  /** @param signal ends a call that waits */
  call<K extends Operation>(
    region: string,
    operation: K,
    input: Input<K>,
    signal?: AbortSignal | undefined,
  ): Promise<Output<K>>;
}

/** The calls that a proof makes, of all those of the SDK. */
export function proving(calls: SdkCalls): ProofApi {
  return {
    call: async <K extends Operation>(region: string, operation: K, input: Input<K>, signal?: AbortSignal) =>
      // The operation's name stands for the type of its answer.
      (await calls.call(region, operation, input, signal)) as Output<K>,
  };
}
