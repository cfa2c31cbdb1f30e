import { push } from "./collections";
import type { Channel, Doubt, Flow } from "./flow";
import { sameHome } from "./home";
import { ancestorsOf } from "./identity";
import { FEEDBACK_TYPES, type FeedbackType, type Identity, type Inventory, type Override } from "./inventory/types";
import { sameRegion } from "./region";
import { isOneTopic } from "./topic";
import { isKnown, type Maybe, UNKNOWN, type Unknown } from "./value";

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
    const difference = ancestor && compare(identity, ancestor, flow, mayBeManaged(inventory, ancestor));
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
  mayBeAnother: boolean,
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
  const isOneHome = sameHome(identity, ancestor) === true && !mayBeAnother;
  if (different.length > 0 && isOneHome) return { differs: true, settings: different };
  if (different.length === 0 && isOneHome && settings((same) => same === UNKNOWN).length === 0) return undefined;
  return { differs: UNKNOWN, settings: settings((same) => same !== true) };
}

/**
 * The identity whose settings it would have, were it not verified itself: the nearest one that is verified (F8), of the
 * same Region and account.
 */
export function nearestAncestor(inventory: Inventory, identity: Identity): Identity | undefined {
  for (const name of ancestorsOf({ name: identity.label, kind: identity.kind })) {
    const reachable = inventory.named(name).filter((one) => sameHome(identity, one) !== false);
    const nearest = reachable.find((one) => sameHome(identity, one) === true) ?? reachable[0];
    if (nearest) return nearest;
  }
  return undefined;
}

/** Whether a resource in view may manage what an entry of an inventory tells: then the entry counts for nothing. */
function mayBeManaged(inventory: Inventory, { judged, external, label, ...home }: Identity): boolean {
  if (judged || !external) return false;
  return inventory.named(label).some((one) => one.judged && sameHome(one, home) === UNKNOWN);
}

export function concerns(override: Override, identity: Identity): boolean {
  return (
    override.identity === identity.label &&
    (override.resource === undefined || override.resource.stack === identity.stack) &&
    (override.region === undefined || sameRegion(override.region, identity.region) !== false)
  );
}

/** Whether two identities have the same channels to the same targets for the type. */
function sameChannels(a: Flow, b: Flow, type: FeedbackType): Maybe {
  const doubtful =
    !sameElsewhere(a.doubts[type], b.doubts[type]) ||
    [a, b].some((flow) => flow.channels[type].some(({ isCertain }) => !isCertain));
  const forth = covers(a.channels[type], b.channels[type], doubtful && b.doubts[type].length > 0);
  const back = covers(b.channels[type], a.channels[type], doubtful && a.doubts[type].length > 0);
  if (forth === false || back === false) return false;
  return forth === UNKNOWN || back === UNKNOWN || doubtful ? UNKNOWN : true;
}

/** One set outside the view does the same for both, whatever it does. */
function sameElsewhere(some: readonly Doubt[], others: readonly Doubt[]): boolean {
  const told = ({ reason, elsewhere }: Doubt) =>
    elsewhere && reason.kind === "set-not-in-view" ? (reason.set ?? "?") : "";
  const [a, b] = [new Set(some.map(told)), new Set(others.map(told))];
  return !a.has("") && a.size === b.size && [...a].every((one) => b.has(one));
}

/** Whether every channel of the first has its like among the second; `open`: the second may have more. */
function covers(some: readonly Channel[], others: readonly Channel[], open: boolean): Maybe {
  let result: Maybe = true;
  for (const channel of some) {
    const likes = others.map((other) => sameChannel(channel, other));
    if (likes.includes(true)) continue;
    // What is not known may be no destination at all.
    const isOpen = channel.target === UNKNOWN && !channel.topic;
    if (likes.includes(UNKNOWN) || open || !channel.isCertain || isOpen) result = UNKNOWN;
    else return false;
  }
  return result;
}

function sameChannel(a: Channel, b: Channel): Maybe {
  if (a.via !== b.via) return false;
  if (a.kind !== UNKNOWN && b.kind !== UNKNOWN && a.kind !== b.kind) return false;
  if (a.target !== UNKNOWN && b.target !== UNKNOWN) return a.target === b.target;
  if (a.topic && b.topic) return isOneTopic(a.topic, b.topic);
  // One of them is known by ARN only: what is known of the other decides.
  const name = (a.target === UNKNOWN ? a.topic : b.topic)?.name;
  const target = a.target === UNKNOWN ? b.target : a.target;
  if (target === UNKNOWN || !isKnown(name)) return UNKNOWN;
  return target.endsWith(`:${name}`) ? UNKNOWN : false;
}

function sameForwarding(a: Flow, b: Flow): Maybe {
  if (a.forwarding.on === UNKNOWN || b.forwarding.on === UNKNOWN) return UNKNOWN;
  return a.forwarding.on === b.forwarding.on;
}
