import { subscriptionDeadLetter } from "../../../policies/rules/subscription-dead-letter";
import { feed, json, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const topic = "Topic feedback carries bounces and complaints of example.com (us-east-1)";
const lost = `violation example.com@us-east-1: ${topic}, and what the webhook of subscription subscription-5 misses is lost: it has no dead-letter queue.`;
const doubt = `unverified example.com@us-east-1: ${topic}; whether the webhook of subscription subscription-5 has a dead-letter queue is not known.`;
const protocolDoubt = `unverified example.com@us-east-1: ${topic}; whether subscription subscription-5, which has no dead-letter queue, is a webhook is not known.`;
const HOOK = "https://example.org/hook";
const redrive = { redrivePolicy: json({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead" }) };
const to =
  (protocol: unknown, more = {}) =>
  (s: Stack) =>
    feed(s, protocol, HOOK, more);
const native = (more: object) => (s: Stack) => {
  const heard = s.topic();
  s.notify("example.com", "Bounce", heard.arn);
  s.add("aws-native:sns:Subscription", "hook", { topicArn: heard.arn, protocol: "https", endpoint: HOOK, ...more });
};

testRule(subscriptionDeadLetter, {
  fails: [
    { name: "https", given: to("https"), finds: [lost] },
    { name: "http", given: to("http"), finds: [lost] },
    { name: "none, as providers answer it", given: to("https", { redrivePolicy: "" }), finds: [lost] },
    { name: "native", given: native({}), finds: ["violation example.com@us-east-1"] },
  ],
  passes: [
    { name: "with a dead-letter queue", given: to("https", redrive) },
    {
      name: "native, as an object",
      given: native({ redrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:us-east-1:1:d" } }),
    },
    { name: "a queue keeps what it is sent", given: to("sqs") },
    { name: "a mailbox", given: to("email") },
    { name: "a protocol that nobody knows, with a dead-letter queue", given: to(unknown(), redrive) },
    { name: "a topic that SES does not use", given: (s) => s.subscribe(s.topic().arn) },
    {
      name: "a subscription that is only read",
      given: (s) => s.subscribe(feed(s, "sqs", HOOK).arn, "https", HOOK, {}, { external: true }),
    },
  ],
  unknown: [
    { name: "a redrive policy that nobody knows", given: to("https", { redrivePolicy: unknown() }), finds: [doubt] },
    { name: "a protocol that nobody knows", given: to(unknown()), finds: [protocolDoubt] },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const perhaps = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), perhaps.arn);
        s.subscribe(perhaps.arn);
      },
      finds: [
        "unverified example.com@us-east-1: Topic feedback may carry bounces, complaints and deliveries of example.com (us-east-1), and what the webhook of subscription subscription-2 misses is lost: it has no dead-letter queue.",
      ],
    },
  ],
});
