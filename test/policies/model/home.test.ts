import { sameHome } from "../../../policies/model/home";
import { UNKNOWN } from "../../../policies/model/value";

const HERE = { region: "us-east-1", account: "111122223333" };

test.each([
  ["itself", HERE, true],
  ["another Region", { ...HERE, region: "eu-west-1" }, false],
  ["another account", { ...HERE, account: "444455556666" }, false],
  ["an account that is not known", { ...HERE, account: "?mail/dev" }, UNKNOWN],
  ["another Region, whatever the account", { region: "eu-west-1", account: "?mail/dev" }, false],
  ["a Region that is not known", { ...HERE, region: "?urn" }, UNKNOWN],
])("one Region of one account, beside %s", (_, other, same) => {
  expect(sameHome(HERE, other)).toBe(same);
  expect(sameHome(other, HERE)).toBe(same);
});
