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
