import type { Reader, ReaderTable } from "../inventory/facts";
import { required } from "../reading";
import { attachedPolicy, deadLetterTarget, declared } from "./policies";
import { isFifo } from "./sns";

/** Queues, their policies and dead letters. */
export const SQS: ReaderTable = {
  "aws:sqs/queue:Queue": queue({ name: "name", url: "url" }),
  "aws-native:sqs:Queue": queue({ name: "queueName", url: "queueUrl" }),
  "aws:sqs/queuePolicy:QueuePolicy": attachedPolicy("queue-policy", { owner: "queueUrl", policy: "policy" }),
  "aws-native:sqs:QueuePolicy": attachedPolicy("queue-policy", { owner: "queues", policy: "policyDocument" }),
  "aws-native:sqs:QueueInlinePolicy": attachedPolicy("queue-policy", { owner: "queue", policy: "policyDocument" }),
  "aws:sqs/redrivePolicy:RedrivePolicy": (at) => ({
    fact: "redrive",
    queue: required(at.text("queueUrl")),
    deadLetters: at.raw("redrivePolicy"),
    deadLetterTarget: deadLetterTarget(at.raw("redrivePolicy")),
  }),
};

function queue(at: { name: string; url: string }): Reader {
  return (reader) => {
    return {
      fact: "queue",
      name: reader.text(at.name).value,
      arn: reader.output("arn"),
      url: reader.output(at.url),
      fifo: isFifo(reader.flag("fifoQueue").value, reader.text(at.name).value, reader.output("arn")),
      policy: reader.raw("policy"),
      key: reader.text("kmsMasterKeyId"),
      deadLetters: declared(reader.raw("redrivePolicy")),
      deadLetterTarget: deadLetterTarget(reader.raw("redrivePolicy")),
    };
  };
}
