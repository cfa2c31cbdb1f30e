import { ANY_PART, glob, ONE, STAR } from "../../../../policies/model/iam/glob";
import { UNKNOWN } from "../../../../policies/model/value";

test.each([
  ["abc", "abc", true],
  ["abc", "abd", false],
  [`a${STAR}c`, "abbbc", true],
  [`a${STAR}c`, "ac", true],
  [`a${ONE}c`, "ac", false],
  [`a${ONE}c`, "abc", true],
  ["a*c", "abc", false],
  [`arn:${ANY_PART}:x`, "arn:aws:x", UNKNOWN],
  [`arn:${ANY_PART}:x`, "arn:aws:y", false],
  [`arn:${STAR}:x`, `arn:${ANY_PART}:x`, true],
  ["arn:aws:x", `arn:${ANY_PART}:x`, UNKNOWN],
  ["arn:aws:cn:x", `arn:${ANY_PART}:x`, false],
  [`a${ONE}${STAR}${ONE}`, "ab", false],
  [`a${ONE}${STAR}${ONE}`, "abc", true],
])("%j takes %j: %p", (pattern, text, expected) => {
  expect(glob(pattern, text)).toBe(expected);
});
