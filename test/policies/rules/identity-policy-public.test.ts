import { identityPolicyPublic } from "../../../policies/rules/identity-policy-public";
import { ACCOUNT, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const policy = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: ["ses:SendEmail", "ses:SendRawEmail"], Resource: "*", ...more },
    ],
  });

const v1 =
  (document: unknown, identity: unknown = "example.com", as = "example.com") =>
  (stack: Stack) => {
    stack.domain(as);
    stack.add("aws:ses/identityPolicy:IdentityPolicy", "policy", { identity, policy: document, name: "send" });
  };
const v2 = (document: unknown) => (stack: Stack) => {
  const { out } = stack.identity("example.com");
  stack.add("aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy", "policy", {
    emailIdentity: out("emailIdentity"),
    policy: document,
    policyName: "send",
  });
};

const open = (identity = "example.com") =>
  `violation ${identity}@us-east-1: A policy of ${identity} (us-east-1) lets anybody send in its name.`;
const notKnown =
  "unverified example.com@us-east-1: Whether a policy of example.com (us-east-1) lets anybody send in its name is not known.";

testRule(identityPolicyPublic, {
  fails: [
    { name: "everybody, v1", given: v1(policy()), finds: [open()] },
    { name: "everybody, v2", given: v2(policy({ Principal: { AWS: "*" } })), finds: [open()] },
    { name: "every action", given: v1(policy({ Action: "ses:*" })), finds: [open()] },
    {
      name: "everybody, from one address",
      given: v1(policy({ Condition: { StringLike: { "ses:FromAddress": "shop@example.com" } } })),
      finds: [open()],
    },
    { name: "an identity that stands elsewhere", given: v1(policy(), "example.org"), finds: [open("example.org")] },
    {
      name: "an identity that is not known",
      given: v1(policy(), unknown()),
      finds: ["violation @us-east-1: A policy of the identity of policy (us-east-1) lets anybody send in its name."],
    },
  ],
  passes: [
    { name: "one account", given: v1(policy({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })) },
    {
      name: "everybody in one organisation",
      given: v2(policy({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } })),
    },
    { name: "an action that sends nothing", given: v1(policy({ Action: "ses:GetEmailIdentity" })) },
    { name: "a Deny", given: v1(policy({ Effect: "Deny" })) },
  ],
  unknown: [
    { name: "a policy that is not known", given: v1(unknown()), finds: [notKnown] },
    { name: "a policy that nobody can read", given: v2("{}"), finds: [notKnown] },
    {
      name: "a condition that nobody knows",
      given: v1(policy({ Condition: { StringEquals: { "aws:PrincipalTag/team": "mail" } } })),
      finds: [notKnown],
    },
  ],
});
