import { topicPublishPermission } from "../../../policies/rules/topic-publish-permission";
import { ACCOUNT, allow, type Handle, json, listen, SES_MAY_PUBLISH, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

type Json = Record<string, unknown>;
const IDENTITY = `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com`;
const SET = `arn:aws:ses:us-east-1:${ACCOUNT}:configuration-set/main`;
const publishes = (condition?: Json) => allow("ses.amazonaws.com", "sns:Publish", "*", condition);
const by = (arn: unknown) => publishes({ StringEquals: { "AWS:SourceArn": arn } });
const account = (id: string) => publishes({ StringEquals: { "AWS:SourceAccount": id } });
const NOBODY = { Statement: [] };
const DENY = { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*" };
const OTHERS = allow("cloudwatch.amazonaws.com", "sns:Publish");

/** What is there already, so that its account is known in every form. */
const there = { exists: true };
const inline =
  (policy: unknown) =>
  (s: Stack): Handle => {
    const topic = s.topic("feedback", { policy }, there);
    s.domain("example.com", {}, there);
    listen(s, "example.com", topic);
    return topic;
  };
const beside =
  (policy: unknown, options: object = there) =>
  (s: Stack): Handle => {
    const topic = s.topic("feedback", {}, options);
    s.domain("example.com", {}, options);
    listen(s, "example.com", topic);
    s.topicPolicy(topic.arn, policy, options);
    return topic;
  };
const inSet = (policy: object) => (s: Stack) => {
  const topic = s.topic("feedback", { policy: json(policy) }, there);
  s.set("main", {}, there);
  const snsDestination = { topicArn: topic.arn };
  s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], snsDestination }, {}, there);
};
const native = (type: string, policy: (topic: Handle) => Json) => (s: Stack) => {
  const topic = s.add("aws-native:sns:Topic", "feedback", { topicName: "feedback" }, there);
  s.domain("example.com", {}, there);
  listen(s, "example.com", topic);
  s.add(type, "policy", policy(topic), there);
};

const refused = (why: string, who = "example.com") =>
  `violation ${who}@us-east-1: The topic's policy does not let SES publish to topic feedback for ${who} (us-east-1): ${why}.`;
const none = refused("no statement allows it");
const doubt = (why: string, who = "example.com") =>
  `unverified ${who}@us-east-1: Whether the topic's policy lets SES publish to topic feedback for ${who} (us-east-1) is not known${why}.`;
const inPart = doubt(": part of the policy is not known");

const acrossStacks = (policy: object) => {
  const [mail, topics] = [new Stack("mail/prod"), new Stack("topics/prod")];
  topics.topicPolicy(topics.topic().arn, json(policy));
  mail.domain("example.com");
  mail.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:feedback");
  return [mail, topics];
};
testRule(topicPublishPermission, {
  fails: [
    { name: "a policy that allows nothing", given: beside(json(NOBODY), {}), finds: [none] },
    { name: "a policy for another service", given: beside(json(OTHERS), {}), finds: [none] },
    { name: "a policy in the topic itself", given: inline(json(OTHERS)), finds: [none] },
    {
      name: "a policy for another action",
      given: inline(json(allow("ses.amazonaws.com", "sns:Subscribe"))),
      finds: [none],
    },
    {
      name: "a policy for another topic",
      given: inline(json(allow("ses.amazonaws.com", "sns:Publish", "arn:aws:sns:us-east-1:123456789012:other"))),
      finds: [none],
    },
    {
      name: "a condition on another account",
      given: inline(json(account("999999999999"))),
      finds: [refused("the condition on aws:sourceaccount excludes it")],
    },
    {
      name: "a condition on another identity",
      given: inline(json(by(`${IDENTITY}.org`))),
      finds: [refused("the condition on aws:sourcearn excludes it")],
    },
    {
      name: "a condition on another Region",
      given: inline(json(by(IDENTITY.replace("us-east-1", "eu-west-1")))),
      finds: [refused("the condition on aws:sourcearn excludes it")],
    },
    {
      name: "an explicit deny",
      given: beside(json({ Statement: [...(publishes().Statement as object[]), DENY] }), {}),
      finds: [refused("a Deny statement forbids it")],
    },
    {
      name: "a condition on the identity, where a set publishes",
      given: inSet(by(IDENTITY)),
      finds: [
        "violation @us-east-1: The topic's policy does not let SES publish to topic feedback for configuration set main (us-east-1): the condition on aws:sourcearn excludes it.",
      ],
    },
    {
      name: "one of two identities",
      given: (s) => {
        const topic = inline(json(by(IDENTITY)))(s);
        s.domain("example.org", {}, there);
        s.notify("example.org", "Bounce", topic.arn);
      },
      finds: [refused("the condition on aws:sourcearn excludes it", "example.org")],
    },
    {
      name: "a policy beside the topic overwrites its own",
      given: (s) => s.topicPolicy(inline(json(SES_MAY_PUBLISH))(s).arn, json(NOBODY)),
      finds: [none],
    },
    {
      name: "native, for several topics",
      given: native("aws-native:sns:TopicPolicy", ({ arn }) => ({
        topics: ["arn:aws:sns:us-east-1:123456789012:other", arn],
        policyDocument: OTHERS,
      })),
      finds: [none],
    },
    {
      name: "native, for one topic",
      given: native("aws-native:sns:TopicInlinePolicy", ({ arn }) => ({ topicArn: arn, policyDocument: OTHERS })),
      finds: [none],
    },
    { name: "a topic of another stack in view", given: acrossStacks(OTHERS), forms: ["state"], finds: [none] },
    {
      name: "a topic outside the view, whose policy is in it",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere");
        s.topicPolicy("arn:aws:sns:us-east-1:123456789012:elsewhere", json(OTHERS));
      },
      finds: [
        "violation example.com@us-east-1: The topic's policy does not let SES publish to topic arn:aws:sns:us-east-1:123456789012:elsewhere for example.com (us-east-1): no statement allows it.",
      ],
    },
  ],
  passes: [
    {
      name: "no policy: the default one lets SES through",
      given: (s) => {
        s.domain("example.com");
        listen(s, "example.com", s.topic());
      },
    },
    { name: "an empty policy is none", given: inline("") },
    { name: "for everybody", given: beside(json(publishes()), {}) },
    { name: "for the account", given: beside(json(account(ACCOUNT))) },
    { name: "for the identity", given: beside(json(by(IDENTITY))) },
    {
      name: "for every identity of the account",
      given: inline(json(publishes({ ArnLike: { "aws:SourceArn": `arn:aws:ses:*:${ACCOUNT}:identity/*` } }))),
    },
    { name: "for the set that publishes", given: inSet(by(SET)) },
    {
      name: "with a star",
      given: inline(
        json({ Statement: { Effect: "Allow", Principal: "*", NotAction: "sns:Subscribe", Resource: "*" } }),
      ),
    },
    {
      name: "over an encrypted connection only",
      given: inline(json(publishes({ Bool: { "aws:SecureTransport": "true" } }))),
    },
    {
      name: "native, for a list of topics",
      given: native("aws-native:sns:TopicPolicy", ({ arn }) => ({ topics: [arn], policyDocument: SES_MAY_PUBLISH })),
    },
    {
      name: "a policy beside the topic mends its own",
      given: (s) => s.topicPolicy(inline(json(NOBODY))(s).arn, json(SES_MAY_PUBLISH)),
    },
    { name: "a topic of another stack in view, for the identity", given: acrossStacks(by(IDENTITY)), forms: ["state"] },
    {
      name: "a topic outside the view",
      given: (s) => s.notify("example.com", "Bounce", "arn:aws:sns:us-east-1:123456789012:elsewhere"),
    },
    { name: "a topic that SES does not use", given: (s) => s.topic("feedback", { policy: json(NOBODY) }) },
  ],
  unknown: [
    { name: "a policy that nobody knows", given: beside(unknown()), forms: ["state"], finds: [inPart] },
    { name: "a policy that is no JSON", given: inline("{"), finds: [inPart] },
    {
      name: "a part that nobody knows",
      given: native("aws-native:sns:TopicInlinePolicy", ({ arn }) => ({
        topicArn: arn,
        policyDocument: publishes({ StringEquals: { "AWS:SourceAccount": unknown() } }),
      })),
      forms: ["state"],
      finds: [inPart],
    },
    {
      name: "a policy with the ARN of a topic that does not exist yet",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        listen(s, "example.com", topic);
        s.topicPolicy(topic.arn, json(allow("ses.amazonaws.com", "sns:Publish", topic.arn)));
      },
      forms: ["preview", "pack"],
      finds: [doubt(" until it is deployed")],
    },
    {
      name: "a condition that nobody can judge",
      given: inline(json(publishes({ StringEquals: { "aws:userid": "x" } }))),
      finds: [doubt(": it depends on aws:userid")],
    },
    {
      name: "an operator that nobody knows",
      given: inline(json(publishes({ StringSounds: { "aws:SourceAccount": ACCOUNT } }))),
      finds: [doubt(": it depends on StringSounds")],
    },
    {
      name: "a policy for nobody knows which topic",
      given: (s) => {
        inline(json(publishes()))(s);
        s.topicPolicy(unknown(), json(NOBODY));
      },
      finds: [inPart],
    },
    {
      name: "a policy for one of several topics",
      given: (s) => {
        const topic = inline(json(publishes()))(s);
        s.topicPolicy(unknown(topic, s.topic("other")), json(NOBODY));
      },
      finds: [inPart],
    },
    {
      name: "two policies that disagree",
      given: (s) => {
        s.topicPolicy(beside(json(publishes()))(s).arn, json(NOBODY));
      },
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "it is not known what is sent there",
      given: (s) => {
        s.domain("example.com");
        s.notify("example.com", unknown(), s.topic("feedback", { policy: json(NOBODY) }).arn);
      },
      finds: [none.replace("violation", "unverified")],
    },
  ],
});
