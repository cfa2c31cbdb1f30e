import { isExpired } from "../../policies/config";
import { Exceptions, matchesName, type Subject } from "../../policies/exceptions";

const finding = (fields: Partial<Subject> = {}): Subject => ({
  rule: "bounce-handling",
  identity: "example.com",
  region: "us-east-1",
  stack: "mail/prod",
  account: "123456789012",
  waived: null,
  ...fields,
});

interface Given {
  rule?: string;
  identity?: string;
  region?: string;
  account?: string;
  stack?: string;
  reason?: string;
  expires?: string;
}

function exceptions(...given: readonly Given[]) {
  const entries = given.map((one) => ({ rule: "bounce-handling", identity: "example.com", reason: "agreed", ...one }));
  const all = new Exceptions({ config: { exceptions: entries }, isExpired: (day) => isExpired(day, "2026-11-25") });
  return { all, entries };
}

const accepts = (given: Given, fields: Partial<Subject> = {}) =>
  exceptions(given).all.apply(finding(fields)).waived === "agreed";

describe("an exception", () => {
  test("accepts its rule and identity, however the name is written", () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ identity: "EXAMPLE.com." })).toBe(true);
    expect(accepts({ rule: "complaint-handling" })).toBe(false);
    expect(accepts({ identity: "example.org" })).toBe(false);
  });

  test.each(["null", "undefined", "*", ""])("for %j accepts no finding that is about no identity", (identity) => {
    expect(accepts({ identity }, { identity: null })).toBe(false);
  });

  test.each([
    ["region", "us-east-1", "eu-west-1"],
    ["account", "123456789012", "210987654321"],
    ["stack", "mail/prod", "mail/dev"],
  ] as const)("with a %s accepts no finding of another one, or of one not known", (key, own, other) => {
    expect(accepts({ [key]: own })).toBe(true);
    expect(accepts({ [key]: other })).toBe(false);
    expect(accepts({ [key]: own }, { [key]: key === "account" ? undefined : null })).toBe(false);
  });

  test("without them accepts findings of a Region, account and stack that is not known", () => {
    expect(accepts({}, { region: null, account: undefined, stack: null })).toBe(true);
  });

  test("for an ARN accepts in its own Region and account alone", () => {
    const arn = (region: string, account: string) => `arn:aws:ses:${region}:${account}:identity/example.com`;
    expect(accepts({ identity: arn("us-east-1", "123456789012") })).toBe(true);
    expect(accepts({ identity: arn("eu-west-1", "123456789012") })).toBe(false);
    expect(accepts({ identity: arn("us-east-1", "210987654321") })).toBe(false);
    expect(accepts({ identity: arn("us-east-1", "123456789012") }, { account: undefined })).toBe(false);
    expect(accepts({ identity: arn("us-east-1", "123456789012") }, { region: null })).toBe(false);
    expect(accepts({ identity: arn("us-east-1", "123456789012"), region: "eu-west-1" })).toBe(false);
  });

  test("never accepts that nothing was checked", () => {
    expect(accepts({}, { acceptable: false })).toBe(false);
  });

  test("holds on its last day", () => {
    expect(accepts({ expires: "2026-11-25" })).toBe(true);
    expect(accepts({ expires: "2026-11-24" })).toBe(false);
  });

  test("leaves the reason of the program's own declaration", () => {
    const { all, entries } = exceptions({});
    expect(all.apply(finding({ waived: "declared" })).waived).toBe("declared");
    expect([...all.used]).toEqual(entries);
  });

  test("is used where it accepts, beside others that do", () => {
    const { all, entries } = exceptions(
      { region: "eu-west-1" },
      { reason: "first" },
      { identity: "*.com" },
      { stack: "x/y" },
    );
    expect(all.apply(finding()).waived).toBe("first");
    expect([...all.used]).toEqual([entries[1], entries[2]]);
  });

  test("finds invisible characters as findings show them", () => {
    expect(accepts({ identity: "\u001b[" }, { identity: "\\u{1b}[" })).toBe(true);
  });
});

test.each([
  ["*.example.com", "a.example.com", true],
  ["*.example.com", "a.b.example.com", true],
  ["*.Example.com", "a.example.com", false],
  ["*.example.com", "example.com", false],
  ["*.example.com", "x@a.example.com", false],
  ["*@example.com", "x@example.com", true],
  ["*@example.com", "x@a.example.com", false],
  ["*@*", "x@a.example.com", true],
  ["*", "example.com", true],
  ["*", "x@example.com", false],
  ["a*b*c.com", "a1b2c.com", true],
  ["a*b*c.com", "abc.com", true],
  ["a*bb*b.com", "abb.com", false],
  ["a*a.com", "a.com", false],
  ["example.*", "example.com", true],
])("%s and %s: %s", (pattern, name, expected) => {
  expect(matchesName(pattern, name)).toBe(expected);
});

test("a pattern is folded as names are", () => {
  expect(accepts({ identity: "*.Example.COM" }, { identity: "a.example.com" })).toBe(true);
  expect(accepts({ identity: "*.bücher.example" }, { identity: "a.xn--bcher-kva.example" })).toBe(true);
});

test("many stars against a long name take no time", () => {
  const started = process.hrtime.bigint();
  expect(matchesName(`${"*a".repeat(10_000)}b`, "a".repeat(100_000))).toBe(false);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(500);
});
