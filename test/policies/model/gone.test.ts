import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { nameOf, type StackRecords } from "../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../policies/model/value";
import { feed, json, KEY_FOR_SNS, listen, Stack } from "../../support/records";

/** The deployed stack, with a preview that deletes the resource of that name. */
function deleting(stack: Stack, name: string): StackRecords {
  const view = stack.records("state");
  const resources = view.resources.map((one) => (nameOf(one.urn) === name ? { ...one, gone: true as const } : one));
  return { ...view, resources };
}

function found(stack: Stack, name: string, rule: string): string[] {
  const { findings } = evaluate([deleting(stack, name)], DEFAULT_CONFIG, "2026-11-23");
  return findings.filter((finding) => finding.rule === rule).map(({ verdict, message }) => `${verdict}: ${message}`);
}

test("a subscription of a function's alias that is deleted counts as none", () => {
  const stack = new Stack();
  const handler = stack.add("aws:lambda/function:Function", "handler", { name: "handler" });
  const alias = stack.add("aws:lambda/alias:Alias", "live", { name: "live", functionName: handler.out("name") });
  feed(stack, "lambda", alias.arn);
  expect(found(stack, "live", "unmonitored-topic")).toEqual([
    "violation: Topic feedback carries bounces and complaints of example.com (us-east-1), and nobody is subscribed to it: this preview deletes subscription-5, or what it led to.",
  ]);
  expect(found(stack, "nothing", "unmonitored-topic")).toEqual([]);
});

test("a key that is deleted encrypts nothing", () => {
  const stack = new Stack();
  const key = stack.key("key", { policy: json(KEY_FOR_SNS) });
  feed(stack, "sqs", stack.queue("inbox", { kmsMasterKeyId: key.arn }).arn);
  expect(found(stack, "key", "queue-encryption")).toEqual([
    "violation: Queue inbox, fed by topic feedback that carries bounces and complaints of example.com (us-east-1), has a key that can't encrypt it: the key is deleted.",
  ]);
  expect(found(stack, "nothing", "queue-encryption")).toEqual([]);
});

test("a rule of EventBridge that is deleted hears nothing", () => {
  const stack = new Stack();
  stack.set("main");
  stack.destination("main", {
    enabled: true,
    matchingEventTypes: ["BOUNCE"],
    eventBridgeDestination: { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
  });
  const rule = (name: string, detailType: string) => {
    const eventPattern = JSON.stringify({ source: ["aws.ses"], "detail-type": [detailType] });
    const made = stack.add("aws:cloudwatch/eventRule:EventRule", name, { name, eventPattern });
    stack.add("aws:cloudwatch/eventTarget:EventTarget", `${name}-target`, { rule: made.out("name"), arn: "arn:aws:x" });
  };
  rule("bounces", "Email Bounced");
  rule("deliveries", "Email Delivered");
  expect(found(stack, "bounces", "unmonitored-event-bus")).toHaveLength(1);
  expect(found(stack, "nothing", "unmonitored-event-bus")).toEqual([]);
});

describe.each([
  ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "name"],
  ["aws-native:kinesisfirehose:DeliveryStream", "deliveryStreamName"],
])("%s", (type, name) => {
  const ARN = `arn:aws:firehose:us-east-1:123456789012:deliverystream/feed`;

  test.each([true, false])(
    "an event destination to one that is deleted carries nothing (by reference: %p)",
    (byRef) => {
      const stack = new Stack();
      stack.set("main");
      stack.add("aws:sesv2/emailIdentity:EmailIdentity", "mail", {
        emailIdentity: "example.com",
        configurationSetName: "main",
      });
      const stream = stack.add(type, "feed", { [name]: "feed" }, { outputs: { arn: ARN } });
      stack.destination("main", {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT"],
        kinesisFirehoseDestination: {
          deliveryStreamArn: byRef ? stream.arn : ARN,
          iamRoleArn: "arn:aws:iam::1:role/r",
        },
      });
      expect(found(stack, "feed", "bounce-handling")).toEqual([
        expect.stringContaining("stream feed, which event dest"),
      ]);
      expect(found(stack, "nothing", "bounce-handling")).toEqual([]);
    },
  );

  test("a subscription to one that is deleted counts as none", () => {
    const stack = new Stack();
    stack.add(type, "feed", { [name]: "feed" }, { outputs: { arn: ARN } });
    feed(stack, "firehose", ARN);
    expect(found(stack, "feed", "unmonitored-topic")).toEqual([expect.stringMatching(/^violation: /)]);
    expect(found(stack, "nothing", "unmonitored-topic")).toEqual([]);
  });
});

test("a subscription that a deletion takes back is nobody's, though its topic is not known", () => {
  const subscribed = (endpoint: string) => {
    const stack = new Stack();
    const topic = stack.topic();
    stack.domain("example.com");
    listen(stack, "example.com", topic);
    const subscribe = (name: string, to: unknown, queue: string) =>
      stack.add("aws:sns/topicSubscription:TopicSubscription", name, { topic: to, protocol: "sqs", endpoint: queue });
    subscribe("old", topic.arn, "arn:aws:sqs:us-east-1:123456789012:inbox");
    subscribe("new", UNKNOWN_STRING, endpoint);
    return stack;
  };
  const verdict = (stack: Stack) => found(stack, "old", "unmonitored-topic").map((said) => said.split(":")[0]);
  expect(verdict(subscribed("arn:aws:sqs:us-east-1:123456789012:inbox"))).toEqual(["violation"]);
  expect(verdict(subscribed("arn:aws:sqs:us-east-1:123456789012:other"))).toEqual(["unverified"]);
});
