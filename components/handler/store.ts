/** How feedback is written: within the limits of table and bus. */
import type { Json } from "./json";

/** EventBridge takes entries of 256 KB, DynamoDB items of 400 KB; the rest is for names and the entry itself. */
const BYTES = 240_000;

/** Without its details where it would be too large; `truncated` says so. */
export function withinBytes(feedback: object): Json {
  if (Buffer.byteLength(JSON.stringify(feedback)) <= BYTES) return { ...feedback };
  return { ...feedback, details: {}, truncated: true };
}

/** In DynamoDB's attribute format; what is null is left out, and an object is its JSON. */
export function item(values: Json): Json {
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present.map(([key, value]) => [key, attribute(value)]));
}

function attribute(value: unknown): Json {
  if (Array.isArray(value)) return { L: value.map(attribute) };
  if (typeof value === "boolean") return { BOOL: value };
  if (typeof value === "number") return { N: String(value) };
  return { S: typeof value === "string" ? value : JSON.stringify(value) };
}
