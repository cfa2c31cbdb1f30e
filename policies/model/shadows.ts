import { sameAccount } from "./account";
import { push } from "./collections";
import { type Flow, sameChannels, sameForwarding } from "./flow";
import { ancestorsOf } from "./identity";
import { FEEDBACK_TYPES, type FeedbackType, type Identity, type Inventory, type Override } from "./inventory/types";
import { sameRegion } from "./region";
import { type Maybe, UNKNOWN, type Unknown } from "./value";

/** What SES does with the feedback of an identity: a type's channels, or whether it forwards. */
export type Setting = FeedbackType | "forwarding";

/** An identity that does not inherit what its nearest verified ancestor does (F3, F8). */
export interface Shadow {
  identity: Identity;
  ancestor: Identity;
  /** UNKNOWN where it depends on what is not known. */
  differs: true | Unknown;
  /** What differs, or may differ where that is not known. */
  settings: Setting[];
  /** Declarations that it is meant. */
  overrides: readonly Override[];
}

/** Finds every identity that shadows its nearest verified ancestor. */
export function findShadows(inventory: Inventory, flow: (identity: Identity) => Flow): Shadow[] {
  const shadows: Shadow[] = [];
  const overrides = new Map<string, Override[]>();
  for (const one of inventory.overrides) push(overrides, one.identity, one);
  for (const identity of inventory.judged) {
    if (!identity.nameKnown) continue;
    const ancestor = nearestAncestor(inventory, identity);
    const difference = ancestor && compare(identity, ancestor, flow);
    if (!difference) continue;
    const meant = (overrides.get(identity.label) ?? []).filter((one) => concerns(one, identity));
    shadows.push({ identity, ancestor, ...difference, overrides: meant });
  }
  return shadows;
}

function compare(
  identity: Identity,
  ancestor: Identity,
  flow: (identity: Identity) => Flow,
): Pick<Shadow, "differs" | "settings"> | undefined {
  const own = flow(identity);
  const inherited = flow(ancestor);
  const answers: (readonly [Setting, Maybe])[] = [
    ...FEEDBACK_TYPES.map((type) => [type, sameChannels(own, inherited, type)] as const),
    ["forwarding", sameForwarding(own, inherited)],
  ];
  const settings = (wanted: (same: Maybe) => boolean) =>
    answers.filter(([, same]) => wanted(same)).map(([setting]) => setting);
  const different = settings((same) => same === false);
  const isOneRegion = sameRegion(identity.region, ancestor.region) === true;
  if (different.length > 0 && isOneRegion) return { differs: true, settings: different };
  if (different.length === 0 && isOneRegion && settings((same) => same === UNKNOWN).length === 0) return undefined;
  return { differs: UNKNOWN, settings: settings((same) => same !== true) };
}

function nearestAncestor(inventory: Inventory, identity: Identity): Identity | undefined {
  for (const name of ancestorsOf({ name: identity.label, kind: identity.kind })) {
    const reachable = inventory
      .named(name)
      .filter(
        (one) =>
          sameRegion(one.region, identity.region) !== false && sameAccount(one.account, identity.account) !== false,
      );
    const nearest = reachable.find((one) => one.region === identity.region) ?? reachable[0];
    if (nearest) return nearest;
  }
  return undefined;
}

export function concerns(override: Override, identity: Identity): boolean {
  return (
    override.identity === identity.label &&
    (override.region === undefined || sameRegion(override.region, identity.region) !== false)
  );
}
