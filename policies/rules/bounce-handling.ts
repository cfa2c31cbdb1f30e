import { checkHandling, handlingMessages } from "./shared/handling";
import { createRule } from "./shared/rule";

export const bounceHandling = createRule({
  id: "bounce-handling",
  level: "mandatory",
  severity: "critical",
  summary: "An identity whose bounces nobody receives.",
  why: "A sender who keeps mailing addresses that do not exist has its account put under review and then paused. SES tells about every bounce, but only somebody who listens can take the address off the list.",
  facts: ["F4", "F6"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Send bounces to an SNS topic or an event destination that somebody reads, or declare feedback forwarding; an identity that never sends, or a recipient verified for the sandbox, belongs under exceptions.",
  messages: handlingMessages("bounce"),
  check: (context, report, messages) => checkHandling(context, report, messages, "bounce"),
});
