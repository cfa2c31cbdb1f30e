import type { Doubt } from "../../model/flow";
import { possibleTopics } from "../../model/flow";
import { handlingOf } from "../../model/handling";
import { type Shortfall, shortfalls } from "../../model/inventory/ownership";
import type { FeedbackType, Identity } from "../../model/inventory/types";
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
  const competing: Identity[] = [];
  for (const identity of inventory.judged) {
    const flows = flow(identity);
    const handling = handlingOf(flows, type, config.emailForwarding);
    const name = describeIdentity(identity);
    if (handling.verdict === "unhandled") {
      const fix = FIXES[handling.reason.kind];
      const details: Details = { absence: true, cause: handling.reason.kind, ...(fix !== undefined && { fix }) };
      report.violation({ identity }, messages.notReceived(name, handling.reason), details);
    } else if (handling.verdict === "unknown") {
      sayUnknown(identity, handling.doubt);
      if (handlingOf(flows, type, config.emailForwarding, false).verdict === "unhandled") competing.push(identity);
    }
    for (const { sure, target, topic, resource, pending } of flows.channels[type]) {
      if (!sure || target !== UNKNOWN || topic) continue;
      report.unverified({ identity, resource }, messages.destinationUnknown(name), { pending });
    }
  }
  for (const group of shortfalls(competing, (identity) => possibleCarriers(identity, type))) sayShortfall(group);

  function sayUnknown(identity: Identity, { reason, pending }: Doubt): void {
    report.unverified({ identity }, messages.receivedUnknown(describeIdentity(identity), reason), { pending });
  }

  function sayShortfall({ owners, atLeast }: Shortfall<Identity>): void {
    const [first] = owners;
    const about = { resource: first?.resource, region: first?.region };
    const message = messages.tooFewSettings(atLeast, owners.map(describeIdentity).sort());
    report.violation(about, message, { absence: true, cause: "too-few-settings" });
  }
}

/** Settings for an identity that is not known, any of which would let somebody receive the type. */
function possibleCarriers(identity: Identity, type: FeedbackType): readonly unknown[] {
  const topics = possibleTopics(identity, type);
  const forwarding = identity.possibleForwarding.matching("on", ({ on }) => on !== false);
  return forwarding.length === 0 ? topics : [...topics, ...forwarding];
}
