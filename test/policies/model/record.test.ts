import {
  isDeclared,
  nameOf,
  parsePosition,
  parseUrn,
  providerUrn,
  type ResourceRecord,
  read,
  readId,
  readOutput,
} from "../../../policies/model/record";
import { UNKNOWN, UNKNOWN_STRING } from "../../../policies/model/value";

const URN = "urn:pulumi:prod::mail::aws:sns/topic:Topic::feedback";
const record = (more: Partial<ResourceRecord>): ResourceRecord => ({
  type: "aws:sns/topic:Topic",
  urn: URN,
  stack: "mail/prod",
  ...more,
});

describe("read", () => {
  test("what the program declares goes before what the provider answered", () => {
    const topic = record({ inputs: { name: "a" }, outputs: { name: "b", arn: "c" } });
    expect([read(topic, "name"), read(topic, "arn"), read(topic, "policy")]).toEqual(["a", "c", undefined]);
    expect(readOutput(topic, "name")).toBe("b");
    expect([isDeclared(topic, "name"), isDeclared(topic, "arn")]).toEqual([true, false]);
  });

  test("in a pack an unknown property without dependencies is computed by the provider, so undeclared", () => {
    const topic = record({ outputs: { arn: UNKNOWN, policy: UNKNOWN }, propertyDependencies: { policy: [] } });
    expect([read(topic, "arn"), read(topic, "policy")]).toEqual([undefined, UNKNOWN]);
    expect(readOutput(topic, "arn")).toBe(UNKNOWN);
  });

  test("the id of what does not exist yet is unknown", () => {
    expect([readId(record({})), readId(record({ id: UNKNOWN_STRING })), readId(record({ id: "x" }))]).toEqual([
      undefined,
      UNKNOWN,
      "x",
    ]);
  });
});

describe("URNs", () => {
  test("the type is the last one, and the name may hold colons", () => {
    expect(parseUrn("urn:pulumi:dev::mail::a:b:C$aws:sns/topic:Topic::x::y")).toEqual({
      stack: "mail/dev",
      type: "aws:sns/topic:Topic",
      name: "x::y",
    });
  });

  test.each(["", "urn:pulumi:dev", "urn:pulumi:dev::mail::type", "arn:aws:sns:us-east-1:1:x"])("%j is none", (text) => {
    expect(parseUrn(text)).toBeUndefined();
    expect(nameOf(text)).toBe(text);
  });

  test("a provider is named without its id", () => {
    expect(providerUrn("urn:pulumi:dev::mail::pulumi:providers:aws::default::some-id")).toBe(
      "urn:pulumi:dev::mail::pulumi:providers:aws::default",
    );
  });
});

describe("parsePosition", () => {
  test("reads what previews write", () => {
    expect(parsePosition("project:///src/index.ts#12,3")).toEqual({ path: "src/index.ts", line: 12, column: 3 });
  });

  test.each([
    "project:///index.ts#0,1",
    "project:///index.ts#1,0",
    `project:///index.ts#${"9".repeat(26)},1`,
    "project:///index.ts#-1,1",
    "project:///#1,1",
    "file:///etc/passwd#1,1",
    7,
    undefined,
  ])("%j is no place", (raw) => {
    expect(parsePosition(raw)).toBeUndefined();
  });
});
