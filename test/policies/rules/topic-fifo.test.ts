import { topicFifo } from "../../../policies/rules/topic-fifo";
import { type Handle, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const used = (topic: (s: Stack) => Handle) => (s: Stack) => {
  s.domain("example.com");
  listen(s, "example.com", topic(s));
};
const to = (arn: unknown) => (s: Stack) => {
  s.domain("example.com");
  s.notify("example.com", "Bounce", arn);
};
const ELSEWHERE = "arn:aws:sns:us-east-1:123456789012:elsewhere";
const carries = "carries bounces and complaints of example.com (us-east-1)";
const fifo = (name = "feedback", what = carries) =>
  `violation example.com@us-east-1: Topic ${name} ${what}, but it is a FIFO topic.`;
const outside = fifo(`${ELSEWHERE}.fifo`, "carries bounces of example.com (us-east-1)");

const acrossStacks = () => {
  const [mail, topics] = [new Stack("mail/prod"), new Stack("topics/prod")];
  topics.topic("elsewhere", { name: "elsewhere.fifo", fifoTopic: true });
  to(`${ELSEWHERE}.fifo`)(mail);
  return [mail, topics];
};

testRule(topicFifo, {
  fails: [
    {
      name: "by its flag and its name",
      given: used((s) => s.topic("feedback", { name: "feedback.fifo", fifoTopic: true })),
      finds: [fifo()],
    },
    {
      name: "by its flag alone",
      given: used((s) => s.add("aws:sns/topic:Topic", "feedback", { fifoTopic: "true" })),
      finds: [fifo()],
    },
    {
      name: "native",
      given: used((s) => s.add("aws-native:sns:Topic", "feedback", { topicName: "feedback.fifo", fifoTopic: true })),
      finds: [fifo()],
    },
    {
      name: "by its name, whatever the flag is",
      given: used((s) => s.topic("feedback", { name: "feedback.fifo", fifoTopic: unknown() })),
      finds: [fifo()],
    },
    { name: "outside the view, by its ARN", given: to(`${ELSEWHERE}.fifo`), finds: [outside] },
    {
      name: "outside the view, for every setting that names it",
      given: (s) => {
        to(`${ELSEWHERE}.fifo`)(s);
        s.notify("example.com", "Delivery", `${ELSEWHERE}.fifo`);
        s.destination("main", {
          enabled: true,
          matchingEventTypes: ["BOUNCE"],
          snsDestination: { topicArn: `${ELSEWHERE}.fifo` },
        });
      },
      finds: [
        "violation example.com@us-east-1",
        "violation example.com@us-east-1",
        "violation @us-east-1: Topic arn:aws:sns:us-east-1:123456789012:elsewhere.fifo carries bounces and deliveries of configuration set main (us-east-1) and example.com (us-east-1), but it is a FIFO topic.",
      ],
    },
    {
      name: "of an event destination",
      given: (s) => {
        const topic = s.topic("feedback", { name: "feedback.fifo", fifoTopic: true });
        s.destination("main", {
          enabled: true,
          matchingEventTypes: ["BOUNCE", "SEND"],
          snsDestination: { topicArn: topic.arn },
        });
      },
      finds: [
        "violation @us-east-1: Topic feedback carries bounces of configuration set main (us-east-1), but it is a FIFO topic.",
      ],
    },
    {
      name: "a topic that is only read: it cannot be used all the same",
      given: used((s) => s.topic("feedback", { name: "feedback.fifo" }, { external: true })),
      finds: [fifo()],
    },
    {
      name: "of another stack in view",
      given: acrossStacks(),
      forms: ["state"],
      finds: [fifo("elsewhere", "carries bounces of example.com (us-east-1)")],
    },
  ],
  passes: [
    { name: "a standard topic", given: used((s) => s.topic()) },
    { name: "a flag that is off", given: used((s) => s.topic("feedback", { fifoTopic: false })) },
    { name: "a native topic without a name", given: used((s) => s.add("aws-native:sns:Topic", "feedback")) },
    {
      name: "a name that decides, whatever the flag is",
      given: used((s) => s.topic("feedback", { fifoTopic: unknown() })),
    },
    { name: "a name that only contains the word", given: used((s) => s.topic("feedback", { name: "fifo-feedback" })) },
    { name: "outside the view", given: to(ELSEWHERE) },
    {
      name: "a FIFO topic that SES does not use",
      given: (s) => s.topic("feedback", { name: "feedback.fifo", fifoTopic: true }),
    },
    { name: "a topic that nobody knows", given: to(unknown()) },
  ],
  unknown: [
    {
      name: "a flag that nobody knows",
      given: used((s) => s.add("aws:sns/topic:Topic", "feedback", { fifoTopic: unknown() })),
      forms: ["preview", "pack"],
      finds: [
        "unverified example.com@us-east-1: Whether topic feedback, which carries bounces and complaints of example.com (us-east-1), is a FIFO topic is not known.",
      ],
    },
    {
      name: "a flag of an odd type",
      given: used((s) => s.add("aws:sns/topic:Topic", "feedback", { fifoTopic: 1 })),
      forms: ["preview", "pack"],
      finds: [
        "unverified example.com@us-east-1: Whether topic feedback, which carries bounces and complaints of example.com (us-east-1), is a FIFO topic is not known.",
      ],
    },
    {
      name: "one of several topics",
      given: (s) => {
        const fifoTopic = s.topic("one", { name: "one.fifo", fifoTopic: true });
        to(unknown(fifoTopic, s.topic("two")))(s);
      },
      finds: [
        "unverified example.com@us-east-1: Topic one may carry bounces of example.com (us-east-1), but it is a FIFO topic.",
      ],
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const topic = s.topic("feedback", { name: "feedback.fifo", fifoTopic: true });
        s.domain("example.com");
        s.notify("example.com", unknown(), topic.arn);
      },
      finds: [
        "unverified example.com@us-east-1: Topic feedback may carry bounces, complaints and deliveries of example.com (us-east-1), but it is a FIFO topic.",
      ],
    },
  ],
});
