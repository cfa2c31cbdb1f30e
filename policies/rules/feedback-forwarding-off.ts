import { placeOf } from "../model/flow";
import { UNKNOWN } from "../model/value";
import { createRule } from "./rule";

export const feedbackForwardingOff = createRule({
  id: "feedback-forwarding-off",
  level: "mandatory",
  severity: "high",
  summary: "Feedback forwarding is off while bounces or complaints have no other channel.",
  why: "Without forwarding, a topic or an event destination, a bounce or complaint leaves no trace that anybody chose. EmailIdentityFeedbackAttributes without emailForwardingEnabled means off, and so does deleting that resource.",
  source: "F4, F10: Amazon SES Developer Guide, Receiving notifications by email",
  fix: "Set emailForwardingEnabled to true, or give bounces and complaints a topic or an event destination each.",
  check({ inventory, flow }, report) {
    for (const identity of inventory.identities) {
      if (identity.managedBy.length === 0) continue;
      const { forwarding, channels, doubts } = flow(identity);
      if (forwarding.on === true || !forwarding.declared) continue;
      const open = (["bounce", "complaint"] as const).filter((type) => !channels[type].some(({ sure }) => sure));
      if (open.length === 0) continue;
      const here = placeOf(identity);
      const types = open.map((type) => `${type}s`).join(" and ");
      const about = { identity, resource: forwarding.resource };
      if (forwarding.on === UNKNOWN) {
        const message = `Whether feedback forwarding is on for ${here} is not known; ${types} have no other channel.`;
        report.unverified(about, message, { pending: forwarding.pending });
        continue;
      }
      const doubt = open.every((type) => channels[type].length + doubts[type].length > 0);
      const message = `Feedback forwarding is off for ${here}, and ${types} ${doubt ? "may" : "do not"} leave by another channel.`;
      if (doubt)
        report.unverified(about, message, { pending: open.every((type) => doubts[type].some((d) => d.pending)) });
      else report.violation(about, message, { absence: true });
    }
  },
});
