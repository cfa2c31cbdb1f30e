import type { Report, ReportFinding, ReportIdentity } from "../../report/shapes";
import { type Entry, rankOf, together } from "../entries";
import { type Grouped, groupSafe } from "../groups";
import { compareNames } from "../names";
import { ENDINGS, relationOf, TYPES, waysOf } from "../reception";
import { treesOf } from "../tree";
import { isBlocking, markOf, placeOf } from "../words";
import type { Card, PageData, Row } from "./data";

/** What the page draws, of a report whose texts are safe. */
export function collect(report: Report): PageData {
  const entries = together(report.findings).sort((a, b) => rankOf(a) - rankOf(b) || compareSubjects(a, b));
  const numbers = new Map(entries.map((entry, number) => [entry, number]));
  const about = new Map<string, number[]>();
  for (const { identity, findings } of groupSafe({ identities: report.identities, findings: entries })) {
    if (!identity) continue;
    about.set(
      keyOf(identity),
      findings.flatMap((entry) => numbers.get(entry) ?? []),
    );
  }
  const leaves = treesOf(report.identities).flatMap((plot) => plot.leaves);
  const rows = leaves.map(({ identity, last }) =>
    toRow(identity, last.length, about.get(keyOf(identity)) ?? [], entries),
  );
  return { rows, cards: entries.map(toCard) };
}

function keyOf({ identity, account, region, stack, urn }: Grouped): string {
  return JSON.stringify([identity, account, region, stack, urn]);
}

function compareSubjects(a: ReportFinding, b: ReportFinding): number {
  return compareNames(a.identity, b.identity) || compareNames(a.region, b.region) || compareNames(a.urn, b.urn);
}

function toRow(identity: ReportIdentity, depth: number, findings: number[], entries: readonly Entry[]): Row {
  const { identity: name, kind, account, region, stack, reception } = identity;
  const [worst] = findings.flatMap((number) => entries[number] ?? []);
  const cells = TYPES.map((type) => {
    const { ending } = reception[type];
    return { ending, word: ENDINGS[ending], ways: waysOf(reception[type]) };
  });
  const verdict = worst === undefined ? "passed" : isBlocking(worst) ? "error" : markOf(worst);
  const place = { account: account ?? "", region: region ?? "", stack };
  return { name, kind, ...place, depth, relation: relationOf(identity), cells, verdict, findings };
}

function toCard(entry: Entry): Card {
  const { rules, severity, url, message, remediation, identity, account, region, stack, waived, pending } = entry;
  return {
    ...{ verdict: markOf(entry), blocks: isBlocking(entry), rules: [...rules], severity, url, message },
    ...{ fix: remediation, place: placeOf(entry), name: identity ?? "", account: account ?? "" },
    ...{ region: region ?? "", stack: stack ?? "", waived: waived ?? "", pending: pending === true },
  };
}
