import { isFifo } from "../../../../policies/model/readers/sns";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { factOf } from "./read";

const ARN = "arn:aws:sns:us-east-1:111122223333:t";
const HOOK = {
  protocol: "https",
  endpoint: "https://example.org",
  filterPolicy: "{}",
  filterPolicyScope: "MessageBody",
};

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["aws:sns/topic:Topic", { name: "t", policy: "{}", kmsMasterKeyId: "alias/mail" }, { arn: ARN }],
  ["aws-native:sns:Topic", { topicName: "t", kmsMasterKeyId: "alias/mail" }, { topicArn: ARN }],
])("%s is a topic", (type, inputs, outputs) => {
  expect(factOf(type, inputs, outputs)).toMatchObject({
    fact: "topic",
    name: "t",
    arn: ARN,
    key: "alias/mail",
    fifo: false,
    policy: inputs.policy,
    subscriptions: [],
  });
});

test("subscriptions inside a topic; a list that is not known may be empty", () => {
  const inline = (subscription: unknown) => factOf("aws-native:sns:Topic", { topicName: "t", subscription });
  expect(inline([HOOK])).toMatchObject({
    subscriptions: [{ protocol: "https", endpoint: HOOK.endpoint, isCertain: true, topic: undefined }],
  });
  expect(inline(UNKNOWN_STRING)).toMatchObject({ subscriptions: [{ protocol: UNKNOWN, isCertain: false }] });
});

test.each([
  ["aws:sns/topicSubscription:TopicSubscription", "topic"],
  ["aws-native:sns:Subscription", "topicArn"],
])("%s is a subscription", (type, topic) => {
  const pending = { pendingConfirmation: true };
  expect(factOf(type, { [topic]: ARN, ...HOOK }, pending)).toMatchObject({
    fact: "subscription",
    topic: ARN,
    protocol: "https",
    endpoint: HOOK.endpoint,
    filter: "{}",
    filterScope: "MessageBody",
    pendingConfirmation: true,
    isCertain: true,
  });
  expect(factOf(type, HOOK)).toMatchObject({ topic: UNKNOWN });
});

test.each<[string, Record<string, unknown>, unknown[]]>([
  ["aws:sns/topicPolicy:TopicPolicy", { arn: ARN, policy: "{}" }, [ARN]],
  ["aws-native:sns:TopicPolicy", { topics: [ARN, UNKNOWN_STRING], policyDocument: "{}" }, [ARN, UNKNOWN]],
  ["aws-native:sns:TopicInlinePolicy", { topicArn: ARN, policyDocument: "{}" }, [ARN]],
])("%s is a policy of its topics", (type, inputs, owners) => {
  expect(factOf(type, inputs)).toMatchObject({ fact: "topic-policy", owners, policy: "{}" });
});

test.each([
  [undefined, "t.fifo", undefined, true],
  [undefined, "t", undefined, false],
  [true, "t", undefined, true],
  [UNKNOWN, undefined, undefined, UNKNOWN],
  [undefined, UNKNOWN, `${ARN}.fifo`, true],
] as const)("FIFO with flag %p, name %p, ARN %p: %p", (flag, name, arn, expected) => {
  expect(isFifo(flag, name, arn)).toBe(expected);
});

test("a data protection policy names its topic", () => {
  const type = "aws:sns/dataProtectionPolicy:DataProtectionPolicy";
  expect(factOf(type, { arn: "arn:topic", policy: "{}" })).toMatchObject({
    ...{ fact: "topic-protection", topic: "arn:topic", policy: "{}" },
  });
  expect(factOf(type, {})).toMatchObject({ topic: UNKNOWN, policy: undefined });
});

test.each([
  [JSON.stringify({ deadLetterTargetArn: "arn:queue" }), "arn:queue"],
  [{ deadLetterTargetArn: "arn:queue" }, "arn:queue"],
  ["", undefined],
  [undefined, undefined],
  ["{", UNKNOWN],
  ["{}", UNKNOWN],
  [UNKNOWN, UNKNOWN],
])("a subscription's redrive policy %p names a queue", (redrivePolicy, deadLetters) => {
  const type = "aws:sns/topicSubscription:TopicSubscription";
  expect(factOf(type, { topic: "arn:topic", redrivePolicy, subscriptionRoleArn: "arn:role" })).toMatchObject({
    ...{ deadLetters, role: "arn:role" },
  });
});
