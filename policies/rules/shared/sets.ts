import type { Link } from "../../model/inventory/links";
import type { ConfigurationSet, Identity, Inventory } from "../../model/inventory/types";

/** Sets that an identity sends with: its default, and those that the application names. */
export function setsOf(inventory: Inventory, identity: Identity): Link<ConfigurationSet>[] {
  const defaults = identity.defaultSets.map(({ set }) => set);
  const named = inventory.sendTimeSets(identity);
  return named.length === 0 ? defaults : [...defaults, ...named];
}

/** Sets that an identity of the view sends with. */
export function setsInUse(inventory: Inventory): Set<ConfigurationSet> {
  const found = new Set<ConfigurationSet>();
  for (const identity of inventory.judged) {
    for (const set of setsOf(inventory, identity)) if (set.kind === "found") found.add(set.target);
  }
  return found;
}
