import { subscriptionPending } from "../../../policies/rules/subscription-pending";
import { type Handle, json, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const subscribe = (s: Stack, topic: unknown, pendingConfirmation: unknown, options = {}) =>
  s.subscribe(topic, "email", "ops@corp.example", {}, { exists: true, outputs: { pendingConfirmation }, ...options });
/** A topic with a subscriber for each answer. */
const heard =
  (...answers: unknown[]) =>
  (s: Stack): Handle => {
    const topic = s.topic();
    s.domain("example.com");
    listen(s, "example.com", topic);
    for (const one of answers) subscribe(s, topic.arn, one);
    return topic;
  };
const what = "topic feedback, which carries bounces and complaints of example.com (us-east-1), had confirmed when";
const pending = `violation example.com@us-east-1: No subscriber of ${what} the state was last refreshed.`;
const doubt =
  "unverified example.com@us-east-1: Whether a subscriber of topic feedback, which carries bounces and complaints of example.com (us-east-1), has confirmed is not known.";

const unsaid =
  "unverified example.com@us-east-1: Topic feedback carries bounces and complaints of example.com (us-east-1), and this source cannot tell whether its mailbox has confirmed the subscription: somebody has to open the link in the mail from SNS.";
const PENDING = { exists: true, outputs: { pendingConfirmation: true } };
const ofSet =
  (...matchingEventTypes: string[]) =>
  (s: Stack) => {
    const topic = s.topic();
    s.destination("main", { enabled: true, matchingEventTypes, snsDestination: { topicArn: topic.arn } });
    subscribe(s, topic.arn, true);
  };
const native = (s: Stack, protocol: string) => {
  const topic = s.add("aws-native:sns:Topic", "feedback", {
    topicName: "feedback",
    subscription: [{ protocol, endpoint: "ops@corp.example" }],
  });
  s.domain("example.com");
  listen(s, "example.com", topic);
  return topic.arn;
};

const acrossStacks = () => {
  const [mail, office] = [new Stack("mail/prod"), new Stack("office/prod")];
  heard()(mail);
  subscribe(office, "arn:aws:sns:us-east-1:123456789012:feedback", true);
  return [mail, office];
};

testRule(subscriptionPending, {
  fails: [
    { name: "the only subscriber is pending", given: heard(true), finds: [pending] },
    { name: "all subscribers are pending", given: heard(true, "true"), finds: [pending] },
    { name: "across stacks", given: acrossStacks(), forms: ["state"], finds: [pending] },
    {
      name: "a topic of a set, for one type beside deliveries",
      given: ofSet("BOUNCE", "DELIVERY"),
      finds: [
        "violation @us-east-1: No subscriber of topic feedback, which carries bounces of configuration set main (us-east-1), had confirmed when the state was last refreshed.",
      ],
    },
    {
      name: "one is pending, the other filters",
      given: (s) => {
        const topic = heard(true)(s);
        s.subscribe(topic.arn, "https", "https://example.org", { filterPolicy: json({ store: ["a"] }) });
      },
      finds: [
        "violation example.com@us-east-1: No confirmed subscriber of topic feedback, which carries bounces and complaints of example.com (us-east-1), hears them; the one that would had not confirmed when the state was last refreshed.",
      ],
    },
    {
      name: "the confirmed one hears bounces only",
      given: (s) => {
        const filterPolicy = json({ notificationType: ["Bounce"] });
        s.subscribe(heard(true)(s).arn, "https", "https://example.org", {
          filterPolicy,
          filterPolicyScope: "MessageBody",
        });
      },
      finds: [
        "violation example.com@us-east-1: No confirmed subscriber of topic feedback, which carries complaints of example.com (us-east-1), hears them; the one that would had not confirmed when the state was last refreshed.",
      ],
    },
  ],
  passes: [
    { name: "confirmed", given: heard(false) },
    { name: "one of two is confirmed", given: heard(true, false) },
    { name: "deliveries are optional", given: ofSet("DELIVERY") },
    { name: "a new endpoint, which may confirm by itself", given: (s) => s.subscribe(heard()(s).arn) },
    {
      name: "all are pending, and none of them would hear it: that is subscription-filter",
      given: (s) =>
        s.subscribe(heard()(s).arn, "email", "ops@corp.example", { filterPolicy: json({ store: ["a"] }) }, PENDING),
    },
    { name: "a new mailbox beside a queue", given: (s) => s.subscribe(native(s, "email"), "sqs", s.queue().arn) },
    { name: "nobody is subscribed: that is unmonitored-topic", given: heard() },
    { name: "a topic that SES does not use", given: (s) => subscribe(s, s.topic().arn, true) },
    {
      name: "a topic that is only read",
      given: (s) => {
        const topic = s.topic("feedback", {}, { external: true });
        s.domain("example.com");
        listen(s, "example.com", topic);
        subscribe(s, topic.arn, true);
      },
    },
    {
      name: "a topic outside the view",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere");
        subscribe(s, "arn:aws:sns:us-east-1:123456789012:elsewhere", true);
      },
    },
  ],
  unknown: [
    { name: "a new mailbox, or one of a state that does not say", given: heard(undefined), finds: [unsaid] },
    {
      name: "a new mailbox",
      given: (s) => s.subscribe(heard()(s).arn, "email-json", "ops@corp.example"),
      forms: ["preview", "pack"],
      finds: [unsaid],
    },
    { name: "a native mailbox", given: (s) => native(s, "email"), finds: [unsaid] },
    {
      name: "a subscriber of a protocol that nobody knows",
      given: (s) =>
        s.subscribe(heard()(s).arn, unknown(), "ops@corp.example", {}, { outputs: { pendingConfirmation: undefined } }),
      finds: [doubt],
    },
    {
      name: "nobody knows whether it is confirmed",
      given: heard(unknown()),
      forms: ["state", "preview"],
      finds: [doubt],
    },
    {
      name: "one is pending, of the other nobody knows",
      given: heard(true, unknown()),
      forms: ["state", "preview"],
      finds: [doubt],
    },
    {
      name: "a subscription to nobody knows which topic may be confirmed",
      given: (s) => {
        heard(true)(s);
        subscribe(s, unknown(), false);
      },
      finds: [doubt],
    },
    {
      name: "a subscription to one of several topics may be confirmed",
      given: (s) => {
        const topic = heard(true)(s);
        subscribe(s, unknown(topic, s.topic("other")), false);
      },
      finds: [doubt],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        heard(true)(s);
      },
      forms: ["preview"],
      finds: [pending.replace("violation", "unverified")],
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), topic.arn);
        subscribe(s, topic.arn, true);
      },
      finds: [
        "unverified example.com@us-east-1: No subscriber of topic feedback, which may carry bounces and complaints of example.com (us-east-1), had confirmed when the state was last refreshed.",
      ],
    },
  ],
});
