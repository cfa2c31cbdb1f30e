import { nearest } from "../../policies/text/nearest";

const RULES = ["bounce-handling", "complaint-handling", "topic-fifo"];

test("a suggestion is near or none", () => {
  expect(nearest("bounce", RULES)).toBeUndefined();
  expect(nearest("Topic-FIFO", RULES)).toBe("topic-fifo");
  expect(nearest("x".repeat(10_000), RULES)).toBeUndefined();
});
