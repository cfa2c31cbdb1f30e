import { checkHandling, handlingMessages } from "./shared/handling";
import { createRule } from "./shared/rule";

export const complaintHandling = createRule({
  id: "complaint-handling",
  level: "mandatory",
  severity: "critical",
  summary: "An identity whose complaints nobody receives.",
  why: "A complaint is a recipient who pressed the spam button. AWS reviews an account at one complaint in a thousand mails; who does not listen keeps mailing the people who complain.",
  facts: ["F4", "F6"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Send complaints to an SNS topic or an event destination that somebody reads, or declare feedback forwarding; an identity that never sends, or a recipient verified for the sandbox, belongs under exceptions.",
  messages: handlingMessages("complaint"),
  check: (context, report, messages) => checkHandling(context, report, messages, "complaint"),
});
