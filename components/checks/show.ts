import * as pulumi from "@pulumi/pulumi";

/** A value as an error message shows it: short, on one line, without credentials or control characters. */
export function show(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (isOutput(value)) return "an output";
  if (value === undefined || value === null) return "missing";
  return typeof value === "object" ? "an object" : typeof value === "function" ? "a function" : String(value);
}

export function isOutput(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

export function quote(text: string): string {
  const safe = text.includes("://") ? text.replace(/\/\/[^/\s]*@/, "//***@").replace(/[?#].*$/s, "?***") : text;
  return JSON.stringify(safe.length > 120 ? `${safe.slice(0, 120)}…` : safe).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
