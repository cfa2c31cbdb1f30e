import { isExpired } from "../config";
import { push } from "../model/collections";
import { type Flow, isPendingName, placed, sameChannels, sameForwarding } from "../model/flow";
import { ancestorsOf, type IdentityKind } from "../model/identity";
import { FEEDBACK_TYPES, type Identity, type Inventory, type Override } from "../model/inventory";
import { type Region, regionName, sameRegion } from "../model/links";
import { nameOf } from "../model/resource";
import { UNKNOWN, type Unknown } from "../model/value";
import type { Context, Reporter } from "./rule";
import { list, plural } from "./words";

/** An identity that does not inherit what its nearest verified ancestor does (F3, F8). */
export interface Shadow {
  identity: Identity;
  ancestor: Identity;
  /** UNKNOWN where it depends on what is not known. */
  differs: true | Unknown;
  /** What differs, for the message. */
  what: string[];
  /** Declarations that it is meant. */
  overrides: readonly Override[];
}

/** Finds every identity that shadows its nearest verified ancestor. */
export function findShadows(inventory: Inventory, flow: (identity: Identity) => Flow): Shadow[] {
  const shadows: Shadow[] = [];
  const overrides = new Map<string, Override[]>();
  for (const one of inventory.overrides) push(overrides, one.identity, one);
  for (const identity of inventory.identities) {
    if (identity.managedBy.length === 0 || !identity.nameKnown) continue;
    const ancestor = nearestAncestor(inventory, identity);
    if (!ancestor) continue;
    const own = flow(identity);
    const parents = flow(ancestor);
    const parts = FEEDBACK_TYPES.map((type) => [plural(type), sameChannels(own, parents, type)] as const);
    const compared = [...parts, ["feedback forwarding", sameForwarding(own, parents)] as const];
    const what = compared.filter(([, same]) => same === false).map(([name]) => name);
    const unsure =
      compared.some(([, same]) => same === UNKNOWN) || sameRegion(identity.region, ancestor.region) !== true;
    if (what.length === 0 && !unsure) continue;
    const certain = what.length > 0 && sameRegion(identity.region, ancestor.region) === true;
    shadows.push({
      identity,
      ancestor,
      differs: certain ? true : UNKNOWN,
      what: certain ? what : compared.filter(([, same]) => same !== true).map(([name]) => name),
      overrides: (overrides.get(identity.label) ?? []).filter((one) => concerns(one, identity)),
    });
  }
  return shadows;
}

function nearestAncestor(inventory: Inventory, identity: Identity): Identity | undefined {
  for (const name of ancestorsOf({ name: identity.label, kind: identity.kind })) {
    const reachable = inventory
      .named(name)
      .filter(
        (one) =>
          sameRegion(one.region, identity.region) !== false &&
          (one.account === undefined || identity.account === undefined || one.account === identity.account),
      );
    const same = reachable.find((one) => one.region === identity.region);
    if (same ?? reachable[0]) return same ?? reachable[0];
  }
  return undefined;
}

export function concerns(override: Override, identity: Identity): boolean {
  return (
    override.identity === identity.label &&
    (override.region === undefined || sameRegion(override.region, identity.region) !== false)
  );
}

/** The check of both shadowing rules. */
export function checkShadows({ inventory, shadows, today }: Context, report: Reporter, kind: IdentityKind): void {
  for (const { identity, ancestor, differs, what, overrides } of shadows) {
    if (identity.kind !== kind) continue;
    const here = placed(identity.label, identity.region);
    if (differs === UNKNOWN) {
      const message = `It is not known whether ${here} handles ${list(what, "settings")} as ${ancestor.label} does; it does not inherit its settings.`;
      report.unverified({ identity }, message);
      continue;
    }
    const message = `${here} is verified beside ${ancestor.label}, so it does not inherit its settings: ${list(what, "settings")} differ.`;
    const waived = overrides.find((one) => !isExpired(one.expires, today))?.reason;
    report.violation({ identity }, message, { absence: true, ...(waived !== undefined && { waived }) });
  }
  checkUnnamed(inventory, report, kind);
}

/** An identity whose name is not known may stand under any domain, and any domain over it. */
function checkUnnamed(inventory: Inventory, report: Reporter, kind: IdentityKind): void {
  const unnamed = new Map<Region, Identity>();
  const perRegion = new Map<Region, number>();
  for (const one of inventory.identities) {
    perRegion.set(one.region, (perRegion.get(one.region) ?? 0) + 1);
    const isDomain = !one.nameKnown && mayBe(one, "domain");
    if (isDomain && !unnamed.has(one.region)) unnamed.set(one.region, one);
  }
  for (const identity of inventory.identities) {
    if (identity.managedBy.length === 0) continue;
    if (!identity.nameKnown) {
      const others =
        (perRegion.get(identity.region) ?? 0) > 1 || (perRegion.size > 1 && hasOpenRegion(perRegion, identity));
      if (!others || !mayBe(identity, kind)) continue;
      const message = `The name of identity ${nameOf(identity.label)} is not known, so it cannot be told whether it stands beside a verified domain.`;
      report.unverified({ identity }, message, { pending: isPendingName(inventory, identity) });
    } else if (identity.kind === kind) {
      const domain = unnamed.get(identity.region);
      if (!domain) continue;
      const message = `${placed(identity.label, identity.region)} may stand beside a verified domain: the name of identity ${nameOf(domain.label)} is not known.`;
      report.unverified({ identity }, message, { pending: isPendingName(inventory, domain) });
    }
  }
}

function hasOpenRegion(regions: ReadonlyMap<Region, number>, { region }: Identity): boolean {
  return regionName(region) === null || [...regions.keys()].some((one) => regionName(one) === null);
}

/** v1 has a type for domains and one for addresses; v2 has one for both. */
function mayBe({ managedBy, readBy }: Identity, kind: IdentityKind): boolean {
  const type = [...managedBy, ...readBy][0]?.type ?? "";
  if (!type.startsWith("aws:ses/")) return true;
  return (kind === "domain") === (type === "aws:ses/domainIdentity:DomainIdentity");
}
