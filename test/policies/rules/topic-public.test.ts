import { topicPublic } from "../../../policies/rules/topic-public";
import { ACCOUNT, listen, SES_MAY_PUBLISH, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const statement = (more: Record<string, unknown> = {}) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "sns:Publish",
  Resource: "*",
  ...more,
});
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const when = (operator: string, key: string, value: unknown) =>
  statement({ Condition: { [operator]: { [key]: value } } });
const DEFAULT = statement({
  Principal: { AWS: "*" },
  Action: [
    ...["GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "Subscribe"],
    ...["ListSubscriptionsByTopic", "Publish"],
  ].map((action) => `SNS:${action}`),
  Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT } },
});

const withPolicy = (document: unknown) => (stack: Stack) => {
  const topic = stack.topic();
  stack.domain("example.com");
  listen(stack, "example.com", topic);
  if (document !== undefined) stack.topicPolicy(topic.arn, document);
};
const withStatement = (one: unknown) => withPolicy(policy(one));

const open =
  "violation example.com@us-east-1: Topic feedback carries bounces and complaints of example.com (us-east-1), and its policy lets anybody publish to it.";
const notKnown =
  "unverified example.com@us-east-1: Whether the policy of topic feedback, which carries bounces and complaints of example.com (us-east-1), lets anybody publish to it is not known.";
const fails = (name: string, one: unknown) => ({ name, given: withStatement(one), finds: [open] });
const passes = (name: string, one: unknown) => ({ name, given: withStatement(one) });
const doubts = (name: string, one: unknown) => ({ name, given: withStatement(one), finds: [notKnown] });

testRule(topicPublic, {
  fails: [
    fails("everybody", statement()),
    fails("everybody, as AWS principals", statement({ Principal: { AWS: ["*"] } })),
    fails(
      "everybody but one",
      statement({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
    ),
    fails("every action", statement({ Action: "sns:*" })),
    fails("every action but one", statement({ Action: undefined, NotAction: "sns:DeleteTopic" })),
    fails("everybody who uses TLS", when("Bool", "aws:SecureTransport", "true")),
    fails("every account", when("StringLike", "aws:SourceAccount", "*")),
    fails("one account or every one", when("StringLike", "aws:SourceAccount", [ACCOUNT, "*"])),
    fails("the identities of every account", when("ArnLike", "AWS:SourceArn", "arn:aws:ses:*:*:identity/*")),
    fails("everybody who says nothing", when("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT)),
    fails("every account but one", when("StringNotEquals", "aws:SourceAccount", ACCOUNT)),
    fails("every address of the internet", when("IpAddress", "aws:SourceIp", "0.0.0.0/0")),
    {
      name: "everybody, beside what SES needs",
      given: withPolicy(policy(...[SES_MAY_PUBLISH.Statement].flat(), statement())),
      finds: [open],
    },
    {
      name: "everybody who uses TLS, by a Deny",
      given: withPolicy(policy(statement(), { ...when("Bool", "aws:SecureTransport", "false"), Effect: "Deny" })),
      finds: [open],
    },
  ],
  passes: [
    { name: "no policy", given: withPolicy(undefined) },
    { name: "what SES needs", given: withPolicy(JSON.stringify(SES_MAY_PUBLISH)) },
    passes("the default policy", DEFAULT),
    passes("SES of every account", statement({ Principal: { Service: "ses.amazonaws.com" } })),
    passes("one account", statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
    passes("another action", statement({ Action: "sns:Subscribe" })),
    passes("everybody in one account", when("StringEquals", "AWS:SourceAccount", ACCOUNT)),
    passes("the identities of one account", when("ArnLike", "AWS:SourceArn", `arn:aws:ses:*:${ACCOUNT}:identity/*`)),
    passes("one bucket", when("ArnLike", "aws:SourceArn", "arn:aws:s3:::mail")),
    passes("one organisation", when("StringEquals", "aws:PrincipalOrgID", "o-abcdef1234")),
    passes("one network", when("IpAddress", "aws:SourceIp", "203.0.113.0/24")),
    {
      name: "everybody, and a Deny for all but one organisation",
      given: withPolicy(
        policy(statement(), { ...when("StringNotEquals", "aws:PrincipalOrgID", "o-abcdef1234"), Effect: "Deny" }),
      ),
    },
    {
      name: "a public topic that carries no feedback",
      given: (s) => {
        const other = s.topic("other");
        s.topicPolicy(other.arn, policy(statement()));
        withPolicy(undefined)(s);
      },
    },
  ],
  unknown: [
    { name: "a policy that is not known", given: withPolicy(unknown()), finds: [notKnown] },
    doubts("a key that nobody knows", when("StringEquals", "aws:PrincipalTag/team", "mail")),
    doubts("an operator that nobody knows", when("StringSometimes", "aws:SourceAccount", ACCOUNT)),
    doubts("every service, which is not documented", statement({ Principal: { Service: "*" } })),
    doubts("a variable", when("StringEquals", "aws:SourceAccount", ["$", "{aws:SourceAccount}"].join(""))),
    {
      name: "a Deny for something else",
      given: withPolicy(policy(statement(), { ...when("StringEquals", "aws:PrincipalTag/team", "x"), Effect: "Deny" })),
      finds: [notKnown],
    },
    {
      name: "a public policy of a topic that is not known",
      given: (s) => {
        withPolicy(undefined)(s);
        s.topicPolicy(unknown(), policy(statement()));
      },
      finds: [notKnown],
    },
    {
      name: "two policies, one of which is public",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        listen(s, "example.com", topic);
        s.topicPolicy(topic.arn, policy(statement()));
        s.topicPolicy(topic.arn, JSON.stringify(SES_MAY_PUBLISH));
      },
      finds: [notKnown],
    },
  ],
});
