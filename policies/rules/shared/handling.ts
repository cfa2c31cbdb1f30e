import { handlingOf } from "../../model/flow";
import type { FeedbackType } from "../../model/inventory/types";
import type { Reason } from "../../model/reason";
import { UNKNOWN } from "../../model/value";
import { sayReason } from "./reasons";
import type { Context, Reporter } from "./rule";
import { describeIdentity, plural } from "./words";

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
  };
}

/** The check of both handling rules. */
export function checkHandling(
  { inventory, config, flow }: Context,
  report: Reporter,
  messages: ReturnType<typeof handlingMessages>,
  type: FeedbackType,
): void {
  for (const identity of inventory.judged) {
    const flows = flow(identity);
    const handling = handlingOf(flows, type, config.emailForwarding);
    const name = describeIdentity(identity);
    if (handling.verdict === "unhandled") {
      report.violation({ identity }, messages.notReceived(name, handling.reason), { absence: true });
    } else if (handling.verdict === "unknown") {
      const { reason, pending } = handling.doubt;
      report.unverified({ identity }, messages.receivedUnknown(name, reason), { pending });
    }
    for (const { sure, target, topic, resource, pending } of flows.channels[type]) {
      if (!sure || target !== UNKNOWN || topic) continue;
      report.unverified({ identity, resource }, messages.destinationUnknown(name), { pending });
    }
  }
}
