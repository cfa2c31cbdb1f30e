import { handlingOf, isPendingName, placed } from "../model/flow";
import type { Identity } from "../model/inventory";
import { regionName, sameRegion } from "../model/links";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { type Context, createRule, type Reporter } from "./rule";

const NOBODY = "to nobody";

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
        .filter((one) => one.managedBy.length > 0)
        .sort((a, b) => (a.region < b.region ? -1 : 1));
      // Where it is handled is how it was meant: the other Regions are compared with that one.
      const best = places.find((one) => signature(context, one).every(handled)) ?? places[0];
      for (const other of places) if (best && other !== best) compare(context, report, best, other);
    }
    checkEndpoints(context, report);
    checkUnnamed(context, report);
  },
});

function compare(context: Context, report: Reporter, first: Identity, other: Identity): void {
  const elsewhere = sameRegion(first.region, other.region);
  if (elsewhere === true) return;
  const [a, b] = [signature(context, first), signature(context, other)];
  const name = ({ region }: Identity): string => regionName(region) ?? "a Region that is not known";
  const here = `${first.label} is handled differently in ${name(first)} and ${name(other)}`;
  const differs = a.some((part, index) => part !== UNKNOWN && b[index] !== UNKNOWN && part !== b[index]);
  if (differs && elsewhere === false)
    report.violation({ identity: other }, `${here}: there ${describe(a)}, here ${describe(b)}.`, { absence: true });
  else if (differs || [...a, ...b].includes(UNKNOWN)) {
    const pending = [first, other].every((one) =>
      (["bounce", "complaint"] as const).every((type) =>
        context.flow(one).doubts[type].every((doubt) => doubt.pending),
      ),
    );
    report.unverified({ identity: other }, `Whether ${here} is not known.`, {
      pending: elsewhere === false && pending,
    });
  }
}

/** How bounces and complaints leave, without the targets: those are regional anyway. */
function signature({ flow, config }: Context, identity: Identity): (string | Unknown)[] {
  const flows = flow(identity);
  return (["bounce", "complaint"] as const).map((type) => {
    const { verdict } = handlingOf(flows, type, config.emailForwarding);
    if (verdict === "unknown" || flows.doubts[type].length > 0 || flows.channels[type].some(({ sure }) => !sure))
      return UNKNOWN;
    if (verdict === "unhandled") return NOBODY;
    const ways = new Set<string>(flows.channels[type].map(({ via }) => via));
    if (ways.size === 0) ways.add("forwarding");
    return `by ${[...ways].sort().join(" and ")}`;
  });
}

function handled(part: string | Unknown): boolean {
  return part !== UNKNOWN && part !== NOBODY;
}

function describe([bounces, complaints]: readonly (string | Unknown)[]): string {
  if (bounces === complaints) return `bounces and complaints ${String(bounces)}`;
  const known = (what: string, part: string | Unknown | undefined) =>
    typeof part === "string" ? [`${what} ${part}`] : [];
  return [...known("bounces", bounces), ...known("complaints", complaints)].join(", ");
}

/** A multi-Region endpoint sends from its secondary Regions too. */
function checkEndpoints({ inventory }: Context, report: Reporter): void {
  const unnamed = new Set(inventory.identities.filter((one) => !one.nameKnown).map(({ region }) => region));
  for (const { resource, region, secondary } of inventory.multiRegionEndpoints) {
    if (resource.external) continue;
    for (const identity of inventory.identities) {
      const own = sameRegion(identity.region, region);
      if (own === false || identity.managedBy.length === 0 || !identity.nameKnown) continue;
      for (const other of secondary) {
        const here = `A multi-Region endpoint also sends for ${placed(identity.label, identity.region)}`;
        if (!isKnown(other)) {
          report.unverified({ identity, resource }, `${here} from a Region that is not known.`);
          continue;
        }
        const same = inventory.named(identity.label).map((one) => sameRegion(one.region, other));
        if (!same.includes(true)) {
          const message = `${here} from ${other}, where the identity is not in view`;
          const doubt =
            own === UNKNOWN || same.includes(UNKNOWN) || [...unnamed].some((one) => sameRegion(one, other) !== false);
          if (doubt) report.unverified({ identity, resource }, `${message} as far as the Regions and names are known.`);
          else report.violation({ identity, resource }, `${message}.`, { absence: true });
        }
      }
    }
  }
}

/** An identity whose name is not known may be the same as one of another Region. */
function checkUnnamed({ inventory }: Context, report: Reporter): void {
  const managed = inventory.identities.filter((one) => one.managedBy.length > 0);
  const several = new Set(managed.map(({ region }) => region)).size > 1 || inventory.multiRegionEndpoints.length > 0;
  if (!several) return;
  for (const identity of managed) {
    if (identity.nameKnown) continue;
    const message = `The name of identity ${nameOf(identity.label)} is not known, so it cannot be compared with those of other Regions.`;
    report.unverified({ identity }, message, { pending: isPendingName(inventory, identity) });
  }
}
