import { functionPermission } from "../../../policies/rules/function-permission";
import { feed, type Handle, Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

type Json = Record<string, unknown>;
const fn = (s: Stack, options = {}) => s.add("aws:lambda/function:Function", "handler", { name: "handler" }, options);
const permit = (s: Stack, more: Json, name = "permission") =>
  s.add("aws:lambda/permission:Permission", name, {
    action: "lambda:InvokeFunction",
    principal: "sns.amazonaws.com",
    ...more,
  });
/** A function that hears the topic, and a permission of these properties. */
const permitted = (more: (topic: Handle, handler: Handle, s: Stack) => Json) => (s: Stack) => {
  const handler = fn(s);
  const topic = feed(s, "lambda", handler.arn);
  permit(s, { function: handler.out("name"), ...more(topic, handler, s) });
};
const subject = "topic feedback that carries bounces and complaints of example.com (us-east-1)";
const refused = `violation example.com@us-east-1: Nothing permits SNS to invoke function handler for ${subject}.`;
const doubt = `unverified example.com@us-east-1: Whether ${subject} may invoke function handler is not known.`;

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:handler";
/** A function heard at that endpoint, and a permission of these properties. */
const heardAt = (endpoint: unknown, more: Json) => (s: Stack) => {
  fn(s, { exists: true });
  feed(s, "lambda", endpoint);
  permit(s, { function: "handler", ...more });
};
/** A function that is subscribed by its alias. */
const aliased = (more: (alias: Handle) => Json) => (s: Stack) => {
  const handler = fn(s);
  const alias = s.add("aws:lambda/alias:Alias", "live", { name: "live", functionName: handler.out("name") });
  const topic = feed(s, "lambda", alias.arn);
  permit(s, { function: handler.out("name"), sourceArn: topic.arn, ...more(alias) });
};
/** A Firehose subscription whose role trusts that service. */
const streamed = (assumeRolePolicy: unknown) => (s: Stack) => {
  const role = s.add("aws:iam/role:Role", "deliver", { assumeRolePolicy });
  feed(s, "firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/feedback", {
    subscriptionRoleArn: role.arn,
  });
};
const trusts = (Principal: unknown) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });

const acrossStacks = (permission: boolean) => {
  const [mail, handler] = [new Stack("mail/prod"), new Stack("handler/prod")];
  const lambda = fn(handler);
  if (permission) permit(handler, { function: lambda.arn, sourceArn: "arn:aws:sns:us-east-1:123456789012:feedback" });
  feed(mail, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:handler");
  return [mail, handler];
};

testRule(functionPermission, {
  fails: [
    { name: "no permission at all", given: (s) => feed(s, "lambda", fn(s).arn), finds: [refused] },
    {
      name: "for another account",
      given: permitted((topic) => ({ sourceArn: topic.arn, sourceAccount: "999999999999" })),
      forms: ["state"],
      finds: [refused],
    },
    {
      name: "a permission for a version, the function subscribed",
      given: permitted(() => ({ qualifier: "3" })),
      finds: [refused],
    },
    { name: "a permission for the function, its alias subscribed", given: aliased(() => ({})), finds: [refused] },
    { name: "a permission for another alias", given: aliased(() => ({ qualifier: "next" })), finds: [refused] },
    { name: "a permission for the function, a version subscribed", given: heardAt(`${ARN}:3`, {}), finds: [refused] },
    {
      name: "a function that never runs",
      given: (s) => {
        const handler = s.add("aws:lambda/function:Function", "handler", {
          name: "handler",
          reservedConcurrentExecutions: 0,
        });
        permit(s, { function: handler.arn, sourceArn: feed(s, "lambda", handler.arn).arn });
      },
      finds: [
        `violation example.com@us-east-1: Function handler, which hears ${subject}, never runs: its reserved concurrency is 0.`,
      ],
    },
    {
      name: "a role that trusts Firehose instead of SNS",
      given: streamed(trusts({ Service: "firehose.amazonaws.com" })),
      finds: [
        `violation example.com@us-east-1: Subscription subscription-5 of ${subject} delivers as role deliver, which does not let SNS assume it.`,
      ],
    },
    {
      name: "a permission for another principal",
      given: permitted(() => ({ principal: "events.amazonaws.com" })),
      finds: [refused],
    },
    {
      name: "a permission for another action",
      given: permitted(() => ({ action: "lambda:GetFunction" })),
      finds: [refused],
    },
    {
      name: "a permission for another topic of the program",
      given: permitted((_, __, s) => ({ sourceArn: s.topic("other").arn })),
      finds: [refused],
    },
    {
      name: "a permission for a topic elsewhere",
      given: permitted(() => ({ sourceArn: "arn:aws:sns:us-east-1:123456789012:elsewhere" })),
      finds: [refused],
    },
    {
      name: "a permission for another function",
      given: permitted((topic, _, s) => ({
        function: s.add("aws:lambda/function:Function", "other", { name: "other" }).arn,
        sourceArn: topic.arn,
      })),
      finds: [refused],
    },
    {
      name: "a permission for the same name in another Region",
      given: permitted(() => ({ function: "handler", region: "eu-west-1" })),
      finds: [refused],
    },
    {
      name: "native, without a permission",
      given: (s) => {
        feed(s, "lambda", s.add("aws-native:lambda:Function", "handler", { functionName: "handler" }).arn);
      },
      finds: [refused],
    },
    { name: "the function of another stack in view", given: acrossStacks(false), forms: ["state"], finds: [refused] },
  ],
  passes: [
    {
      name: "a pattern that takes the topic",
      given: permitted(() => ({ sourceArn: "arn:aws:sns:us-east-1:123456789012:*" })),
      forms: ["state"],
    },
    {
      name: "for the same account",
      given: permitted((topic) => ({ sourceArn: topic.arn, sourceAccount: "123456789012" })),
      forms: ["state"],
    },
    { name: "a permission for the alias that is subscribed", given: aliased(() => ({ qualifier: "live" })) },
    { name: "a permission that takes the alias's name", given: aliased((alias) => ({ qualifier: alias.out("name") })) },
    { name: "a permission by the alias's ARN", given: aliased((alias) => ({ function: alias.arn })) },
    { name: "a permission for the version that is subscribed", given: heardAt(`${ARN}:3`, { qualifier: "3" }) },
    { name: "by a name with a qualifier", given: heardAt(`${ARN}:3`, { function: "handler:3" }) },
    { name: "by a partial ARN", given: heardAt(ARN, { function: "123456789012:function:handler" }) },
    { name: "by a partial ARN without an account", given: heardAt(ARN, { function: "function:handler" }) },
    {
      name: "by a partial ARN with a qualifier",
      given: heardAt(`${ARN}:live`, { function: "123456789012:function:handler:live" }),
    },
    {
      name: "a function with reserved concurrency",
      given: (s) => {
        const handler = s.add("aws:lambda/function:Function", "handler", {
          name: "handler",
          reservedConcurrentExecutions: 2,
        });
        permit(s, { function: handler.arn, sourceArn: feed(s, "lambda", handler.arn).arn });
      },
    },
    {
      name: "a role that trusts SNS",
      given: streamed(trusts({ Service: ["sns.amazonaws.com", "firehose.amazonaws.com"] })),
    },
    { name: "a permission for the topic", given: permitted((topic) => ({ sourceArn: topic.arn })) },
    { name: "a permission for every topic", given: permitted(() => ({})) },
    {
      name: "by the function's ARN, or its id",
      given: (s) => {
        const handler = fn(s);
        const topic = feed(s, "lambda", handler.arn);
        permit(s, { function: handler.arn, sourceArn: topic.arn });
        permit(s, { function: handler.id, principal: "events.amazonaws.com" }, "other");
      },
    },
    { name: "for every action of Lambda", given: permitted((topic) => ({ action: "lambda:*", sourceArn: topic.arn })) },
    {
      name: "native, all of it",
      given: (s) => {
        const handler = s.add("aws-native:lambda:Function", "handler", { functionName: "handler" });
        const topic = feed(s, "lambda", handler.arn);
        s.add("aws-native:lambda:Permission", "permission", {
          action: "lambda:InvokeFunction",
          functionName: handler.out("functionName"),
          principal: "sns.amazonaws.com",
          sourceArn: topic.arn,
        });
      },
    },
    {
      name: "a second permission that has nothing to do with it",
      given: (s) => {
        permitted((topic) => ({ sourceArn: topic.arn }))(s);
        permit(s, { function: "handler", principal: "events.amazonaws.com" }, "other");
      },
    },
    { name: "across stacks", given: acrossStacks(true), forms: ["state"] },
    {
      name: "a function outside the view",
      given: (s) => feed(s, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:elsewhere"),
    },
    { name: "a function that is only read", given: (s) => feed(s, "lambda", fn(s, { external: true }).arn) },
    {
      name: "a function on a topic that SES does not use",
      given: (s) => s.subscribe(s.topic().arn, "lambda", fn(s).arn),
    },
  ],
  unknown: [
    {
      name: "for an account that nobody knows",
      given: permitted(() => ({ sourceAccount: unknown() })),
      finds: [doubt],
    },
    { name: "for an alias that nobody knows", given: aliased(() => ({ qualifier: unknown() })), finds: [doubt] },
    {
      name: "a trust policy that is not known",
      given: streamed(unknown()),
      finds: [
        `unverified example.com@us-east-1: Whether SNS may assume the role that subscription subscription-5 of ${subject} delivers as is not known.`,
      ],
    },
    {
      name: "nobody knows which function",
      given: (s) => feed(s, "lambda", unknown()),
      finds: [
        "unverified example.com@us-east-1: The function behind subscription subscription-5 to topic feedback that carries bounces and complaints of example.com (us-east-1) is not known, so its permission cannot be checked.",
      ],
    },
    {
      name: "one of several functions",
      given: (s) =>
        feed(s, "lambda", unknown(fn(s), s.add("aws:lambda/function:Function", "other", { name: "other" }))),
      finds: ["unverified example.com@us-east-1"],
    },
    {
      name: "a principal that nobody knows",
      given: permitted(() => ({ principal: unknown() })),
      finds: [doubt],
    },
    { name: "an action that nobody knows", given: permitted(() => ({ action: unknown() })), finds: [doubt] },
    { name: "a topic that nobody knows", given: permitted(() => ({ sourceArn: unknown() })), finds: [doubt] },
    {
      name: "one of several topics",
      given: permitted((topic, _, s) => ({ sourceArn: unknown(topic, s.topic("other")) })),
      finds: [doubt],
    },
    {
      name: "a pattern of topics, before the topic's own ARN is known",
      given: permitted(() => ({ sourceArn: "arn:aws:sns:us-east-1:123456789012:*" })),
      forms: ["preview", "pack"],
      finds: [doubt],
    },
    {
      name: "a permission for nobody knows which function",
      given: permitted(() => ({ function: unknown() })),
      finds: [doubt],
    },
    {
      name: "a preview that leaves unchanged resources out",
      given: (s) => {
        s.partial = true;
        feed(s, "lambda", fn(s).arn);
      },
      forms: ["preview"],
      finds: [`unverified example.com@us-east-1: Nothing permits SNS to invoke function handler for ${subject}.`],
    },
    {
      name: "it is not known what the topic carries",
      given: (s) => {
        const topic = s.topic();
        s.domain("example.com");
        s.notify("example.com", unknown(), topic.arn);
        s.subscribe(topic.arn, "lambda", fn(s).arn);
      },
      finds: [
        "unverified example.com@us-east-1: Nothing permits SNS to invoke function handler for topic feedback that may carry bounces, complaints and deliveries of example.com (us-east-1).",
      ],
    },
  ],
});
