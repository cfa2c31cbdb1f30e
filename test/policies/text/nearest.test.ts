import { nearest } from "../../../policies/text/nearest";

const RULES = ["bounce-handling", "complaint-handling", "topic-region"];

test("a misspelt word has a nearest candidate", () => {
  expect(nearest("bounce-handeling", RULES)).toBe("bounce-handling");
  expect(nearest("Topic-Region", RULES)).toBe("topic-region");
});

test("a word that is far from all of them has none", () => {
  expect(nearest("yaml", RULES)).toBeUndefined();
  expect(nearest("bounce", RULES)).toBeUndefined();
  expect(nearest("", RULES)).toBeUndefined();
});

test("a word that nobody can have meant is not compared", () => {
  expect(nearest(`topic-region${"n".repeat(100_000)}`, RULES)).toBeUndefined();
});
