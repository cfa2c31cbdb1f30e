import { push } from "../../../policies/model/collections";

test("values of one key stand in one list, in their order", () => {
  const map = new Map<string, number[]>();
  push(map, "a", 1);
  push(map, "b", 2);
  push(map, "a", 3);
  expect([...map]).toEqual([
    ["a", [1, 3]],
    ["b", [2]],
  ]);
});
