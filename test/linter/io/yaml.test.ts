import { placesIn } from "../../../linter/io/yaml";

const YAML = `# ours
exceptions:
  - rule: bounce-handling
    identity: a.example
  - {rule: complaint-handling, identity: b.example}
rules: { unverified: mandatory,
  "stale-override": disabled }
shared: &list
- x
same: *list
`;

describe("the place of an entry", () => {
  test.each([
    [["exceptions"], 2, 1],
    [["exceptions", 0], 3, 5],
    [["exceptions", 0, "identity"], 4, 5],
    [["exceptions", 1], 5, 5],
    [["exceptions", 1, "identity"], 5, 32],
    [["rules", "unverified"], 6, 10],
    [["rules", "stale-override"], 7, 3],
    [["same", 0], 9, 3],
    // The nearest that is there: what is missing has no place.
    [["exceptions", 1, "reason"], 5, 5],
    [["exceptions", 7], 2, 1],
    [["rules", "unverified", "more"], 6, 10],
  ])("%j is at line %d, column %d", (path, line, column) => {
    expect(placesIn(YAML)(path)).toEqual({ line, column });
  });

  test("in JSON, with tabs and Windows' line ends", () => {
    const find = placesIn('{\r\n\t"exceptions": [\r\n\t\t{ "rule": "a" },\r\n\t\t{ "rule": "b" }\r\n\t]\r\n}\r\n');
    expect(find(["exceptions", 1])).toEqual({ line: 4, column: 3 });
    expect(find(["exceptions", 1, "rule"])).toEqual({ line: 4, column: 5 });
  });

  test("there is none for what does not exist, nor in a text that says nothing", () => {
    expect(placesIn(YAML)(["intendedOverrides", 0])).toBeUndefined();
    expect(placesIn(YAML)([])).toBeUndefined();
    expect(placesIn("")(["exceptions", 0])).toBeUndefined();
  });
});
