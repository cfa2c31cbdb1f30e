import { type Channel, possibleDestinations, possibleTopics } from "../../model/flow";
import { handlingOf } from "../../model/handling";
import { type Shortfall, shortfalls } from "../../model/inventory/ownership";
import type { ConfigurationSet, FeedbackType, Identity, Inventory } from "../../model/inventory/types";
import type { Reason } from "../../model/reason";
import { UNKNOWN } from "../../model/value";
import { sayReason } from "./reasons";
import type { Context, Details, Reporter } from "./rule";
import { describeIdentity, list, plural } from "./words";

/** The messages of both handling rules. */
export function handlingMessages(type: FeedbackType) {
  const what = plural(type);
  return {
    notReceived: (identity: string, reason: Reason) =>
      `Nobody receives the ${what} of ${identity}: ${sayReason(reason)}.`,
    receivedUnknown: (identity: string, reason: Reason) =>
      `Whether anybody receives the ${what} of ${identity} is not known: ${sayReason(reason)}.`,
    destinationUnknown: (identity: string) =>
      `The ${what} of ${identity} go to a destination that is not known, so it cannot be checked.`,
    tooFewSettings: (atLeast: number, identities: readonly string[]) =>
      `Nobody receives the ${what} of at least ${atLeast} of ${list(identities)}: there are fewer settings for an identity that is not known than identities without one.`,
    tooFewDestinations: (atLeast: number, identities: readonly string[]) =>
      `Nobody receives the ${what} of at least ${atLeast} of ${list(identities)}: there are fewer event destinations of a configuration set that is not known than sets of theirs without one.`,
  };
}

const FIXES: Partial<Record<Reason["kind"], string>> = {
  "set-not-default":
    "Name the set in configurationSetName of the identity, or, where the application names it when it sends, declare it under sendTimeConfigurationSets.",
};

/** The check of both handling rules. */
export function checkHandling(
  { inventory, config, flow }: Context,
  report: Reporter,
  messages: ReturnType<typeof handlingMessages>,
  type: FeedbackType,
): void {
  const undecided: Identity[] = [];
  for (const identity of inventory.judged) {
    const flows = flow(identity);
    const handling = handlingOf(flows, type, config.emailForwarding);
    const name = describeIdentity(identity);
    if (handling.verdict === "unhandled") {
      const fix = FIXES[handling.reason.kind];
      const details: Details = { absence: true, cause: handling.reason.kind, ...(fix !== undefined && { fix }) };
      report.violation({ identity }, messages.notReceived(name, handling.reason), details);
    } else if (handling.verdict === "unknown") {
      const { reason, pending } = handling.doubt;
      report.unverified({ identity }, messages.receivedUnknown(name, reason), { pending });
      if (handlingOf(flows, type, config.emailForwarding, false).verdict === "unhandled") undecided.push(identity);
    }
    for (const { resource, pending } of flows.channels[type].filter(leadsSomewhereUnknown)) {
      report.unverified({ identity, resource }, messages.destinationUnknown(name), { pending });
    }
  }
  const { bySetting, byDestination } = shortOf(inventory, undecided, type);
  const accuse = ({ owners }: Shortfall<Identity>, message: string, cause: string): void =>
    report.violation({ resource: owners[0]?.resource, region: owners[0]?.region }, message, { absence: true, cause });
  for (const group of bySetting)
    accuse(group, messages.tooFewSettings(group.atLeast, namesOf(group)), "too-few-settings");
  for (const group of byDestination)
    accuse(group, messages.tooFewDestinations(group.atLeast, namesOf(group)), "too-few-destinations");
}

function namesOf({ owners }: Shortfall<Identity>): string[] {
  return owners.map(describeIdentity).sort();
}

function leadsSomewhereUnknown({ isCertain, target, topic }: Channel): boolean {
  return isCertain && target === UNKNOWN && !topic;
}

/** Groups of identities that compete for fewer settings, or event destinations, of unknown owner than they are. */
function shortOf(
  inventory: Inventory,
  undecided: readonly Identity[],
  type: FeedbackType,
): Record<"bySetting" | "byDestination", Shortfall<Identity>[]> {
  const byCarriers = undecided.map((identity) => {
    const sets = inventory.senderSets(identity);
    const destinations = sets.flatMap((set) => possibleDestinations(set, type));
    return { identity, settings: possibleCarriers(identity, type), sets, destinations };
  });
  const alone = byCarriers.filter(({ destinations }) => destinations.length === 0);
  // A destination belongs to a set, which may serve several identities: there the sets compete, one identity each.
  const bySet = new Map<ConfigurationSet, Identity>();
  for (const { identity, settings, sets, destinations } of byCarriers) {
    const [set] = sets;
    if (set && sets.length === 1 && settings.length === 0 && destinations.length > 0) bySet.set(set, identity);
  }
  const bySetting = shortfalls(
    alone.map(({ identity }) => identity),
    (identity) => possibleCarriers(identity, type),
  );
  const sets = shortfalls([...bySet.keys()], (set) => possibleDestinations(set, type));
  const byDestination = sets.map(({ owners, atLeast }) => ({
    owners: owners.flatMap((set) => bySet.get(set) ?? []),
    atLeast,
  }));
  return { bySetting, byDestination };
}

/** Settings for an identity that is not known, any of which would let somebody receive the type. */
function possibleCarriers(identity: Identity, type: FeedbackType): readonly unknown[] {
  const topics = possibleTopics(identity, type);
  const forwarding = identity.possibleForwarding.matching("on", ({ on }) => on !== false);
  return forwarding.length === 0 ? topics : [...topics, ...forwarding];
}
