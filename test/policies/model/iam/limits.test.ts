import { parsePolicy } from "../../../../policies/model/iam/document";
import { allowsAnybody, limits } from "../../../../policies/model/iam/limits";
import { isKnown, UNKNOWN } from "../../../../policies/model/value";

type Conditions = Record<string, Record<string, unknown>>;

function policy(...statements: object[]) {
  const document = parsePolicy({ Version: "2012-10-17", Statement: statements });
  if (!isKnown(document)) throw new Error("no policy");
  return document;
}

/** A policy variable. */
const VARIABLE = ["$", "{aws:PrincipalAccount}"].join("");
const open = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };

/** Whether the only condition ties the request to an owner. */
function limitsOf(conditions: Conditions, asker: "anybody" | "service") {
  const [statement] = policy({ ...open, Condition: conditions }).statements;
  const list = statement?.conditions;
  if (list === UNKNOWN || !list?.[0]) throw new Error("no condition");
  return limits(list[0], asker);
}

test.each<[Conditions, unknown, unknown]>([
  [{ StringEquals: { "AWS:SourceAccount": "111122223333" } }, true, true],
  [{ StringLike: { "aws:SourceAccount": "*" } }, false, false],
  [{ StringLike: { "aws:SourceAccount": "1111*" } }, false, false],
  [{ StringEquals: { "aws:SourceAccount": ["111122223333", "*"] } }, false, false],
  [{ StringEquals: { "aws:SourceAccount": UNKNOWN } }, UNKNOWN, UNKNOWN],
  [{ StringEquals: { "aws:SourceAccount": VARIABLE } }, UNKNOWN, UNKNOWN],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:111122223333:identity/*" } }, true, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:identity/*" } }, false, false],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }, true, true],
  [{ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } }, true, true],
  [{ StringLike: { "aws:PrincipalOrgPaths": "o-a1b2c3/*" } }, true, true],
  [{ StringLike: { "aws:PrincipalOrgPaths": "*/r-ab12/*" } }, false, false],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true, true],
  [{ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, false, false],
  [{ StringNotEquals: { "aws:SourceAccount": "111122223333" } }, false, false],
  [{ Null: { "aws:SourceAccount": "false" } }, false, false],
  [{ Bool: { "aws:SecureTransport": "true" } }, false, false],
  [{ StringEquals: { "sns:Protocol": "https" } }, false, false],
  [{ StringEquals: { "aws:PrincipalTag/team": "mail" } }, UNKNOWN, UNKNOWN],
  [{ StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } }, false, true],
  [{ "ForAllValues:StringEquals": { "aws:SourceAccount": "111122223333" } }, false, true],
  [{ "ForAnyValue:StringEquals": { "aws:SourceAccount": "111122223333" } }, true, true],
  [{ NumericEquals: { "aws:SourceAccount": "111122223333" } }, UNKNOWN, UNKNOWN],
])("%j limits anybody: %p, a service: %p", (conditions, anybody, service) => {
  expect(limitsOf(conditions, "anybody")).toBe(anybody);
  expect(limitsOf(conditions, "service")).toBe(service);
});

const onlyOwn = { StringEquals: { "aws:SourceOwner": "111122223333" } };
test.each<[string, object[], unknown]>([
  ["everybody", [open], true],
  ["everybody, by a wildcard", [{ ...open, Action: "sns:*" }], true],
  ["everybody but one", [{ ...open, Principal: undefined, NotPrincipal: { AWS: "111122223333" } }], true],
  ["everybody of an account", [{ ...open, Principal: { AWS: "111122223333" } }], false],
  ["everybody who comes for the owner", [{ ...open, Condition: onlyOwn }], false],
  ["everybody, something else", [{ ...open, Action: "sns:Subscribe" }], false],
  ["everybody, all but this", [{ ...open, Action: undefined, NotAction: "sns:Publish" }], false],
  ["a wildcard for services", [{ ...open, Principal: { Service: "*" } }], UNKNOWN],
  ["an action that is not known", [{ ...open, Action: UNKNOWN }], UNKNOWN],
  ["an effect that is not known", [{ ...open, Effect: UNKNOWN }], UNKNOWN],
  ["everybody, and denies it to everybody", [open, { ...open, Effect: "Deny" }], false],
  [
    "everybody, and denies it without encryption",
    [open, { ...open, Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    true,
  ],
  [
    "everybody, and denies it to all but an account",
    [open, { ...open, Effect: "Deny", Condition: { StringNotEquals: { "aws:SourceAccount": "111122223333" } } }],
    false,
  ],
  [
    "everybody, and denies it to one account",
    [open, { ...open, Effect: "Deny", Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }],
    UNKNOWN,
  ],
])("a policy allows %s", (_, statements, expected) => {
  expect(allowsAnybody(policy(...statements), ["sns:Publish"])).toBe(expected);
});

test("one action that is open is enough, and a policy that is not known may open any", () => {
  expect(allowsAnybody(policy(open), ["sns:Subscribe", "SNS:publish"])).toBe(true);
  expect(allowsAnybody(policy(open), [])).toBe(false);
  expect(allowsAnybody(UNKNOWN, ["sns:Publish"])).toBe(UNKNOWN);
});
