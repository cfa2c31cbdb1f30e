import { DEFAULT_CONFIG } from "../../../../policies/config";
import { buildInventory } from "../../../../policies/model/build";
import type { ResourceRecord } from "../../../../policies/model/record";
import { SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN } from "../../../../policies/model/value";
import { ACCOUNT, heardTopic, listen, Stack, unknown } from "../../../support/records";
import { one, view } from "../view";

const arn = (name: string, region = "us-east-1", account = ACCOUNT) => `arn:aws:sns:${region}:${account}:${name}`;

function linked(topicArn: unknown) {
  const stack = new Stack();
  stack.domain("example.com");
  stack.topic("feedback");
  stack.notify("example.com", "Bounce", topicArn);
  const { inventory } = view(stack);
  return one(inventory.notifications, () => true).topic;
}

test("a reference is found by ARN", () => {
  expect(linked(arn("feedback"))).toMatchObject({
    kind: "found",
    target: { name: "feedback", resource: { type: "aws:sns/topic:Topic" } },
  });
});

test.each([
  ["name", arn("other")],
  ["Region", arn("feedback", "eu-west-1")],
  ["account", arn("feedback", "us-east-1", "999999999999")],
])("another %s in the ARN is another topic", (_, reference) => {
  const link = linked(reference);
  expect(link.kind).not.toBe("absent");
  // What stands outside the view is known by name alone.
  expect(link.kind === "found" && link.target.resource !== undefined).toBe(false);
});

test("before the deployment a topic is found by what the property depends on", () => {
  const stack = new Stack();
  stack.domain("example.com");
  listen(stack, "example.com", heardTopic(stack));
  for (const form of ["preview", "pack"] as const) {
    for (const { topic } of view(stack, form).inventory.notifications) {
      expect(topic).toMatchObject({ kind: "found", target: { name: "feedback" } });
    }
  }
});

test.each([
  ["is kept secret, may be the one that an ARN names", { [SIGNATURE_KEY]: SECRET_SIGNATURE }, "unknown"],
  ["is still to come, is none that an ARN names", UNKNOWN, "absent"],
])("a topic of a pack without a name, whose ARN %s", (_, own, twin) => {
  const urnOf = (type: string) => `urn:pulumi:prod::mail::${type}::one`;
  const topic = { type: "aws:sns/topic:Topic", urn: urnOf("aws:sns/topic:Topic"), stack: "mail/prod" };
  const type = "aws:ses/identityNotificationTopic:IdentityNotificationTopic";
  const setting = {
    identity: "example.com",
    notificationType: "Bounce",
    topicArn: arn("feedback"),
    region: "us-east-1",
  };
  const resources: ResourceRecord[] = [
    { ...topic, outputs: { arn: own, region: "us-east-1" }, propertyDependencies: {} },
    { ...topic, type, urn: urnOf(type), outputs: setting, propertyDependencies: { topicArn: [] } },
  ];
  const { notifications } = buildInventory([{ resources }], DEFAULT_CONFIG);
  const link = one(notifications, () => true).topic;
  expect(link).toMatchObject({ kind: "found", target: { arn: arn("feedback"), twins: { kind: twin } } });
});

test("several resources of the wanted type behind a property are candidates, none is found", () => {
  const stack = new Stack();
  stack.domain("example.com");
  const [a, b] = [stack.topic("a"), stack.topic("b")];
  stack.notify("example.com", "Bounce", unknown(a, b));
  const { inventory } = view(stack, "preview");
  const link = one(inventory.notifications, () => true).topic;
  if (link.kind !== "unknown") throw new Error(link.kind);
  expect(link.candidates?.map(({ name }) => name).sort()).toEqual(["a", "b"]);
});
