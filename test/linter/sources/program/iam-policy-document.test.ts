import { iamPolicyDocument } from "../../../../linter/sources/program/iam-policy-document";
import { UNKNOWN_STRING } from "../../../../policies/model/value";

const document = (args: Record<string, unknown>) => JSON.parse(iamPolicyDocument(args)?.json as string);

describe("aws.iam.getPolicyDocument", () => {
  test("statements as the provider writes them", () => {
    expect(
      document({
        policyId: "id",
        statements: [
          {
            sid: "Publish",
            actions: ["sns:Publish", "sns:Subscribe"],
            resources: ["*"],
            principals: [
              { type: "Service", identifiers: ["ses.amazonaws.com"] },
              { type: "AWS", identifiers: ["111111111111", "222222222222"] },
            ],
            conditions: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] },
              { test: "StringEquals", variable: "aws:SourceArn", values: ["a", "b"] },
              { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
            ],
          },
          {
            effect: "Deny",
            notActions: ["sns:*"],
            notResources: ["x"],
            notPrincipals: [{ type: "*", identifiers: ["*"] }],
          },
        ],
      }),
    ).toEqual({
      Version: "2012-10-17",
      Id: "id",
      Statement: [
        {
          Sid: "Publish",
          Effect: "Allow",
          Action: ["sns:Subscribe", "sns:Publish"],
          Resource: "*",
          Principal: { Service: "ses.amazonaws.com", AWS: ["222222222222", "111111111111"] },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012", "aws:SourceArn": ["b", "a"] },
            Bool: { "aws:SecureTransport": "true" },
          },
        },
        { Effect: "Deny", NotAction: "sns:*", NotResource: "x", NotPrincipal: "*" },
      ],
    });
  });

  test("policy variables are written with an ampersand, where the version has them", () => {
    const statements = [{ actions: ["s3:*"], resources: ["home/&{aws:username}"] }];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    expect(document({ statements }).Statement[0].Resource).toBe("home/${aws:username}");
    expect(document({ statements, version: "2008-10-17" }).Statement[0].Resource).toBe("home/&{aws:username}");
  });

  test("documents are merged, a statement replaces the one with its Sid", () => {
    const of = (...statements: object[]) => JSON.stringify({ Statement: statements });
    expect(
      document({
        sourcePolicyDocuments: [of({ Sid: "a", Effect: "Allow" }, { Sid: "b", Effect: "Allow" })],
        statements: [{ sid: "b", effect: "Deny", actions: ["x"] }, { actions: ["y"] }],
        overridePolicyDocuments: [of({ Sid: "a", Effect: "Deny" })],
      }).Statement,
    ).toEqual([
      { Sid: "a", Effect: "Deny" },
      { Sid: "b", Effect: "Deny", Action: "x" },
      { Effect: "Allow", Action: "y" },
    ]);
  });

  test("an unknown part stays visible as unknown", () => {
    const [statement] = document({ statements: [{ actions: ["x"], resources: [`arn:${UNKNOWN_STRING}`] }] }).Statement;
    expect(statement.Resource).toBe(`arn:${UNKNOWN_STRING}`);
  });

  test.each([
    ["a source that is not JSON", { sourcePolicyDocuments: ["{"] }],
    ["a source that is unknown", { sourcePolicyDocuments: [UNKNOWN_STRING] }],
    ["statements of another shape", { statements: ["x"] }],
  ])("%s: nothing is known", (_, args) => {
    expect(iamPolicyDocument(args)).toBeUndefined();
  });
});
