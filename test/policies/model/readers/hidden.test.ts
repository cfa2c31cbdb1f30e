import { hiddenBehind, mayHide } from "../../../../policies/model/readers/hidden";
import { UNKNOWN_STRING } from "../../../../policies/model/value";
import { readerOf } from "./read";

const STACK = "aws:cloudformation/stack:Stack";
const template = (...types: string[]) =>
  JSON.stringify({ Resources: Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }])) });

test.each([
  ["an identity", template("AWS::SES::EmailIdentity"), "template-with-ses"],
  ["a nested stack", template("AWS::CloudFormation::Stack"), "template-with-templates"],
  ["a macro", '{"Fn::Transform": {"Name": "m"}}', "template-with-templates"],
  ["nobody knows what", UNKNOWN_STRING, "template-unknown"],
  ["a file in a bucket", undefined, "template-unknown"],
])("a CloudFormation stack with %s may hide identities", (_, templateBody, kind) => {
  for (const type of [STACK, "aws-native:cloudformation:Stack", "aws:cloudformation/stackSet:StackSet"]) {
    expect(mayHide(type)).toBe(true);
    expect(hiddenBehind(readerOf(type, { templateBody }))).toMatchObject({ fact: "hidden", reason: { kind } });
  }
});

test("one without SES hides nothing", () => {
  expect(hiddenBehind(readerOf(STACK, { templateBody: template("AWS::S3::Bucket") }))).toBeUndefined();
});

test("what a program's own provider makes is not known", () => {
  const type = "pulumi-nodejs:dynamic:Resource";
  expect(mayHide(type)).toBe(true);
  expect(hiddenBehind(readerOf(type, {}))).toMatchObject({ reason: { kind: "dynamic-resource" } });
  expect(mayHide("aws:s3/bucket:Bucket")).toBe(false);
});
