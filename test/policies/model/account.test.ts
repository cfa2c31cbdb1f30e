import { sameAccount } from "../../../policies/model/account";
import { UNKNOWN } from "../../../policies/model/value";

test("accounts are the same or not where both are known", () => {
  expect(sameAccount("111122223333", "111122223333")).toBe(true);
  expect(sameAccount("111122223333", "444455556666")).toBe(false);
  expect(sameAccount("111122223333", "?mail/dev")).toBe(UNKNOWN);
  expect(sameAccount("?mail/dev", "?mail/prod")).toBe(UNKNOWN);
  expect(sameAccount("?mail/dev", "?mail/dev")).toBe(true);
});
