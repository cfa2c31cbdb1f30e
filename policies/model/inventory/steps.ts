import type { Maybe } from "../value";
import type { Entity, Link } from "./links";

/** One receiver further on: a function that works off a queue, or what a rule of EventBridge sends to. */
export interface Step {
  readonly kind: "queue" | "function" | "target";
  readonly to: Link<Entity>;
  /** Whether it is there and switched on. */
  readonly isCertain: Maybe;
}
