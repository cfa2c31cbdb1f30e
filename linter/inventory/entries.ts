import type { ExternalIdentity } from "../../policies/config";
import type { ReportFinding } from "../report/shapes";

/** What a source says: a report, or the part of one that its JSON form keeps. */
export interface Judged {
  identities: readonly (ExternalIdentity & { stack?: string })[];
  findings: readonly Pick<ReportFinding, "rule" | "verdict" | "identity" | "region" | "urn" | "message">[];
  notVisible: readonly string[];
}

/** Whence something is known, and since when. */
export interface Origin {
  /** As messages call it. */
  source: string;
  seen: Date;
}

/** An entry for `externalIdentities`. */
export interface Entry extends ExternalIdentity {
  stack: string | null;
  /** ISO 8601, UTC, to the second. */
  seen: string;
  source: string;
  /** `YYYY-MM-DD` */
  expires: string;
}

/** Calls without which identities are missing. */
const LISTS = /::ses-guard:account:Call::(?:AssumeRole$|[^/]+\/ListEmailIdentities)/;
const NO_REGION = / is not enabled in this account/;
const SHOWN_IN_PART = /^The preview of .* so that was not looked at\./;
const NOT_RUN = /: what it may register/;
const NOT_LOOKED_INTO = / was not looked into: /;

/** What a source does not show although it holds it, so that identities may be missing; undefined where it shows all. */
export function gapOf({ findings, notVisible }: Judged): string | undefined {
  const gap = findings.find(({ rule, urn, message }) => {
    if (rule !== "unverified") return false;
    return LISTS.test(urn ?? "") ? !NO_REGION.test(message) : SHOWN_IN_PART.test(message);
  });
  return gap?.message ?? notVisible.find((text) => NOT_RUN.test(text));
}

/** How many resources may hold identities that nobody can see. */
export function hiddenIn({ findings }: Judged): number {
  return findings.filter(({ rule, message }) => rule === "unverified" && NOT_LOOKED_INTO.test(message)).length;
}

const DAY = 86_400_000;

/**
 * The identities of a source.
 * @param originOf of what a stack declares
 * @param maxAge days for which an entry is believed
 */
export function entriesOf(judged: Judged, originOf: (stack: string | null) => Origin, maxAge: number): Entry[] {
  const doubted = doubtsIn(judged);
  return judged.identities.map((one) => {
    const { identity, kind, account, region, bounce, complaint, delivery, stack = null } = one;
    const { source, seen } = originOf(stack);
    const doubt = doubted(one);
    return {
      ...{ identity, kind, account, region, bounce, complaint, delivery, stack },
      seen: `${seen.toISOString().slice(0, 19)}Z`,
      source,
      expires: new Date(seen.getTime() + maxAge * DAY).toISOString().slice(0, 10),
      ...(doubt !== undefined && { doubt }),
    };
  });
}

/** A type that is perhaps handled, by what the entry can't name: nobody may take it for one that is not. */
function doubtsIn({ findings }: Judged) {
  const handling = new Map<string, string>();
  for (const { rule, verdict, identity, region, message } of findings) {
    const [, type] = /^(bounce|complaint)-handling$/.exec(rule) ?? [];
    if (type !== undefined && verdict === "unverified") handling.set(`${type} ${identity} ${region}`, message);
  }
  return ({ identity, region, bounce, complaint, doubt }: ExternalIdentity): string | undefined => {
    if (doubt !== undefined) return doubt;
    const types = { bounce, complaint };
    for (const [type, channels] of Object.entries(types)) {
      const isTold = channels.some(({ channel, target }) => channel !== "forwarding" && target === null);
      const message = handling.get(`${type} ${identity} ${region}`);
      if (message !== undefined && !isTold) return message;
    }
    return undefined;
  };
}

/** One entry for each identity, sorted: the live account knows better than a document, the newer better than the older. */
export function joinEntries(entries: readonly Entry[]): Entry[] {
  const best = new Map<string, Entry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const other = best.get(key);
    if (other === undefined || isBetter(entry, other)) best.set(key, entry);
  }
  return [...best.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function keyOf({ identity, account, region }: Entry): string {
  return JSON.stringify([identity, account, region]);
}

function isBetter(one: Entry, other: Entry): boolean {
  if (isLive(one) !== isLive(other)) return isLive(one);
  return one.seen > other.seen || (one.seen === other.seen && rankOf(one) < rankOf(other));
}

function isLive({ stack }: Entry): boolean {
  return stack?.startsWith("account/") === true;
}

/** So that the order of the sources means nothing. */
function rankOf({ source, stack }: Entry): string {
  return JSON.stringify([source, stack]);
}
