import { DEFAULT_CONFIG } from "../../../../policies/config";
import { evaluate } from "../../../../policies/evaluate";
import { Stack } from "../../../support/records";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";

/** A domain that listens, with what the rename of one of its settings without an alias leaves: a deletion beside it. */
function verdicts(change: (stack: Stack) => void): Record<string, string> {
  const stack = new Stack();
  stack.domain("example.com");
  const topic = stack.topic("feedback", {}, { exists: true });
  for (const type of ["Bounce", "Complaint"]) stack.notify("example.com", type, topic.arn);
  stack.subscribe(topic.arn, "sqs", QUEUE);
  change(stack);
  const { findings } = evaluate([stack.records("preview")], DEFAULT_CONFIG, "2026-11-23");
  return Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
}

const NOTIFICATION = "aws:ses/identityNotificationTopic:IdentityNotificationTopic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ATTRIBUTES = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
const GONE = { gone: true, exists: true } as const;

test("an identity's topic goes with the deletion of another resource that set it", () => {
  const before = { identity: "example.com", notificationType: "Complaint", topicArn: "arn:aws:sns:us-east-1:1:old" };
  const found = verdicts((stack) => stack.add(NOTIFICATION, "before", before, GONE));
  expect(found["complaint-handling"]).toBe("violation");
  expect(found["bounce-handling"]).toBeUndefined();
});

test.each([
  ["of another type", { identity: "example.com", notificationType: "Delivery" }],
  ["of another identity", { identity: "example.org", notificationType: "Bounce" }],
])("and not with that of a setting %s", (_, inputs) => {
  const found = verdicts((stack) => stack.add(NOTIFICATION, "before", inputs, GONE));
  expect(found["bounce-handling"]).toBeUndefined();
  expect(found["complaint-handling"]).toBeUndefined();
});

test.each([
  ["the same endpoint", QUEUE, "violation"],
  ["another endpoint", `${QUEUE}-old`, undefined],
])("a subscription goes with the deletion of another for %s", (_, endpoint, verdict) => {
  const found = verdicts((stack) =>
    stack.add(
      SUBSCRIPTION,
      "before",
      { topic: "arn:aws:sns:us-east-1:123456789012:feedback", protocol: "sqs", endpoint },
      GONE,
    ),
  );
  expect(found["unmonitored-topic"]).toBe(verdict);
});

test.each([
  ["declared again", true],
  ["declared no more", false],
])("forwarding is off once its attributes are deleted, %s", (_, again) => {
  const stack = new Stack();
  stack.domain("example.com");
  stack.add(ATTRIBUTES, "before", { emailIdentity: "example.com", emailForwardingEnabled: true }, GONE);
  if (again) stack.forwarding("example.com", true);
  const config = { ...DEFAULT_CONFIG, emailForwarding: "accept" as const };
  const { findings } = evaluate([stack.records("preview")], config, "2026-11-23");
  const said = findings.filter(({ verdict }) => verdict === "violation").map(({ rule }) => rule);
  expect(said).toEqual(expect.arrayContaining(["bounce-handling", "complaint-handling", "feedback-forwarding-off"]));
});

test("what is deleted before its replacement is made takes nothing back", () => {
  const stack = new Stack();
  stack.domain("example.com");
  stack.forwarding("example.com", true);
  stack.add(ATTRIBUTES, "before", { emailIdentity: "example.com", emailForwardingEnabled: true }, GONE);
  const records = stack.records("preview");
  for (const one of records.resources) if (one.gone) one.superseded = "before";
  const { findings } = evaluate([records], DEFAULT_CONFIG, "2026-11-23");
  expect(findings.map(({ rule }) => rule)).toEqual(["dkim-signing"]);
});
