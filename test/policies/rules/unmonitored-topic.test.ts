import { unmonitoredTopic } from "../../../policies/rules/unmonitored-topic";
import { heardTopic, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const native = (s: Stack, subscription: unknown) =>
  s.add("aws-native:sns:Topic", "t", { topicName: "t", ...(subscription !== undefined && { subscription }) });

testRule(unmonitoredTopic, {
  fails: [
    {
      name: "nobody is subscribed",
      given: (s) => s.notify("example.com", "Bounce", s.topic("t").arn),
      finds: [
        "violation example.com@us-east-1: Topic t carries bounces of example.com (us-east-1), and nobody is subscribed to it.",
      ],
    },
    {
      name: "an event destination's topic, with a subscriber of another topic beside it",
      given: (s) => {
        heardTopic(s, "other");
        s.destination("main", {
          matchingEventTypes: ["COMPLAINT"],
          enabled: true,
          snsDestination: { topicArn: s.topic("t").arn },
        });
      },
      finds: ["violation @us-east-1"],
    },
    {
      name: "subscribers that this preview deletes, and one whose queue it deletes",
      given: (s) => {
        const topic = s.topic("t");
        s.notify("example.com", "Bounce", topic.arn);
        s.subscribe(topic.arn, "https", "https://example.org/hook", {}, { gone: true, exists: true });
        s.subscribe(topic.arn, "sqs", s.queue("inbox", {}, { gone: true, exists: true }).arn);
      },
      finds: [
        "violation example.com@us-east-1: Topic t carries bounces of example.com (us-east-1), and nobody is subscribed to it: this preview deletes subscription-2 and subscription-3, or what it led to.",
      ],
    },
    {
      name: "a stream whose role this preview deletes",
      given: (s) => {
        const role = s.add("aws:iam/role:Role", "deliver", { name: "deliver" }, { gone: true, exists: true });
        const topic = s.topic("t");
        s.notify("example.com", "Bounce", topic.arn);
        s.subscribe(topic.arn, "firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/f", {
          subscriptionRoleArn: role.arn,
        });
      },
      finds: [
        "violation example.com@us-east-1: Topic t carries bounces of example.com (us-east-1), and nobody is subscribed to it: this preview deletes subscription-2, or what it led to.",
      ],
    },
    {
      name: "native without subscriptions",
      given: (s) => s.notify("example.com", "Complaint", native(s, undefined).arn),
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "native with an empty list",
      given: (s) => s.notify("example.com", "Complaint", native(s, []).arn),
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "a subscription to a topic of that name in another Region",
      given: (s) => {
        s.notify("example.com", "Bounce", s.topic("t").arn);
        s.subscribe("arn:aws:sns:eu-west-1:123456789012:t");
      },
      finds: ["violation example.com@us-east-1"],
    },
  ],
  passes: [
    { name: "a subscription, by reference", given: (s) => s.notify("example.com", "Bounce", heardTopic(s).arn) },
    {
      name: "a subscription, by an ARN written out",
      given: (s) => {
        s.notify("example.com", "Bounce", s.topic("t").arn);
        s.subscribe("arn:aws:sns:us-east-1:123456789012:t");
      },
    },
    {
      name: "native with one inside",
      given: (s) =>
        s.notify("example.com", "Bounce", native(s, [{ protocol: "email", endpoint: "ops@corp.example" }]).arn),
    },
    {
      name: "native with a resource of its own",
      given: (s) => {
        const topic = native(s, undefined);
        s.add("aws-native:sns:Subscription", "sub", {
          topicArn: topic.arn,
          protocol: "https",
          endpoint: "https://example.org",
        });
        s.notify("example.com", "Bounce", topic.arn);
      },
    },
    {
      name: "a topic of another stack is that stack's",
      given: (s) => s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:central"),
    },
    {
      name: "a topic that is only read",
      given: (s) => s.notify("example.com", "Bounce", s.topic("t", {}, { external: true }).arn),
    },
    { name: "deliveries are optional", given: (s) => s.notify("example.com", "Delivery", s.topic("t").arn) },
    { name: "a topic that SES does not publish to", given: (s) => s.topic("orders") },
    {
      name: "a subscription in another stack of the view",
      given: (() => {
        const [mail, ops] = [new Stack("mail/prod"), new Stack("ops/prod")];
        mail.notify("example.com", "Bounce", mail.topic("t").arn);
        ops.subscribe("arn:aws:sns:us-east-1:123456789012:t");
        return [mail, ops];
      })(),
    },
  ],
  unknown: [
    {
      name: "a subscription whose topic nobody knows",
      given: (s) => {
        s.notify("example.com", "Bounce", s.topic("t").arn);
        s.subscribe(unknown());
      },
      finds: [
        "unverified example.com@us-east-1: Topic t carries bounces of example.com (us-east-1), and nobody is subscribed to it, unless a subscription whose topic is not known is its own.",
      ],
    },
    {
      name: "a subscription to one of several",
      given: (s) => {
        const [a, b] = [s.topic("a"), s.topic("b")];
        s.notify("example.com", "Bounce", a.arn);
        s.subscribe(unknown(a, b));
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a native list that nobody knows",
      given: (s) => s.notify("example.com", "Bounce", native(s, unknown()).arn),
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a type that nobody knows",
      given: (s) => s.notify("example.com", unknown(), s.topic("t").arn),
      finds: [
        "unverified example.com@us-east-1: Topic t may carry bounces, complaints and deliveries of example.com (us-east-1), and nobody is subscribed to it.",
      ],
    },
    {
      name: "a topic that nothing uses, beside a notification whose topic nobody knows",
      given: (s) => {
        s.topic("t");
        s.notify("example.com", "Bounce", unknown());
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a subscription by an ARN, and a topic of that name in a Region that nobody knows",
      given: (() => {
        const stack = new Stack("mail/prod", { region: null });
        stack.notify("example.com", "Bounce", stack.topic("t").arn);
        stack.subscribe("arn:aws:sns:us-east-1:123456789012:t");
        return stack;
      })(),
      forms: ["preview", "pack"],
      finds: ["unverified example.com"],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        s.notify("example.com", "Bounce", s.topic("t").arn);
      },
      forms: ["preview"],
      finds: ["unverified example.com@us-east-1"],
    },
  ],
});
