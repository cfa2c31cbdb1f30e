import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFunctions } from "../../../../linter/sources/program/functions";
import { readMocks } from "../../../../linter/sources/program/mocks";
import type { StackRecords } from "../../../../policies/model/record";
import { toValue, UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { named, run, tags } from "./support";

describe("function calls, configuration and stack references without a cloud", () => {
  let view: StackRecords;
  beforeAll(async () => {
    view = await run("functions");
  });

  test("a function without an answer is unknown, not absent, in the promise form", () => {
    expect(tags(view, "promise-form")).toEqual({
      property: "???",
      text: "mail.???",
      method: "???",
      element: "eu-west-1-???-1",
      joined: "eu-west-1-???-1-1,eu-west-1-???-2-1,eu-west-1-???-3-1",
      json: '{"zone":"???"}',
      whole: "???",
      chained: "???",
    });
  });

  test("and in the output form", () => {
    expect(tags(view, "output-form")).toEqual({
      property: "???",
      applied: "???",
      interpolated: "???",
      element: "eu-west-1-???-1",
    });
  });

  test("the model takes all of these for unknown", () => {
    for (const name of ["promise-form", "output-form"]) {
      const values = Object.values(named(view, name).inputs?.tags as object);
      expect(values.map(toValue)).toEqual(values.map(() => UNKNOWN));
    }
  });

  test("unknown arguments make an unknown answer", () => {
    expect(tags(view, "unknown-arguments")).toEqual({ promise: "???", output: "???" });
  });

  test("Region and partition come from the configuration and the provider, the account from nowhere", () => {
    expect(tags(view, "answered")).toEqual({
      region: "eu-west-1",
      regionOutput: "eu-west-1",
      ofProvider: "ap-northeast-1",
      description: "Region ???",
      partition: "aws",
      account: "???",
      arn: "???",
    });
    expect(view.configRegion).toBe("eu-west-1");
  });

  test("policy documents are computed", () => {
    const { known, knownOutput, unknownOutput, partly } = tags(view, "policies");
    expect(JSON.parse(known as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: "*",
          Principal: { Service: "ses.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
    expect(knownOutput).toBe(known);
    expect(unknownOutput).toBe("???");
    expect(JSON.parse(partly as string).Statement[0].Resource).toBe("arn:???");
  });

  test("encrypted configuration is unknown, what is beside it is known", () => {
    expect(tags(view, "config")).toEqual({
      plain: "example.com",
      hidden: "???",
      hiddenText: "https://example.com/?t=???",
      hiddenApplied: "???",
      hiddenObject: "???",
      hiddenNumber: "???",
      nestedKnown: "example.org",
      nestedHidden: "???",
      nestedSecret: "???",
      secret: "[secret]",
    });
  });

  test("the value of a secret is nowhere", () => {
    expect(JSON.stringify(view)).not.toContain("not-to-be-seen");
  });

  test("outputs of another stack are unknown", () => {
    expect(new Set(Object.values(tags(view, "stack-reference")))).toEqual(new Set(["???"]));
    expect(named(view, "acme/network/prod")).toMatchObject({ external: true, id: "acme/network/prod" });
  });

  test("a resource that is read is external and has the id that was asked for", () => {
    expect(named(view, "existing")).toMatchObject({
      external: true,
      id: "arn:aws:sns:eu-west-1:123456789012:mail",
    });
    expect(tags(view, "read")).toEqual({ arn: "???", id: "arn:aws:sns:eu-west-1:123456789012:mail" });
  });
});

test("answers can be pinned in a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mocks-"));
  try {
    const file = join(folder, "mocks.yaml");
    writeFileSync(
      file,
      `aws:route53/getZone:getZone: {name: pinned.example}
aws:index/getCallerIdentity:getCallerIdentity: {accountId: "123456789012"}
pulumi:pulumi:StackReference:
  acme/network/prod: {topicArn: "arn:pinned"}
`,
    );
    const view = await run("functions", { mocks: file });
    expect(tags(view, "promise-form")).toMatchObject({ property: "pinned.example", method: "PINNED.EXAMPLE" });
    expect(tags(view, "output-form")).toMatchObject({
      property: "pinned.example",
      interpolated: "mail.pinned.example",
    });
    expect(tags(view, "answered").arn).toBe("arn:aws:ses:eu-west-1:123456789012:identity/example.com");
    expect(new Set(Object.values(tags(view, "stack-reference")))).toEqual(new Set(["arn:pinned"]));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("plain values that are given for secret keys are nowhere", async () => {
  const config = { token: "not-to-be-seen", encrypted: "nor-this-one" };
  let output = "";
  const stack = await run("secrets", { config, onOutput: (text) => (output += text) });
  expect(tags(stack, "topic")).toEqual({ token: "[secret]", inside: "[secret]", plain: "plain" });
  const failure = await run("secrets", {
    config: { ...config, fail: "true" },
    onOutput: (text) => (output += text),
  }).then(
    () => "it did not fail",
    (error: Error) => error.message,
  );
  expect(failure).toMatch(/Error: \[secret\] is refused/);
  expect(output).toContain("the token is [secret]");
  expect(output + failure + JSON.stringify(stack)).not.toMatch(/not-to-be-seen|nor-this-one/);
});

test("configuration can be given", async () => {
  const view = await run("functions", { config: { plain: "other.example", "aws:region": "us-gov-west-1" } });
  expect(tags(view, "config").plain).toBe("other.example");
  expect(tags(view, "answered")).toMatchObject({ region: "us-gov-west-1", partition: "aws-us-gov" });
});

describe("mocks", () => {
  test("a list answers by arguments", () => {
    expect(readMocks(`- {token: "a:b:c", args: {name: x}, result: {y: 1}}`, "mocks.yaml")).toEqual([
      { token: "a:b:c", args: { name: "x" }, result: { y: 1 } },
    ]);
  });

  test.each([
    ["a: [", /^m\.yaml:1:5: not valid YAML/],
    ["7", /expected a map from token to result/],
    ["a:b:c: 7", /^m\.yaml: a:b:c: expected a token/],
    ["- {token: a}", /^m\.yaml: entry 1: expected a token/],
    ["- {token: a, result: {}, args: 7}", /args must be an object/],
  ])("%j is refused", (text, message) => {
    expect(() => readMocks(text, "m.yaml")).toThrow(message);
  });
});

describe("getCallerIdentity", () => {
  const ask = (provider: Record<string, unknown> | undefined, account?: string) =>
    createFunctions([], { account }).answer("aws:index/getCallerIdentity:getCallerIdentity", {}, provider)?.accountId;

  test.each([
    ["the stack's account", undefined, "111111111111"],
    ["the stack's account, of a provider that signs in as the stack does", { region: "eu-west-1" }, "111111111111"],
    ["the one account that a provider allows", { allowedAccountIds: ["222222222222"] }, "222222222222"],
    ["the same as its inputs carry it", { allowedAccountIds: '["222222222222"]' }, "222222222222"],
    ["nothing, where a provider allows two", { allowedAccountIds: ["222222222222", "333333333333"] }, UNKNOWN_STRING],
    ["nothing, where a provider signs in elsewhere", { profile: "other" }, UNKNOWN_STRING],
  ])("knows %s", (_, provider, account) => {
    expect(ask(provider, "111111111111")).toBe(account);
  });

  test("knows no account where nobody told it", () => {
    expect(ask(undefined)).toBe(UNKNOWN_STRING);
  });

  test("of a whole program, from the configuration", async () => {
    const known = await run("functions", { stack: "prod", accounts: { "functions/prod": "111111111111" } });
    expect(tags(known, "answered").account).toBe("111111111111");
    const other = await run("functions", { stack: "prod", accounts: { "functions/dev": "111111111111" } });
    expect(tags(other, "answered").account).toBe("???");
  });
});
