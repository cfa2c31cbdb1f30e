import type { Channels } from "./channels";
import { targetKey, unnamedBeside } from "./identities";
import { type Expected, type RuleId, subjectOf } from "./oracle";
import { type Allowed, AT_LEAST_DOUBT, AT_MOST_DOUBT, DOUBT, NONE, OPEN, orDoubt, VIOLATION } from "./verdicts";
import { ancestors, best, normal, type Owner, type View } from "./view";
import { type Identity, TYPES, type Type } from "./world";

export function shadowRules(view: View, channels: Channels, expected: Expected): void {
  for (const owner of view.owners) {
    if (!owner.managed) continue;
    const subject = subjectOf(view, owner);
    if (owner.name === null) {
      for (const rule of ["address-shadows-domain", "subdomain-shadows-domain"] as const) {
        expected.add(rule, subject, AT_MOST_DOUBT);
      }
      continue;
    }
    const rule: RuleId = owner.name.includes("@") ? "address-shadows-domain" : "subdomain-shadows-domain";
    expected.add(rule, subject, waived(view, owner, shadow(view, channels, owner)));
  }
}

function waived(view: View, owner: Owner, allowed: Allowed): Allowed {
  const meant = view.world.overrides.some((name) => normal(name) === owner.name);
  if (!meant || allowed === NONE) return allowed;
  return allowed === VIOLATION ? ["waived"] : ["none", "waived", "unverified"];
}

function shadow(view: View, channels: Channels, owner: Owner): Allowed {
  const chain = ancestors(owner.name as string);
  let nearer: Owner | undefined;
  for (const name of chain) {
    const called = view.owners.filter((other) => other.name === name && other.region === owner.region);
    const how = (other: Owner) => best(owner.members.flatMap((a) => other.members.map((b) => view.same(a, b))));
    const certain = called.find((other) => how(other) === "yes");
    if (certain !== undefined) return judged(view, channels, owner, certain, nearer);
    nearer ??= called.find((other) => how(other) === "maybe");
    if (nearer === undefined && inventory(view, owner, name)) return OPEN;
  }
  if (nearer !== undefined) {
    if (!nearer.managed) return AT_MOST_DOUBT;
    if (moved(view, owner) || moved(view, nearer)) return OPEN;
    const differs = compare(channels, owner, nearer);
    return differs === "yes"
      ? channels.touched(owner) || channels.touched(nearer)
        ? AT_MOST_DOUBT
        : DOUBT
      : AT_MOST_DOUBT;
  }
  const hidden = owner.members.some((one) => view.partial(one));
  return hidden || unnamedBeside(view, owner) ? AT_MOST_DOUBT : NONE;
}

function inventory(view: View, owner: Owner, name: string): boolean {
  return view.world.inventory.some(
    ({ identity, region, account }) =>
      normal(identity) === name && region === owner.region && view.is(owner.members[0] as Identity, account) !== "no",
  );
}

/** A set named at send time takes the place of what the two would otherwise be compared by. */
function moved(view: View, owner: Owner): boolean {
  return view.world.sendTime.some(({ identities }) => identities.some((name) => normal(name) === owner.name));
}

function judged(view: View, channels: Channels, owner: Owner, ancestor: Owner, nearer: Owner | undefined): Allowed {
  if (!ancestor.managed || moved(view, owner) || moved(view, ancestor)) return OPEN;
  const differs = compare(channels, owner, ancestor);
  const shaky =
    nearer !== undefined ||
    channels.touched(owner) ||
    channels.touched(ancestor) ||
    unnamedBeside(view, owner) ||
    [...owner.members, ...ancestor.members].some((one) => view.partial(one));
  if (differs === "yes") return shaky ? AT_LEAST_DOUBT : VIOLATION;
  if (differs === "no") return shaky ? AT_MOST_DOUBT : NONE;
  return shaky ? orDoubt(NONE) : DOUBT;
}

interface Effect {
  keys: Set<string>;
  doubt: boolean;
}

function compare(channels: Channels, a: Owner, b: Owner): "yes" | "no" | "maybe" {
  const results = TYPES.map((type): "yes" | "no" | "maybe" => {
    const [x, y] = [effect(channels, a, type), effect(channels, b, type)];
    const extra = (one: Effect, other: Effect) => [...one.keys].some((key) => !other.keys.has(key));
    if ((extra(x, y) && !y.doubt) || (extra(y, x) && !x.doubt)) return "yes";
    if (!x.doubt && !y.doubt) return "no";
    return "maybe";
  });
  const [f, g] = [a, b].map((one) => channels.forwarding(one)).map((one) => (one === "undeclared" ? "on" : one));
  if (f === "conflict" || g === "conflict" || f === "unknown" || g === "unknown") results.push("maybe");
  else results.push(f === g ? "no" : "yes");
  return results.includes("yes") ? "yes" : results.includes("maybe") ? "maybe" : "no";
}

/** Where notifications of a type go, other than by forwarding. */
function effect(channels: Channels, owner: Owner, type: Type): Effect {
  const keys = new Set<string>();
  let doubt = false;
  for (const { target } of channels.notificationsOf(owner, type)) {
    if (target === null || target.is === "nothing") continue;
    const key = targetKey(target);
    if (key === undefined || target.is === "maybe") doubt = true;
    else keys.add(key);
  }
  for (const from of owner.members) {
    if (from.set === null) continue;
    const set = channels.view.setName(from, from.set);
    if (set === undefined) {
      doubt = true;
      continue;
    }
    const { there, gone } = channels.view.sets(from, set);
    if (there === "no" && gone === "yes") continue;
    // What somebody else's set does with the type is the same for whoever has it.
    if (there !== "yes") doubt = true;
    for (const { destination, sure } of channels.sentBy(from, set)) {
      const { enabled, types, to } = destination;
      if (enabled === false || enabled === "absent" || !types.includes(type)) continue;
      if (to.kind === "cloudwatch" || to.kind === "pinpoint") continue;
      const target = channels.destinations.find(({ one }) => one === destination)?.target ?? null;
      if (target?.is === "nothing") continue;
      if (enabled === "unknown" || sure === "maybe" || target?.is === "unknown" || target?.is === "maybe") doubt = true;
      else keys.add(`event ${to.kind} ${targetKey(target) ?? destination.label}`);
    }
  }
  return { keys, doubt };
}
