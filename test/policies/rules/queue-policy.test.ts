import { queuePolicy } from "../../../policies/rules/queue-policy";
import { ACCOUNT, allow, feed, type Handle, json, listen, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:feedback";
const sends = (condition?: Record<string, unknown>) => allow("sns.amazonaws.com", "sqs:SendMessage", "*", condition);
const from = (arn: unknown) => sends({ ArnEquals: { "aws:SourceArn": arn } });
const statements = (...all: Record<string, unknown>[]) => ({ Statement: all.flatMap((one) => one.Statement) });
const DENY = { Statement: { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" } };
/** A queue whose policy stands beside it. */
const ruled =
  (policy: unknown | ((topic: Handle) => unknown), exists = false) =>
  (s: Stack) => {
    const queue = s.queue("inbox", {}, { exists });
    const topic = exists ? s.topic("feedback", {}, { exists }) : feed(s, "sqs", queue.arn);
    if (exists) {
      s.domain("example.com");
      listen(s, "example.com", topic);
      s.subscribe(topic.arn, "sqs", queue.arn);
    }
    const text = typeof policy === "function" ? policy(topic) : policy;
    s.add("aws:sqs/queuePolicy:QueuePolicy", "queue-policy", { queueUrl: queue.id, policy: text });
  };
const inline = (policy: unknown) => (s: Stack) => feed(s, "sqs", s.queue("inbox", { policy }).arn);

const subject = "topic feedback that carries bounces and complaints of example.com (us-east-1)";
const at = "example.com@us-east-1";
const none = `violation ${at}: Queue inbox has no policy, so ${subject} can't reach it.`;
const refused = (why: string) =>
  `violation ${at}: The queue's policy does not let SNS send from ${subject} to queue inbox: ${why}.`;
const doubt = (why: string) =>
  `unverified ${at}: Whether the queue's policy lets SNS send from ${subject} to queue inbox is not known${why}.`;

/** A subscription whose own dead-letter queue has that policy. */
const deadLettersTo = (more: Record<string, unknown>, policy?: unknown) => (s: Stack) => {
  const dead = s.queue("dead", more);
  feed(s, "https", "https://example.org/hook", { redrivePolicy: policy ?? json({ deadLetterTargetArn: dead.arn }) });
};
const lost = `violation ${at}: What ${subject} can't deliver is lost: the policy of dead-letter queue dead does not let SNS send.`;
const fifo = (queue: string) =>
  `violation ${at}: Queue ${queue} is a FIFO queue, which ${subject}, a standard topic, can't deliver to.`;
/** Across Regions, from one that has to be opted in to. */
const abroad = (principal: string) => () => {
  const [mail, handler] = [new Stack("mail/prod", { region: "ap-east-1" }), new Stack("handler/prod")];
  handler.queue("inbox", { policy: json(allow(principal, "sqs:SendMessage", "*")) });
  feed(mail, "sqs", "arn:aws:sqs:us-east-1:123456789012:inbox");
  return [mail, handler];
};

const acrossStacks = (policy?: object) => {
  const [mail, handler] = [new Stack("mail/prod"), new Stack("handler/prod")];
  handler.queue("inbox", policy === undefined ? {} : { policy: json(policy) });
  feed(mail, "sqs", "arn:aws:sqs:us-east-1:123456789012:inbox");
  return [mail, handler];
};

testRule(queuePolicy, {
  fails: [
    { name: "no policy", given: (s) => feed(s, "sqs", s.queue().arn), finds: [none] },
    {
      name: "a FIFO queue",
      given: (s) => feed(s, "sqs", s.queue("inbox.fifo", { fifoQueue: true, policy: json(sends()) }).arn),
      finds: [fifo("inbox.fifo")],
    },
    {
      name: "a FIFO queue outside the view",
      given: (s) => feed(s, "sqs", "arn:aws:sqs:us-east-1:123456789012:elsewhere.fifo"),
      finds: [fifo("arn:aws:sqs:us-east-1:123456789012:elsewhere.fifo")],
    },
    { name: "a dead-letter queue without a policy", given: deadLettersTo({}), finds: [lost] },
    {
      name: "a dead-letter queue for another service",
      given: deadLettersTo({ policy: json(allow("events.amazonaws.com", "sqs:SendMessage", "*")) }),
      finds: [lost],
    },
    {
      name: "a queue for SNS of the usual name, across Regions from an opt-in one",
      given: abroad("sns.amazonaws.com")(),
      forms: ["state"],
      finds: [
        "violation example.com@ap-east-1: The queue's policy does not let SNS send from topic feedback that carries bounces and complaints of example.com (ap-east-1) to queue inbox: no statement allows it.",
      ],
    },
    { name: "an empty policy is none", given: inline(""), finds: [none] },
    {
      name: "a native queue without a policy",
      given: (s) => {
        feed(s, "sqs", s.add("aws-native:sqs:Queue", "inbox", { queueName: "inbox" }).arn);
      },
      finds: [none],
    },
    {
      name: "another service may send",
      given: ruled(json(allow("events.amazonaws.com", "sqs:SendMessage"))),
      finds: [refused("no statement allows it")],
    },
    {
      name: "SNS may do something else",
      given: inline(json(allow("sns.amazonaws.com", "sqs:ReceiveMessage"))),
      finds: [refused("no statement allows it")],
    },
    {
      name: "another queue is meant",
      given: ruled(json(allow("sns.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:other"))),
      finds: [refused("no statement allows it")],
    },
    {
      name: "another topic is meant",
      given: ruled(json(from("arn:aws:sns:us-east-1:123456789012:other"))),
      finds: [refused("the condition on aws:sourcearn excludes it")],
    },
    {
      name: "another account is meant",
      given: ruled(json(sends({ StringEquals: { "aws:SourceAccount": "999999999999" } })), true),
      finds: [refused("the condition on aws:sourceaccount excludes it")],
    },
    {
      name: "an explicit deny",
      given: ruled(json(statements(sends(), DENY))),
      finds: [refused("a Deny statement forbids it")],
    },
    {
      name: "a policy beside the queue overwrites its own",
      given: (s) => {
        const queue = s.queue("inbox", { policy: json(sends()) });
        feed(s, "sqs", queue.arn);
        s.add("aws:sqs/queuePolicy:QueuePolicy", "queue-policy", {
          queueUrl: queue.out("url"),
          policy: json({ Statement: [] }),
        });
      },
      finds: [refused("no statement allows it")],
    },
    {
      name: "another queue's policy",
      given: (s) => {
        feed(s, "sqs", s.queue().arn);
        s.add("aws:sqs/queuePolicy:QueuePolicy", "queue-policy", {
          queueUrl: s.queue("other").id,
          policy: json(sends()),
        });
      },
      finds: [none],
    },
    { name: "the queue of another stack in view", given: acrossStacks(), forms: ["state"], finds: [none] },
    {
      name: "one of two queues, the other is well",
      given: (s) => {
        const topic = feed(s, "sqs", s.queue().arn);
        s.subscribe(topic.arn, "sqs", s.queue("second", { policy: json(sends()) }).arn);
      },
      finds: [none],
    },
  ],
  passes: [
    { name: "a dead-letter queue that lets SNS send", given: deadLettersTo({ policy: json(sends()) }) },
    {
      name: "a dead-letter queue that is only named",
      given: deadLettersTo({}, JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:elsewhere" })),
    },
    { name: "no dead-letter queue, in words", given: deadLettersTo({}, "") },
    {
      name: "a FIFO queue of a FIFO topic, which topic-fifo reports",
      given: (s) => {
        const queue = s.queue("inbox.fifo", { fifoQueue: true, policy: json(sends()) });
        const topic = s.topic("feedback.fifo", { fifoTopic: true });
        s.domain("example.com");
        listen(s, "example.com", topic);
        s.subscribe(topic.arn, "sqs", queue.arn);
      },
    },
    {
      name: "a queue for SNS of an opt-in Region, across Regions",
      given: abroad("sns.ap-east-1.amazonaws.com")(),
      forms: ["state"],
    },
    { name: "SNS may send", given: ruled(json(sends())) },
    { name: "SNS may send, in the queue itself", given: inline(json(sends())) },
    {
      name: "everybody may send",
      given: ruled(json({ Statement: { Effect: "Allow", Principal: "*", Action: "SQS:*", Resource: "*" } })),
    },
    { name: "from this topic", given: ruled((topic: Handle) => json(from(topic.arn))), forms: ["state"] },
    { name: "from this topic, known before", given: ruled(json(from(TOPIC)), true) },
    {
      name: "from the account's topics",
      given: ruled(json(sends({ ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${ACCOUNT}:*` } })), true),
    },
    {
      name: "native, beside the queue",
      given: (s) => {
        const queue = s.add("aws-native:sqs:Queue", "inbox", { queueName: "inbox" });
        feed(s, "sqs", queue.arn);
        s.add("aws-native:sqs:QueueInlinePolicy", "queue-policy", { queue: queue.id, policyDocument: sends() });
      },
    },
    {
      name: "native, for several queues",
      given: (s) => {
        const [queue, other] = [s.queue(), s.queue("other")];
        const topic = feed(s, "sqs", queue.arn);
        s.subscribe(topic.arn, "sqs", other.arn);
        s.add("aws-native:sqs:QueuePolicy", "queue-policy", { queues: [queue.id, other.id], policyDocument: sends() });
      },
    },
    { name: "across stacks", given: acrossStacks(from(TOPIC)), forms: ["state"] },
    { name: "a queue outside the view", given: (s) => feed(s, "sqs", "arn:aws:sqs:us-east-1:123456789012:elsewhere") },
    { name: "a queue that is only read", given: (s) => feed(s, "sqs", s.queue("inbox", {}, { external: true }).arn) },
    {
      name: "a queue on a topic that SES does not use",
      given: (s) => s.subscribe(s.topic().arn, "sqs", s.queue().arn),
    },
    { name: "another protocol", given: (s) => feed(s, "email", "ops@corp.example") },
  ],
  unknown: [
    {
      name: "a queue that may be a FIFO queue",
      given: (s) => {
        const queue = s.add("aws:sqs/queue:Queue", "inbox", { fifoQueue: unknown(), policy: json(sends()) });
        feed(s, "sqs", queue.arn);
      },
      forms: ["preview", "pack"],
      finds: [
        `unverified ${at}: Whether queue inbox, fed by ${subject}, is a FIFO queue, which a standard topic can't deliver to, is not known.`,
      ],
    },
    {
      name: "a dead-letter queue whose policy is not known",
      given: deadLettersTo({ policy: unknown() }),
      finds: [`unverified ${at}: Whether dead-letter queue dead takes what ${subject} can't deliver is not known.`],
    },
    {
      name: "a dead-letter queue that is not known",
      given: deadLettersTo({}, unknown()),
      finds: [
        `unverified ${at}: Whether dead-letter queue of subscription subscription-5 takes what ${subject} can't deliver is not known.`,
      ],
    },
    {
      name: "nobody knows which queue",
      given: (s) => feed(s, "sqs", unknown()),
      finds: [
        `unverified ${at}: The queue behind subscription subscription-5 to topic feedback that carries bounces and complaints of example.com (us-east-1) is not known, so its policy cannot be checked.`,
      ],
    },
    {
      name: "one of several queues",
      given: (s) => feed(s, "sqs", unknown(s.queue("one"), s.queue("two"))),
      finds: [`unverified ${at}`],
    },
    { name: "a protocol that nobody knows", given: (s) => feed(s, unknown(), unknown()), finds: [`unverified ${at}`] },
    {
      name: "a policy that nobody knows",
      given: ruled(unknown()),
      forms: ["state"],
      finds: [doubt(": part of the policy is not known")],
    },
    { name: "a policy that is no JSON", given: ruled("{"), finds: [doubt(": part of the policy is not known")] },
    {
      name: "a policy with the ARN of a topic that does not exist yet",
      given: ruled((topic: Handle) => json(from(topic.arn))),
      forms: ["preview", "pack"],
      finds: [doubt(" until it is deployed")],
    },
    {
      name: "a condition that nobody can judge",
      given: ruled(json(sends({ StringEquals: { "aws:userid": "x" } }))),
      finds: [doubt(": it depends on aws:userid")],
    },
    {
      name: "a policy for nobody knows which queue",
      given: (s) => {
        feed(s, "sqs", s.queue().arn);
        s.add("aws:sqs/queuePolicy:QueuePolicy", "queue-policy", { queueUrl: unknown(), policy: json(sends()) });
      },
      finds: [doubt(": part of the policy is not known")],
    },
    {
      name: "two policies that disagree",
      given: (s) => {
        ruled(json(sends()))(s);
        s.add("aws:sqs/queuePolicy:QueuePolicy", "second", {
          queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/inbox",
          policy: json(DENY),
        });
      },
      forms: ["state"],
      finds: [doubt(": part of the policy is not known")],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        feed(s, "sqs", s.queue().arn);
      },
      forms: ["preview"],
      finds: [none.replace("violation", "unverified")],
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
        `unverified ${at}: Queue inbox has no policy, so topic feedback that may carry bounces, complaints and deliveries of example.com (us-east-1) can't reach it.`,
      ],
    },
  ],
});
