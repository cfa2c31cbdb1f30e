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
      name: "a pattern of topics",
      given: permitted(() => ({ sourceArn: "arn:aws:sns:us-east-1:123456789012:*" })),
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
