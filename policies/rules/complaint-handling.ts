import { checkHandling } from "./handling";
import { createRule } from "./rule";

export const complaintHandling = createRule({
  id: "complaint-handling",
  level: "mandatory",
  severity: "critical",
  summary: "An identity whose complaints nobody receives.",
  why: "A complaint is a recipient who pressed the spam button. AWS reviews an account at one complaint in a thousand mails; who does not listen keeps mailing the people who complain.",
  source: "F4, F6: Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Send complaints to an SNS topic or an event destination that somebody reads, or declare feedback forwarding.",
  check: (context, report) => checkHandling(context, report, "complaint"),
});
