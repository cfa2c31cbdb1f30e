import { feedbackForwardingOff } from "../../../policies/rules/feedback-forwarding-off";
import { heardTopic, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const off = (s: Stack) => {
  s.domain("example.com");
  s.forwarding("example.com", false);
};

testRule(feedbackForwardingOff, {
  fails: [
    {
      name: "off, and nothing else",
      given: off,
      finds: [
        "violation example.com@us-east-1: Feedback forwarding is off for example.com (us-east-1), and bounces and complaints do not leave by another channel.",
      ],
    },
    {
      name: "off by omission",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com");
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "off, and only bounces have a topic",
      given: (s) => {
        off(s);
        s.notify("example.com", "Bounce", heardTopic(s).arn);
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "off, for a native identity",
      given: (s) => s.nativeIdentity("example.com", { feedbackAttributes: { emailForwardingEnabled: false } }),
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "off, and the event destination is not enabled",
      given: (s) => {
        s.set("main");
        s.destination("main", {
          matchingEventTypes: ["BOUNCE", "COMPLAINT"],
          snsDestination: { topicArn: heardTopic(s).arn },
        });
        s.identity("example.com", { configurationSetName: "main" });
        s.forwarding("example.com", false);
      },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "off, where the configuration accepts forwarding",
      given: off,
      config: { emailForwarding: "accept" },
      finds: ["violation example.com@us-east-1"],
    },
    {
      name: "off for an address, by the ARN of its identity",
      given: (s) => s.forwarding(s.identity("ceo@example.com").arn, "false"),
      finds: ["violation ceo@example.com@us-east-1"],
    },
  ],
  passes: [
    { name: "nothing is declared: that is for the handling rules", given: (s) => s.domain("example.com") },
    {
      name: "on",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", true);
      },
    },
    {
      name: "off, with both topics",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", heardTopic(s));
      },
    },
    {
      name: "off, with an event destination for both",
      given: (s) => {
        s.set("main");
        s.destination("main", {
          matchingEventTypes: ["BOUNCE", "COMPLAINT"],
          enabled: true,
          eventBridgeDestination: { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
        });
        s.identity("example.com", { configurationSetName: "main" });
        s.forwarding("example.com", false);
      },
    },
    {
      name: "off, for an identity of another stack",
      given: (s) => s.forwarding("example.com", false),
    },
    {
      name: "off, for the identity of another Region",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", false, { region: "eu-west-1" });
      },
    },
  ],
  unknown: [
    {
      name: "a flag that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", unknown());
      },
      finds: [
        "unverified example.com@us-east-1: Whether feedback forwarding is on for example.com (us-east-1) is not known; bounces and complaints have no other channel.",
      ],
    },
    {
      name: "a setting for an identity that nobody knows",
      given: (s) => {
        s.domain("example.com");
        s.forwarding(unknown(), false);
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "off, with a set outside the view",
      given: (s) => {
        s.identity("example.com", { configurationSetName: "central" });
        s.forwarding("example.com", false);
      },
      finds: [
        "unverified example.com@us-east-1: Feedback forwarding is off for example.com (us-east-1), and bounces and complaints may leave by another channel.",
      ],
    },
    {
      name: "off, and notifications of types that nobody knows",
      given: (s) => {
        off(s);
        s.notify("example.com", unknown(), heardTopic(s).arn);
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        off(s);
      },
      forms: ["preview"],
      finds: ["unverified example.com@us-east-1"],
    },
  ],
});
