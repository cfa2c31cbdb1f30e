import { subscriptionLoop } from "../../../policies/rules/subscription-loop";
import { type Handle, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

/** An identity with a topic, and a subscriber of it. */
const heard =
  (endpoint: unknown, { name = "example.com", protocol = "email" as unknown } = {}) =>
  (s: Stack) => {
    const topic = s.topic();
    if (name.includes("@")) s.address(name);
    else s.domain(name);
    listen(s, name, topic);
    s.subscribe(topic.arn, protocol, endpoint);
  };
const inSet =
  (subscriber: string, more: object = {}) =>
  (s: Stack) => {
    const topic = s.topic();
    s.set("main");
    s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination: { topicArn: topic.arn } });
    s.identity("example.com", { configurationSetName: "main", ...more });
    s.subscribe(topic.arn, "email", subscriber);
  };
const native = (endpoint: unknown) => (s: Stack) => {
  const topic = s.add("aws-native:sns:Topic", "feedback", {
    topicName: "feedback",
    subscription: [{ protocol: "email", endpoint }],
  });
  s.domain("example.com");
  listen(s, "example.com", topic);
};
const loop = (name = "example.com", subscription = "subscription-4") =>
  `violation ${name}@us-east-1: ${subscription} mails the notifications of ${name} (us-east-1) to a mailbox of that identity.`;
const doubt = (name = "example.com", subscription = "subscription-4") =>
  `unverified ${name}@us-east-1: Whether ${subscription} mails the notifications of ${name} (us-east-1) to a mailbox of that identity is not known.`;

const acrossStacks = () => {
  const [mail, office] = [new Stack("mail/prod"), new Stack("office/prod")];
  const topic: Handle = mail.topic();
  mail.domain("example.com");
  listen(mail, "example.com", topic);
  office.subscribe("arn:aws:sns:us-east-1:123456789012:feedback", "email", "ops@example.com");
  return [mail, office];
};

testRule(subscriptionLoop, {
  fails: [
    { name: "a mailbox of the domain", given: heard("ops@example.com"), finds: [loop()] },
    { name: "in another case", given: heard("Ops@EXAMPLE.com"), finds: [loop()] },
    { name: "a mailbox of a subdomain", given: heard("ops@mail.example.com"), finds: [loop()] },
    { name: "as JSON", given: heard("ops@example.com", { protocol: "email-json" }), finds: [loop()] },
    {
      name: "the address itself",
      given: heard("ceo@example.com", { name: "ceo@example.com" }),
      finds: [loop("ceo@example.com")],
    },
    {
      name: "a domain in Unicode",
      given: heard("ops@bücher.example", { name: "xn--bcher-kva.example" }),
      finds: [loop("xn--bcher-kva.example")],
    },
    {
      name: "a subscription inside a native topic",
      given: native("ops@example.com"),
      finds: [loop("example.com", "feedback")],
    },
    {
      name: "an event destination of the identity's default set",
      given: inSet("ops@example.com"),
      finds: [loop("example.com", "subscription-2")],
    },
    {
      name: "an event destination of a set named when sending",
      given: (s) => inSet("ops@example.com", { configurationSetName: undefined })(s),
      config: {
        sendTimeConfigurationSets: [
          { configurationSet: "main", identities: ["example.com"], reason: "the mail library" },
        ],
      },
      finds: [loop("example.com", "subscription-2")],
    },
    {
      name: "one of two identities on a topic, one of two subscribers",
      given: (s) => {
        const topic = s.topic();
        for (const name of ["example.com", "example.org"]) {
          s.domain(name);
          s.notify(name, "Bounce", topic.arn);
        }
        s.subscribe(topic.arn, "email", "ops@corp.example");
        s.subscribe(topic.arn, "email", "ops@example.org");
      },
      finds: [loop("example.org")],
    },
    {
      name: "an identity that is not in view",
      given: (s) => {
        const topic = s.topic();
        listen(s, "example.com", topic);
        s.subscribe(topic.arn, "email", "ops@example.com");
      },
      finds: [loop()],
    },
    { name: "across stacks", given: acrossStacks(), forms: ["state"], finds: [loop("example.com", "subscription-1")] },
  ],
  passes: [
    { name: "a mailbox of another domain", given: heard("ops@corp.example") },
    { name: "a mailbox of the parent domain", given: heard("ops@example.com", { name: "mail.example.com" }) },
    { name: "a domain that only ends alike", given: heard("ops@notexample.com") },
    { name: "another address of the domain", given: heard("ops@example.com", { name: "ceo@example.com" }) },
    {
      name: "the same address in another case before the @",
      given: heard("CEO@example.com", { name: "ceo@example.com" }),
    },
    { name: "another protocol", given: heard("https://ops@example.com/hook", { protocol: "https" }) },
    { name: "a native topic heard by others", given: native("ops@corp.example") },
    {
      name: "a set that the identity does not use",
      given: inSet("ops@example.com", { configurationSetName: "other" }),
    },
    { name: "a topic that SES does not use", given: (s) => s.subscribe(s.topic().arn, "email", "ops@example.com") },
  ],
  unknown: [
    { name: "a mailbox that nobody knows", given: heard(unknown()), finds: [doubt()] },
    {
      name: "a protocol that nobody knows",
      given: heard("ops@example.com", { protocol: unknown() }),
      finds: [doubt()],
    },
    { name: "a native list that nobody knows", given: native(unknown()), finds: [doubt("example.com", "feedback")] },
    {
      name: "an identity whose name nobody knows",
      given: (s) => {
        const topic = s.topic();
        const domain = s.domain(unknown());
        s.notify(domain.out("domain"), "Bounce", topic.arn);
        s.subscribe(topic.arn, "email", "ops@example.com");
      },
      forms: ["preview", "pack"],
      finds: [
        "unverified @us-east-1: Whether subscription-2 mails the notifications of unnamed (us-east-1) to a mailbox of that identity is not known.",
      ],
    },
    {
      name: "a notification for nobody knows which identity",
      given: (s) => {
        const topic = s.topic();
        s.notify(unknown(), "Bounce", topic.arn);
        s.subscribe(topic.arn, "email", "ops@example.com");
      },
      finds: [
        "unverified @us-east-1: Whether subscription-2 mails the notifications of an identity (us-east-1) to a mailbox of that identity is not known.",
      ],
    },
    {
      name: "a topic that may be meant",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", "Bounce", unknown());
        s.subscribe(topic.arn, "email", "ops@example.com");
      },
      finds: [
        "unverified example.com@us-east-1: subscription-2 mails the notifications of example.com (us-east-1) to a mailbox of that identity.",
      ],
    },
  ],
});
