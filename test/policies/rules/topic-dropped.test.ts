import { topicDropped } from "../../../policies/rules/topic-dropped";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const found = (what: string) =>
  `violation example.com@us-east-1: notification-2 sets no topic for ${what} of example.com (us-east-1), and feedback forwarding is on: either SES took the topic away because publishing to it failed, or it was meant, and the setting can go.`;
const doubt = (name: string, whose: string, what = "bounces") =>
  `${name} sets no topic for ${what} of ${whose}; whether SES took it away is not known, because nobody knows whether feedback forwarding is on.`;
const ofDomain =
  (topicArn: unknown, enabled?: unknown, type: unknown = "Bounce", options = {}) =>
  (s: Stack) => {
    s.domain("example.com");
    if (enabled !== undefined) s.forwarding("example.com", enabled);
    s.notify("example.com", type, topicArn, {}, { as: "notification-2", ...options });
  };

testRule(topicDropped, {
  fails: [
    { name: "no topic beside forwarding that is on", given: ofDomain("", true), finds: [found("bounces")] },
    {
      name: "no topic, and nobody turned forwarding off",
      given: ofDomain("", undefined, "Complaint"),
      finds: [found("complaints")],
    },
    { name: "of deliveries", given: ofDomain("", true, "Delivery"), finds: [found("deliveries")] },
    { name: "a type that nobody knows", given: ofDomain("", true, unknown()), finds: [found("notifications")] },
    {
      name: "nothing in what was deployed",
      given: ofDomain(undefined, true, "Bounce", { exists: true }),
      finds: [found("bounces")],
    },
    { name: "nothing in a state", given: ofDomain(undefined), forms: ["state"], finds: [found("bounces")] },
  ],
  passes: [
    { name: "an identity of elsewhere", given: (s) => s.notify("example.org", "Bounce", "") },
    { name: "a topic", given: ofDomain("arn:aws:sns:us-east-1:123456789012:t", true) },
    { name: "a topic that nobody knows", given: ofDomain(unknown(), true) },
    { name: "no topic, and forwarding is off: that is bounce-handling", given: ofDomain("", false) },
    {
      name: "a program that leaves the topic out",
      given: ofDomain(undefined, true, "Complaint"),
      forms: ["preview", "pack"],
    },
    {
      name: "one that is only read",
      given: ofDomain("", true, "Bounce", { external: true, outputs: { topicArn: "" } }),
    },
  ],
  unknown: [
    {
      name: "forwarding that nobody knows",
      given: ofDomain("", unknown()),
      finds: [`unverified example.com@us-east-1: ${doubt("notification-2", "example.com (us-east-1)")}`],
    },
    {
      name: "an identity that nobody knows",
      given: (s) => s.notify(unknown(), "Complaint", ""),
      finds: [`unverified @us-east-1: ${doubt("notification-1", "an identity that is not known", "complaints")}`],
    },
  ],
});
