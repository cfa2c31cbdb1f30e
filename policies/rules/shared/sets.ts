import type { Link } from "../../model/inventory/links";
import type { ConfigurationSet, Identity, Inventory } from "../../model/inventory/types";

/** Sets that an identity sends with: its default, and those that the application names. */
export function setsOf(inventory: Inventory, identity: Identity): Link<ConfigurationSet>[] {
  return [...identity.defaultSets.map(({ set }) => set), ...inventory.sendTimeSets(identity)];
}

/** Sets that an identity of the view sends with. */
export function setsInUse(inventory: Inventory): Set<ConfigurationSet> {
  const sets = inventory.judged.flatMap((one) => setsOf(inventory, one));
  return new Set(sets.flatMap((set) => (set.kind === "found" ? [set.target] : [])));
}
