import { isKnown, type Maybe, UNKNOWN } from "../value";
import type { Catalog } from "./catalog";
import type { EventTargetFact, Reference } from "./facts";
import { type Entity, type Link, NO_LINK, oneOf, targetsOf } from "./links";
import type { EventRule } from "./types";

/** Whether a reference means the default bus; a bus of the program's own never is. */
export function isDefaultBus(bus: Reference, buses: Catalog<Entity>): Maybe {
  if (bus.value === undefined) return true;
  if (isKnown(bus.value)) return /(^|:event-bus\/)default$/.test(bus.value);
  const link = buses.resolve(bus);
  return link.kind === "found" && link.target.resource?.external !== true ? false : UNKNOWN;
}

/** The rule of a target. Names of rules are a bus's own: one of that name on another bus is another rule. */
export function ruleOf<T extends EventRule>(
  { rule, bus }: EventTargetFact,
  { eventRules, buses }: { eventRules: Catalog<T>; buses: Catalog<Entity> },
): Link<T> {
  const link = eventRules.resolve(rule);
  if (targetsOf(link).length === 0) return link;
  const byDefault = isDefaultBus(bus, buses);
  // A target may take its bus from the rule itself.
  const [giver] = byDefault === UNKNOWN ? targetsOf(eventRules.resolve(bus)) : [];
  const isOn = (one: T): Maybe => {
    // Nobody hears for certain on a bus that nobody knows, whatever its targets.
    if (one === giver || one.onDefaultBus === UNKNOWN) return true;
    return byDefault === UNKNOWN ? UNKNOWN : byDefault === one.onDefaultBus;
  };
  const rules = targetsOf(link).filter((one) => isOn(one) !== false);
  const [only] = rules;
  if (!only) return NO_LINK;
  return link.kind === "found" && isOn(only) === true ? link : oneOf(rules, rule.pending);
}
