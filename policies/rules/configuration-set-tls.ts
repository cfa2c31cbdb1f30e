import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";

export const configurationSetTls = createRule({
  id: "configuration-set-tls",
  level: "advisory",
  severity: "low",
  summary: "A configuration set that may deliver without TLS.",
  why: "Unless the set requires TLS, SES hands a mail over in plain text to a server that offers no encryption, or that somebody on the way made look so.",
  facts: ["F9"],
  source: "Amazon SES Developer Guide, Amazon SES and security protocols; API Reference v2, DeliveryOptions",
  fix: "Set deliveryOptions.tlsPolicy of the configuration set: Require on aws.ses.ConfigurationSet, REQUIRE on aws.sesv2.ConfigurationSet and aws-native.ses.ConfigurationSet.",
  messages: {
    optional: (set: string) => `Configuration set ${set} may deliver mail without TLS.`,
    notKnown: (set: string) => `Whether configuration set ${set} may deliver mail without TLS is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const { resource, name, region, tlsPolicy } of inventory.configurationSets) {
      if (!resource || resource.external) continue;
      if (isKnown(tlsPolicy) && tlsPolicy.toUpperCase() === "REQUIRE") continue;
      const set = isKnown(name) ? name : nameOf(resource.urn);
      if (tlsPolicy === UNKNOWN) report.unverified({ resource, region }, messages.notKnown(set));
      else report.violation({ resource, region }, messages.optional(set));
    }
  },
});
