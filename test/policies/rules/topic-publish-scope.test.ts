import { topicPublishScope } from "../../../policies/rules/topic-publish-scope";
import { ACCOUNT, allow, type Handle, json, listen, SES_MAY_PUBLISH, type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

type Json = Record<string, unknown>;
const publishes = (condition?: Json) => allow("ses.amazonaws.com", "sns:Publish", "*", condition);
/** What AWS answers for a topic that nobody gave a policy. */
const DEFAULT = {
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action:
        "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe ListSubscriptionsByTopic Publish"
          .split(" ")
          .map((name) => `SNS:${name}`),
      Resource: `arn:aws:sns:us-east-1:${ACCOUNT}:feedback`,
      Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT } },
    },
  ],
};
const there = { exists: true };
const inline =
  (policy?: unknown, options: object = there) =>
  (s: Stack): Handle => {
    const topic = s.topic("feedback", policy === undefined ? {} : { policy }, options);
    s.domain("example.com", {}, there);
    listen(s, "example.com", topic);
    return topic;
  };
const inSet = (policy: object) => (s: Stack) => {
  const topic = s.topic("feedback", { policy: json(policy) }, there);
  s.set("main", {}, there);
  const snsDestination = { topicArn: topic.arn };
  s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination }, {}, there);
};
const at = "example.com@us-east-1";
const bare = `violation ${at}: Topic feedback has no policy of its own; SES publishes to it for example.com (us-east-1) by the default policy only.`;
const open = `violation ${at}: The policy of topic feedback lets SES publish for any account: example.com (us-east-1) needs a condition on source account or source ARN.`;
const doubt = `unverified ${at}: Whether the policy of topic feedback is limited to example.com (us-east-1) is not known.`;

testRule(topicPublishScope, {
  fails: [
    { name: "no policy", given: inline(), finds: [bare] },
    { name: "a new topic without a policy", given: inline(undefined, {}), forms: ["preview", "pack"], finds: [bare] },
    { name: "an empty policy is none", given: inline(""), finds: [bare] },
    {
      name: "a native topic without a policy",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", s.add("aws-native:sns:Topic", "feedback", { topicName: "feedback" }));
      },
      finds: [bare],
    },
    {
      name: "the default policy, as AWS answers it",
      given: inline(undefined, { exists: true, outputs: { policy: JSON.stringify(DEFAULT) } }),
      finds: [
        `violation ${at}: Topic feedback has only the default policy, by which SES publishes for example.com (us-east-1).`,
      ],
    },
    {
      name: "the identities of every account",
      given: inline(json(publishes({ ArnLike: { "AWS:SourceArn": "arn:aws:ses:*:*:identity/*" } }))),
      finds: [open],
    },
    {
      name: "every account",
      given: inline(json(publishes({ StringLike: { "AWS:SourceAccount": "*" } }))),
      finds: [open],
    },
    {
      name: "this account or every one",
      given: inline(json(publishes({ StringLike: { "AWS:SourceAccount": [ACCOUNT, "*"] } }))),
      finds: [open],
    },
    {
      name: "every account but one",
      given: inline(json(publishes({ StringNotEquals: { "AWS:SourceAccount": "999999999999" } }))),
      finds: [open],
    },
    { name: "no condition", given: inline(json(publishes())), finds: [open] },
    {
      name: "a condition on something else",
      given: inline(json(publishes({ Bool: { "aws:SecureTransport": "true" } }))),
      finds: [open],
    },
    {
      name: "a second statement without a condition",
      given: inline(
        json({ Statement: [...(SES_MAY_PUBLISH.Statement as object[]), ...(publishes().Statement as object[])] }),
      ),
      finds: [open],
    },
    {
      name: "everybody",
      given: inline(json({ Statement: { Effect: "Allow", Principal: "*", Action: "sns:*", Resource: "*" } })),
      finds: [open],
    },
    {
      name: "an event destination",
      given: inSet(publishes()),
      finds: [
        "violation @us-east-1: The policy of topic feedback lets SES publish for any account: configuration set main (us-east-1) needs a condition on source account or source ARN.",
      ],
    },
    {
      name: "a native policy",
      given: (s) => {
        const topic = s.add("aws-native:sns:Topic", "feedback", { topicName: "feedback" });
        s.domain("example.com");
        listen(s, "example.com", topic);
        s.add("aws-native:sns:TopicPolicy", "policy", { topics: [topic.arn], policyDocument: publishes() });
      },
      finds: [open],
    },
    {
      name: "for each identity, once",
      given: (s) => {
        const topic = inline(json(publishes()))(s);
        s.domain("example.org", {}, there);
        listen(s, "example.org", topic);
      },
      finds: [open, "violation example.org@us-east-1"],
    },
  ],
  passes: [
    {
      name: "the identities of this account, in every Region",
      given: inline(json(publishes({ ArnLike: { "AWS:SourceArn": `arn:aws:ses:*:${ACCOUNT}:identity/*` } }))),
    },
    {
      name: "every identity, and this account",
      given: inline(
        json(
          publishes({
            ArnLike: { "AWS:SourceArn": "arn:aws:ses:*:*:identity/*" },
            StringEquals: { "AWS:SourceAccount": ACCOUNT },
          }),
        ),
      ),
    },
    { name: "limited to the account", given: inline(json(SES_MAY_PUBLISH)) },
    {
      name: "limited to the identity",
      given: inline(
        json(publishes({ ArnLike: { "aws:SourceArn": `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com` } })),
      ),
    },
    {
      name: "limited to the set",
      given: inSet(
        publishes({ StringEquals: { "aws:sourcearn": `arn:aws:ses:us-east-1:${ACCOUNT}:configuration-set/main` } }),
      ),
    },
    {
      name: "a policy beside the topic",
      given: (s) => {
        s.topicPolicy(inline(json(publishes()))(s).arn, json(SES_MAY_PUBLISH));
      },
    },
    { name: "a policy that excludes SES: that is topic-publish-permission", given: inline(json({ Statement: [] })) },
    { name: "a topic that is only read", given: inline(undefined, { external: true }) },
    {
      name: "a topic outside the view",
      given: (s) => s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere"),
    },
    { name: "a topic that SES does not use", given: (s) => s.topic() },
  ],
  unknown: [
    { name: "a policy that nobody knows", given: inline(unknown()), finds: [doubt] },
    {
      name: "a condition that nobody can judge",
      given: inline(json(publishes({ StringEquals: { "aws:userid": "x" } }))),
      finds: [doubt],
    },
    {
      name: "a policy for nobody knows which topic",
      given: (s) => {
        inline()(s);
        s.topicPolicy(unknown(), json(SES_MAY_PUBLISH));
      },
      finds: [doubt],
    },
    {
      name: "a policy with the ARN of a topic that does not exist yet",
      given: (s) => {
        const topic = inline(undefined, {})(s);
        s.topicPolicy(topic.arn, json(allow("ses.amazonaws.com", "sns:Publish", topic.arn)));
      },
      forms: ["preview", "pack"],
      finds: [doubt],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        inline(undefined, {})(s);
      },
      forms: ["preview"],
      finds: [bare.replace("violation", "unverified")],
    },
    {
      name: "it is not known what is sent there",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), s.topic("feedback", { policy: json(publishes()) }).arn);
      },
      finds: [open.replace("violation", "unverified")],
    },
  ],
});
