import type { Entity, Link } from "../../../../policies/model/inventory/links";
import { UNKNOWN } from "../../../../policies/model/value";
import { ACCOUNT, FORMS, json, Stack, unknown } from "../../../support/records";
import { one, view } from "../view";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const FUNCTION = "aws:lambda/function:Function";

function nameBehind(link: Link<Entity>): unknown {
  return link.kind === "found" ? link.target.name : link.kind;
}

describe.each(FORMS)("%s", (form) => {
  /** The queue `inbox`, as the subscriptions of a topic find it, and what comes after it. */
  function behindInbox(program: (stack: Stack) => unknown) {
    const stack = new Stack();
    const topic = stack.topic();
    const inbox = stack.queue("inbox", {}, { exists: true });
    stack.subscribe(topic.arn, "sqs", inbox.arn);
    program(stack);
    const { inventory } = view(stack, form);
    const { queue } = one(inventory.subscriptions, () => true);
    if (queue.kind !== "found") throw new Error("the queue is not found");
    const steps = inventory.stepsFrom(queue.target).map(({ kind, to, isCertain }) => [kind, nameBehind(to), isCertain]);
    return { steps, deadLetters: nameBehind(inventory.deadLettersOf(queue.target)) };
  }

  const INBOX = `arn:aws:sqs:us-east-1:${ACCOUNT}:inbox`;
  const work = (stack: Stack, more: Record<string, unknown> = {}) => {
    const reader = stack.add(FUNCTION, "reader", { name: "reader" });
    return stack.add(MAPPING, "work", { eventSourceArn: INBOX, functionName: reader.out("name"), ...more });
  };

  test.each<[string, (stack: Stack) => unknown, object]>([
    ["nothing", () => undefined, { steps: [], deadLetters: "absent" }],
    ["a function that works it off", (s) => work(s), { steps: [["function", "reader", true]], deadLetters: "absent" }],
    ["one that is switched off", (s) => work(s, { enabled: false }), { steps: [], deadLetters: "absent" }],
    [
      "one that may be switched off",
      (s) => work(s, { enabled: unknown() }),
      { steps: [["function", "reader", UNKNOWN]], deadLetters: "absent" },
    ],
    [
      "one that works off another queue",
      (s) => work(s, { eventSourceArn: `${INBOX}-2` }),
      { steps: [], deadLetters: "absent" },
    ],
    [
      "dead letters in a resource of their own",
      (s) => {
        const dead = s.queue("dead", {}, { exists: true });
        const redrivePolicy = json({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 });
        const queueUrl = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/inbox`;
        s.add("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", { queueUrl, redrivePolicy }, { exists: true });
      },
      { steps: [], deadLetters: "dead" },
    ],
  ])("behind a queue: %s", (_, program, expected) => {
    expect(behindInbox(program)).toEqual(expected);
  });

  test("a rule hands on to its targets, but not to one that is deleted", () => {
    const stack = new Stack();
    const rule = stack.add(RULE, "rule", { name: "rule" });
    const gone = stack.queue("gone", {}, { gone: true, exists: true });
    const inbox = stack.queue("inbox", {}, { exists: true });
    const far = "arn:aws:lambda:us-east-1:999999999999:function:far";
    for (const [name, arn] of Object.entries({ gone: gone.arn, inbox: inbox.arn, far })) {
      stack.add(TARGET, name, { rule: rule.out("name"), arn });
    }
    const { inventory } = view(stack, form);
    const steps = inventory.stepsFrom(one(inventory.eventRules, () => true));
    expect(steps.map(({ kind, to, isCertain }) => [kind, nameBehind(to), isCertain]).sort()).toEqual([
      ["function", "outside", true],
      ["queue", "inbox", true],
    ]);
  });
});
