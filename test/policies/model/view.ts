import { type Config, DEFAULT_CONFIG } from "../../../policies/config";
import { contextOf } from "../../../policies/evaluate";
import type { Identity, Topic } from "../../../policies/model/inventory/types";
import type { Form, Stack } from "../../support/records";

/** What the model makes of stacks in one form. */
export function view(stacks: Stack | readonly Stack[], form: Form = "state", config: Partial<Config> = {}) {
  const records = [stacks].flat().map((stack) => stack.records(form));
  const context = contextOf(records, { ...DEFAULT_CONFIG, ...config }, "2026-06-01");
  const { inventory } = context;
  return {
    ...context,
    identity: (name: string): Identity => one(inventory.identities, ({ label }) => label === name),
    topic: (name: string): Topic => one(inventory.topics, (topic) => topic.name === name),
  };
}

/** The only one that passes. */
export function one<T>(items: readonly T[], test: (item: T) => boolean): T {
  const found = items.filter(test);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} found, expected one`);
  return first;
}
