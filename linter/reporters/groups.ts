import type { ReportFinding, ReportIdentity } from "../report/shapes";
import { type Entry, rankOf } from "./entries";
import { compareNames } from "./names";
import { describeChannels, safe } from "./words";

/** What is said about one identity; `identity` is undefined where the findings are about one that is not in view. */
export interface Group<F extends ReportFinding = ReportFinding> {
  /** The identity's name, or null for findings about resources of no identity. */
  name: string | null;
  region: string | null;
  stack: string | null;
  identity: Grouped | undefined;
  findings: F[];
}

/** Without what is followed only where a format shows it. */
export type Grouped = Omit<ReportIdentity, "reception" | "ancestor">;

interface Grouping<F extends ReportFinding> {
  identities: readonly Grouped[];
  findings: readonly F[];
}

/**
 * The report by identity, in its order; what fails the run comes first in each group. Every text is safe to print.
 * Findings without an identity come last.
 */
export function groupByIdentity<F extends ReportFinding>({ identities, findings }: Grouping<F>): Group<F>[] {
  return groupSafe({ identities: safeIdentities(identities), findings: safe(findings) });
}

/** The identities with every text safe to print, and no reception followed for it. */
export function safeIdentities(identities: readonly Grouped[]): Grouped[] {
  return safe(
    identities.map((one) => {
      const { identity, kind, account, region, stack, urn, bounce, complaint, delivery, inheritsFrom, shadows } = one;
      return { identity, kind, account, region, stack, urn, bounce, complaint, delivery, inheritsFrom, shadows };
    }),
  );
}

/** The same of texts that are safe already. */
export function groupSafe<F extends ReportFinding>({ identities, findings }: Grouping<F>): Group<F>[] {
  const groups: Group<F>[] = [];
  const byKey = new Map<string, Group<F>>();
  const add = (group: Group<F>) => {
    groups.push(group);
    for (const key of keysOf(group.name, group.region, group.stack)) if (!byKey.has(key)) byKey.set(key, group);
    return group;
  };
  for (const identity of identities) {
    add({ name: identity.identity, region: identity.region, stack: identity.stack, identity, findings: [] });
  }
  const rest: Group<F> = { name: null, region: null, stack: null, identity: undefined, findings: [] };
  for (const finding of findings) {
    const { identity: name, region, stack } = finding;
    if (name === null) {
      rest.findings.push(finding);
      continue;
    }
    const keys = keysOf(name, region, stack);
    const known = (region === null ? keys : keys.slice(0, 2)).map((key) => byKey.get(key)).find((group) => group);
    const group = known ?? add({ name, region, stack, identity: undefined, findings: [] });
    group.findings.push(finding);
  }
  if (rest.findings.length > 0) groups.push(rest);
  for (const group of groups) group.findings.sort((a, b) => rankOf(a) - rankOf(b));
  return groups;
}

/** The same groups, those with the worst finding first; equally bad ones by name, as people count. */
export function worstFirst<T extends Group>(groups: readonly T[]): T[] {
  const worst = new Map(groups.map((group) => [group, group.findings[0] ? rankOf(group.findings[0]) : Infinity]));
  const rank = (group: T) => worst.get(group) ?? Infinity;
  return [...groups].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    if (left !== right) return left < right ? -1 : 1;
    return compareNames(a.name, b.name) || compareNames(a.region, b.region) || compareNames(a.stack, b.stack);
  });
}

// With and without the stack: an identity declared in several stacks is reported under one of them. What is said of no
// Region (an exception, say) is said under the first. Safe text holds no line break, which therefore separates.
function keysOf(name: string | null, region: string | null, stack: string | null): string[] {
  const place = `${name}\n${region}`;
  return [`${place}\n${stack}`, place, `${name}`];
}

/**
 * `topic ses-bounces, forwarding`: where bounces or complaints of the group's identity go; `nobody`, or `not known`
 * where that is what the finding about it says.
 */
export function describeFeedback(
  { identity, findings }: Pick<Group<ReportFinding & Partial<Entry>>, "identity" | "findings">,
  type: "bounce" | "complaint",
): string {
  const channels = identity?.[type] ?? [];
  if (channels.length > 0) return describeChannels(channels);
  const doubts = findings.filter(({ verdict }) => verdict === "unverified");
  return doubts.some(({ rule, rules = [rule] }) => rules.includes(`${type}-handling`)) ? "not known" : "nobody";
}
