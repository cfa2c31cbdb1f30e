import { subscriptionPlaintext } from "../../../policies/rules/subscription-plaintext";
import { feed, json, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const topic = "Topic feedback carries bounces and complaints of example.com (us-east-1)";
const plain = (name = "subscription-5") =>
  `violation example.com@us-east-1: ${topic}, and subscription ${name} sends them to an endpoint over plain http.`;
const doubt = `unverified example.com@us-east-1: ${topic}; whether subscription subscription-5 sends them to an endpoint over plain http is not known.`;
const to =
  (protocol: unknown, endpoint: unknown, more = {}) =>
  (s: Stack) =>
    feed(s, protocol, endpoint, more);

testRule(subscriptionPlaintext, {
  fails: [
    { name: "http", given: to("http", "http://example.org/hook"), finds: [plain()] },
    { name: "http to an address that nobody knows", given: to("http", unknown()), finds: [plain()] },
    {
      name: "a scheme of http, with a protocol that nobody knows",
      given: to(unknown(), "HTTP://example.org"),
      finds: [plain()],
    },
    {
      name: "http beside https",
      given: (s) => s.subscribe(feed(s, "https", "https://example.org").arn, "http", "http://example.org"),
      finds: [plain("subscription-6")],
    },
    {
      name: "native, inside the topic",
      given: (s) => {
        const end = { protocol: "http", endpoint: "http://example.org" };
        const native = s.add("aws-native:sns:Topic", "feedback", { topicName: "feedback", subscription: [end] });
        s.notify("example.com", "Delivery", native.arn);
      },
      finds: [
        "violation example.com@us-east-1: Topic feedback carries deliveries of example.com (us-east-1), and subscription feedback sends them to an endpoint over plain http.",
      ],
    },
    {
      name: "a topic of another stack",
      given: (s) => {
        const arn = "arn:aws:sns:us-east-1:123456789012:central";
        s.notify("example.com", "Bounce", arn);
        s.subscribe(arn, "http", "http://example.org");
      },
      finds: ["violation example.com@us-east-1"],
    },
  ],
  passes: [
    { name: "https", given: to("https", "https://example.org/hook") },
    { name: "a queue", given: to("sqs", "arn:aws:sqs:us-east-1:123456789012:inbox") },
    { name: "https, with a protocol that nobody knows", given: to(unknown(), "https://example.org") },
    {
      name: "a filter that lets nothing of SES through",
      given: to("http", "http://example.org", { filterPolicy: json({ store: ["a"] }) }),
    },
    { name: "a topic that SES does not use", given: (s) => s.subscribe(s.topic().arn, "http", "http://example.org") },
    {
      name: "a subscription that is only read",
      given: (s) => {
        const heard = feed(s, "https", "https://example.org");
        s.subscribe(heard.arn, "http", "http://example.org", {}, { external: true });
      },
    },
  ],
  unknown: [
    { name: "neither protocol nor address is known", given: to(unknown(), unknown()), finds: [doubt] },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const perhaps = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), perhaps.arn);
        s.subscribe(perhaps.arn, "http", "http://example.org");
      },
      finds: [
        "unverified example.com@us-east-1: Topic feedback may carry bounces, complaints and deliveries of example.com (us-east-1), and subscription subscription-2 sends them to an endpoint over plain http.",
      ],
    },
  ],
});
