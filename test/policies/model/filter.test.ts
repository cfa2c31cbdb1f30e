import { type FilterEvent, filterPasses } from "../../../policies/model/filter";
import { UNKNOWN, UNKNOWN_STRING } from "../../../policies/model/value";

const bounce: FilterEvent = { key: "notificationType", value: "Bounce" };
const complaint: FilterEvent = { key: "notificationType", value: "Complaint" };
const event: FilterEvent = { key: "eventType", value: "Bounce" };

describe("without a filter", () => {
  test.each([undefined, null, "", {}, "{}"])("%j passes all in every scope", (filter) => {
    for (const scope of [undefined, "", "MessageAttributes", "MessageBody", UNKNOWN] as const) {
      expect(filterPasses(filter, scope, bounce)).toBe("passes");
    }
  });
});

describe("what can't be judged is unknown", () => {
  test.each([
    ["unknown", UNKNOWN],
    ["a sentinel", UNKNOWN_STRING],
    ["an unknown part", `{"a":["${UNKNOWN_STRING}"]}`],
    ["not JSON", "{"],
    ["null as text", "null"],
    ["a list", []],
    ["a JSON string", '"x"'],
    ["a key that is no list", { notificationType: "Bounce" }],
    ["an empty list", { notificationType: [] }],
    ["an empty object", { notificationType: {} }],
    ["an operator nobody knows", { notificationType: [{ like: "Bounce" }] }],
    ["two operators", { notificationType: [{ prefix: "B", suffix: "e" }] }],
    ["an $or with one part", { $or: [{ notificationType: ["Complaint"] }] }],
  ])("%s", (_, filter) => {
    expect(filterPasses(filter, "MessageBody", bounce)).toBe("unknown");
  });

  test("a scope that is not one", () => {
    expect(filterPasses({ a: ["b"] }, "Message", bounce)).toBe("unknown");
  });

  test("an unknown scope, unless both answer the same", () => {
    expect(filterPasses({ notificationType: ["Bounce"] }, UNKNOWN, bounce)).toBe("unknown");
    expect(filterPasses({ notificationType: ["Complaint"] }, UNKNOWN, bounce)).toBe("blocks");
  });

  test("nesting does not overflow the stack", () => {
    let nested: unknown = ["x"];
    for (let depth = 0; depth < 100_000; depth++) nested = { a: nested };
    expect(filterPasses(nested, "MessageBody", bounce)).toBe("unknown");
    let or: unknown = { a: ["x"] };
    for (let depth = 0; depth < 100_000; depth++) or = { $or: [or, { b: ["y"] }] };
    expect(filterPasses(or, "MessageAttributes", bounce)).toBe("unknown");
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(filterPasses(`{"a":${deep}}`, "MessageBody", bounce)).toBe("unknown");
  });
});

// `exists: false` on a message without any attribute: the SNS guide says that it does not match.
describe("attributes, of which SES sets none", () => {
  test.each<[unknown, string]>([
    [{ notificationType: ["Bounce"] }, "blocks"],
    [JSON.stringify({ notificationType: ["Bounce"] }), "blocks"],
    [{ store: [{ exists: true }] }, "blocks"],
    [{ store: [{ "anything-but": "x" }] }, "blocks"],
    [{ store: [{ exists: false }] }, "unknown"],
    [{ store: ["x", { exists: false }] }, "unknown"],
    [{ store: [{ exists: false }], event: ["x"] }, "blocks"],
    [{ $or: [{ a: ["x"] }, { b: [{ exists: false }] }] }, "unknown"],
    [{ $or: [{ a: ["x"] }, { b: ["y"] }] }, "blocks"],
    [{ $or: [{ a: ["x"] }, {}] }, "unknown"],
    [{ a: [UNKNOWN] }, "unknown"],
    [{ a: [UNKNOWN, { exists: false }] }, "unknown"],
    [{ a: UNKNOWN, b: ["x"] }, "blocks"],
    [{ a: { b: ["x"] } }, "unknown"],
  ])("%j", (filter, expected) => {
    expect(filterPasses(filter, undefined, bounce)).toBe(expected);
    expect(filterPasses(filter, "MessageAttributes", event)).toBe(expected);
  });
});

describe("body", () => {
  test.each<[unknown, string]>([
    [["Bounce"], "passes"],
    [["Complaint", "Bounce"], "passes"],
    [["Complaint"], "blocks"],
    [["bounce"], "blocks"],
    [[null, 1, true], "blocks"],
    [["Complaint", UNKNOWN], "unknown"],
    [["Bounce", UNKNOWN], "passes"],
    [UNKNOWN, "unknown"],
    [[{ prefix: "Bou" }], "passes"],
    [[{ prefix: "Com" }], "blocks"],
    [[{ prefix: UNKNOWN }], "unknown"],
    [[{ prefix: 1 }], "unknown"],
    [[{ suffix: "ce" }], "passes"],
    [[{ suffix: "nt" }], "blocks"],
    [[{ "equals-ignore-case": "bOUNCE" }], "passes"],
    [[{ "equals-ignore-case": "complaint" }], "blocks"],
    [[{ wildcard: "B*ce" }], "passes"],
    [[{ wildcard: "*o" }], "blocks"],
    [[{ wildcard: "B?unce" }], "blocks"],
    [[{ wildcard: "B\\*" }], "unknown"],
    [[{ "anything-but": "Delivery" }], "passes"],
    [[{ "anything-but": ["Delivery", "Bounce"] }], "blocks"],
    [[{ "anything-but": [1, 2] }], "passes"],
    [[{ "anything-but": ["Delivery", UNKNOWN] }], "unknown"],
    [[{ "anything-but": ["Bounce", UNKNOWN] }], "blocks"],
    [[{ "anything-but": { prefix: "Bou" } }], "blocks"],
    [[{ "anything-but": { prefix: ["Com", "Del"] } }], "passes"],
    [[{ "anything-but": { suffix: "ce" } }], "blocks"],
    [[{ "anything-but": { wildcard: "*u*" } }], "blocks"],
    [[{ "anything-but": { other: "x" } }], "unknown"],
    [[{ numeric: ["=", 1] }], "blocks"],
    [[{ cidr: "10.0.0.0/8" }], "blocks"],
    [[{ exists: true }], "passes"],
    [[{ exists: false }], "blocks"],
    [[{ exists: "x" }], "unknown"],
    [{ inner: ["x"] }, "blocks"],
  ])("the type against %j", (rule, expected) => {
    expect(filterPasses({ notificationType: rule }, "MessageBody", bounce)).toBe(expected);
    expect(filterPasses({ eventType: rule }, "MessageBody", event)).toBe(expected);
  });

  test("identity notifications have no eventType, events no notificationType", () => {
    expect(filterPasses({ eventType: ["Bounce"] }, "MessageBody", bounce)).toBe("blocks");
    expect(filterPasses({ notificationType: ["Bounce"] }, "MessageBody", event)).toBe("blocks");
    expect(filterPasses({ notificationType: [{ exists: false }] }, "MessageBody", event)).toBe("passes");
    const both = { $or: [{ eventType: ["Bounce"] }, { notificationType: ["Bounce"] }] };
    expect([bounce, event, complaint].map((one) => filterPasses(both, "MessageBody", one))).toEqual([
      "passes",
      "passes",
      "blocks",
    ]);
  });

  test("content is unknown, and a type has only its own", () => {
    const permanent = { bounce: { bounceType: ["Permanent"] } };
    expect(filterPasses(permanent, "MessageBody", bounce)).toBe("unknown");
    expect(filterPasses(permanent, "MessageBody", complaint)).toBe("blocks");
    expect(filterPasses({ mail: { source: ["a@example.com"] } }, "MessageBody", bounce)).toBe("unknown");
    expect(filterPasses({ anything: [{ exists: false }] }, "MessageBody", bounce)).toBe("unknown");
    expect(filterPasses({ ...permanent, notificationType: ["Complaint"] }, "MessageBody", bounce)).toBe("blocks");
  });
});
