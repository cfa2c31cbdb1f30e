import { createRule } from "./shared/rule";
import { checkShadows, shadowMessages } from "./shared/shadows";

export const subdomainShadowsDomain = createRule({
  id: "subdomain-shadows-domain",
  level: "advisory",
  severity: "medium",
  summary: "A subdomain verified beside its parent domain that no longer does what the parent does.",
  why: "The most specific verified identity wins. A verified subdomain has settings of its own, and changing the parent's changes nothing for it.",
  facts: ["F3", "F8"],
  source: "Amazon SES Developer Guide, Creating and verifying identities",
  fix: "Remove the subdomain identity (the parent covers it), give it the parent's settings, or declare the difference with a reason.",
  messages: shadowMessages,
  check: (context, report, messages) => checkShadows(context, report, messages, "domain"),
});
