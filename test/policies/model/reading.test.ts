import { Reading, ResourceReader, required } from "../../../policies/model/reading";
import type { ResourceRecord } from "../../../policies/model/record";
import { UNKNOWN, UNKNOWN_STRING } from "../../../policies/model/value";

const reader = (inputs: Record<string, unknown>) => {
  const resource: ResourceRecord = { type: "a:b:C", urn: "urn:pulumi:dev::mail::a:b:C::d", stack: "mail/dev", inputs };
  return new ResourceReader(resource, () => ({ region: "us-east-1", account: "?mail/dev" }));
};

test("a path leads into blocks; an unknown block makes all of it unknown", () => {
  const at = reader({ known: { name: "x", flag: "true" }, open: UNKNOWN_STRING, text: "t" });
  expect(at.text("known.name").value).toBe("x");
  expect(at.flag("known.flag").value).toBe(true);
  expect(at.text("known.other").value).toBeUndefined();
  expect(at.text("open.name").value).toBe(UNKNOWN);
  expect(at.text("text.name").value).toBe(UNKNOWN);
  expect(at.text("missing.name").value).toBeUndefined();
  expect(at.text("known.constructor").value).toBeUndefined();
});

test("a reading knows the top-level property that it stands in, and whether the deployment settles it", () => {
  const at = reader({ block: { name: UNKNOWN_STRING }, masked: "[secret]" });
  const name = at.text("block.name");
  expect([name.property, name.value, name.pending]).toEqual(["block", UNKNOWN, true]);
  expect(at.text("masked").pending).toBe(false);
});

test("one block is a list of one, an unknown list one unknown item, none is none", () => {
  const at = reader({ one: { name: "x" }, many: [{ name: "y" }, { name: "z" }], open: UNKNOWN_STRING });
  const names = (path: string) => at.items(path).map((item) => item.text("name").value);
  expect([names("one"), names("many"), names("open"), names("none")]).toEqual([["x"], ["y", "z"], [UNKNOWN], []]);
});

test("what is required and missing is as good as unknown", () => {
  const at = reader({ name: "x" });
  expect([required(at.text("name")).value, required(at.text("other")).value]).toEqual(["x", UNKNOWN]);
  expect(at.text("name").as(1)).toEqual(new Reading(1, at.resource, "name"));
});
