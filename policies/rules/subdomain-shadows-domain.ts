import { createRule } from "./rule";
import { checkShadows } from "./shadow";

export const subdomainShadowsDomain = createRule({
  id: "subdomain-shadows-domain",
  level: "advisory",
  severity: "medium",
  summary: "A subdomain verified beside its parent domain that no longer does what the parent does.",
  why: "The most specific verified identity wins. A verified subdomain has settings of its own, and changing the parent's changes nothing for it.",
  source: "F3, F8: Amazon SES Developer Guide, Creating and verifying identities",
  fix: "Remove the subdomain identity (the parent covers it), give it the parent's settings, or declare the difference with a reason.",
  check: (context, report) => checkShadows(context, report, "domain"),
});
