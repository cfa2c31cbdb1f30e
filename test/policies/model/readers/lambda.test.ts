import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

const ARN = "arn:aws:lambda:us-east-1:111122223333:function:handler";

test.each([
  ["aws:lambda/function:Function", "name"],
  ["aws-native:lambda:Function", "functionName"],
])("%s is a function", (type, name) => {
  expect(factOf(type, { [name]: "handler" }, { arn: ARN })).toMatchObject({
    fact: "function",
    name: "handler",
    arn: ARN,
  });
});

test.each([
  ["aws:lambda/permission:Permission", "function"],
  ["aws-native:lambda:Permission", "functionName"],
])("%s is a permission", (type, lambda) => {
  const inputs = { principal: "sns.amazonaws.com", action: "lambda:InvokeFunction", sourceArn: "arn:topic" };
  expect(factOf(type, { [lambda]: "handler", ...inputs })).toMatchObject({
    fact: "permission",
    lambda: "handler",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
    source: "arn:topic",
  });
  expect(factOf(type, inputs)).toMatchObject({ lambda: UNKNOWN });
});

test("a function may be kept from running", () => {
  const inputs = { name: "handler", reservedConcurrentExecutions: 0 };
  expect(factOf("aws:lambda/function:Function", inputs)).toMatchObject({ reservedConcurrency: 0 });
});

test.each([
  ["aws:lambda/alias:Alias", "arn"],
  ["aws-native:lambda:Alias", "aliasArn"],
])("%s is an alias of a function", (type, arn) => {
  expect(factOf(type, { name: "live", functionName: "handler" }, { [arn]: `${ARN}:live` })).toMatchObject({
    ...{ fact: "function-alias", name: "live", lambda: "handler", arn: `${ARN}:live` },
  });
  expect(factOf(type, {})).toMatchObject({ name: undefined, lambda: UNKNOWN });
});

test("a permission may be for one account, and for one version", () => {
  const inputs = { function: "handler", sourceAccount: "111122223333", qualifier: "3" };
  expect(factOf("aws:lambda/permission:Permission", inputs)).toMatchObject({
    ...{ sourceAccount: "111122223333", qualifier: "3" },
  });
});
