import { handlingOf, placed } from "../model/flow";
import type { Identity } from "../model/inventory";
import { regionName } from "../model/links";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { type Context, createRule, type Reporter } from "./rule";

const NOBODY = "that nobody receives";

export const regionalDifference = createRule({
  id: "regional-difference",
  level: "advisory",
  severity: "medium",
  summary: "One identity name in several Regions, handled differently.",
  why: "Settings belong to one identity in one Region; nothing is global. Mail that fails over to another Region bounces there, where perhaps nobody listens.",
  source: "F2: Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Declare the same channels in every Region that may send, or remove the identity from Regions that do not.",
  check(context, report) {
    const { inventory } = context;
    const seen = new Set<string>();
    for (const { label, nameKnown } of inventory.identities) {
      if (!nameKnown || seen.has(label)) continue;
      seen.add(label);
      const places = inventory
        .named(label)
        .filter((one) => one.managedBy.length > 0 && regionName(one.region) !== null)
        .sort((a, b) => (a.region < b.region ? -1 : 1));
      // Where it is handled is how it was meant: the other Regions are compared with that one.
      const best = places.find((one) => signature(context, one).every(handled)) ?? places[0];
      for (const other of places) if (best && other !== best) compare(context, report, best, other);
    }
    checkEndpoints(context, report);
  },
});

function compare(context: Context, report: Reporter, first: Identity, other: Identity): void {
  if (first.region === other.region) return;
  const [a, b] = [signature(context, first), signature(context, other)];
  const here = `${first.label} is handled differently in ${regionName(first.region)} and ${regionName(other.region)}`;
  const differs = a.some((part, index) => part !== UNKNOWN && b[index] !== UNKNOWN && part !== b[index]);
  if (differs)
    report.violation({ identity: other }, `${here}: there ${describe(a)}, here ${describe(b)}.`, { absence: true });
  else if ([...a, ...b].includes(UNKNOWN)) {
    report.unverified({ identity: other }, `Whether ${here} is not known.`, { pending: true });
  }
}

/** How bounces and complaints leave, without the targets: those are regional anyway. */
function signature({ flow, config }: Context, identity: Identity): (string | Unknown)[] {
  const flows = flow(identity);
  return (["bounce", "complaint"] as const).map((type) => {
    const { verdict } = handlingOf(flows, type, config.emailForwarding);
    if (verdict === "unknown" || flows.doubts[type].length > 0 || flows.channels[type].some(({ sure }) => !sure))
      return UNKNOWN;
    if (verdict === "unhandled") return `${type}s ${NOBODY}`;
    const ways = new Set<string>(flows.channels[type].map(({ via }) => via));
    if (ways.size === 0) ways.add("forwarding");
    return `${type}s by ${[...ways].sort().join(" and ")}`;
  });
}

function handled(part: string | Unknown): boolean {
  return part !== UNKNOWN && !part.endsWith(NOBODY);
}

function describe(parts: readonly (string | Unknown)[]): string {
  return parts.filter((part): part is string => part !== UNKNOWN).join(", ");
}

/** A multi-Region endpoint sends from its secondary Regions too. */
function checkEndpoints({ inventory }: Context, report: Reporter): void {
  for (const { resource, region, secondary } of inventory.multiRegionEndpoints) {
    for (const identity of inventory.identities) {
      if (identity.region !== region || identity.managedBy.length === 0 || !identity.nameKnown) continue;
      for (const other of secondary) {
        const here = placed(identity.label, region);
        if (!isKnown(other)) {
          report.unverified(
            { identity, resource },
            `A multi-Region endpoint also sends for ${here} from a Region that is not known.`,
          );
        } else if (!inventory.findIdentity(identity.label, other)) {
          const message = `A multi-Region endpoint also sends for ${here} from ${other}, where the identity is not in view.`;
          report.violation({ identity, resource }, message, { absence: true });
        }
      }
    }
  }
}
