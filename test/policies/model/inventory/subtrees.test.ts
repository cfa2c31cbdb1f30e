import { DEFAULT_CONFIG } from "../../../../policies/config";
import { evaluate } from "../../../../policies/evaluate";
import type { ResourceRecord } from "../../../../policies/model/record";
import { type Handle, Stack, unknown } from "../../../support/records";

test("components in a circle have one content", () => {
  const stack = new Stack();
  const [a, b, c] = ["a", "b", "c"].map((name) => stack.add("my:index:Box", name)) as [Handle, Handle, Handle];
  stack.domain("example.com");
  stack.topic("inner", {}, { parent: b });
  for (const box of [c, a, b]) stack.notify("example.com", "Bounce", unknown(box), {}, { as: `of ${box.name}` });
  const view = stack.records("preview");
  const parents = new Map([
    [a.urn, b.urn],
    [b.urn, c.urn],
    [c.urn, a.urn],
  ]);
  const circle = view.resources.map((one): ResourceRecord => ({ ...one, parent: parents.get(one.urn) ?? one.parent }));
  const { context } = evaluate([{ ...view, resources: circle }], DEFAULT_CONFIG, "2026-11-25");
  const links = context.inventory.notifications.map(({ topic }) => topic.kind === "found" && topic.target.name);
  expect(links).toEqual(["inner", "inner", "inner"]);
});
