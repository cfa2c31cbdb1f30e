import { ACCOUNT, allow, json, listen, Stack } from "../../support/records";
import { view } from "./view";

const OTHER = "999999999999";

/** May SES publish the bounces of example.com under the policy? */
function publishing(policy: unknown, form: "state" | "preview" = "state") {
  const stack = new Stack();
  const topic = stack.topic();
  stack.domain("example.com");
  listen(stack, "example.com", topic);
  if (policy !== undefined) stack.topicPolicy(topic.arn, json(policy));
  const { permissions, topic: topicNamed } = view(stack, form);
  const found = topicNamed("feedback");
  const [use] = found.uses;
  if (!use) throw new Error("the topic is not used");
  return permissions.publish(found, use);
}

const ses = (condition?: Record<string, unknown>) => allow("ses.amazonaws.com", "sns:Publish", "*", condition);

test.each<[string, unknown, string]>([
  ["without a condition", ses(), "allowed"],
  ["for this account", ses({ StringEquals: { "AWS:SourceAccount": ACCOUNT } }), "allowed"],
  ["for another account", ses({ StringEquals: { "AWS:SourceAccount": OTHER } }), "denied"],
  [
    "for this identity",
    ses({ ArnLike: { "AWS:SourceArn": `arn:aws:ses:*:${ACCOUNT}:identity/example.com` } }),
    "allowed",
  ],
  ["for another identity", ses({ ArnLike: { "AWS:SourceArn": `arn:aws:ses:*:${ACCOUNT}:identity/other` } }), "denied"],
  ["for an organisation", ses({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }), "denied"],
  ["under a key that nobody knows", ses({ StringEquals: { "aws:RequestedRegion": "us-east-1" } }), "unknown"],
  ["for somebody else", allow("events.amazonaws.com", "sns:Publish"), "denied"],
])("SES may publish %s: %#", (_, policy, decision) => {
  expect(publishing(policy).decision).toBe(decision);
});

test("without a policy the default one holds, and it is known to be that", () => {
  expect(publishing(undefined)).toMatchObject({ byDefault: true, policy: undefined });
  expect(publishing(ses())).toMatchObject({ byDefault: false });
});

test("before the deployment, what no unknown part can change is certain", () => {
  expect(publishing(ses({ StringEquals: { "AWS:SourceAccount": ACCOUNT } }), "preview").decision).not.toBe("denied");
  expect(publishing(ses(), "preview").decision).toBe("allowed");
  expect(publishing(allow("events.amazonaws.com", "sns:Publish"), "preview").decision).toBe("denied");
});
