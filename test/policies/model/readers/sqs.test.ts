import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

const URL = "https://sqs.us-east-1.amazonaws.com/111122223333/inbox";
const ARN = "arn:aws:sqs:us-east-1:111122223333:inbox";

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["aws:sqs/queue:Queue", { name: "inbox", policy: "{}", redrivePolicy: "{}" }, { arn: ARN, url: URL }],
  ["aws-native:sqs:Queue", { queueName: "inbox", redrivePolicy: "{}" }, { arn: ARN, queueUrl: URL }],
])("%s is a queue", (type, inputs, outputs) => {
  const key = { kmsMasterKeyId: "alias/mail" };
  expect(factOf(type, { ...inputs, ...key }, outputs)).toMatchObject({
    fact: "queue",
    name: "inbox",
    arn: ARN,
    url: URL,
    policy: inputs.policy,
    key: "alias/mail",
    deadLetters: "{}",
  });
});

test("the empty redrive policy that a refresh writes is none", () => {
  expect(factOf("aws:sqs/queue:Queue", { name: "inbox", redrivePolicy: "" })).toMatchObject({ deadLetters: undefined });
});

test.each<[string, Record<string, unknown>]>([
  ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: URL, policy: "{}" }],
  ["aws-native:sqs:QueuePolicy", { queues: [URL], policyDocument: "{}" }],
  ["aws-native:sqs:QueueInlinePolicy", { queue: URL, policyDocument: "{}" }],
])("%s is a policy of a queue", (type, inputs) => {
  expect(factOf(type, inputs)).toMatchObject({ fact: "queue-policy", owners: [URL], policy: "{}" });
});

test("dead letters in a resource of their own", () => {
  const type = "aws:sqs/redrivePolicy:RedrivePolicy";
  expect(factOf(type, { queueUrl: URL, redrivePolicy: "{}" })).toMatchObject({
    fact: "redrive",
    queue: URL,
    deadLetters: "{}",
  });
  expect(factOf(type, { redrivePolicy: "{}" })).toMatchObject({ queue: UNKNOWN });
});
