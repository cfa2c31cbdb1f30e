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
  ["an application", "Resources:\n  A:\n    Type: AWS::Serverless::Application\n", "template-with-templates"],
  ["a module", template("Acme::Mail::Identity::MODULE"), "template-with-templates"],
  ["a macro for all of it", "Transform: AcmeMail\nResources: {}\n", "template-with-templates"],
  ["several macros", '{"Transform": ["AWS::Serverless-2016-10-31", "AcmeMail"]}', "template-with-templates"],
  ["an object", { Resources: { I: { Type: "AWS::SES::EmailIdentity" } } }, "template-with-ses"],
  ["an object of which something is not known", { Resources: { B: { Type: UNKNOWN_STRING } } }, "template-unknown"],
  ["nobody knows what", UNKNOWN_STRING, "template-unknown"],
  ["a file in a bucket", undefined, "template-unknown"],
  ["what is no template", "{{{", "template-unknown"],
  ["nothing in it", "", "template-unknown"],
  ["JSON of something else", '["Resources:"]', "template-unknown"],
  ["YAML of something else", "Outputs: {}\n", "template-unknown"],
  ["an identity in escapes", '{"Resources": {"I": {"Type": "AWS\\u003a:SES::EmailIdentity"}}}', "template-with-ses"],
  ["an identity in escapes of YAML", 'Resources:\n  I:\n    Type: "AWS\\x3A\\U0000003ASES::X"\n', "template-with-ses"],
])("a CloudFormation stack with %s may hide identities", (_, templateBody, kind) => {
  for (const type of [
    STACK,
    "aws-native:cloudformation:Stack",
    "aws:cloudformation/stackSet:StackSet",
    "awscc:index/cloudformationStack:CloudformationStack",
  ]) {
    expect(mayHide(type)).toBe(true);
    expect(hiddenBehind(readerOf(type, { templateBody }))).toMatchObject({ fact: "hidden", reason: { kind } });
  }
});

test.each([
  "Transform: AWS::Serverless-2016-10-31\nResources: {}\n",
  '{"Transform": "AWS::SecretsManager-2020-07-23", "Resources": {}}',
])("transforms of AWS write no identity: %s", (templateBody) => {
  expect(hiddenBehind(readerOf(STACK, { templateBody }))).toBeUndefined();
});

test.each([
  template("AWS::S3::Bucket"),
  "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  B:\n    Type: AWS::S3::Bucket\n",
  '  "Resources" :\n    B: {Type: "AWS::S3::Bucket\\u0021"}\n',
])("one without SES hides nothing: %s", (templateBody) => {
  expect(hiddenBehind(readerOf(STACK, { templateBody }))).toBeUndefined();
});

test.each(["pulumi-nodejs:dynamic:Resource", "pulumi-python:dynamic:Resource", "pulumi-nodejs:dynamic/mail:Identity"])(
  "what a program's own provider makes is not known: %s",
  (type) => {
    expect(mayHide(type)).toBe(true);
    expect(hiddenBehind(readerOf(type, {}))).toMatchObject({ reason: { kind: "dynamic-resource" } });
  },
);

test.each([
  ["awscc:index/sesEmailIdentity:SesEmailIdentity", "cloud-control"],
  ["awscc:index/sesMailManagerRuleSet:SesMailManagerRuleSet", "cloud-control"],
  ["kubernetes:ses.services.k8s.aws/v1alpha1:EmailIdentity", "kubernetes-controller"],
  ["kubernetes:sesv2.services.k8s.aws/v1alpha1:EmailIdentity", "kubernetes-controller"],
  ["kubernetes:sesv2.aws.upbound.io/v1beta1:EmailIdentity", "kubernetes-controller"],
  ["kubernetes:ses.aws.m.upbound.io/v1beta1:DomainIdentity", "kubernetes-controller"],
  ["kubernetes:ses.aws.crossplane.io/v1alpha1:ConfigurationSet", "kubernetes-controller"],
])("%s makes resources of SES that are not read", (type, kind) => {
  expect(mayHide(type)).toBe(true);
  expect(hiddenBehind(readerOf(type, {}))).toEqual({ fact: "hidden", reason: { kind }, pending: false });
});

test.each([
  "aws:s3/bucket:Bucket",
  "pulumi:providers:aws",
  "pulumi-nodejs:index:Thing",
  "pulumi:pulumi:Stack",
  "awscc:index/s3Bucket:S3Bucket",
  "awscc:index/sessionThing:SessionThing",
  "kubernetes:sns.services.k8s.aws/v1alpha1:Topic",
  "kubernetes:session.example.com/v1:Session",
])("%s hides nothing", (type) => {
  expect(mayHide(type)).toBe(false);
  expect(hiddenBehind(readerOf(type, { templateBody: "AWS::SES::EmailIdentity" }))).toBeUndefined();
});

test.each([
  ["aws:serverlessrepository/cloudFormationStack:CloudFormationStack", "serverless-application"],
  ["aws:servicecatalog/provisionedProduct:ProvisionedProduct", "provisioned-product"],
  ["aws-native:servicecatalog:CloudFormationProvisionedProduct", "provisioned-product"],
])("the template behind %s cannot be read", (type, kind) => {
  expect(mayHide(type)).toBe(true);
  expect(hiddenBehind(readerOf(type, { name: "mail" }))).toMatchObject({ reason: { kind }, pending: false });
});

describe.each([
  ["aws:cloudcontrol/resource:Resource", "typeName"],
  ["aws-native:index:ExtensionResource", "type"],
])("%s", (type, property) => {
  test.each([
    ["an identity", "AWS::SES::EmailIdentity", false],
    ["a nested stack", "AWS::CloudFormation::Stack", false],
    ["nobody knows what", UNKNOWN_STRING, true],
  ])("may create %s", (_, value, pending) => {
    const fact = hiddenBehind(readerOf(type, { [property]: value }));
    expect(fact).toMatchObject({ reason: { kind: "cloud-control" }, pending });
  });

  test("creates a bucket", () => {
    expect(hiddenBehind(readerOf(type, { [property]: "AWS::S3::Bucket" }))).toBeUndefined();
  });
});

describe.each(["command:local:Command", "command:remote:Command"])("%s", (type) => {
  test.each([
    ["calls SES", { create: "aws ses verify-email-identity --email-address a@example.com" }, false],
    ["calls v2", { create: "true", update: "aws --region eu-west-1 sesv2 create-email-identity" }, false],
    ["runs a script", { create: "python3 -c 'import boto3; boto3.client(\"ses\")'" }, false],
    ["nobody knows what it runs", { create: UNKNOWN_STRING }, true],
    ["reads its script", { create: "bash", stdin: "aws ses verify-email-identity --email-address a@x" }, false],
    ["reads a script that nobody knows", { create: "/bin/sh -eu", stdin: UNKNOWN_STRING }, true],
  ])("%s", (_, inputs, pending) => {
    expect(hiddenBehind(readerOf(type, inputs))).toMatchObject({ reason: { kind: "command" }, pending });
  });

  test.each([
    { create: "aws sso login && echo sessions done" },
    { create: "npm run build", delete: "aws ses x" },
    { create: "bash", stdin: "aws s3 ls" },
    { create: "docker login --password-stdin", stdin: UNKNOWN_STRING },
    { create: "./deploy.sh", stdin: UNKNOWN_STRING },
    {},
  ])("creates no identity: %j", (inputs) => expect(hiddenBehind(readerOf(type, inputs))).toBeUndefined());
});
