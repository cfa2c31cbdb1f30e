import type { ReportIdentity, ReportReceiver, ReportReception, ReportWay } from "../report/shapes";

export const TYPES = ["bounce", "complaint", "delivery"] as const;
export type Type = (typeof TYPES)[number];

export const PLURALS: Record<Type, string> = { bounce: "bounces", complaint: "complaints", delivery: "deliveries" };

/** How a cell of the matrix says where a type ends. */
export const ENDINGS: Record<ReportReception["ending"], string> = {
  received: "received",
  elsewhere: "out of view",
  unknown: "not known",
  nobody: "nobody",
  none: "–",
};

/** What the words mean, for the foot of the matrix. */
export const LEGEND: Record<Exclude<ReportReception["ending"], "none">, string> = {
  received: "somebody in view receives it, or feedback forwarding is declared",
  elsewhere: "it goes to a destination whose receivers are not in view",
  unknown: "it depends on values that are not known",
  nobody: "nobody receives it",
};

/** `topic feedback → queue feedback (dead letters: feedback-dead) → function handler`, a text per way. */
export function waysOf({ ways }: ReportReception): string[] {
  return ways.map((way) => `${describeWay(way)}${next(way.receivers)}`);
}

function describeWay({ channel, declared, destination, to }: ReportWay): string {
  if (channel === "forwarding") return declared ? "forwarding" : "forwarding (not declared)";
  const first = channel === "event-destination" ? [`event destination ${destination ?? "(name not known)"}`] : [];
  const second = to === null ? [] : [to.kind === "topic" ? `topic ${to.name ?? "(name not known)"}` : bus(to.name)];
  return [...first, ...second].join(" → ");
}

function bus(name: string | null): string {
  return name === null || name === "default" ? "default event bus" : `event bus ${name}`;
}

function next(receivers: readonly ReportReceiver[]): string {
  if (receivers.length === 0) return "";
  return ` → ${receivers.map(describeReceiver).join(" and ")}`;
}

const HINDRANCES = { "not-confirmed": "not confirmed", filtered: "filtered away" } as const;

function describeReceiver({ kind, name, receives, hindrance, deadLetters, next: onward }: ReportReceiver): string {
  const doubt = receives === null ? "perhaps " : "";
  const remarks = [
    ...(hindrance === null || receives === true ? [] : [`${doubt}${HINDRANCES[hindrance]}`]),
    ...(receives === null && hindrance === null ? ["perhaps"] : []),
    ...(deadLetters === null ? [] : [`dead letters: ${deadLetters === "" ? "name not known" : deadLetters}`]),
  ];
  const about = remarks.length > 0 ? ` (${remarks.join(", ")})` : "";
  return `${kind} ${name ?? "(name not known)"}${about}${next(onward)}`;
}

/** Types that take the same ways are told of together, in the order of the types; those without ways are left out. */
export function byWays(identity: Pick<ReportIdentity, "reception">): { types: Type[]; ways: string[] }[] {
  const found = new Map<string, { types: Type[]; ways: string[] }>();
  for (const type of TYPES) {
    const ways = waysOf(identity.reception[type]);
    const key = ways.join("\n");
    const known = found.get(key);
    if (known) known.types.push(type);
    else if (ways.length > 0) found.set(key, { types: [type], ways });
  }
  return [...found.values()];
}

/** `bounces and complaints`. */
export function typesInWords(types: readonly Type[]): string {
  return inWords(types.map((type) => PLURALS[type]));
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What an identity has from the one above it in the names; empty where none is verified. */
export function relationOf({ ancestor }: Pick<ReportIdentity, "ancestor">): string {
  if (!ancestor) return "";
  const { identity, differs, settings, intended } = ancestor;
  if (differs === false) return `set like ${identity}, of its own`;
  const names = settings.map((setting) => (setting === "forwarding" ? "feedback forwarding" : PLURALS[setting]));
  const what = names.length > 0 ? ` in ${inWords(names)}` : "";
  const shadows = differs === true ? `shadows ${identity}${what}` : `may shadow ${identity}${what}`;
  return intended ? `${shadows}; that is declared` : shadows;
}
