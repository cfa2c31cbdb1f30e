import { handlingOf } from "../model/handling";
import type { Identity, MultiRegion } from "../model/inventory/types";
import { nameOf, type ResourceRecord } from "../model/record";
import { type Region, regionName, sameRegion } from "../model/region";
import { isKnown, UNKNOWN, type Unknown, type Value } from "../model/value";
import { type Context, createRule, type Reporter } from "./shared/rule";
import { describeIdentity } from "./shared/words";

const NOBODY = "to nobody";

/** `by topic`, `by event-destination and topic`, `by forwarding`, `to nobody`. */
type Way = string | Unknown;

const messages = {
  differs: (name: string, there: [Region, readonly Way[]], here: [Region, readonly Way[]]) =>
    `${name} is handled differently in ${say(there[0])} and ${say(here[0])}: there ${ways(there[1])}, here ${ways(here[1])}.`,
  differsUnknown: (name: string, one: Region, other: Region) =>
    `Whether ${name} is handled differently in ${say(one)} and ${say(other)} is not known.`,
  endpointRegionUnknown: (identity: string) =>
    `A multi-Region endpoint also sends for ${identity} from a Region that is not known.`,
  missingThere: (identity: string, region: string) =>
    `A multi-Region endpoint also sends for ${identity} from ${region}, where the identity is not in view.`,
  perhapsMissingThere: (identity: string, region: string) =>
    `A multi-Region endpoint also sends for ${identity} from ${region}, where the identity is not in view as far as the Regions and names are known.`,
  nameUnknown: (resource: string) =>
    `The name of identity ${resource} is not known, so it cannot be compared with those of other Regions.`,
};

function say(region: Region): string {
  return regionName(region) ?? "a Region that is not known";
}

function ways([bounces, complaints]: readonly Way[]): string {
  if (bounces === complaints) return `bounces and complaints ${String(bounces)}`;
  const known = (what: string, way: Way | undefined) => (typeof way === "string" ? [`${what} ${way}`] : []);
  return [...known("bounces", bounces), ...known("complaints", complaints)].join(", ");
}

export const regionalDifference = createRule({
  id: "regional-difference",
  level: "advisory",
  severity: "medium",
  summary: "One identity name in several Regions, handled differently.",
  why: "Settings belong to one identity in one Region; nothing is global. Mail that fails over to another Region bounces there, where perhaps nobody listens.",
  facts: ["F2"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Declare the same channels in every Region that may send, or remove the identity from Regions that do not.",
  messages,
  check(context, report) {
    const { inventory } = context;
    const seen = new Set<string>();
    for (const { label, nameKnown } of inventory.identities) {
      if (!nameKnown || seen.has(label)) continue;
      seen.add(label);
      const namesakes = inventory
        .named(label)
        .filter((one) => one.judged)
        .sort((a, b) => (a.region < b.region ? -1 : 1));
      // Where it is handled is how it was meant: the other Regions are compared with that one.
      const best = namesakes.find((one) => waysOf(context, one).every(isHandled)) ?? namesakes[0];
      for (const other of namesakes) if (best && other !== best) compare(context, report, best, other);
    }
    // Endpoints of the same Regions ask the same of every identity.
    const asked = new Set<string>();
    for (const endpoint of inventory.multiRegionEndpoints) {
      const key = [endpoint.region, ...endpoint.secondary.map((one) => (isKnown(one) ? one : "?"))].join();
      if (endpoint.resource.external || asked.has(key)) continue;
      asked.add(key);
      checkEndpoint(context, report, endpoint);
    }
    checkUnnamed(context, report);
  },
});

function compare(context: Context, report: Reporter, first: Identity, other: Identity): void {
  const isOneRegion = sameRegion(first.region, other.region);
  if (isOneRegion === true) return;
  const [a, b] = [waysOf(context, first), waysOf(context, other)];
  const differs = a.some((way, index) => way !== UNKNOWN && b[index] !== UNKNOWN && way !== b[index]);
  if (differs && isOneRegion === false) {
    const message = messages.differs(first.label, [first.region, a], [other.region, b]);
    report.violation({ identity: other }, message, { absence: "anywhere" });
  } else if (differs || [...a, ...b].includes(UNKNOWN)) {
    const pending = isOneRegion === false && [first, other].every((one) => waitsForDeployment(context, one));
    report.unverified({ identity: other }, messages.differsUnknown(first.label, first.region, other.region), {
      pending,
    });
  }
}

function waitsForDeployment({ flow }: Context, identity: Identity): boolean {
  const { doubts } = flow(identity);
  return [...doubts.bounce, ...doubts.complaint].every(({ pending }) => pending);
}

/** How bounces and complaints leave, without the targets: those are regional anyway. */
function waysOf({ flow, config }: Context, identity: Identity): Way[] {
  const flows = flow(identity);
  return (["bounce", "complaint"] as const).map((type) => {
    const { verdict } = handlingOf(flows, type, config.emailForwarding);
    if (
      verdict === "unknown" ||
      flows.doubts[type].length > 0 ||
      flows.channels[type].some(({ isCertain }) => !isCertain)
    )
      return UNKNOWN;
    if (verdict === "unhandled") return NOBODY;
    const channels = new Set<string>(flows.channels[type].map(({ via }) => via));
    if (channels.size === 0) channels.add("forwarding");
    return `by ${[...channels].sort().join(" and ")}`;
  });
}

function isHandled(way: Way): boolean {
  return way !== UNKNOWN && way !== NOBODY;
}

/** A multi-Region endpoint sends from its secondary Regions too. */
function checkEndpoint({ inventory }: Context, report: Reporter, { resource, region, secondary }: MultiRegion): void {
  const unnamed = new Set(inventory.identities.filter((one) => !one.nameKnown).map((one) => one.region));
  const senders = inventory.identities.filter((one) => one.nameKnown && one.judged);
  for (const identity of senders) {
    const sends = sameRegion(identity.region, region);
    for (const other of sends === false ? [] : secondary) {
      const isThere = isKnown(other) ? isIn(inventory.named(identity.label), other, unnamed) : UNKNOWN;
      if (isThere === true) continue;
      reportMissing(report, { identity, resource }, other, isThere === false && sends === true);
    }
  }
}

function reportMissing(
  report: Reporter,
  about: { identity: Identity; resource: ResourceRecord },
  region: Value<string>,
  isCertain: boolean,
): void {
  const name = describeIdentity(about.identity);
  if (!isKnown(region)) report.unverified(about, messages.endpointRegionUnknown(name));
  else if (isCertain) report.violation(about, messages.missingThere(name, region), { absence: "anywhere" });
  else report.unverified(about, messages.perhapsMissingThere(name, region));
}

/** Whether one of the identities is in the Region; an unnamed one that may be there may be one of them. */
function isIn(identities: readonly Identity[], region: Region, unnamed: Iterable<Region>): boolean | Unknown {
  const answers = identities.map((one) => sameRegion(one.region, region));
  if (answers.includes(true)) return true;
  const isOpen = answers.includes(UNKNOWN) || [...unnamed].some((one) => sameRegion(one, region) !== false);
  return isOpen ? UNKNOWN : false;
}

/** An identity whose name is not known may be the same as one of another Region. */
function checkUnnamed({ inventory }: Context, report: Reporter): void {
  const managed = inventory.judged;
  const several = new Set(managed.map(({ region }) => region)).size > 1 || inventory.multiRegionEndpoints.length > 0;
  if (!several) return;
  for (const identity of managed) {
    if (identity.nameKnown) continue;
    const pending = identity.namePending;
    report.unverified({ identity }, messages.nameUnknown(nameOf(identity.label)), { pending });
  }
}
