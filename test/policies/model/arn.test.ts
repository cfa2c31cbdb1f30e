import { nameInReference, parseArn, parseFunction } from "../../../policies/model/arn";

test("an ARN has six parts, the last of which may hold colons", () => {
  expect(parseArn("arn:aws-cn:lambda:cn-north-1:111122223333:function:handler:live")).toEqual({
    partition: "aws-cn",
    service: "lambda",
    region: "cn-north-1",
    account: "111122223333",
    resource: "function:handler:live",
  });
  expect(parseArn("arn:aws:s3:::bucket")).toMatchObject({ region: "", account: "", resource: "bucket" });
});

test.each(["", "example.com", "arn:aws:sns:us-east-1:111122223333", "ARN:aws:sns:us-east-1:111122223333:x"])(
  "%j is no ARN",
  (text) => {
    expect(parseArn(text)).toBeUndefined();
  },
);

test.each([
  ["arn:aws:ses:us-east-1:111122223333:identity/example.com", "example.com"],
  ["arn:aws:sns:us-east-1:111122223333:feedback", "feedback"],
  ["arn:aws:kms:us-east-1:111122223333:key/1234", "1234"],
  ["arn:aws:lambda:us-east-1:111122223333:function:handler", "handler"],
  ["arn:aws:lambda:us-east-1:111122223333:function:handler:live", "handler"],
  ["https://sqs.us-east-1.amazonaws.com/111122223333/inbox", "inbox"],
  ["alias/mail", "alias/mail"],
])("%s refers to %s", (reference, name) => {
  expect(nameInReference(reference)).toBe(name);
});

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
