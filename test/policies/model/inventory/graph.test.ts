import { Graph } from "../../../../policies/model/inventory/graph";
import type { ResourceRecord } from "../../../../policies/model/record";
import { sameRegion } from "../../../../policies/model/region";
import { UNKNOWN_STRING } from "../../../../policies/model/value";
import { Stack } from "../../../support/records";
import { view } from "../view";

const PROVIDER = "urn:pulumi:prod::mail::pulumi:providers:aws::default";
const topic = (name: string, more: Partial<ResourceRecord> = {}): ResourceRecord => ({
  type: "aws:sns/topic:Topic",
  urn: `urn:pulumi:prod::mail::aws:sns/topic:Topic::${name}`,
  stack: "mail/prod",
  provider: PROVIDER,
  inputs: { name },
  ...more,
});

describe("the Region of a resource", () => {
  const provider = (region: unknown): ResourceRecord => ({
    type: "pulumi:providers:aws",
    urn: PROVIDER,
    stack: "mail/prod",
    inputs: { region },
  });

  test("is its own, else its provider's, else the configuration's, else its ARN's", () => {
    const own = topic("own", { inputs: { region: "eu-west-1" } });
    const plain = topic("plain");
    expect(new Graph([{ resources: [own, plain, provider("eu-west-2")] }]).regionOf(own)).toBe("eu-west-1");
    expect(new Graph([{ resources: [plain, provider("eu-west-2")] }]).regionOf(plain)).toBe("eu-west-2");
    expect(new Graph([{ resources: [plain], configRegion: "eu-west-3" }]).regionOf(plain)).toBe("eu-west-3");
    const answered = topic("answered", { outputs: { arn: "arn:aws:sns:eu-north-1:111122223333:answered" } });
    expect(new Graph([{ resources: [answered] }]).regionOf(answered)).toBe("eu-north-1");
  });

  test("that is not known is that of the same provider, and perhaps of any other", () => {
    const [a, b] = [topic("a"), topic("b")];
    const elsewhere = topic("c", { provider: `${PROVIDER}-2` });
    const graph = new Graph([{ resources: [a, b, elsewhere, provider(UNKNOWN_STRING)] }]);
    expect(sameRegion(graph.regionOf(a), graph.regionOf(b))).toBe(true);
    expect(sameRegion(graph.regionOf(a), graph.regionOf(elsewhere))).not.toBe(true);
    expect(sameRegion(graph.regionOf(a), "us-east-1")).not.toBe(false);
  });
});

test("a component stands for its children", () => {
  const stack = new Stack();
  const component = stack.add("my:index:Mail", "mail");
  stack.topic("feedback", {}, { parent: component });
  stack.domain("example.com");
  stack.notify("example.com", "Bounce", component.out("topicArn"));
  const [notification] = view(stack, "preview").inventory.notifications;
  expect(notification?.topic).toMatchObject({ kind: "found", target: { name: "feedback" } });
});

test("a deep chain of components that many settings depend on stays linear", () => {
  const stack = new Stack();
  let parent = stack.add("my:index:Mail", "0");
  const root = parent;
  for (let depth = 1; depth < 500; depth++) parent = stack.add("my:index:Mail", String(depth), {}, { parent });
  for (let count = 0; count < 500; count++) stack.notify(`d${count}.example`, "Bounce", root.out("arn"));
  const started = performance.now();
  expect(view(stack, "preview").inventory.notifications).toHaveLength(500);
  expect(performance.now() - started).toBeLessThan(5_000);
});
