import { emailOnlySubscriber } from "../../../policies/rules/email-only-subscriber";
import { feed, json, listen, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const OPS = "ops@corp.example";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:inbox";
const only = (types = "bounces and complaints", topic = "feedback") =>
  `violation example.com@us-east-1: Only mailboxes receive the ${types} of example.com (us-east-1), by topic ${topic}.`;
const doubt = (types = "bounces and complaints") =>
  `unverified example.com@us-east-1: Whether anything but mailboxes receives the ${types} of example.com (us-east-1), by topic feedback or otherwise, is not known.`;
const mailed =
  (protocol: unknown = "email", more = {}) =>
  (s: Stack) =>
    feed(s, protocol, OPS, more);
const sends = (destination: object, enabled: unknown = true) => ({
  enabled,
  matchingEventTypes: ["BOUNCE", "COMPLAINT"],
  ...destination,
});
/** A set whose topic only mailboxes hear, and other destinations of it. */
const set =
  (...others: object[]) =>
  (s: Stack) => {
    const topic = s.topic();
    s.subscribe(topic.arn, "email", OPS);
    s.set("main");
    s.destination("main", sends({ snsDestination: { topicArn: topic.arn } }));
    for (const other of others) s.destination("main", other);
  };
const ofSet = "of configuration set main (us-east-1), by topic feedback";

testRule(emailOnlySubscriber, {
  fails: [
    { name: "a mailbox", given: mailed(), finds: [only()] },
    { name: "a mailbox that takes JSON", given: mailed("email-json"), finds: [only()] },
    { name: "two mailboxes", given: (s) => s.subscribe(mailed()(s).arn, "email", "two@corp.example"), finds: [only()] },
    {
      name: "a queue whose filter takes bounces only",
      given: (s) => {
        const filterPolicy = json({ notificationType: ["Bounce"] });
        s.subscribe(mailed()(s).arn, "sqs", QUEUE, { filterPolicy, filterPolicyScope: "MessageBody" });
      },
      finds: [only("complaints")],
    },
    {
      name: "an endpoint beside it that never confirmed",
      given: (s) => {
        const pending = { exists: true, outputs: { pendingConfirmation: true } };
        s.subscribe(mailed()(s).arn, "https", "https://example.org", {}, pending);
      },
      finds: [only()],
    },
    {
      name: "a topic for each type",
      given: (s) => {
        s.domain("example.com");
        for (const type of ["Bounce", "Complaint"]) {
          const topic = s.topic(type.toLowerCase());
          s.notify("example.com", type, topic.arn);
          s.subscribe(topic.arn, "email", OPS);
        }
      },
      finds: [only("bounces", "bounce"), only("complaints", "complaint")],
    },
    {
      name: "a set that no identity in view sends with",
      given: set(sends({ cloudWatchDestination: {} })),
      finds: [`violation @us-east-1: Only mailboxes receive the bounces and complaints ${ofSet}.`],
    },
    {
      name: "a set that an identity sends with",
      given: (s) => {
        set()(s);
        s.identity("example.com", { configurationSetName: "main" });
      },
      finds: [only()],
    },
  ],
  passes: [
    { name: "a queue", given: (s) => feed(s, "sqs", QUEUE) },
    { name: "a queue beside the mailbox", given: (s) => s.subscribe(mailed()(s).arn, "sqs", QUEUE) },
    {
      name: "a function beside the mailbox",
      given: (s) => s.subscribe(mailed()(s).arn, "lambda", "arn:aws:lambda:us-east-1:1:function:f"),
    },
    { name: "forwarding is not SNS", given: (s) => [s.domain("example.com"), s.forwarding("example.com", true)] },
    {
      name: "deliveries are optional",
      given: (s) => [s.domain("example.com"), s.notify("example.com", "Delivery", s.topic().arn)],
    },
    {
      name: "a stream beside the topic",
      given: set(
        sends({ kinesisFirehoseDestination: { deliveryStreamArn: "arn:aws:firehose:us-east-1:1:deliverystream/f" } }),
      ),
    },
    {
      name: "an identity's queue beside the set's mailbox",
      given: (s) => {
        set()(s);
        s.identity("example.com", { configurationSetName: "main" });
        const topic = s.topic("queued");
        s.subscribe(topic.arn, "sqs", QUEUE);
        listen(s, "example.com", topic);
      },
    },
    {
      name: "a topic of elsewhere is heard by whomever its owner knows",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:central");
        s.subscribe("arn:aws:sns:us-east-1:123456789012:central", "email", OPS);
      },
    },
    { name: "a topic that SES does not use", given: (s) => s.subscribe(s.topic().arn, "email", OPS) },
    {
      name: "a set's destination that is only read",
      given: (s) => {
        const topic = s.topic();
        s.subscribe(topic.arn, "email", OPS);
        s.destination("main", sends({ snsDestination: { topicArn: topic.arn } }), {}, { external: true });
      },
    },
  ],
  unknown: [
    { name: "a protocol that nobody knows", given: mailed(unknown()), finds: [doubt()] },
    {
      name: "a filter that nobody knows, of a queue beside it",
      given: (s) => s.subscribe(mailed()(s).arn, "sqs", QUEUE, { filterPolicy: unknown() }),
      finds: [doubt()],
    },
    {
      name: "a subscription to nobody knows which topic",
      given: (s) => [mailed()(s), s.subscribe(unknown(), "sqs", QUEUE)],
      finds: [doubt()],
    },
    {
      name: "a setting that may be anybody's",
      given: (s) => [mailed()(s), s.notify(unknown(), unknown(), unknown())],
      finds: [doubt()],
    },
    {
      name: "a set's destination that may be enabled",
      given: set(sends({ eventBridgeDestination: {} }, unknown())),
      finds: [
        `unverified @us-east-1: Whether anything but mailboxes receives the bounces and complaints ${ofSet} or otherwise, is not known.`,
      ],
    },
  ],
});
