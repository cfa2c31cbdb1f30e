import { handlingOf, placeOf } from "../model/flow";
import type { FeedbackType } from "../model/inventory";
import { UNKNOWN } from "../model/value";
import type { Context, Reporter } from "./rule";

/** The check of both handling rules. */
export function checkHandling({ inventory, config, flow }: Context, report: Reporter, type: FeedbackType): void {
  for (const identity of inventory.identities) {
    if (identity.managedBy.length === 0) continue;
    const flows = flow(identity);
    const handling = handlingOf(flows, type, config.emailForwarding);
    const here = placeOf(identity);
    if (handling.verdict === "unhandled") {
      report.violation({ identity }, `Nobody receives the ${type}s of ${here}: ${handling.reason}.`, { absence: true });
    } else if (handling.verdict === "unknown") {
      const { reason, pending } = handling.doubt;
      report.unverified({ identity }, `Whether anybody receives the ${type}s of ${here} is not known: ${reason}.`, {
        pending,
      });
    }
    for (const { sure, target, topic, resource, pending } of flows.channels[type]) {
      if (!sure || target !== UNKNOWN || topic) continue;
      const message = `The ${type}s of ${here} go to a destination that is not known, so it cannot be checked.`;
      report.unverified({ identity, resource }, message, { pending });
    }
  }
}
