import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { Stack } from "../../support/records";

const TOPIC_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** A domain whose topic has no subscriber in sight, in a program with a callback that nobody ran. */
function verdicts(types: string[] | undefined): string[] {
  const stack = new Stack();
  stack.domain("example.com");
  const topic = stack.topic("feedback");
  stack.notify("example.com", "Bounce", topic.arn);
  stack.notify("example.com", "Complaint", topic.arn);
  const records = { ...stack.records("preview"), mayBeMissing: [{ reason: "a callback", ...(types && { types }) }] };
  const { findings } = evaluate([records], DEFAULT_CONFIG, "2026-11-23");
  return findings.filter(({ rule }) => rule === "unmonitored-topic").map(({ verdict }) => verdict);
}

test("what a skipped callback might have registered makes absence a doubt", () => {
  expect(verdicts([TOPIC_SUBSCRIPTION])).toEqual(["unverified"]);
  expect(verdicts(undefined)).toEqual(["unverified"]);
});

test("a callback that makes only a bucket disarms nothing", () => {
  expect(verdicts(["aws:s3/bucket:Bucket"])).toEqual(["violation"]);
});
