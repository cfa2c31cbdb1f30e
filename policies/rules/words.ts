import type { FeedbackType } from "../model/inventory";

/** `bounces`, `complaints`, `deliveries`. */
export function plural(type: FeedbackType): string {
  return type === "delivery" ? "deliveries" : `${type}s`;
}

/** `a, b and c`. */
export function list(words: readonly string[], none = "nothing"): string {
  return words.length < 2 ? (words[0] ?? none) : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
