import type { Channels } from "./channels";
import { unnamedBeside } from "./identities";
import { type Expected, type RuleId, subjectOf } from "./oracle";
import { type Allowed, AT_LEAST_DOUBT, AT_MOST_DOUBT, DOUBT, NONE, OPEN, orDoubt, VIOLATION } from "./verdicts";
import { ancestors, best, normal, type Owner, type Sameness, sameTarget, type Target, type View } from "./view";
import { type Destination, type Identity, TYPES, type Type } from "./world";

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
  // A set that nobody sees could send what the other one's topic gets, by another channel.
  if (differs === "yes")
    return shaky || vague(channels, owner) || vague(channels, ancestor) ? AT_LEAST_DOUBT : VIOLATION;
  if (differs === "no") return shaky ? AT_MOST_DOUBT : NONE;
  return shaky ? orDoubt(NONE) : DOUBT;
}

function vague(channels: Channels, owner: Owner): boolean {
  return TYPES.some((type) => {
    const { eventDoubt, sets } = effectOf(channels, owner, type);
    return eventDoubt || sets.size > 0;
  });
}

/** One way out: what kind it is, and where it leads. */
interface Way {
  kind: string;
  target: Target | null;
}

interface Effect {
  topics: Way[];
  events: Way[];
  topicDoubt: boolean;
  eventDoubt: boolean;
  /** Sets that are not in view: who has the same one has the same of it. */
  sets: Set<string>;
}

function compare(channels: Channels, a: Owner, b: Owner): Sameness {
  const results = TYPES.map((type): Sameness => {
    const [x, y] = [effectOf(channels, a, type), effectOf(channels, b, type)];
    const own = (one: Effect, than: Effect) => one.eventDoubt || [...one.sets].some((set) => !than.sets.has(set));
    return best([
      differ(x.topics, y.topics, x.topicDoubt, y.topicDoubt),
      differ(x.events, y.events, own(x, y), own(y, x)),
    ]);
  });
  const [f, g] = [a, b].map((one) => channels.forwarding(one)).map((one) => (one === "undeclared" ? "on" : one));
  if (f === "conflict" || g === "conflict" || f === "unknown" || g === "unknown") results.push("maybe");
  else results.push(f === g ? "no" : "yes");
  return best(results);
}

function differ(a: readonly Way[], b: readonly Way[], aDoubt: boolean, bDoubt: boolean): Sameness {
  const extra = (some: readonly Way[], others: readonly Way[]) =>
    some.map((one) => best(others.map((other) => sameWay(one, other))));
  const [more, less] = [extra(a, b), extra(b, a)];
  if ((more.includes("no") && !bDoubt) || (less.includes("no") && !aDoubt)) return "yes";
  return aDoubt || bDoubt || [...more, ...less].some((like) => like !== "yes") ? "maybe" : "no";
}

function sameWay(a: Way, b: Way): Sameness {
  if (a.kind !== b.kind) return "no";
  return a.target === null || b.target === null ? "yes" : sameTarget(a.target, b.target);
}

/** Where notifications of a type go, other than by forwarding. */
function effectOf(channels: Channels, owner: Owner, type: Type): Effect {
  const effect: Effect = { topics: [], events: [], topicDoubt: false, eventDoubt: false, sets: new Set() };
  for (const { target, takenBack } of channels.notificationsOf(owner, type)) {
    if (takenBack || target === null || target.is === "nothing") continue;
    if (target.is === "unknown") effect.topicDoubt = true;
    else effect.topics.push({ kind: "topic", target });
  }
  for (const from of owner.members) {
    if (from.set === null) continue;
    const set = channels.view.setName(from, from.set);
    if (set === undefined) {
      effect.eventDoubt = true;
      continue;
    }
    const { there, gone } = channels.view.sets(from, set);
    if (there === "no" && gone === "yes") continue;
    if (there === "maybe") effect.eventDoubt = true;
    if (there === "no") effect.sets.add(set);
    for (const { destination, sure } of channels.sentBy(from, set)) addWay(channels, destination, sure, type, effect);
  }
  return effect;
}

function addWay(channels: Channels, destination: Destination, sure: Sameness, type: Type, effect: Effect): void {
  const { enabled, types, to } = destination;
  if (enabled === false || enabled === "absent" || !types.includes(type)) return;
  if (to.kind === "cloudwatch" || to.kind === "pinpoint") return;
  const target = channels.destinations.find(({ one }) => one === destination)?.target ?? null;
  if (target?.is === "nothing") return;
  if (enabled === "unknown" || sure === "maybe" || target?.is === "unknown") effect.eventDoubt = true;
  else effect.events.push({ kind: target === null ? `${to.kind} ${destination.label}` : to.kind, target });
}
