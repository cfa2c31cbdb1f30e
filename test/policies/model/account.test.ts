import { sameAccount } from "../../../policies/model/account";
import { UNKNOWN } from "../../../policies/model/value";

test("accounts are the same or not where both are known", () => {
  expect(sameAccount("111122223333", "111122223333")).toBe(true);
  expect(sameAccount("111122223333", "444455556666")).toBe(false);
  expect(sameAccount("111122223333", undefined)).toBe(UNKNOWN);
});
