import type { Reader, ReaderTable } from "../inventory/facts";

/** Roles that services assume. */
export const IAM: ReaderTable = {
  "aws:iam/role:Role": role({ name: "name", trust: "assumeRolePolicy" }),
  "aws-native:iam:Role": role({ name: "roleName", trust: "assumeRolePolicyDocument" }),
};

function role(at: { name: string; trust: string }): Reader {
  return (reader) => ({
    fact: "role",
    name: reader.text(at.name).value,
    arn: reader.output("arn"),
    trust: reader.raw(at.trust),
  });
}
