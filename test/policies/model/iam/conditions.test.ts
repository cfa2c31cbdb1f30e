import { parsePolicy } from "../../../../policies/model/iam/document";
import { type ContextValue, evaluatePolicy, serviceContext } from "../../../../policies/model/iam/evaluate";
import { snsPrincipals } from "../../../../policies/model/region";
import { ANY_PART, UNKNOWN } from "../../../../policies/model/value";

function decide(Condition: unknown, context: [string, ContextValue][], service = "sns.amazonaws.com", named = service) {
  const statement = { Effect: "Allow", Principal: { Service: named }, Action: "*", Resource: "*", Condition };
  const document = parsePolicy({ Version: "2012-10-17", Statement: statement }) ?? UNKNOWN;
  const known = serviceContext(service, { account: "111122223333", arn: "arn:aws:sns:us-east-1:111122223333:t" });
  return evaluatePolicy(document, {
    service,
    action: "sqs:SendMessage",
    resource: "arn:aws:sqs:us-east-1:111122223333:q",
    context: new Map([...known, ...context]),
  }).decision;
}

describe("operators", () => {
  test.each<[string, unknown, [string, ContextValue][], string]>([
    ["StringEquals", { k: "a" }, [["k", "a"]], "allowed"],
    ["StringEquals", { k: ["b", "a"] }, [["k", "a"]], "allowed"],
    ["StringNotEquals", { k: ["b", "a"] }, [["k", "a"]], "denied"],
    ["StringNotEquals", { k: "a" }, [["k", undefined]], "allowed"],
    ["StringEquals", { k: "a" }, [["k", undefined]], "denied"],
    ["StringEqualsIfExists", { k: "a" }, [["k", undefined]], "allowed"],
    ["StringEqualsIgnoreCase", { k: "A" }, [["k", "a"]], "allowed"],
    ["StringLike", { k: "a*" }, [["k", "abc"]], "allowed"],
    ["Null", { k: "true" }, [["k", undefined]], "allowed"],
    ["Null", { k: "true" }, [["k", "a"]], "denied"],
    ["Bool", { "aws:SecureTransport": "true" }, [], "allowed"],
    ["ForAllValues:StringEquals", { k: "a" }, [["k", ["a", "b"]]], "denied"],
    ["ForAnyValue:StringEquals", { k: "a" }, [["k", ["a", "b"]]], "allowed"],
    ["ForAllValues:StringEquals", { k: "a" }, [["k", undefined]], "allowed"],
    ["StringEquals", { k: "a" }, [["k", ["a", "b"]]], "unknown"],
    ["StringEquals", { other: "a" }, [], "unknown"],
    ["NumericEquals", { k: "1" }, [["k", "1"]], "unknown"],
    ["Invented", { k: "1" }, [["k", "1"]], "unknown"],
  ])("%s %j with %j: %s", (operator, keys, context, decision) => {
    expect(decide({ [operator]: keys }, context)).toBe(decision);
  });
});

test("a service whose Region is not known may be any of that name", () => {
  const [, own = ""] = snsPrincipals("?urn");
  expect(own).toContain(ANY_PART);
  expect(decide({}, [], own, "sns.ap-east-1.amazonaws.com")).toBe("unknown");
  expect(decide({}, [], own, "sns.amazonaws.com")).toBe("denied");
  expect(decide({}, [], own, "ses.amazonaws.com")).toBe("denied");
  expect(decide({}, [], "sns.ap-east-1.amazonaws.com")).toBe("allowed");
});
