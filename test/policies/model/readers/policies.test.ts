import { attachedPolicy } from "../../../../policies/model/readers/policies";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { readerOf } from "./read";

const read = attachedPolicy("topic-policy", { owner: "topics", policy: "policy" });
const ownersOf = (topics: unknown) => {
  const fact = read(readerOf("any:type:It", { topics, policy: "{}" }));
  if (fact?.fact !== "topic-policy") throw new Error("no policy");
  return fact.owners.map(({ value, property }) => [value, property]);
};

test.each([
  ["arn:a", ["arn:a"]],
  [
    ["arn:a", "arn:b"],
    ["arn:a", "arn:b"],
  ],
  [
    ["arn:a", UNKNOWN_STRING],
    ["arn:a", UNKNOWN],
  ],
  [UNKNOWN_STRING, [UNKNOWN]],
  [undefined, [UNKNOWN]],
])("a policy of %j", (topics, owners) => {
  expect(ownersOf(topics)).toEqual(owners.map((owner) => [owner, "topics"]));
});
