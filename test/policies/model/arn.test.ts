import { parseFunction } from "../../../policies/model/arn";

const ARN = "arn:aws-cn:lambda:cn-north-1:123456789012:function:handler";

test.each([
  ["handler", "handler", undefined, undefined],
  ["handler:live", "handler", undefined, "live"],
  ["function:handler", "handler", undefined, undefined],
  ["function:handler:3", "handler", undefined, "3"],
  ["123456789012:function:handler", "handler", "123456789012", undefined],
  ["123456789012:function:handler:$LATEST", "handler", "123456789012", "$LATEST"],
  [ARN, ARN, undefined, undefined],
  [`${ARN}:live`, ARN, undefined, "live"],
  ["a:b:c:d", "a:b:c:d", undefined, undefined],
  ["", "", undefined, undefined],
])("a function may be named %j", (text, reference, account, qualifier) => {
  expect(parseFunction(text)).toEqual({ reference, account, qualifier });
});
