/** Reading of JSON that others wrote. */

export type Json = Record<string, unknown>;

/** A message that this code can't read. It names what is wrong, never the content: logs are no place for addresses. */
export class UnreadableMessage extends Error {}

/** @throws {UnreadableMessage} where the text is no JSON object */
export function parse(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableMessage("not JSON");
  }
  const found = objectOrNull(value);
  if (found === null) throw new UnreadableMessage("not an object");
  return found;
}

export function objectOrNull(value: unknown): Json | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The strings of a list; a single string is a list of one. */
export function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((entry): entry is string => typeof entry === "string");
}

/** @throws {UnreadableMessage} */
export function object(parent: Json, key: string): Json {
  const value = objectOrNull(parent[key]);
  if (value === null) throw new UnreadableMessage(`no ${key}`);
  return value;
}

/** @throws {UnreadableMessage} */
export function required(parent: Json, key: string): string {
  const value = textOrNull(parent[key]);
  if (value === null || value === "") throw new UnreadableMessage(`no ${key}`);
  return value;
}
