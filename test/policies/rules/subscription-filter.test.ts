import { subscriptionFilter } from "../../../policies/rules/subscription-filter";
import { type Handle, json, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

type Json = Record<string, unknown>;
const BODY = { filterPolicyScope: "MessageBody" };
const body = (filter: unknown) => ({ filterPolicy: json(filter), ...BODY });
const subscribe = (s: Stack, topic: unknown, more: Json) =>
  s.subscribe(topic, "https", "https://example.org/hook", more);
/** A topic for bounces and complaints, with a subscriber for each filter. */
const heard =
  (...filters: Json[]) =>
  (s: Stack): Handle => {
    const topic = s.topic();
    s.domain("example.com");
    listen(s, "example.com", topic);
    for (const filter of filters) subscribe(s, topic.arn, filter);
    return topic;
  };
const byEvent = (filter: unknown) => (s: Stack) => {
  const topic = s.topic();
  s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination: { topicArn: topic.arn } });
  subscribe(s, topic.arn, body(filter));
};
const native = (subscription: Json, inline: boolean) => (s: Stack) => {
  const end = { protocol: "https", endpoint: "https://example.org" };
  const topic = s.add("aws-native:sns:Topic", "feedback", {
    topicName: "feedback",
    ...(inline && { subscription: [{ ...end, ...subscription }] }),
  });
  if (!inline) s.add("aws-native:sns:Subscription", "subscription", { topicArn: topic.arn, ...end, ...subscription });
  s.domain("example.com");
  s.notify("example.com", "Bounce", topic.arn);
};

const carries = (type: string, of = "example.com") => `Topic feedback carries ${type} of ${of} (us-east-1)`;
const lost = (type: string) =>
  `violation example.com@us-east-1: ${carries(type)}, and the filter of every subscription keeps them out.`;
const lostEvents = `violation @us-east-1: ${carries("bounces", "configuration set main")}, and the filter of every subscription keeps them out.`;
const doubt = (type: string) =>
  `unverified example.com@us-east-1: ${carries(type)}; whether a subscription's filter lets them through is not known.`;
const all = [lost("bounces"), lost("complaints")];
const doubts = [doubt("bounces"), doubt("complaints")];

const acrossStacks = (more: Json) => {
  const [mail, office] = [new Stack("mail/prod"), new Stack("office/prod")];
  heard()(mail);
  subscribe(office, "arn:aws:sns:us-east-1:123456789012:feedback", more);
  return [mail, office];
};

testRule(subscriptionFilter, {
  fails: [
    {
      name: "a filter on attributes, of which SES sets none",
      given: heard({ filterPolicy: json({ store: ["a"] }) }),
      finds: all,
    },
    {
      name: "the scope written out",
      given: heard({
        filterPolicy: json({ notificationType: ["Bounce", "Complaint"] }),
        filterPolicyScope: "MessageAttributes",
      }),
      finds: all,
    },
    {
      name: "a filter on the body for one type only",
      given: heard(body({ notificationType: ["Bounce"] })),
      finds: [lost("complaints")],
    },
    {
      name: "a filter on the body, in another case",
      given: heard(body({ notificationType: ["bounce", "complaint"] })),
      finds: all,
    },
    { name: "a filter on the key of events", given: heard(body({ eventType: ["Bounce", "Complaint"] })), finds: all },
    {
      name: "of an event destination, a filter on the key of notifications",
      given: byEvent({ notificationType: ["Bounce"] }),
      finds: [lostEvents],
    },
    {
      name: "of an event destination, a filter for another type",
      given: byEvent({ eventType: ["Open"] }),
      finds: [lostEvents],
    },
    {
      name: "several subscribers, none for complaints",
      given: heard(body({ notificationType: ["Bounce"] }), { filterPolicy: json({ x: [{ exists: true }] }) }),
      finds: [lost("complaints")],
    },
    {
      name: "a pending subscriber beside one that filters",
      given: (s) => {
        const topic = heard({ filterPolicy: json({ store: ["a"] }) })(s);
        s.subscribe(
          topic.arn,
          "email",
          "ops@corp.example",
          {},
          { exists: true, outputs: { pendingConfirmation: true } },
        );
      },
      finds: ["bounces", "complaints"].map((type) => lost(type).replace("every", "every confirmed")),
    },
    {
      name: "pending subscribers only, which filter as well",
      given: (s) => {
        const topic = heard()(s);
        s.subscribe(
          topic.arn,
          "email",
          "ops@corp.example",
          { filterPolicy: json({ store: ["a"] }) },
          { exists: true, outputs: { pendingConfirmation: true } },
        );
      },
      finds: all,
    },
    { name: "native: an object", given: native({ filterPolicy: { store: ["a"] } }, false), finds: [lost("bounces")] },
    {
      name: "native: inside the topic",
      given: native({ filterPolicy: { notificationType: ["Complaint"] }, ...BODY }, true),
      finds: [lost("bounces")],
    },
    {
      name: "across stacks",
      given: acrossStacks(body({ notificationType: ["Complaint"] })),
      forms: ["state"],
      finds: [lost("bounces")],
    },
  ],
  passes: [
    {
      name: "deliveries are optional",
      given: (s) => {
        s.notify("example.com", "Delivery", heard(body({ notificationType: [{ "anything-but": "Delivery" }] }))(s).arn);
      },
    },
    {
      name: "a mailbox that nobody can know to be confirmed: that is subscription-pending",
      given: (s) => s.subscribe(heard({ filterPolicy: json({ store: ["a"] }) })(s).arn, "email", "ops@corp.example"),
      forms: ["preview", "pack"],
    },
    { name: "no filter", given: heard({}) },
    { name: "an empty filter passes all", given: heard({ filterPolicy: json({}) }) },
    { name: "no filter, as providers answer it", given: heard({ filterPolicy: "" }) },
    { name: "a filter on the body for both types", given: heard(body({ notificationType: ["Bounce", "Complaint"] })) },
    {
      name: "a type for each subscriber",
      given: heard(body({ notificationType: ["Bounce"] }), body({ notificationType: ["Complaint"] })),
    },
    { name: "a filter beside a subscriber without one", given: heard({ filterPolicy: json({ store: ["a"] }) }, {}) },
    { name: "of an event destination, its own key", given: byEvent({ eventType: ["Bounce", "Complaint"] }) },
    { name: "a body without the other key", given: heard(body({ eventType: [{ exists: false }] })) },
    {
      name: "native: inside the topic, by its type",
      given: native({ filterPolicy: { notificationType: ["Bounce"] }, ...BODY }, true),
    },
    { name: "nobody is subscribed: that is unmonitored-topic", given: heard() },
    {
      name: "a topic that SES does not use",
      given: (s) => subscribe(s, s.topic().arn, { filterPolicy: json({ store: ["a"] }) }),
    },
    {
      name: "a topic that is only read",
      given: (s) => {
        const topic = s.topic("feedback", {}, { external: true });
        s.domain("example.com");
        listen(s, "example.com", topic);
        subscribe(s, topic.arn, { filterPolicy: json({ store: ["a"] }) });
      },
    },
  ],
  unknown: [
    {
      name: "only exists: false can match without attributes, and SNS does not say whether it does",
      given: heard({ filterPolicy: json({ store: [{ exists: false }] }) }),
      finds: doubts,
    },
    { name: "a filter that nobody knows", given: heard({ filterPolicy: unknown(), ...BODY }), finds: doubts },
    {
      name: "a scope that nobody knows",
      given: heard({ ...body({ notificationType: ["Bounce", "Complaint"] }), filterPolicyScope: unknown() }),
      finds: doubts,
    },
    { name: "a value that nobody knows", given: heard(body({ notificationType: [unknown()] })), finds: doubts },
    {
      name: "a filter on what only the message says",
      given: heard(body({ mail: { source: ["a@example.com"] } })),
      finds: doubts,
    },
    { name: "a filter that is no JSON", given: heard({ filterPolicy: "{" }), finds: doubts },
    {
      name: "a native list that nobody knows",
      given: native({ filterPolicy: unknown() }, true),
      finds: [doubt("bounces")],
    },
    {
      name: "a subscription to nobody knows which topic may let them through",
      given: (s) => {
        heard({ filterPolicy: json({ store: ["a"] }) })(s);
        subscribe(s, unknown(), {});
      },
      finds: doubts,
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), topic.arn);
        subscribe(s, topic.arn, body({ notificationType: ["Bounce"] }));
      },
      finds: [
        "unverified example.com@us-east-1: Topic feedback may carry complaints of example.com (us-east-1); whether a subscription's filter lets them through is not known.",
      ],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        heard({ filterPolicy: json({ store: ["a"] }) })(s);
      },
      forms: ["preview"],
      finds: all.map((one) => one.replace("violation", "unverified")),
    },
  ],
});
