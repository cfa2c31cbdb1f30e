import type { Candidate, Channels } from "./channels";
import { conflictRule } from "./conflicts";
import { type Expected, type RuleId, subjectOf } from "./oracle";
import { urnOf } from "./properties";
import {
  ALLOWED,
  type Allowed,
  AT_LEAST_DOUBT,
  AT_MOST_DOUBT,
  DOUBT,
  NONE,
  OPEN,
  orDoubt,
  type State,
  union,
  VIOLATION,
} from "./verdicts";
import { best, type Owner, type View } from "./view";
import type { Identity, Notification, Type } from "./world";

export function identityRules(view: View, channels: Channels, expected: Expected): void {
  const owners = view.owners.filter(({ managed }) => managed);
  for (const [type, rule] of [
    ["bounce", "bounce-handling"],
    ["complaint", "complaint-handling"],
  ] as const) {
    handling(view, channels, owners, type, rule, expected);
  }
  for (const owner of owners) {
    const subject = subjectOf(view, owner);
    expected.add("feedback-forwarding-off", subject, forwardingOff(view, channels, owner));
    expected.add("duplicate-identity", subject, duplicate(view, owner));
    expected.add("missing-configuration-set", subject, missingSet(view, owner));
  }
  for (const owner of view.owners) {
    expected.add("topic-dropped", subjectOf(view, owner), dropped(channels, owner));
  }
  for (const { one, owners } of channels.notifications) {
    if (owners.certain.length > 0 || view.called(one, one.identity) !== undefined) continue;
    expected.add("topic-dropped", urnOf(view.world, one), droppedOfSomebody(channels, one, owners.maybe));
  }
  conflictRule(view, channels, expected);
  foreign(view, channels, expected);
}

function handling(view: View, channels: Channels, owners: Owner[], type: Type, rule: RuleId, expected: Expected): void {
  const bare = owners.filter((owner) => channels.handled(owner, type) === "no");
  const candidates = channels
    .candidates(type, true)
    .map(({ setting, owners: all }) => ({ setting, owners: all.filter((one) => bare.includes(one)) }));
  for (const owner of owners) {
    const subject = subjectOf(view, owner);
    const state = channels.handled(owner, type);
    if (state !== "no") {
      const more = channels.candidates(type, false).some((one) => one.owners.includes(owner));
      expected.add(rule, subject, more ? orDoubt(ALLOWED[state]) : tolerant(view, owner, ALLOWED[state], state));
      continue;
    }
    if (mayBeServed(view, owner)) {
      expected.add(rule, subject, DOUBT);
      continue;
    }
    const { owners: rivals, settings } = component(owner, candidates);
    if (settings.length === 0) {
      expected.add(rule, subject, channels.weak(owner) || unnamedBeside(view, owner) ? AT_LEAST_DOUBT : VIOLATION);
    } else {
      expected.add(rule, subject, rivals.length <= settings.length ? DOUBT : OPEN);
    }
  }
  shortfall(view, channels, bare, candidates, rule, expected);
}

/** Owners that may be one with somebody else's settings make nothing certain, and take nothing from the others. */
function shortfall(
  view: View,
  channels: Channels,
  bare: readonly Owner[],
  candidates: readonly Candidate[],
  rule: RuleId,
  expected: Expected,
): void {
  const named = (all: readonly Owner[]) => all.map((one) => subjectOf(view, one)).sort();
  const groups = (members: readonly Owner[], required: boolean) => {
    const told = new Set<Owner>();
    const own = candidates.map(({ setting, owners }) => ({
      setting,
      owners: owners.filter((one) => members.includes(one)),
    }));
    for (const owner of members) {
      if (told.has(owner)) continue;
      const { owners, settings } = component(owner, own);
      for (const one of owners) told.add(one);
      if (settings.length === 0 || owners.length <= settings.length) continue;
      const serve = settings.map((one) => named(one.owners));
      expected.groups.push({ rule, subjects: named(owners), settings: serve, required });
    }
  };
  const rivals = bare.filter((owner) => !mayBeServed(view, owner));
  groups(rivals, false);
  groups(
    rivals.filter((owner) => !channels.weak(owner) && !unnamedBeside(view, owner)),
    true,
  );
}

/** By something that the preview leaves out. */
function mayBeServed(view: View, { members }: Owner): boolean {
  return members.some((one) => !one.external && view.hides(one));
}

function tolerant(view: View, owner: Owner, allowed: Allowed, state: State): Allowed {
  return state === "yes" && owner.members.some((one) => view.partial(one)) ? AT_MOST_DOUBT : allowed;
}

/** One that has no name yet could turn out to be this one, with settings of its own. */
export function unnamedBeside(view: View, owner: Owner): boolean {
  return view.owners.some(
    (other) =>
      other !== owner &&
      (other.name === null || owner.name === null) &&
      other.region === owner.region &&
      owner.members.some((a) => other.members.some((b) => view.same(a, b) !== "no")),
  );
}

/** Owners and settings that hang together: which setting is whose can't be told. */
function component(owner: Owner, candidates: readonly Candidate[]): { owners: Owner[]; settings: Candidate[] } {
  const owners = new Set([owner]);
  const settings = new Set<Candidate>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const candidate of candidates) {
      if (settings.has(candidate) || !candidate.owners.some((one) => owners.has(one))) continue;
      settings.add(candidate);
      for (const one of candidate.owners) owners.add(one);
      grown = true;
    }
  }
  return { owners: [...owners], settings: [...settings] };
}

function forwardingOff(view: View, channels: Channels, owner: Owner): Allowed {
  const states = (["bounce", "complaint"] as const).map((type) => channels.withoutForwarding(owner, type));
  const offMaybe = channels.forwardings.some(
    ({ one, owners }) => one.enabled !== true && (owners.maybe.includes(owner) || owners.weak.includes(owner)),
  );
  switch (channels.forwarding(owner)) {
    case "on":
    case "undeclared":
      return offMaybe ? AT_MOST_DOUBT : NONE;
    case "conflict":
      return OPEN;
    case "unknown":
      if (states.every((state) => state === "yes")) return NONE;
      return states.includes("no") && !channels.touched(owner) ? DOUBT : AT_MOST_DOUBT;
    case "off": {
      if (!states.includes("no")) {
        return states.every((state) => state === "yes") ? NONE : states.includes("open") ? OPEN : AT_MOST_DOUBT;
      }
      if (mayBeServed(view, owner)) return DOUBT;
      return channels.touched(owner) || unnamedBeside(view, owner) ? AT_LEAST_DOUBT : VIOLATION;
    }
  }
}

function duplicate(view: View, owner: Owner): Allowed {
  const managed = owner.members.filter(({ external }) => !external);
  if (managed.length > 1) return VIOLATION;
  if (owner.name === null) return unnamedBeside(view, owner) ? AT_MOST_DOUBT : NONE;
  const others = view.owners.filter((other) => other !== owner && other.managed && other.region === owner.region);
  const sameness = best(
    others
      .filter(({ name }) => name === owner.name)
      .flatMap(({ members }) => members.flatMap((a) => owner.members.map((b) => view.same(a, b)))),
  );
  if (sameness === "maybe") return DOUBT;
  return unnamedBeside(view, owner) || owner.members.some((one) => view.partial(one)) ? AT_MOST_DOUBT : NONE;
}

function dropped(channels: Channels, owner: Owner): Allowed {
  const empty = channels.notifications.filter(
    ({ one, owners }) =>
      (one.topic === "empty" || one.topic === "absent") && one.on !== "delivery" && owners.certain.includes(owner),
  );
  const maybe = channels.notifications.some(
    ({ one, owners }) =>
      (one.topic === "empty" || one.topic === "absent") &&
      (owners.maybe.includes(owner) || owners.weak.includes(owner)),
  );
  const deliveries = channels.notificationsOf(owner, "delivery").some(({ target }) => target === null);
  if (empty.length === 0) return deliveries ? OPEN : maybe ? AT_MOST_DOUBT : NONE;
  const forwarding = channels.forwarding(owner);
  if (forwarding === "off") return maybe ? AT_MOST_DOUBT : NONE;
  if (forwarding === "conflict" || maybe || deliveries) return OPEN;
  const alone = empty.every(({ one }) => one.topic === "absent" || channels.notificationsOf(owner, one.on).length > 1);
  if (alone) return OPEN;
  // One that is only read: nobody tells what is set elsewhere.
  if (forwarding === "undeclared" && !owner.managed) return DOUBT;
  if (channels.touched(owner)) return AT_LEAST_DOUBT;
  return forwarding === "unknown" ? DOUBT : VIOLATION;
}

/** A setting without a topic, whose identity nobody knows: one of these, or one that is not in view. */
function droppedOfSomebody(channels: Channels, { topic }: Notification, owners: readonly Owner[]): Allowed {
  if (topic !== "empty" && topic !== "absent") return NONE;
  const off = owners.length > 0 && owners.every((owner) => channels.forwarding(owner) === "off");
  return off || topic === "absent" ? AT_MOST_DOUBT : DOUBT;
}

function missingSet(view: View, owner: Owner): Allowed {
  const states = owner.members.map((one: Identity): Allowed => {
    const name = one.set === null ? undefined : view.setName(one, one.set);
    if (name === undefined) return one.set === null ? NONE : AT_MOST_DOUBT;
    const { there, gone } = view.sets(one, name);
    if (gone === "no") return view.partial(one) ? AT_MOST_DOUBT : NONE;
    if (there !== "no") return there === "yes" ? NONE : OPEN;
    return gone === "yes" ? VIOLATION : DOUBT;
  });
  return states.includes(VIOLATION) ? VIOLATION : union(...states);
}

/** Settings of identities that are not in view: what is said of them is left open. */
function foreign(view: View, channels: Channels, expected: Expected): void {
  for (const { one, owners } of [...channels.notifications, ...channels.forwardings]) {
    if (owners.certain.length > 0) continue;
    const name = view.called(one, one.identity);
    if (name === undefined) continue;
    for (const rule of ["topic-dropped", "feedback-forwarding-off"] as const) {
      const subject = `${name}@${view.region(one)}`;
      const isOthers = expected.allowed.has(`${rule} ${subject}`);
      expected.add(rule, subject, isOthers ? AT_MOST_DOUBT : orDoubt(OPEN));
    }
  }
}
