import { READERS } from "../../../../policies/model/readers";
import { Reading, ResourceReader } from "../../../../policies/model/reading";
import type { ResourceRecord } from "../../../../policies/model/record";
import { isObject } from "../../../../policies/model/value";

/** What the reader of a type makes of a resource, with values in place of readings. */
export function factOf(type: string, inputs: Record<string, unknown>, outputs: Record<string, unknown> = {}): unknown {
  const read = READERS.get(type);
  if (!read) throw new Error(`nobody reads ${type}`);
  return plain(read(readerOf(type, inputs, outputs)));
}

export function readerOf(type: string, inputs: Record<string, unknown>, outputs: Record<string, unknown> = {}) {
  const urn = `urn:pulumi:prod::mail::${type}::it`;
  const resource: ResourceRecord = { type, urn, stack: "mail/prod", inputs, outputs };
  return new ResourceReader(resource, () => ({ region: "us-east-1", account: "111122223333" }));
}

function plain(value: unknown): unknown {
  if (value instanceof Reading) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
