import { notVisible } from "../../../linter/report/visibility";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { type Form, heardTopic, listen, Stack, unknown } from "../../support/records";

const unseen = (stack: Stack, form: Form = "state") =>
  notVisible(evaluate([stack.records(form)], DEFAULT_CONFIG, "2026-11-23").context);

describe("what is not in view", () => {
  const visible = (stack: Stack) => unseen(stack).slice(0, -3);
  const topicArn = "arn:aws:sns:us-east-1:123456789012:central";

  test("without an identity there is nothing to see", () => {
    expect(unseen(new Stack())).toEqual([]);
  });

  test("an identity in a well-made stack has only what the live account can show", () => {
    const stack = new Stack();
    stack.domain("example.com");
    listen(stack, "example.com", heardTopic(stack));
    expect(unseen(stack)).toHaveLength(3);
  });

  test("names have no control characters", () => {
    const stack = new Stack();
    stack.identity("example.com", { configurationSetName: "\u0000set\u001b" });
    stack.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:\u001b[0m");
    expect(unseen(stack).filter((text) => /\p{Cc}/u.test(text))).toEqual([]);
  });

  test("a topic, a configuration set, a queue, a function, a key of another stack", () => {
    const stack = new Stack();
    stack.identity("example.com", { configurationSetName: "central" });
    stack.notify("example.com", "Bounce", topicArn);
    const own = heardTopic(stack, "own", { kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/k" });
    stack.notify("example.com", "Complaint", own.arn);
    stack.subscribe(own.arn, "sqs", "arn:aws:sqs:us-east-1:123456789012:q");
    stack.subscribe(own.arn, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:f");
    expect(visible(stack)).toEqual([
      "configuration set central, which example.com sends with",
      "function arn:aws:lambda:us-east-1:123456789012:function:f: whether SNS may invoke it",
      "key arn:aws:kms:us-east-1:123456789012:key/k: whether SES may use it",
      "queue arn:aws:sqs:us-east-1:123456789012:q: its policy and key",
      `topic ${topicArn}: its subscribers, policy and key`,
    ]);
  });

  describe("the default event bus that a set sends to", () => {
    const sending = (pattern: object, more: object = {}) => {
      const stack = new Stack();
      stack.domain("example.com");
      listen(stack, "example.com", heardTopic(stack));
      stack.set("main");
      const to = { eventBridgeDestination: { eventBusArn: unknown() }, enabled: true, matchingEventTypes: ["BOUNCE"] };
      stack.destination("main", { ...to, ...more });
      stack.add("aws:cloudwatch/eventRule:EventRule", "rule", { eventPattern: JSON.stringify(pattern) });
      return visible(stack);
    };

    test("is named where no rule for SES is in view", () => {
      expect(sending({ source: ["aws.ec2"] })).toEqual(["default event bus of us-east-1: whether a rule hears SES"]);
    });

    test("is the rules' business where one is", () => {
      expect(sending({ source: ["aws.ses"] })).toEqual([]);
    });

    test("is not used by a destination that is not enabled", () => {
      expect(sending({ source: ["aws.ec2"] }, { enabled: false })).toEqual([]);
    });
  });
});
