import type { Channels } from "./channels";
import { type Expected, subjectOf } from "./oracle";
import { AT_MOST_DOUBT, DOUBT, NONE, VIOLATION } from "./verdicts";
import { type Owner, type Owners, type Sameness, sameTarget, type Target, type View } from "./view";
import { type Ref, type Resource, TYPES } from "./world";

/** What one resource sets of an identity. */
interface Setting {
  by: Resource;
  /** Where two settings have different identities, they are no conflict. */
  identity: Ref | null;
  owners: Owners;
  says: Target | null | boolean | "unknown";
}

export function conflictRule(view: View, channels: Channels, expected: Expected): void {
  for (const owner of view.owners) expected.add("conflicting-notification", subjectOf(view, owner), NONE);
  for (const type of TYPES) {
    const settings = channels.notifications
      .filter(({ one }) => one.on === type)
      .map(({ one, owners, target }): Setting => ({ by: one, identity: one.identity, owners, says: target }));
    compareAll(view, settings, expected);
  }
  const inline = view.owners.flatMap((owner) =>
    owner.members
      .filter(({ api, forwarding }) => api === "native" && forwarding !== null)
      .map((one): Setting => ({ by: one, identity: null, owners: only(owner), says: one.forwarding as boolean })),
  );
  const apart = channels.forwardings.map(
    ({ one, owners }): Setting => ({
      by: one,
      identity: one.identity,
      owners,
      says: one.enabled === "absent" ? false : one.enabled,
    }),
  );
  compareAll(view, [...inline, ...apart], expected);
}

const only = (owner: Owner): Owners => ({ certain: [owner], maybe: [], weak: [] });

function compareAll(view: View, settings: readonly Setting[], expected: Expected): void {
  settings.forEach((one, at) => {
    for (const other of settings.slice(at + 1)) {
      const meant = sameIdentity(view, one, other);
      const agree = agreement(one.says, other.says);
      if (meant === "no" || agree === "yes") continue;
      const allowed = meant === "yes" ? (agree === "no" ? VIOLATION : DOUBT) : DOUBT;
      const subjects = new Set([subjectFor(view, one), subjectFor(view, other)].filter((key) => key !== undefined));
      for (const subject of subjects) expected.add("conflicting-notification", subject, allowed);
    }
    // Whose it is, nobody knows: it may be one more for any of these.
    for (const owner of [...one.owners.maybe, ...one.owners.weak]) {
      expected.add("conflicting-notification", subjectOf(view, owner), AT_MOST_DOUBT);
    }
  });
}

function subjectFor(view: View, one: Setting): string | undefined {
  const [owner] = one.owners.certain;
  if (owner !== undefined) return subjectOf(view, owner);
  const name = nameOf(view, one);
  return name === undefined ? undefined : `${name}@${view.region(one.by)}`;
}

function nameOf(view: View, { identity, by, owners }: Setting): string | undefined {
  return identity === null ? (owners.certain[0]?.name ?? undefined) : view.called(by, identity);
}

/** Whether two settings are for one identity, in view or not. */
function sameIdentity(view: View, a: Setting, b: Setting): Sameness {
  const shared = a.owners.certain.some((owner) => b.owners.certain.includes(owner));
  if (shared) return "yes";
  const [name, other] = [nameOf(view, a), nameOf(view, b)];
  if (name === undefined || name !== other || view.region(a.by) !== view.region(b.by)) return "no";
  return sameAccount(view, a, b);
}

function sameAccount(view: View, a: Setting, b: Setting): Sameness {
  const [one, other] = [a, b].map(({ identity }) => (identity?.is === "arn" ? identity.account : undefined));
  if (one !== undefined && other !== undefined) return one === other ? "yes" : "no";
  if (one !== undefined) return view.is(b.by, one);
  if (other !== undefined) return view.is(a.by, other);
  return view.same(a.by, b.by);
}

function agreement(a: Setting["says"], b: Setting["says"]): Sameness {
  if (a === "unknown" || b === "unknown") return "maybe";
  if (typeof a === "boolean" || typeof b === "boolean") return a === b ? "yes" : "no";
  if (a === null || b === null) return a === b ? "yes" : a?.is === "unknown" || b?.is === "unknown" ? "maybe" : "no";
  return sameTarget(a, b);
}
