import { MANY, oneOf } from "../../../../policies/model/inventory/links";

test("one of a few is one of them, one of many could be any", () => {
  expect(oneOf(["a", "b"])).toEqual({ kind: "unknown", candidates: ["a", "b"], pending: false });
  expect(oneOf(["a"], true)).toEqual({ kind: "unknown", candidates: ["a"], pending: true });
  expect(oneOf(Array(MANY + 1).fill("a"))).toMatchObject({ candidates: undefined });
});
