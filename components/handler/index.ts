/**
 * The code of `FeedbackHandler`'s function: reads what Amazon SES says about mail that was sent, takes addresses that
 * can't be reached or that complained off the list, and passes everything on, normalised.
 *
 * Bundled into one file, `index.js`, with entry `index.handler`; the Lambda runtime (Node.js 22) ships the AWS SDK.
 *
 * It may be called by an SQS queue with `ReportBatchItemFailures`, by SNS topics, and by EventBridge rules that pass
 * the whole event on. Its account and Region are those of `context.invokedFunctionArn`.
 *
 * | variable | meaning | permission of the function's role |
 * | --- | --- | --- |
 * | `SUPPRESS` | `true`: permanently bounced and complaining recipients go to the suppression list of the Region that the mail was sent in. Default: no | `ses:PutSuppressedDestination` on `*`, `aws:RequestedRegion` its own Region and those of `TOPIC_REGIONS` and `TOPIC_ARNS` |
 * | `TABLE_NAME` | DynamoDB table of the function's Region. Default: none | `dynamodb:GetItem`, `dynamodb:PutItem` on the table |
 * | `TABLE_KEY` | name of the table's partition key, a string; it has no sort key. Default `id` (0.1.0: `feedbackId`) | |
 * | `TABLE_TTL_DAYS` | feedback gets the attribute `expires`, in seconds since the epoch; the list of recipients never does. Default: no | |
 * | `EVENT_BUS_NAME` | name or ARN of a bus. Default: none | `events:PutEvents` on the bus |
 * | `TOPIC_ARNS` | admitted topics, separated by commas. Default: every topic of its own account in its own Region and in `TOPIC_REGIONS` | |
 * | `TOPIC_REGIONS` | further Regions, separated by commas. Default: none | |
 * | `QUEUE_URL` | the queue that calls it: messages that failed wait longer each time (1, 4, 16, 30 minutes). Default: the queue's visibility timeout | `sqs:ChangeMessageVisibility` on the queue |
 * | `DEAD_LETTER_QUEUE_URL` | where messages go at once that can never be handled. Default: they fail, and spend their receives | `sqs:SendMessage` on that queue, and `kms:GenerateDataKey`, `kms:Decrypt` on its key, if it has one of its own |
 * | `UNPROCESSABLE` | `drop`: such messages are logged and gone. Default `dead-letter` | |
 *
 * The policy of the queue has to admit the same topics: a message that a topic delivers raw does not name it. Timeout:
 * 60 seconds, or half a second for each message of a batch where that is more; visibility timeout of the queue: six
 * times that.
 */
import { awsServices, type Environment } from "./aws";
import { type BatchResponse, createHandler, type LambdaContext, type LambdaEvent, type Settings } from "./batch";
import type { Clock } from "./pace";

const clock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

function settingsFrom(env: Environment): Settings {
  const list = (text = "") => text.split(",").flatMap((entry) => entry.trim() || []);
  return {
    topicArns: list(env.TOPIC_ARNS),
    topicRegions: list(env.TOPIC_REGIONS),
    unprocessable: env.UNPROCESSABLE === "drop" ? "drop" : "dead-letter",
  };
}

let current: ReturnType<typeof createHandler> | undefined;

/** Entry point of the function. */
export function handler(event: LambdaEvent, context: LambdaContext): Promise<BatchResponse> {
  current ??= createHandler({
    services: awsServices(process.env, require, clock),
    settings: settingsFrom(process.env),
    clock,
    log: (line) => console.log(JSON.stringify(line)),
  });
  return current(event, context);
}
