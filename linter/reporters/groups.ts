import type { Report, ReportFinding, ReportIdentity } from "../report/shapes";
import { describeChannels, isBlocking, type Mark, markOf, safe } from "./words";

/** What is said about one identity; `identity` is undefined where the findings are about one that is not in view. */
export interface Group {
  /** The identity's name, or null for findings about resources of no identity. */
  name: string | null;
  region: string | null;
  stack: string | null;
  identity: ReportIdentity | undefined;
  findings: ReportFinding[];
}

const RANK: Record<Mark, number> = { error: 0, warning: 1, unverified: 2, waived: 3 };

/**
 * The report by identity, in its order; what fails the run comes first in each group. Every text is safe to print.
 * Findings without an identity come last.
 */
export function groupByIdentity(report: Pick<Report, "identities" | "findings">): Group[] {
  const groups: Group[] = [];
  const byKey = new Map<string, Group>();
  const add = (group: Group) => {
    groups.push(group);
    for (const key of keysOf(group.name, group.region, group.stack)) if (!byKey.has(key)) byKey.set(key, group);
    return group;
  };
  for (const identity of safe(report.identities)) {
    add({ name: identity.identity, region: identity.region, stack: identity.stack, identity, findings: [] });
  }
  const rest: Group = { name: null, region: null, stack: null, identity: undefined, findings: [] };
  for (const finding of safe(report.findings)) {
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
  const rank = (finding: ReportFinding) => (isBlocking(finding) ? -1 : RANK[markOf(finding)]);
  for (const { findings } of groups) findings.sort((a, b) => rank(a) - rank(b));
  return groups;
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
export function describeFeedback({ identity, findings }: Group, type: "bounce" | "complaint"): string {
  const channels = identity?.[type] ?? [];
  if (channels.length > 0) return describeChannels(channels);
  const isDoubt = ({ rule, verdict }: ReportFinding) => rule === `${type}-handling` && verdict === "unverified";
  return findings.some(isDoubt) ? "not known" : "nobody";
}
