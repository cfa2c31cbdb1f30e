import { isOneTopic } from "../../../policies/model/topic";
import { UNKNOWN } from "../../../policies/model/value";
import { Stack } from "../../support/records";
import { view } from "./view";

const ARN = "arn:aws:sns:us-east-1:123456789012:feedback";

/** A topic in view whose account nobody knows yet, and the ARN of one of its name. */
function topics(arn: string) {
  const stack = new Stack();
  stack.domain("example.com");
  stack.add("aws:sns/topic:Topic", "feedback", { name: "feedback" });
  stack.notify("example.com", "Bounce", arn);
  const { inventory } = view(stack, "preview");
  const named = inventory.topics.find(({ resource }) => resource !== undefined);
  const meant = inventory.notifications[0]?.topic;
  if (named === undefined || meant?.kind !== "found") throw new Error("both topics are there");
  return { named, meant: meant.target };
}

test("an ARN may be that of a topic whose account nobody knows", () => {
  const { named, meant } = topics(ARN);
  expect(isOneTopic(named, meant)).toBe(UNKNOWN);
  expect(isOneTopic(meant, named)).toBe(UNKNOWN);
  expect(isOneTopic(meant, meant)).toBe(true);
});

test("it tells its own name, Region and FIFO all the same", () => {
  const { meant } = topics(ARN);
  expect([meant.name, meant.region, meant.fifo]).toEqual(["feedback", "us-east-1", false]);
});

test("one of another name is another topic", () => {
  const { named, meant } = topics(`${ARN}-other`);
  expect(isOneTopic(named, meant)).toBe(false);
});
