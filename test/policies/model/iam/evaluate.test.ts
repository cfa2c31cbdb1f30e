import { isDefaultTopicPolicy, type PolicyDocument, parsePolicy } from "../../../../policies/model/iam/document";
import {
  type ContextValue,
  evaluatePolicy,
  type PartialText,
  serviceContext,
} from "../../../../policies/model/iam/evaluate";
import { ANY_PART } from "../../../../policies/model/iam/glob";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:bounces";
const IDENTITY = "arn:aws:ses:us-east-1:111122223333:identity/example.com";
/** A policy variable. */
const variable = (name: string) => `\${${name}}`;

function parsed(raw: unknown): PolicyDocument {
  const document = parsePolicy(raw);
  if (document === undefined || document === UNKNOWN) throw new Error("not a policy");
  return document;
}

interface Given {
  account?: PartialText;
  arn?: PartialText;
  resource?: PartialText;
  context?: [string, ContextValue][];
}

function evaluate(raw: unknown, given: Given = {}) {
  const { account = "111122223333", arn = IDENTITY, resource = TOPIC, context = [] } = given;
  const service = "ses.amazonaws.com";
  return evaluatePolicy(parsed(raw), {
    service,
    action: "SNS:Publish",
    resource,
    context: new Map([...serviceContext(service, { account, arn }), ...context]),
  });
}

const allow = {
  Effect: "Allow",
  Principal: { Service: "ses.amazonaws.com" },
  Action: "sns:Publish",
  Resource: TOPIC,
};
const policy = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });
const withCondition = (Condition: unknown) => policy({ ...allow, Condition });
const decision = (raw: unknown, given?: Given) => evaluate(raw, given).decision;

describe("parsePolicy", () => {
  test("reads text, objects, one statement and many", () => {
    for (const raw of [policy(allow), JSON.stringify(policy(allow)), { Statement: allow }]) {
      expect(decision(raw)).toBe("allowed");
    }
  });

  test.each([undefined, null, "", "  "])("%j is no policy", (raw) => {
    expect(parsePolicy(raw)).toBeUndefined();
  });

  test.each([
    ["not JSON", "{"],
    ["a JSON string", '"x"'],
    ["a list", []],
    ["a number", 7],
    ["null inside the text", "null"],
    ["no statement", { Version: "2012-10-17" }],
    ["an unknown version", { Version: "2020-01-01", Statement: [] }],
    ["an unknown element", policy({ ...allow, condition: {} })],
    ["an unknown effect", policy({ ...allow, Effect: "allow" })],
    ["no effect", policy({ ...allow, Effect: undefined })],
    ["no principal", policy({ ...allow, Principal: undefined })],
    ["a principal that is text", policy({ ...allow, Principal: "ses.amazonaws.com" })],
    ["no action", policy({ ...allow, Action: undefined })],
    ["action and its opposite", policy({ ...allow, NotAction: "sns:Subscribe" })],
    ["an action that is an object", policy({ ...allow, Action: {} })],
    ["a condition that is a list", withCondition([])],
    ["an operator that is text", withCondition({ StringEquals: "x" })],
    ["a condition value that is an object", withCondition({ StringEquals: { "aws:SourceAccount": {} } })],
    ["a text with an unknown part", JSON.stringify(policy({ ...allow, Resource: `arn:${UNKNOWN_STRING}` }))],
    ["unknown", UNKNOWN],
    ["a secret", "[secret]"],
  ])("%s is unknown", (_, raw) => {
    expect(parsePolicy(raw)).toBe(UNKNOWN);
  });

  test("nesting does not overflow the stack", () => {
    let nested: unknown = "x";
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(parsePolicy(deep)).toBe(UNKNOWN);
    expect(parsePolicy(`{"Statement":${deep}}`)).toBe(UNKNOWN);
    expect(parsePolicy(policy({ ...allow, Action: nested }))).toBe(UNKNOWN);
    expect(parsePolicy(withCondition({ StringEquals: { "aws:SourceArn": nested } }))).toBe(UNKNOWN);
  });

  test("takes what is no JSON for unknown", () => {
    expect(parsePolicy("{")).toBe(UNKNOWN);
  });

  test("leaves the engine's marks and nulls aside", () => {
    expect(decision({ __defaults: [], Id: null, Statement: [{ ...allow, __defaults: [], Condition: null }] })).toBe(
      "allowed",
    );
  });

  test("a mark of the evaluator's own in a document is not taken for a wildcard", () => {
    expect(decision(policy({ ...allow, Resource: "\uFDD0" }))).toBe("unknown");
  });
});

describe("decisions", () => {
  test("no allow", () => {
    expect(evaluate(policy())).toEqual({ decision: "denied", reason: "no-allow", allowedBy: [] });
    expect(evaluate(policy({ ...allow, Action: "sns:Subscribe" }))).toMatchObject({ reason: "no-allow" });
  });

  test("an allow names the keys of its condition", () => {
    const scoped = { ...allow, Condition: { StringEquals: { "AWS:SourceAccount": "111122223333" } } };
    const result = evaluate(policy(allow, scoped));
    expect(result).toEqual({
      decision: "allowed",
      reason: "allow",
      allowedBy: [new Set(), new Set(["aws:sourceaccount"])],
    });
  });

  test("a deny wins over allows and over doubts", () => {
    const result = evaluate(policy(allow, UNKNOWN, { ...allow, Effect: "Deny" }));
    expect(result).toEqual({ decision: "denied", reason: "explicit-deny", allowedBy: [] });
  });

  test("a deny that may match leaves open what an allow would decide, and only that", () => {
    const deny = { ...allow, Effect: "Deny", Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } };
    expect(evaluate(policy(allow, deny))).toMatchObject({ decision: "unknown", what: "aws:requestedregion" });
    expect(evaluate(policy(deny))).toMatchObject({ decision: "denied", reason: "no-allow" });
  });

  test("names the key whose condition excludes the request", () => {
    const result = evaluate(withCondition({ StringEquals: { "AWS:SourceAccount": "999999999999" } }));
    expect(result).toMatchObject({ decision: "denied", reason: "condition", what: "aws:sourceaccount" });
  });

  test.each([
    [{ StringEquals: { "aws:Foo": "x" } }, "aws:foo"],
    [{ SomethingElse: { "aws:SourceAccount": "x" } }, "SomethingElse"],
    [{ NumericEquals: { "aws:SourceAccount": 1 } }, "NumericEquals"],
    [{ StringEquals: { "aws:SourceAccount": UNKNOWN } }, "value"],
    [UNKNOWN, "value"],
    [{ StringEquals: UNKNOWN }, "value"],
  ])("what can't be judged is named: %#", (condition, what) => {
    expect(evaluate(withCondition(condition))).toMatchObject({ decision: "unknown", reason: "unknown", what });
  });

  test("a document that is unknown", () => {
    const request = { service: "ses.amazonaws.com", action: "sns:Publish", resource: TOPIC, context: new Map() };
    expect(evaluatePolicy(UNKNOWN, request)).toMatchObject({ decision: "unknown", what: "policy" });
  });

  test("an unknown effect leaves open only what the statement could change", () => {
    const open = { ...allow, Effect: UNKNOWN };
    expect(decision(policy(open))).toBe("unknown");
    expect(decision(policy(allow, open))).toBe("unknown");
    expect(decision(policy(allow, { ...open, Action: "sns:Subscribe" }))).toBe("allowed");
    expect(decision(policy({ ...open, Principal: { AWS: "111122223333" } }))).toBe("denied");
  });
});

describe("principals", () => {
  test.each([
    ["*", "allowed"],
    [{ AWS: "*" }, "allowed"],
    [{ AWS: ["111122223333", "*"] }, "allowed"],
    [{ Service: ["sns.amazonaws.com", "ses.amazonaws.com"] }, "allowed"],
    [{ AWS: "111122223333", Service: "ses.amazonaws.com" }, "allowed"],
    [{ Service: [UNKNOWN, "ses.amazonaws.com"] }, "allowed"],
    [{ Service: "sns.amazonaws.com" }, "denied"],
    [{ AWS: "ses.amazonaws.com" }, "denied"],
    [{ AWS: "arn:aws:iam::111122223333:root" }, "denied"],
    [{ CanonicalUser: UNKNOWN, Federated: "*" }, "denied"],
    [{ AWS: UNKNOWN }, "unknown"],
    [{ Service: UNKNOWN }, "unknown"],
    [{ Service: "*" }, "unknown"],
    [{ "*": "*" }, "unknown"],
    [UNKNOWN, "unknown"],
  ])("%j", (Principal, expected) => {
    expect(decision(policy({ ...allow, Principal }))).toBe(expected);
  });

  test("NotPrincipal", () => {
    const deny = (NotPrincipal: unknown) => policy(allow, { Effect: "Deny", NotPrincipal, Action: "*", Resource: "*" });
    expect(decision(deny({ Service: "ses.amazonaws.com" }))).toBe("allowed");
    expect(decision(deny("*"))).toBe("allowed");
    expect(decision(deny({ AWS: "111122223333" }))).toBe("denied");
    expect(decision(deny({ AWS: UNKNOWN }))).toBe("unknown");
  });
});

describe("actions and resources", () => {
  test.each([
    ["SNS:PUBLISH", "allowed"],
    ["sns:*", "allowed"],
    ["*", "allowed"],
    ["sns:Pub??sh", "allowed"],
    [["sns:Subscribe", "sns:Pub*"], "allowed"],
    ["sns:Publis", "denied"],
    ["sqs:*", "denied"],
    [["sns:Subscribe", UNKNOWN], "unknown"],
  ])("action %j", (Action, expected) => {
    expect(decision(policy({ ...allow, Action }))).toBe(expected);
  });

  test("NotAction", () => {
    const { Action, ...rest } = allow;
    expect(decision(policy({ ...rest, NotAction: Action }))).toBe("denied");
    expect(decision(policy({ ...rest, NotAction: ["sns:Subscribe", "sns:Add*"] }))).toBe("allowed");
    expect(decision(policy({ ...rest, NotAction: UNKNOWN }))).toBe("unknown");
  });

  test.each([
    [TOPIC, "allowed"],
    ["*", "allowed"],
    ["arn:aws:sns:*:*:bounces", "allowed"],
    ["arn:aws:sns:*", "allowed"],
    [`arn:aws:sns:us-east-1:${variable("aws:SourceAccount")}:bounces`, "allowed"],
    [`arn:aws:sns:us-east-1:${variable("aws:username")}:bounces`, "unknown"],
    [`arn:aws:sns:us-east-1:111122223333:${variable("*")}`, "denied"],
    ["arn:aws:sns:us-east-1:111122223333:complaints", "denied"],
    ["arn:aws:sns:eu-west-1:111122223333:bounces", "denied"],
    [UNKNOWN, "unknown"],
    [undefined, "unknown"],
  ])("resource %j", (Resource, expected) => {
    expect(decision(policy({ ...allow, Resource }))).toBe(expected);
  });

  test("NotResource", () => {
    const { Resource, ...rest } = allow;
    expect(decision(policy({ ...rest, NotResource: Resource }))).toBe("denied");
    expect(decision(policy({ ...rest, NotResource: "arn:aws:sns:*:*:complaints" }))).toBe("allowed");
  });

  test("known parts of an ARN decide although its account is not known", () => {
    const resource = `arn:aws:sns:us-east-1:${ANY_PART}:bounces`;
    expect(decision(policy(allow), { resource })).toBe("unknown");
    expect(
      decision(policy({ ...allow, Resource: "arn:aws:sns:us-east-1:111122223333:complaints" }), { resource }),
    ).toBe("denied");
    expect(decision(policy({ ...allow, Resource: "arn:aws:sns:us-east-1:*:bounces" }), { resource })).toBe("allowed");
    expect(decision(policy(allow), { resource: UNKNOWN })).toBe("unknown");
    expect(decision(policy({ ...allow, Resource: "**" }), { resource: UNKNOWN })).toBe("allowed");
  });
});

describe("conditions", () => {
  const cases: [string, unknown, string][] = [
    ["equal", { StringEquals: { "aws:SourceAccount": "111122223333" } }, "allowed"],
    ["equal to a number", { StringEquals: { "aws:SourceAccount": 111122223333 } }, "allowed"],
    ["any case of key and operator", { STRINGequals: { "AWS:sourceACCOUNT": ["x", "111122223333"] } }, "allowed"],
    ["not equal", { StringEquals: { "aws:SourceAccount": ["x", "y"] } }, "denied"],
    ["no wildcards under StringEquals", { StringEquals: { "aws:SourceAccount": "*" } }, "denied"],
    ["no values", { StringEquals: { "aws:SourceAccount": [] } }, "denied"],
    ["negated: none may match", { StringNotEquals: { "aws:SourceAccount": ["x", "111122223333"] } }, "denied"],
    ["negated: none matches", { StringNotEquals: { "aws:SourceAccount": ["x", "y"] } }, "allowed"],
    ["ignoring case", { StringEqualsIgnoreCase: { "aws:PrincipalServiceName": "SES.AmazonAWS.com" } }, "allowed"],
    ["not ignoring case", { StringNotEqualsIgnoreCase: { "aws:PrincipalServiceName": "SES.AmazonAWS.com" } }, "denied"],
    ["like", { StringLike: { "aws:SourceArn": "arn:aws:ses:*:identity/*" } }, "allowed"],
    ["not like", { StringNotLike: { "aws:SourceArn": "*identity/example.???" } }, "denied"],
    [
      "several operators",
      { StringEquals: { "aws:SourceAccount": "111122223333" }, Bool: { "aws:SecureTransport": false } },
      "denied",
    ],
    ["several keys", { StringEquals: { "aws:SourceAccount": "111122223333", "aws:SourceOwner": "1" } }, "denied"],
    [
      "one that is false decides",
      { Foo: { a: 1 }, StringEquals: { "aws:Foo": "x", "aws:SourceAccount": "x" } },
      "denied",
    ],
    ["ARN", { ArnEquals: { "aws:SourceArn": IDENTITY } }, "allowed"],
    ["ARN wildcards under ArnEquals", { ArnEquals: { "aws:SourceArn": "arn:aws:ses:*:*:identity/*" } }, "allowed"],
    [
      "ARN wildcards stay within a part",
      { ArnLike: { "aws:SourceArn": "arn:aws:*:111122223333:identity/example.com:x" } },
      "denied",
    ],
    ["ARN of something else", { ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:configuration-set/*" } }, "denied"],
    ["ARN of another Region", { ArnLike: { "aws:SourceArn": "arn:aws:ses:eu-*:*:*" } }, "denied"],
    ["ARN negated", { ArnNotLike: { "aws:SourceArn": "arn:aws:ses:*:*:*" } }, "denied"],
    ["ARN pattern that is too short", { ArnLike: { "aws:SourceArn": "arn:aws:ses:*" } }, "unknown"],
    ["short ARN pattern that can't match", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*" } }, "denied"],
    ["secure transport", { Bool: { "aws:SecureTransport": "True" } }, "allowed"],
    ["secure transport is never false", { Bool: { "aws:SecureTransport": "false" } }, "denied"],
    ["Bool of something else", { Bool: { "aws:SecureTransport": "yes" } }, "unknown"],
    ["absent key", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, "denied"],
    ["absent key, whatever its value", { StringEquals: { "aws:PrincipalOrgID": UNKNOWN } }, "denied"],
    ["absent key negated", { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }, "allowed"],
    ["absent key if it exists", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }, "allowed"],
    ["absent key, all values", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } }, "allowed"],
    ["absent key, any value", { "ForAnyValue:StringNotEquals": { "aws:PrincipalOrgID": "o-1" } }, "denied"],
    ["absent key, undecided operators", { NumericLessThan: { "aws:PrincipalOrgID": 1 } }, "denied"],
    ["absent key, undecided and negated", { NotIpAddress: { "aws:PrincipalOrgID": "10.0.0.0/8" } }, "allowed"],
    ["present key that must exist", { Null: { "aws:SourceArn": "false" } }, "allowed"],
    ["present key that must not", { Null: { "aws:SourceArn": true } }, "denied"],
    ["absent key that must not exist", { Null: { "aws:PrincipalOrgID": "true" } }, "allowed"],
    ["a key nobody knows", { Null: { "aws:Foo": "true" } }, "unknown"],
    ["a key nobody knows, negated", { StringNotEquals: { "aws:Foo": "x" } }, "unknown"],
    ["dates and addresses", { DateGreaterThan: { "aws:SourceAccount": "2020-01-01" } }, "unknown"],
    ["variable", { StringEquals: { "aws:SourceOwner": variable("aws:SourceAccount") } }, "allowed"],
    [
      "variable inside an ARN",
      { ArnLike: { "aws:SourceArn": `arn:aws:ses:*:${variable("AWS:SourceAccount")}:*` } },
      "allowed",
    ],
    [
      "variable with a default",
      { StringEquals: { "aws:SourceAccount": variable("aws:PrincipalOrgID, '111122223333'") } },
      "allowed",
    ],
    ["variable of an absent key", { StringEquals: { "aws:SourceAccount": variable("aws:PrincipalOrgID") } }, "unknown"],
    ["no condition", {}, "allowed"],
  ];
  test.each(cases)("%s", (_, condition, expected) => {
    expect(decision(withCondition(condition))).toBe(expected);
  });

  test("variables are plain text before version 2012-10-17", () => {
    const statement = { ...allow, Condition: { StringEquals: { "aws:SourceOwner": variable("aws:SourceAccount") } } };
    expect(decision({ Statement: statement })).toBe("denied");
    expect(decision({ Version: UNKNOWN, Statement: statement })).toBe("unknown");
  });

  test("several values in the request", () => {
    const tags = (...values: string[]): Given => ({ context: [["aws:tagkeys", values]] });
    const all = withCondition({ "ForAllValues:StringLike": { "aws:TagKeys": ["a*", "b"] } });
    expect(decision(all, tags("a1", "b"))).toBe("allowed");
    expect(decision(all, tags("a1", "c"))).toBe("denied");
    expect(decision(all, tags(""))).toBe("allowed");
    const some = withCondition({ "foranyvalue:StringEquals": { "aws:TagKeys": ["a", "b"] } });
    expect(decision(some, tags("c", "b"))).toBe("allowed");
    expect(decision(some, tags("c"))).toBe("denied");
    const other = withCondition({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } });
    expect(decision(other, tags("a", "b"))).toBe("allowed");
    expect(decision(other, tags("a"))).toBe("denied");
    expect(decision(withCondition({ StringEquals: { "aws:TagKeys": "a" } }), tags("a", "b"))).toBe("unknown");
  });

  test("an account that is not known exists, and the rest of its ARN is compared", () => {
    const given: Given = { account: UNKNOWN, arn: `arn:aws:ses:us-east-1:${ANY_PART}:identity/example.com` };
    expect(decision(withCondition({ StringEquals: { "aws:SourceAccount": "111122223333" } }), given)).toBe("unknown");
    expect(decision(withCondition({ StringLike: { "aws:SourceAccount": "*" } }), given)).toBe("allowed");
    expect(decision(withCondition({ Null: { "aws:SourceAccount": "false" } }), given)).toBe("allowed");
    expect(
      decision(withCondition({ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:identity/example.com" } }), given),
    ).toBe("allowed");
    expect(
      decision(withCondition({ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:1*:identity/example.com" } }), given),
    ).toBe("unknown");
    expect(
      decision(withCondition({ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:1*:identity/example.org" } }), given),
    ).toBe("denied");
    expect(decision(withCondition({ ArnLike: { "aws:SourceArn": "arn:aws:ses:*:*:*" } }), { arn: UNKNOWN })).toBe(
      "unknown",
    );
  });

  test("a source that is not known may be any ARN", () => {
    const given: Given = { arn: UNKNOWN };
    for (const operator of ["ArnLike", "ArnNotLike", "StringLike"]) {
      expect(decision(withCondition({ [operator]: { "aws:SourceArn": "arn:aws:ses:*:*:*" } }), given)).toBe("unknown");
    }
    expect(decision(policy({ ...allow, Resource: variable("aws:SourceArn") }), given)).toBe("unknown");
  });
});

describe("default topic policy", () => {
  const actions =
    "Publish Subscribe GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic ListSubscriptionsByTopic";
  const statement = {
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: actions.split(" ").map((name) => `SNS:${name}`),
    Resource: TOPIC,
    Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
  };
  const standard = { Version: "2008-10-17", Id: "__default_policy_ID", Statement: [statement] };
  const changed = (change: object) => ({ ...standard, Statement: [{ ...statement, ...change }] });

  test("is recognised whatever the order and case", () => {
    expect(isDefaultTopicPolicy(parsed(standard))).toBe(true);
    const other = changed({
      Action: ["sns:receive", ...statement.Action.map((name) => name.toLowerCase()).reverse()],
      Condition: { stringEquals: { "aws:sourceowner": ["111122223333"] } },
    });
    expect(isDefaultTopicPolicy(parsed(JSON.stringify(other)))).toBe(true);
  });

  test("lets SES of the same account through", () => {
    expect(evaluate(standard)).toMatchObject({ decision: "allowed", allowedBy: [new Set(["aws:sourceowner"])] });
    expect(decision(standard, { account: "999999999999" })).toBe("denied");
  });

  test.each([
    ["another effect", changed({ Effect: "Deny" })],
    ["another principal", changed({ Principal: { AWS: "111122223333" } })],
    ["one more principal", changed({ Principal: { AWS: ["*", "111122223333"] } })],
    ["fewer actions", changed({ Action: statement.Action.slice(1) })],
    ["more actions", changed({ Action: [...statement.Action, "sns:TagResource"] })],
    ["no condition", changed({ Condition: undefined })],
    ["one more condition", changed({ Condition: { ...statement.Condition, Bool: { "aws:SecureTransport": true } } })],
    ["another key", changed({ Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } })],
    ["an owner that is not known", changed({ Condition: { StringEquals: { "aws:SourceOwner": UNKNOWN } } })],
    ["an unknown condition", changed({ Condition: UNKNOWN })],
    ["unknown actions", changed({ Action: UNKNOWN })],
    ["one more statement", { ...standard, Statement: [statement, allow] }],
    ["no statement", { ...standard, Statement: [] }],
    ["the Id alone", { ...standard, Statement: [allow] }],
  ])("is not recognised with %s", (_, raw) => {
    expect(isDefaultTopicPolicy(parsed(raw))).toBe(false);
  });
});
