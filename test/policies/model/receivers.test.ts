import { identitiesOf } from "../../../linter/report/identities";
import { waysOf } from "../../../linter/reporters/reception";
import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { FORMS, type Form, listen, Stack } from "../../support/records";

function receptions(stack: Stack, form: Form = "state") {
  const [first] = identitiesOf(evaluate([stack.records(form)], DEFAULT_CONFIG, "2026-11-23").context);
  if (!first) throw new Error("no identity");
  return first.reception;
}

function queueBehind(stack: Stack, topic: ReturnType<Stack["add"]>) {
  const dead = stack.add("aws:sqs/queue:Queue", "dead");
  const queue = stack.add("aws:sqs/queue:Queue", "feedback-queue", {
    redrivePolicy: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 },
  });
  stack.add("aws:sns/topicSubscription:TopicSubscription", "to-queue", {
    topic: topic.arn,
    protocol: "sqs",
    endpoint: queue.arn,
  });
  return queue;
}

test.each(FORMS)("topic, queue, dead letters and the function behind, in a %s", (form) => {
  const stack = new Stack();
  stack.domain("example.com");
  const topic = stack.add("aws:sns/topic:Topic", "feedback");
  listen(stack, "example.com", topic);
  const queue = queueBehind(stack, topic);
  const work = stack.add("aws:lambda/function:Function", "work");
  stack.add("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
    eventSourceArn: queue.arn,
    functionName: work.arn,
  });
  const { bounce, delivery } = receptions(stack, form);
  expect(bounce.ending).toBe("received");
  expect(waysOf(bounce)[0]).toMatch(
    /^topic feedback\S* → queue feedback-queue\S* \(dead letters: dead\S*\) → function work\S*$/,
  );
  expect(delivery).toEqual({ ending: "none", ways: [] });
});

test("a mapping that is switched off leads nowhere", () => {
  const stack = new Stack();
  stack.domain("example.com");
  const topic = stack.add("aws:sns/topic:Topic", "feedback");
  listen(stack, "example.com", topic);
  const queue = queueBehind(stack, topic);
  const work = stack.add("aws:lambda/function:Function", "work");
  stack.add("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
    ...{ eventSourceArn: queue.arn, functionName: work.arn, enabled: false },
  });
  expect(waysOf(receptions(stack).bounce)[0]).not.toContain("function");
});

test("nobody hears a topic without subscribers, nor an identity without channels", () => {
  const stack = new Stack();
  stack.domain("example.com");
  listen(stack, "example.com", stack.add("aws:sns/topic:Topic", "feedback"));
  expect(receptions(stack).bounce.ending).toBe("nobody");
  const bare = new Stack();
  bare.domain("example.com");
  expect(receptions(bare).bounce).toMatchObject({
    ending: "nobody",
    ways: [{ channel: "forwarding", declared: false }],
  });
});

test("a topic outside the view leads out of it", () => {
  const stack = new Stack();
  stack.domain("example.com");
  stack.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere");
  const { bounce } = receptions(stack);
  expect(bounce.ending).toBe("elsewhere");
  expect(waysOf(bounce)).toContain("topic elsewhere");
});

test("of a webhook only the host is told", () => {
  const stack = new Stack();
  stack.domain("example.com");
  const topic = stack.add("aws:sns/topic:Topic", "feedback");
  listen(stack, "example.com", topic);
  stack.add("aws:sns/topicSubscription:TopicSubscription", "hook", {
    ...{ topic: topic.arn, protocol: "https", endpoint: "https://user:word@hooks.example/secret-path?token=x" },
  });
  const text = JSON.stringify(receptions(stack));
  expect(text).toContain("hooks.example");
  expect(text).not.toMatch(/secret-path|word|token/);
});
