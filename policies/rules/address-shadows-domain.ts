import { createRule } from "./shared/rule";
import { checkShadows, shadowMessages } from "./shared/shadows";

export const addressShadowsDomain = createRule({
  id: "address-shadows-domain",
  level: "mandatory",
  severity: "high",
  summary: "An address verified beside its domain that no longer does what the domain does.",
  why: "A domain's settings reach every address of the domain except those verified separately. Verifying one address quietly takes it out of the domain's bounce and complaint handling.",
  facts: ["F3", "F8"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Remove the address identity (the domain covers it), give it the domain's settings, or declare the difference with a reason.",
  messages: shadowMessages,
  check: (context, report, messages) => checkShadows(context, report, messages, "address"),
});
