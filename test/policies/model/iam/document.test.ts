import { parsePolicy } from "../../../../policies/model/iam/document";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";

const statement = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };

test("conditions are read into operator, qualifier and key", () => {
  const Condition = { "ForAnyValue:StringLikeIfExists": { "AWS:SourceArn": ["a", UNKNOWN_STRING] } };
  expect(parsePolicy({ Statement: { ...statement, Condition } })).toMatchObject({
    variables: false,
    statements: [
      {
        conditions: [
          { base: "stringlike", qualifier: "any", ifExists: true, key: "aws:sourcearn", values: ["a", UNKNOWN] },
        ],
      },
    ],
  });
});

test("unknown parts stay where they are", () => {
  expect(
    parsePolicy({
      Version: UNKNOWN_STRING,
      Statement: [UNKNOWN_STRING, { ...statement, Principal: { AWS: UNKNOWN } }],
    }),
  ).toMatchObject({
    variables: UNKNOWN,
    statements: [{ effect: UNKNOWN }, { effect: "Allow", principal: { values: [{ type: "AWS", value: UNKNOWN }] } }],
  });
});

test.each([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no statement", {}],
  ["a version of its own", { Version: "2020-01-01", Statement: [] }],
  ["an effect of its own", { Statement: { ...statement, Effect: "allow" } }],
  ["an element of its own", { Statement: { ...statement, Extra: 1 } }],
  ["both forms of an element", { Statement: { ...statement, NotAction: "a:b" } }],
])("%s is no policy that AWS takes", (_, raw) => {
  expect(parsePolicy(raw)).toBe(UNKNOWN);
});
