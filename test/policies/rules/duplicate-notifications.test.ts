import { duplicateNotifications } from "../../../policies/rules/duplicate-notifications";
import { heardTopic, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const by = (types: string, channels: string, name = "example.com", region = "us-east-1") =>
  `violation ${name}@${region}: The ${types} of ${name} (${region}) leave by several channels: ${channels}.`;
const doubt = (types: string) =>
  `unverified example.com@us-east-1: Whether the ${types} of example.com (us-east-1) leave by several channels is not known.`;
const topics = (s: Stack, forwarding?: unknown) => {
  const topic = heardTopic(s);
  s.domain("example.com");
  s.notify("example.com", "Bounce", topic.arn);
  s.notify("example.com", "Complaint", topic.arn);
  if (forwarding !== undefined) s.forwarding("example.com", forwarding);
};
const BUS = { eventBridgeDestination: { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" } };
const inSet =
  (...destinations: object[]) =>
  (s: Stack) => {
    s.set("main");
    for (const one of destinations)
      s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE", "COMPLAINT"], ...one });
    s.identity("example.com", { configurationSetName: "main" });
    s.forwarding("example.com", false);
  };

testRule(duplicateNotifications, {
  fails: [
    {
      name: "forwarding left on beside topics",
      given: (s) => topics(s),
      finds: [by("bounces and complaints", "topic, feedback forwarding")],
    },
    {
      name: "forwarding declared beside topics",
      given: (s) => topics(s, true),
      finds: [by("bounces and complaints", "topic, feedback forwarding")],
    },
    {
      name: "one type only",
      given: (s) => {
        s.address("ceo@example.com");
        s.notify("ceo@example.com", "Bounce", heardTopic(s).arn);
      },
      finds: [by("bounces", "topic, feedback forwarding", "ceo@example.com")],
    },
    {
      name: "a topic and an event destination",
      given: (s) => {
        inSet(BUS)(s);
        s.notify("example.com", "Complaint", heardTopic(s).arn);
      },
      finds: [by("complaints", "topic, event destination")],
    },
    {
      name: "deliveries, too",
      given: (s) => {
        inSet({ ...BUS, matchingEventTypes: ["DELIVERY"] })(s);
        s.notify("example.com", "Delivery", heardTopic(s).arn);
      },
      finds: [by("deliveries", "topic, event destination")],
    },
    {
      name: "two event destinations to different places",
      given: inSet(BUS, {
        kinesisFirehoseDestination: { deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/f" },
      }),
      finds: [by("bounces and complaints", "event destination")],
    },
    {
      name: "a native identity whose forwarding is on",
      given: (s) => {
        s.nativeIdentity("example.com", { feedbackAttributes: { emailForwardingEnabled: true } });
        s.notify("example.com", "Bounce", heardTopic(s).arn);
      },
      finds: [by("bounces", "topic, feedback forwarding")],
    },
    {
      name: "a set named when sending beside the topic",
      given: (s) => {
        topics(s, false);
        s.set("transactional");
        s.destination("transactional", { enabled: true, matchingEventTypes: ["BOUNCE"], ...BUS });
      },
      config: {
        sendTimeConfigurationSets: [
          { configurationSet: "transactional", identities: ["example.com"], reason: "the mail library" },
        ],
      },
      finds: [by("bounces", "topic, event destination")],
    },
    {
      name: "in the other Region only",
      given: (s) => {
        topics(s, false);
        s.domain("example.com", { region: "eu-west-1" }, { as: "ireland" });
        s.notify("example.com", "Bounce", "arn:aws:sns:eu-west-1:123456789012:t", { region: "eu-west-1" });
      },
      finds: [by("bounces", "topic, feedback forwarding", "example.com", "eu-west-1")],
    },
    {
      name: "topics of another stack count as well",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere");
      },
      finds: [by("bounces", "topic, feedback forwarding")],
    },
  ],
  passes: [
    { name: "topics only", given: (s) => topics(s, false) },
    { name: "forwarding only, the default", given: (s) => s.domain("example.com") },
    {
      name: "forwarding only, declared",
      given: (s) => {
        s.domain("example.com");
        s.forwarding("example.com", true);
      },
    },
    {
      name: "a topic for deliveries beside forwarding, which never carries them",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Delivery", heardTopic(s).arn);
      },
    },
    { name: "an event destination only", given: inSet(BUS) },
    {
      name: "an event destination for each type",
      given: inSet({ ...BUS, matchingEventTypes: ["BOUNCE"] }, { ...BUS, matchingEventTypes: ["COMPLAINT"] }),
    },
    { name: "counts to CloudWatch are no channel", given: inSet(BUS, { cloudWatchDestination: {} }) },
    { name: "a destination that is not enabled", given: inSet(BUS, { ...BUS, enabled: undefined }) },
    {
      name: "an identity that is only read",
      given: (s) => {
        s.domain("example.com", {}, { external: true });
        listen(s, "example.com", heardTopic(s));
      },
    },
    {
      name: "a notification without a topic",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce");
      },
    },
  ],
  unknown: [
    {
      name: "a flag that nobody knows beside topics",
      given: (s) => topics(s, unknown()),
      finds: [doubt("bounces and complaints")],
    },
    {
      name: "a notification of nobody knows what type beside forwarding",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), heardTopic(s).arn);
      },
      finds: [doubt("bounces and complaints")],
    },
    {
      name: "a notification for nobody knows which identity",
      given: (s) => {
        s.domain("example.com");
        s.notify(unknown(), "Bounce", heardTopic(s).arn);
      },
      finds: [doubt("bounces")],
    },
    {
      name: "an event destination of which nobody knows whether it is enabled",
      given: inSet(BUS, { kinesisFirehoseDestination: { deliveryStreamArn: "arn:f" }, enabled: unknown() }),
      finds: [doubt("bounces and complaints")],
    },
    {
      name: "a default set that nobody knows",
      given: (s) => {
        s.identity("example.com", { configurationSetName: unknown() });
      },
      finds: [doubt("bounces and complaints")],
    },
  ],
});
