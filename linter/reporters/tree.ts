import type { ReportIdentity } from "../report/shapes";
import { compareNames } from "./names";

/** An identity at its place in the tree of names: an address below its domain, a subdomain below its domain. */
export interface Leaf<T extends ReportIdentity = ReportIdentity> {
  identity: T;
  /** For it and each one above it but the first: whether it is the last below its own. Its length is the depth. */
  last: boolean[];
}

/** The identities of one account and Region. */
export interface Plot<T extends ReportIdentity = ReportIdentity> {
  account: string | null;
  region: string | null;
  /** Names as people count, each above what is below it. */
  leaves: Leaf<T>[];
}

/** The identities as trees of names, one for each account and Region, because settings are of one. */
export function treesOf<T extends ReportIdentity>(identities: readonly T[]): Plot<T>[] {
  const plots = new Map<string, T[]>();
  for (const identity of identities) {
    const key = `${identity.account}\n${identity.region}`;
    const known = plots.get(key);
    if (known) known.push(identity);
    else plots.set(key, [identity]);
  }
  return [...plots.values()].map(toPlot).sort(comparePlots);
}

function comparePlots(a: Plot, b: Plot): number {
  return compareNames(a.account, b.account) || compareNames(a.region, b.region);
}

function toPlot<T extends ReportIdentity>(identities: readonly T[]): Plot<T> {
  const names = new Set(identities.map(({ identity }) => identity));
  const below = new Map<string | null, T[]>();
  for (const one of identities) {
    const ancestor = one.ancestor?.identity ?? null;
    // Every ancestor's name is shorter; whatever says otherwise stands at the top, where it can't get lost.
    const isBelow = ancestor !== null && names.has(ancestor) && ancestor.length < one.identity.length;
    const above = isBelow ? ancestor : null;
    const known = below.get(above);
    if (known) known.push(one);
    else below.set(above, [one]);
  }
  const leaves: Leaf<T>[] = [];
  const visit = (above: string | null, lasts: boolean[], isTop: boolean): void => {
    const children = (below.get(above) ?? []).sort(compareIdentities);
    // What several resources or stacks declare under one name has its names below it once.
    below.delete(above);
    for (const [index, identity] of children.entries()) {
      const last = isTop ? [] : [...lasts, index === children.length - 1];
      leaves.push({ identity, last });
      visit(identity.identity, last, false);
    }
  };
  visit(null, [], true);
  return { account: identities[0]?.account ?? null, region: identities[0]?.region ?? null, leaves };
}

function compareIdentities(a: ReportIdentity, b: ReportIdentity): number {
  return compareNames(a.identity, b.identity) || compareNames(a.stack, b.stack) || compareNames(a.urn, b.urn);
}

/** `├─ `, with what continues above it: how text draws a leaf's place. */
export function branch({ last }: Pick<Leaf, "last">): string {
  const above = last.slice(0, -1).map((isLast) => (isLast ? "   " : "│  "));
  return last.length === 0 ? "" : `${above.join("")}${last.at(-1) ? "└─ " : "├─ "}`;
}
