import { conflictingNotification } from "../../../policies/rules/conflicting-notification";
import { Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const A = "arn:aws:sns:us-east-1:123456789012:a";
const B = "arn:aws:sns:us-east-1:123456789012:b";

const twice =
  (first: unknown, second: unknown, type = "Bounce") =>
  (s: Stack) => {
    s.domain("example.com");
    s.notify("example.com", type, first);
    s.notify("Example.com.", type, second);
  };

testRule(conflictingNotification, {
  fails: [
    {
      name: "two topics outside the view",
      given: twice(A, B),
      finds: [
        "violation example.com@us-east-1: notification-1 and notification-2 both set the topic for bounces of example.com (us-east-1), differently.",
      ],
    },
    {
      name: "two topics in it, for deliveries",
      given: (s) => twice(s.topic("a").arn, s.topic("b").arn, "Delivery")(s),
      finds: ["violation example.com@us-east-1"],
    },
    { name: "a topic and none", given: twice(A, undefined), finds: ["violation example.com@us-east-1"] },
    {
      name: "forwarding on and off",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", true);
        s.forwarding("example.com", false);
      },
      finds: [
        "violation example.com@us-east-1: forwarding-1 and forwarding-2 both set feedback forwarding of example.com (us-east-1), differently.",
      ],
    },
    {
      name: "forwarding by a native identity and by a setting",
      given: (s) => {
        s.nativeIdentity("example.com", { feedbackAttributes: { emailForwardingEnabled: true } });
        s.forwarding("example.com");
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "for an identity that is not in view",
      given: (s) => {
        s.notify("example.com", "Bounce", A);
        s.notify("EXAMPLE.com", "Bounce", B);
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "in two stacks whose accounts nobody knows",
      given: (() => {
        const [mail, other] = [new Stack("mail/prod"), new Stack("other/prod")];
        mail.domain("example.com");
        mail.notify("example.com", "Bounce", A);
        other.notify("example.com", "Bounce", B);
        return [mail, other];
      })(),
      forms: ["preview", "pack"],
      finds: ["violation example.com@us-east-1"],
    },
  ],
  passes: [
    {
      name: "one topic for both types",
      given: (s) => [s.notify("example.com", "Bounce", A), s.notify("example.com", "Complaint", A)],
    },
    {
      name: "two types, two topics",
      given: (s) => [s.notify("example.com", "Bounce", A), s.notify("example.com", "Complaint", B)],
    },
    { name: "one topic, twice", given: twice(A, A) },
    { name: "one topic, by reference and by ARN", given: (s) => twice(s.topic("a").arn, A)(s) },
    {
      name: "two Regions",
      given: (s) => [
        s.notify("example.com", "Bounce", A),
        s.notify("example.com", "Bounce", B, { region: "eu-west-1" }),
      ],
    },
    {
      name: "two addresses that differ in case",
      given: (s) => [s.notify("ceo@example.com", "Bounce", A), s.notify("CEO@example.com", "Bounce", B)],
    },
    {
      name: "forwarding off, twice",
      given: (s) => [s.forwarding("example.com", false), s.forwarding("example.com")],
    },
  ],
  unknown: [
    {
      name: "a topic that nobody knows",
      given: twice(A, unknown()),
      finds: [
        "unverified example.com@us-east-1: notification-1 and notification-2 both set the topic for bounces of example.com (us-east-1); whether they agree is not known.",
      ],
    },
    {
      name: "a flag that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", true);
        s.forwarding("example.com", unknown());
      },
      finds: [
        "unverified example.com@us-east-1: forwarding-1 and forwarding-2 both set feedback forwarding of example.com (us-east-1); whether they agree is not known.",
      ],
    },
    {
      name: "a type that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", A);
        s.notify("example.com", unknown(), B);
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a Region that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", A);
        s.notify("example.com", "Bounce", B, { region: unknown() });
      },
      finds: [
        "unverified example.com: notification-2 and notification-1 may both set the topic for bounces of example.com: whether they are in one Region and account is not known.",
      ],
    },
  ],
});
