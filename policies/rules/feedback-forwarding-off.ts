import { handlingOf } from "../model/handling";
import type { FeedbackType } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { describeIdentity, plurals } from "./shared/words";

const TYPES = ["bounce", "complaint"] as const;

export const feedbackForwardingOff = createRule({
  id: "feedback-forwarding-off",
  level: "mandatory",
  severity: "high",
  summary: "Feedback forwarding is off while bounces or complaints have no other channel.",
  why: "Without forwarding, a topic or an event destination, a bounce or complaint leaves no trace that anybody chose. EmailIdentityFeedbackAttributes without emailForwardingEnabled means off, and so does deleting that resource.",
  facts: ["F4", "F10"],
  source: "Amazon SES Developer Guide, Receiving notifications by email",
  fix: "Set emailForwardingEnabled to true, or give bounces and complaints a topic or an event destination each.",
  messages: {
    off: (identity: string, types: readonly FeedbackType[]) =>
      `Feedback forwarding is off for ${identity}, and ${plurals(types)} do not leave by another channel.`,
    offPerhapsCarried: (identity: string, types: readonly FeedbackType[]) =>
      `Feedback forwarding is off for ${identity}, and ${plurals(types)} may leave by another channel.`,
    notKnown: (identity: string, types: readonly FeedbackType[]) =>
      `Whether feedback forwarding is on for ${identity} is not known; ${plurals(types)} have no other channel.`,
  },
  check({ inventory, flow }, report, messages) {
    for (const identity of inventory.judged) {
      const flows = flow(identity);
      const { forwarding, doubts } = flows;
      if (forwarding.on === true || !forwarding.declared) continue;
      // By what carries the type beside forwarding, on every path.
      const verdicts = TYPES.map((type) => [type, handlingOf(flows, type, "reject").verdict] as const);
      const open = verdicts.filter(([, verdict]) => verdict !== "handled").map(([type]) => type);
      if (open.length === 0) continue;
      const name = describeIdentity(identity);
      const about = { identity, resource: forwarding.resource };
      if (forwarding.on === UNKNOWN) {
        report.unverified(about, messages.notKnown(name, open), { pending: forwarding.pending });
      } else if (verdicts.some(([, verdict]) => verdict === "unhandled")) {
        report.violation(about, messages.off(name, open), { absence: "of-identity" });
      } else {
        const pending = open.every((type) => doubts[type].some((doubt) => doubt.pending));
        report.unverified(about, messages.offPerhapsCarried(name, open), { pending });
      }
    }
  },
});
