import {
  agreed,
  all,
  any,
  asArray,
  asBoolean,
  asObject,
  asString,
  both,
  either,
  equal,
  hasSentinel,
  isKnown,
  type Maybe,
  not,
  OUTPUT_SIGNATURE,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  toValue,
  UNKNOWN,
  UNKNOWN_STRING,
} from "../../../policies/model/value";

const MAYBES: readonly Maybe[] = [true, false, UNKNOWN];
const SECRET = { [SIGNATURE_KEY]: SECRET_SIGNATURE, ciphertext: "v1:AAAA" };

/** What a function of two answers says whatever the unknown ones turn out to be. */
function whatever(a: Maybe, b: Maybe, combine: (a: boolean, b: boolean) => boolean): Maybe {
  const possible = (one: Maybe) => (one === UNKNOWN ? [true, false] : [one]);
  const results = new Set(possible(a).flatMap((x) => possible(b).map((y) => combine(x, y))));
  const [only] = results;
  return results.size === 1 && only !== undefined ? only : UNKNOWN;
}

describe("three values", () => {
  const pairs = MAYBES.flatMap((a) => MAYBES.map((b): [Maybe, Maybe] => [a, b]));

  test.each(pairs)("%p with %p: what holds whatever is unknown", (a, b) => {
    expect(both(a, b)).toBe(whatever(a, b, (x, y) => x && y));
    expect(either(a, b)).toBe(whatever(a, b, (x, y) => x || y));
    expect(all<Maybe>([a, b], (one) => one)).toBe(both(a, b));
    expect(any<Maybe>([a, b], (one) => one)).toBe(either(a, b));
    expect(agreed(a, b)).toBe(a === b ? a : UNKNOWN);
  });

  test("not, and nothing at all", () => {
    expect(MAYBES.map(not)).toEqual([false, true, UNKNOWN]);
    expect([both(), all([], () => false), either(), any([], () => true)]).toEqual([true, true, false, false]);
  });

  test("two unknown values are not equal, two absent ones are", () => {
    expect(equal(UNKNOWN, UNKNOWN)).toBe(UNKNOWN);
    expect(equal("a", UNKNOWN)).toBe(UNKNOWN);
    expect(equal(undefined, undefined)).toBe(true);
    expect(equal("a", undefined)).toBe(false);
  });

  test("tests get the position, and stop where the answer is certain", () => {
    const seen: number[] = [];
    any(["a", "b", "c"], (_, index) => {
      seen.push(index);
      return index === 1;
    });
    expect(seen).toEqual([0, 1]);
  });
});

describe("toValue", () => {
  test.each([
    ["the sentinel", UNKNOWN_STRING],
    ["text around the sentinel", `arn:aws:sns:us-east-1:1:${UNKNOWN_STRING}`],
    ["the sentinel of a number", "3eeb2bf0-c639-47a8-9e75-3b44932eb421"],
    ["a masked secret", "[secret]"],
    ["a secret of a state", SECRET],
    ["an output without a value", { [SIGNATURE_KEY]: OUTPUT_SIGNATURE }],
    ["a secret output", { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value: "x", secret: true }],
    ["an asset", { [SIGNATURE_KEY]: "c44067f5952c0a294b673a41bacd8c17", text: "{}" }],
    ["a resource", { [SIGNATURE_KEY]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:pulumi:a::b::c::d" }],
    ["what is unknown already", UNKNOWN],
  ])("%s is unknown", (_, raw) => {
    expect(toValue(raw)).toBe(UNKNOWN);
  });

  test("an output is its value, null is absent, all else is itself", () => {
    expect(toValue({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value: "x", secret: false })).toBe("x");
    expect(toValue(null)).toBeUndefined();
    for (const raw of ["", "x", 0, false, UNKNOWN_STRING.slice(1)]) expect(toValue(raw)).toBe(raw);
  });
});

test("a value of another kind than asked for is unknown", () => {
  expect([asString(1), asBoolean("yes"), asArray("x"), asObject([])]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
  expect([asString("x"), asBoolean("true"), asBoolean(false), asArray([1]), asObject({ a: 1 })]).toEqual([
    "x",
    true,
    false,
    [1],
    { a: 1 },
  ]);
  expect([asString(null), asBoolean(undefined), asArray(null), asObject(undefined)]).toEqual(Array(4).fill(undefined));
  expect([isKnown("x"), isKnown(undefined), isKnown(UNKNOWN)]).toEqual([true, false, false]);
});

describe("hasSentinel", () => {
  test("finds what the deployment will tell at any depth, and no secret", () => {
    let deep: unknown = UNKNOWN_STRING;
    for (let level = 0; level < 100_000; level++) deep = level % 2 ? [deep] : { deep };
    expect(hasSentinel(deep)).toBe(true);
    expect(hasSentinel({ a: [UNKNOWN] })).toBe(true);
    expect(hasSentinel({ a: ["[secret]", SECRET, "x", null] })).toBe(false);
  });
});
