import { OwnerlessSettings, PossibleSettings, shortfalls } from "../../../../policies/model/inventory/ownership";

const HERE = { region: "us-east-1", account: "111122223333" };

test("a setting of unknown owner may belong to owners of its own account and Region only", () => {
  const settings = new OwnerlessSettings<string>();
  settings.add("here", HERE);
  settings.add("there", { ...HERE, region: "eu-west-1" });
  settings.add("foreign", { ...HERE, account: "444455556666" });
  settings.add("somewhere", { region: "?provider", account: "?mail/dev" });
  expect(new PossibleSettings(settings, HERE).all).toEqual(["here", "somewhere"]);
});

test("what names the owner among its candidates comes before what could be anybody's", () => {
  const settings = new OwnerlessSettings<string>();
  settings.add("anybody's", HERE);
  const possible = new PossibleSettings(settings, HERE);
  possible.add("perhaps mine");
  expect(possible.first).toBe("perhaps mine");
  expect(possible.other(["perhaps mine"])).toBe("anybody's");
  expect(possible.matching("any's", (one) => one.startsWith("any"))).toEqual(["anybody's"]);
});

describe("one setting serves one owner", () => {
  const groups = (possible: Record<string, readonly string[]>) =>
    shortfalls(Object.keys(possible), (owner) => possible[owner] ?? []);

  test("owners that are more than the settings go without, and how many is certain", () => {
    const one = ["setting"];
    expect(groups({ a: one, b: one, c: one })).toEqual([{ owners: ["a", "b", "c"], atLeast: 2 }]);
  });

  test("as many settings as owners may serve all of them", () => {
    const two = ["first", "second"];
    expect(groups({ a: two, b: two })).toEqual([]);
  });

  test("owners are grouped by what they compete for", () => {
    expect(groups({ a: ["x"], b: ["x"], c: ["y"], d: ["y", "z"], e: ["z"] })).toEqual([
      { owners: ["a", "b"], atLeast: 1 },
      { owners: ["c", "d", "e"], atLeast: 1 },
    ]);
  });

  test("an owner without any is no matter of settings", () => {
    expect(groups({ a: [], b: ["x"] })).toEqual([]);
  });
});
