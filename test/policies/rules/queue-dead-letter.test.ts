import { queueDeadLetter } from "../../../policies/rules/queue-dead-letter";
import { feed, json, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const REDRIVE = json({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead", maxReceiveCount: 5 });
const fed =
  (more: Record<string, unknown> = {}, then: (s: Stack, queue: ReturnType<Stack["queue"]>) => unknown = () => {}) =>
  (s: Stack) => {
    const queue = s.queue("inbox", more);
    feed(s, "sqs", queue.arn);
    then(s, queue);
  };
const carries = "fed by topic feedback that carries bounces and complaints of example.com (us-east-1),";
const lost = `violation example.com@us-east-1: Queue inbox, ${carries} has no dead-letter queue.`;
const doubt = `unverified example.com@us-east-1: Whether queue inbox, ${carries} has a dead-letter queue is not known.`;

const acrossStacks = () => {
  const [mail, handler] = [new Stack("mail/prod"), new Stack("handler/prod")];
  handler.queue("inbox");
  feed(mail, "sqs", "arn:aws:sqs:us-east-1:123456789012:inbox");
  return [mail, handler];
};

testRule(queueDeadLetter, {
  fails: [
    { name: "no redrive policy", given: fed(), finds: [lost] },
    { name: "an empty one", given: fed({ redrivePolicy: "" }), finds: [lost] },
    {
      name: "a native queue",
      given: (s) => {
        feed(s, "sqs", s.add("aws-native:sqs:Queue", "inbox", { queueName: "inbox" }).arn);
      },
      finds: [lost],
    },
    {
      name: "a native subscription, the queue by ARN",
      given: (s) => {
        s.queue("inbox", {}, { exists: true });
        const topic = s.topic("feedback", {}, { exists: true });
        s.domain("example.com");
        listen(s, "example.com", topic);
        s.add("aws-native:sns:Subscription", "subscription", {
          topicArn: topic.arn,
          protocol: "sqs",
          endpoint: "arn:aws:sqs:us-east-1:123456789012:inbox",
        });
      },
      finds: [lost],
    },
    { name: "the queue of another stack in view", given: acrossStacks(), forms: ["state"], finds: [lost] },
    {
      name: "another queue's redrive policy",
      given: fed({}, (s) => {
        const other = s.queue("other", {}, {});
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", { queueUrl: other.out("url"), redrivePolicy: REDRIVE });
      }),
      finds: [lost],
    },
    {
      name: "a queue that two topics feed, once",
      given: (s) => {
        const queue = s.queue();
        feed(s, "sqs", queue.arn);
        const other = s.topic("other");
        s.notify("example.com", "Delivery", other.arn);
        s.subscribe(other.arn, "sqs", queue.arn);
      },
      finds: [lost],
    },
    {
      name: "a queue for deliveries only",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", "Delivery", topic.arn);
        s.subscribe(topic.arn, "sqs", s.queue().arn);
      },
      finds: [
        "violation example.com@us-east-1: Queue inbox, fed by topic feedback that carries deliveries of example.com (us-east-1), has no dead-letter queue.",
      ],
    },
  ],
  passes: [
    { name: "a redrive policy of its own", given: fed({ redrivePolicy: REDRIVE }) },
    {
      name: "native, an object",
      given: (s) => {
        const redrivePolicy = { deadLetterTargetArn: s.queue("dead").arn, maxReceiveCount: 5 };
        feed(s, "sqs", s.add("aws-native:sqs:Queue", "inbox", { redrivePolicy }).arn);
      },
    },
    {
      name: "a redrive policy beside it",
      given: fed({}, (s, queue) => {
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", { queueUrl: queue.id, redrivePolicy: REDRIVE });
      }),
    },
    { name: "a queue that nobody subscribed", given: (s) => s.queue() },
    {
      name: "a queue on a topic that SES does not use",
      given: (s) => s.subscribe(s.topic().arn, "sqs", s.queue().arn),
    },
    { name: "a queue outside the view", given: (s) => feed(s, "sqs", "arn:aws:sqs:us-east-1:123456789012:elsewhere") },
    {
      name: "a queue that is only read",
      given: (s) => feed(s, "sqs", s.queue("inbox", {}, { external: true }).arn),
    },
    { name: "another endpoint", given: (s) => feed(s, "https", "https://example.org/hook") },
  ],
  unknown: [
    { name: "a redrive policy that nobody knows", given: fed({ redrivePolicy: unknown() }), finds: [doubt] },
    {
      name: "a redrive policy beside it that nobody knows",
      given: fed({}, (s, queue) =>
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", { queueUrl: queue.id, redrivePolicy: unknown() }),
      ),
      finds: [doubt],
    },
    {
      name: "a redrive policy for nobody knows which queue",
      given: fed({}, (s) =>
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", { queueUrl: unknown(), redrivePolicy: REDRIVE }),
      ),
      finds: [doubt],
    },
    {
      name: "a redrive policy for one of several queues",
      given: fed({}, (s, queue) =>
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", {
          queueUrl: unknown(queue, s.queue("other")),
          redrivePolicy: REDRIVE,
        }),
      ),
      finds: [doubt],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: fed({}, (s) => {
        s.partial = true;
      }),
      forms: ["preview"],
      finds: [`unverified example.com@us-east-1: Queue inbox, ${carries} has no dead-letter queue.`],
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), topic.arn);
        s.subscribe(topic.arn, "sqs", s.queue().arn);
      },
      finds: [
        "unverified example.com@us-east-1: Queue inbox, fed by topic feedback that may carry bounces, complaints and deliveries of example.com (us-east-1), has no dead-letter queue.",
      ],
    },
  ],
});
