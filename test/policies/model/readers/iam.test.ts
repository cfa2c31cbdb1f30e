import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

test.each([
  ["aws:iam/role:Role", "name", "assumeRolePolicy"],
  ["aws-native:iam:Role", "roleName", "assumeRolePolicyDocument"],
])("%s is a role", (type, name, trust) => {
  const arn = "arn:aws:iam::111122223333:role/deliver";
  expect(factOf(type, { [name]: "deliver", [trust]: "{}" }, { arn })).toMatchObject({
    ...{ fact: "role", name: "deliver", arn },
    trust: "{}",
  });
  expect(factOf(type, { [trust]: UNKNOWN })).toMatchObject({ name: undefined, trust: UNKNOWN });
});
