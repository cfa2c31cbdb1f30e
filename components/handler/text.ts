/** Texts of bounded length: ids, and what may be logged. */
import { createHash } from "node:crypto";

/** What DynamoDB allows for a partition key, in bytes. Source: DynamoDB, "Constraints". */
const ID_BYTES = 2048;

/** The id itself, or its type and a digest where it is too long for a key. */
export function boundedId(id: string): string {
  if (Buffer.byteLength(id) <= ID_BYTES) return id;
  return `${id.slice(0, id.indexOf("/"))}/sha256:${sha256(id)}`;
}

/** The same for equal values, however their keys are ordered: 32 hexadecimal digits. */
export function digest(value: unknown): string {
  return sha256(JSON.stringify(sorted(value))).slice(0, 32);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** For logs: short words as they are; anything longer, or that could hold an address, as a digest. */
export function loggable(text: string | null): string | null {
  if (text === null || /^[\w.:/ -]{1,160}$/.test(text)) return text;
  return `sha256:${sha256(text).slice(0, 32)}`;
}
