import type { Topic } from "./inventory/types";
import { type Maybe, UNKNOWN } from "./value";

/** Whether two topics are one: what stands for an ARN may be a topic in view whose account nobody knows yet. */
export function isOneTopic(a: Topic, b: Topic): Maybe {
  if (a === b) return true;
  return mayBe(a, b) || mayBe(b, a) ? UNKNOWN : false;
}

function mayBe({ twins }: Topic, other: Topic): boolean {
  return twins.kind === "unknown" && (twins.candidates === undefined || twins.candidates.includes(other));
}
