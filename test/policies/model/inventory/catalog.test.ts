import { DEFAULT_CONFIG } from "../../../../policies/config";
import { contextOf, evaluate } from "../../../../policies/evaluate";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../../../policies/model/value";
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

test("a topic of a pack that keeps its ARN secret and has no name may be what an ARN means", () => {
  const stack = new Stack();
  stack.domain("example.com");
  stack.topic("feedback", { name: undefined }, { exists: true });
  stack.notify("example.com", "Bounce", arn("feedback"));
  const views = [stack.records("pack")].map((records) => ({
    ...records,
    resources: records.resources.map((resource) => {
      if (resource.type !== "aws:sns/topic:Topic") return resource;
      const secret = { [SIGNATURE_KEY]: SECRET_SIGNATURE };
      const outputs = { region: "us-east-1", kmsMasterKeyId: "alias/aws/sns", arn: secret };
      return { ...resource, id: undefined, outputs, propertyDependencies: { arn: [] } };
    }),
  }));
  const { inventory } = contextOf(views, DEFAULT_CONFIG, "2026-06-01");
  const link = one(inventory.notifications, () => true).topic;
  expect(link).toMatchObject({ kind: "found", target: { twins: { kind: "unknown" } } });
  const { findings } = evaluate(views, DEFAULT_CONFIG, "2026-06-01");
  expect(findings.filter(({ rule }) => rule === "topic-encryption")).toMatchObject([{ verdict: "unverified" }]);
});
