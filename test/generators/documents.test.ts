import { tryParseJson } from "../../linter/io/json";
import { documentFrom, randomFrom } from "./documents";

const row = { urn: "urn:pulumi:prod::mail::aws:sns/topic:Topic::t", type: "aws:sns/topic:Topic", custom: true };
const BASES = [
  { version: 3, deployment: { manifest: {}, resources: [row] } },
  { steps: [{ op: "same", urn: row.urn, oldState: row, newState: row }], changeSummary: { same: 1 } },
];
const documents = Array.from({ length: 500 }, (_, seed) => documentFrom(randomFrom(seed), BASES));

function share(is: (text: string) => boolean): number {
  return documents.filter(is).length / documents.length;
}

test("documents are of every layout, with rows that nobody reads, and some broken", () => {
  expect(share((text) => !text.includes("\n"))).toBeGreaterThan(0.05);
  for (const line of ['\n  "', '\n    "', '\n\t"', "\r\n"])
    expect(share((text) => text.includes(line))).toBeGreaterThan(0.05);
  expect(share((text) => text.includes("aws:s3/bucketV2:BucketV2"))).toBeGreaterThan(0.3);
  expect(share((text) => /\\u00[2-7]/.test(text))).toBeGreaterThan(0.05);
  const broken = share((text) => tryParseJson(text) === undefined);
  expect(broken).toBeGreaterThan(0.05);
  expect(broken).toBeLessThan(0.5);
});

test("one seed makes one document, and leaves its bases as they are", () => {
  expect(documentFrom(randomFrom(7), BASES)).toBe(documents[7]);
  expect(BASES[0]).toEqual({ version: 3, deployment: { manifest: {}, resources: [row] } });
});
