import { topicRegion } from "../../../policies/rules/topic-region";
import { listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const ELSEWHERE = "arn:aws:sns:eu-west-1:123456789012:elsewhere";
const EVENTS = { enabled: true, matchingEventTypes: ["BOUNCE"] };
const to = (topicArn: unknown) => (s: Stack) => {
  s.domain("example.com");
  s.notify("example.com", "Bounce", topicArn);
};
const wrong = (name: string, region: string, who = "example.com (us-east-1)") =>
  `violation example.com@us-east-1: Topic ${name} is in ${region}, but ${who} publishes to it.`;
const doubt = (subject: string, topic: string, who: string) =>
  `unverified ${subject}: Topic ${topic}, but ${who} publishes to it: whether both are in one Region is not known.`;

const acrossStacks = (region: string) => {
  const [mail, topics] = [new Stack("mail/prod"), new Stack("topics/prod", { region })];
  topics.topic("elsewhere");
  to(`arn:aws:sns:${region}:123456789012:elsewhere`)(mail);
  return [mail, topics];
};

const nowhere = () => {
  const stack = new Stack("mail/prod", { region: null });
  to(stack.topic().arn)(stack);
  return stack;
};

testRule(topicRegion, {
  fails: [
    {
      name: "a topic with a Region of its own",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", s.topic("feedback", { region: "eu-west-1" }));
      },
      finds: [wrong("feedback", "eu-west-1")],
    },
    {
      name: "a topic of another provider",
      given: (s) => {
        const provider = s.provider("ireland", "eu-west-1");
        to(s.topic("feedback", {}, { provider }).arn)(s);
      },
      finds: [wrong("feedback", "eu-west-1")],
    },
    {
      name: "an identity of another provider",
      given: (s) => {
        const provider = s.provider("ireland", "eu-west-1");
        s.domain("example.com", {}, { provider });
        s.notify("example.com", "Bounce", s.topic().arn, {}, { provider });
      },
      finds: [
        "violation example.com@eu-west-1: Topic feedback is in us-east-1, but example.com (eu-west-1) publishes to it.",
      ],
    },
    { name: "a topic outside the view", given: to(ELSEWHERE), finds: [wrong(ELSEWHERE, "eu-west-1")] },
    {
      name: "v2: an event destination",
      given: (s) => {
        s.set("main");
        s.destination("main", { ...EVENTS, snsDestination: { topicArn: ELSEWHERE } });
      },
      finds: [
        `violation @us-east-1: Topic ${ELSEWHERE} is in eu-west-1, but configuration set main (us-east-1) publishes to it.`,
      ],
    },
    {
      name: "v1 and native: event destinations",
      given: (s) => {
        const topic = s.topic("feedback", { region: "eu-west-1" });
        s.add("aws:ses/eventDestination:EventDestination", "old", {
          configurationSetName: "old",
          enabled: true,
          matchingTypes: ["bounce"],
          snsDestination: { topicArn: topic.arn },
        });
        s.add("aws-native:ses:ConfigurationSetEventDestination", "native", {
          configurationSetName: "native",
          eventDestination: { ...EVENTS, snsDestination: { topicArn: topic.arn } },
        });
      },
      finds: [
        "violation @us-east-1: Topic feedback is in eu-west-1, but configuration set native (us-east-1) publishes to it.",
        "violation @us-east-1",
      ],
    },
    {
      name: "one of two Regions that publish to it",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.domain("example.com", { region: "eu-west-1" }, { as: "ireland" });
        s.notify("example.com", "Bounce", topic.arn);
        s.notify("example.com", "Bounce", topic.arn, { region: "eu-west-1" });
      },
      finds: ["violation example.com@eu-west-1"],
    },
    {
      name: "for deliveries only, and for an identity out of view",
      given: (s) => s.notify("example.com", "Delivery", ELSEWHERE),
      finds: [wrong(ELSEWHERE, "eu-west-1")],
    },
    {
      name: "of another stack in view",
      given: acrossStacks("eu-west-1"),
      forms: ["state"],
      finds: [wrong("elsewhere", "eu-west-1")],
    },
  ],
  passes: [
    { name: "one Region", given: (s) => to(s.topic().arn)(s) },
    { name: "one Region, outside the view", given: to("arn:aws:sns:us-east-1:123456789012:elsewhere") },
    {
      name: "both in another Region",
      given: (s) => {
        const there = { region: "eu-west-1" };
        s.domain("example.com", there);
        s.notify("example.com", "Bounce", s.topic("feedback", there).arn, there);
      },
    },
    { name: "one provider whose Region nobody knows", given: nowhere() },
    { name: "of another stack in the same Region", given: acrossStacks("us-east-1"), forms: ["state"] },
    { name: "a topic elsewhere that SES does not use", given: (s) => s.topic("feedback", { region: "eu-west-1" }) },
    { name: "a topic that nobody knows", given: to(unknown()) },
    {
      name: "a subscriber in another Region",
      given: (s) => {
        const topic = s.topic();
        to(topic.arn)(s);
        s.subscribe(topic.arn, "sqs", s.queue("inbox", { region: "eu-west-1" }).arn);
      },
    },
  ],
  unknown: [
    {
      name: "a topic whose Region nobody knows",
      given: (s) => to(s.topic("feedback", { region: unknown() }).arn)(s),
      finds: [doubt("example.com@us-east-1", "feedback is in a Region that is not known", "example.com (us-east-1)")],
    },
    {
      name: "a set whose Region nobody knows",
      given: (s) =>
        s.destination("main", { ...EVENTS, snsDestination: { topicArn: ELSEWHERE } }, { region: unknown() }),
      finds: [doubt("-", `${ELSEWHERE} is in eu-west-1`, "configuration set main")],
    },
    {
      name: "it is not known what is sent there",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), ELSEWHERE);
      },
      finds: [wrong(ELSEWHERE, "eu-west-1").replace("violation", "unverified")],
    },
  ],
});
