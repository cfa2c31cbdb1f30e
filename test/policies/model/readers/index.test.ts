import { isRead, READERS } from "../../../../policies/model/readers";
import { readerOf } from "./read";

describe.each([...READERS])("%s", (type, read) => {
  test("reads nothing, and what nobody expects, without an error", () => {
    expect(() => read(readerOf(type, {}))).not.toThrow();
    const odd = new Proxy<Record<string, unknown>>({}, { get: () => [[7], null, "x"], has: () => true });
    expect(() => read(readerOf(type, odd))).not.toThrow();
  });
});

test("what a resource holds is read where its type is known, or may hide something, or is the engine's own", () => {
  for (const type of READERS.keys()) expect(isRead(type)).toBe(true);
  const own = ["pulumi:pulumi:Stack", "pulumi:providers:aws", "pulumi:pulumi:StackReference"];
  const hiding = [
    "aws:cloudformation/stack:Stack",
    "pulumi-nodejs:dynamic:Resource",
    "awscc:index/sesTemplate:SesTemplate",
  ];
  for (const type of [...own, ...hiding]) expect(isRead(type)).toBe(true);
  for (const type of ["", "aws:s3/bucketV2:BucketV2", "platform:index:Service"]) expect(isRead(type)).toBe(false);
});
