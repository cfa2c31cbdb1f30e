/** What may be said of one rule and one subject. Several verdicts stand where the contract leaves it open. */
export type Verdict = "none" | "waived" | "unverified" | "violation";
export type Allowed = readonly Verdict[];

const RANK: readonly Verdict[] = ["none", "waived", "unverified", "violation"];

export const NONE: Allowed = ["none"];
export const DOUBT: Allowed = ["unverified"];
export const VIOLATION: Allowed = ["violation"];
export const AT_MOST_DOUBT: Allowed = ["none", "unverified"];
export const AT_LEAST_DOUBT: Allowed = ["unverified", "violation"];
export const OPEN: Allowed = ["none", "unverified", "violation"];

export function worst(verdicts: Iterable<Verdict>): Verdict {
  return [...verdicts].reduce((a, b) => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b), "none");
}

/** Lists of one verdict are compared by identity. */
function list(has: (verdict: Verdict) => boolean): Allowed {
  const all = RANK.filter(has);
  const same = [NONE, DOUBT, VIOLATION].find(([only]) => all.length === 1 && only === all[0]);
  return same ?? all;
}

export function union(...all: Allowed[]): Allowed {
  return list((verdict) => all.some((one) => one.includes(verdict)));
}

/** What is allowed of two subjects that a report can't tell apart: the worse of any two. */
export function together(a: Allowed, b: Allowed): Allowed {
  const pairs = a.flatMap((one) => b.map((other) => worst([one, other])));
  return list((verdict) => pairs.includes(verdict));
}

/** What is left where the fact rests on something that is not certain. */
export function doubtful(allowed: Allowed): Allowed {
  return list((verdict) => allowed.some((one) => (one === "violation" ? "unverified" : one) === verdict));
}

/** What is allowed where somebody may doubt, too. */
export function orDoubt(allowed: Allowed): Allowed {
  return union(allowed, DOUBT);
}

/** Whether a type leaves an identity by some channel. `soft`: as far as can be seen it does, and a doubt is in order. */
export type State = "yes" | "soft" | "doubt" | "open" | "no";

export function any(states: readonly State[]): State {
  if (states.includes("yes")) return states.every((one) => one === "yes" || one === "no") ? "yes" : "soft";
  for (const state of ["open", "soft", "doubt"] as const) if (states.includes(state)) return state;
  return "no";
}

export function every(states: readonly State[]): State {
  for (const state of ["no", "open", "doubt", "soft"] as const) if (states.includes(state)) return state;
  return "yes";
}

export const ALLOWED: Readonly<Record<State, Allowed>> = {
  yes: NONE,
  soft: AT_MOST_DOUBT,
  doubt: DOUBT,
  open: OPEN,
  no: VIOLATION,
};
