import type { IdentityKind } from "../../model/identity";
import type { Identity, Inventory } from "../../model/inventory/types";
import { nameOf } from "../../model/record";
import type { Setting } from "../../model/shadows";
import { UNKNOWN } from "../../model/value";
import { Homes } from "./homes";
import type { Context, Reporter } from "./rule";
import { describeIdentity, list, settingName } from "./words";

/** The messages of both shadowing rules. */
export const shadowMessages = {
  differs: (identity: string, ancestor: string, settings: readonly Setting[]) =>
    `${identity} is verified beside ${ancestor}, so it does not inherit its settings: ${names(settings)} differ.`,
  differsUnknown: (identity: string, ancestor: string, settings: readonly Setting[]) =>
    `It is not known whether ${identity} handles ${names(settings)} as ${ancestor} does; it does not inherit its settings.`,
  nameUnknown: (resource: string) =>
    `The name of identity ${resource} is not known, so it cannot be told whether it stands beside a verified domain.`,
  domainUnknown: (identity: string, resource: string) =>
    `${identity} may stand beside a verified domain: the name of identity ${resource} is not known.`,
};

function names(settings: readonly Setting[]): string {
  return list(settings.map(settingName), "settings");
}

/** The check of both shadowing rules. */
export function checkShadows(
  { inventory, shadows, isExpired }: Context,
  report: Reporter,
  messages: typeof shadowMessages,
  kind: IdentityKind,
): void {
  for (const { identity, ancestor, differs, settings, overrides } of shadows) {
    if (identity.kind !== kind) continue;
    const name = describeIdentity(identity);
    if (differs === UNKNOWN) {
      report.unverified({ identity }, messages.differsUnknown(name, ancestor.label, settings));
      continue;
    }
    const waived = overrides.find((one) => !isExpired(one.expires))?.reason;
    const absence = isCreatedWith(identity, ancestor) ? true : ("anywhere" as const);
    const details = { absence, ...(waived !== undefined && { waived }) };
    report.violation({ identity }, messages.differs(name, ancestor.label, settings), details);
  }
  checkUnnamed(inventory, report, messages, kind);
}

/** What the ancestor has may be left out of a preview, unless the ancestor is created too. */
function isCreatedWith({ stack }: Identity, ancestor: Identity): boolean {
  return ancestor.stack !== stack || ancestor.resource?.created === true;
}

/** An identity whose name is not known may stand under any domain, and any domain over it. */
function checkUnnamed(
  inventory: Inventory,
  report: Reporter,
  messages: typeof shadowMessages,
  kind: IdentityKind,
): void {
  const unnamed = inventory.identities.filter(({ nameKnown }) => !nameKnown);
  if (unnamed.length === 0) return;
  const homes = new Homes(inventory.identities);
  const unnamedDomains = new Homes(unnamed.filter((one) => mayBe(one, "domain")));
  for (const identity of inventory.judged) {
    if (!identity.nameKnown) {
      if (!homes.hasCompany(identity) || !mayBe(identity, kind)) continue;
      const pending = identity.namePending;
      report.unverified({ identity }, messages.nameUnknown(nameOf(identity.label)), { pending });
    } else if (identity.kind === kind) {
      const domain = unnamedDomains.find(identity);
      if (!domain) continue;
      const message = messages.domainUnknown(describeIdentity(identity), nameOf(domain.label));
      report.unverified({ identity }, message, { pending: domain.namePending });
    }
  }
}

/** v1 has a type for domains and one for addresses; v2 has one for both. */
function mayBe(identity: Identity, kind: IdentityKind): boolean {
  return !identity.kindKnown || identity.kind === kind;
}
