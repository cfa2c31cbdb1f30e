import { ancestorsOf, covers, type IdentityName, normaliseIdentity } from "../../../policies/model/identity";

describe("normaliseIdentity", () => {
  test.each<[string, string, IdentityName["kind"]]>([
    ["Example.COM.", "example.com", "domain"],
    [" example.com ", "example.com", "domain"],
    ["bücher.example", "xn--bcher-kva.example", "domain"],
    ["arn:aws:ses:us-east-1:111122223333:identity/Example.com", "example.com", "domain"],
    ["Jane.Doe@Example.com", "Jane.Doe@example.com", "address"],
    ['"a@b"@example.com', '"a@b"@example.com', "address"],
  ])("%j is %j, a %s", (raw, name, kind) => {
    expect(normaliseIdentity(raw)).toEqual({ name, kind });
  });

  test.each(["exa mple.com", "a/b.example", "@example.com", "a@", "[10.0.0.1]", "50%.example"])(
    "%j stays what it is",
    (raw) => {
      expect(normaliseIdentity(raw).name).toBe(raw);
    },
  );

  test("what is too long for a domain is not tried, one of 253 characters is", () => {
    const longest = `${"A.".repeat(126)}b`;
    expect(longest).toHaveLength(253);
    expect(normaliseIdentity(`${longest}.`).name).toBe(longest.toLowerCase());
    expect(normaliseIdentity(`${longest}c`).name).toBe(`${longest}c`);
    // 253 characters as written, more in ASCII.
    const foreign = `${"ü.".repeat(126)}ü`;
    expect(normaliseIdentity(foreign).name).toBe(foreign);
  });

  test("100,000 labels cost nothing", () => {
    const started = performance.now();
    const name = "Ü.".repeat(100_000);
    expect(ancestorsOf(normaliseIdentity(name))).toEqual([]);
    expect(ancestorsOf(normaliseIdentity(`a+b@${name}`))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("ancestorsOf", () => {
  test.each([
    ["example.com", ["com"]],
    ["a.b.example.com", ["b.example.com", "example.com", "com"]],
    ["ceo@mail.example.com", ["mail.example.com", "example.com", "com"]],
    ["ceo+x@example.com", ["ceo@example.com", "example.com", "com"]],
    ["ceo+x+y@example.com", ["ceo@example.com", "example.com", "com"]],
    ["+x@example.com", ["example.com", "com"]],
  ])("%s: %j", (name, ancestors) => {
    expect(ancestorsOf(normaliseIdentity(name))).toEqual(ancestors);
  });
});

describe("covers", () => {
  test.each([
    ["example.com", "ceo@mail.Example.com", true],
    ["example.com", "ceo@example.org", false],
    ["user@example.com", "user+label@example.com", true],
    ["user+label@example.com", "user+label@example.com", true],
    ["user+label@example.com", "user+other@example.com", false],
    ["user+label@example.com", "user@example.com", false],
    ["User@example.com", "user@example.com", false],
  ])("%s governs mail from %s: %s", (identity, address, expected) => {
    expect(covers(normaliseIdentity(identity), address)).toBe(expected);
  });
});
