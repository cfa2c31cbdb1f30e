import { isExpired } from "../config";
import { placed } from "../model/flow";
import { normaliseIdentity } from "../model/identity";
import { createRule } from "./rule";
import { concerns, type Shadow } from "./shadow";

export const staleOverride = createRule({
  id: "stale-override",
  level: "advisory",
  severity: "low",
  summary: "An intended override or exception that is expired or matches nothing.",
  why: "A decision that no longer applies hides the next real finding behind the same words.",
  source: "F3: Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Remove it, or renew it with a reason that holds today.",
  check({ inventory, config, today, shadows, usedExceptions }, report) {
    const shadowing = new Map<string, Shadow[]>();
    for (const { identity } of shadows) shadowing.set(identity.label, []);
    for (const one of shadows) shadowing.get(one.identity.label)?.push(one);
    // What has no known name may be what an override or exception means.
    const unnamed = inventory.identities.some((one) => !one.nameKnown);
    const tell = unnamed ? report.unverified.bind(report) : report.violation.bind(report);
    for (const override of inventory.overrides) {
      const { identity, region, expires, resource } = override;
      const about = { identity, region, resource };
      const here = region === undefined ? identity : placed(identity, region);
      if (isExpired(expires, today))
        report.violation(about, `The intended override for ${here} expired on ${expires}.`);
      else if (!shadowing.get(identity)?.some((shadow) => concerns(override, shadow.identity))) {
        tell(about, `The intended override for ${here} excuses nothing: it does not differ from a domain in view.`, {
          absence: true,
        });
      }
    }
    for (const exception of config.exceptions) {
      const { rule, expires } = exception;
      const { name: identity } = normaliseIdentity(exception.identity);
      const about = { identity };
      if (isExpired(expires, today))
        report.violation(about, `The exception from ${rule} for ${identity} expired on ${expires}.`);
      else if (!usedExceptions.has(exception)) {
        tell(about, `The exception from ${rule} for ${identity} matches nothing.`, { absence: true });
      }
    }
  },
});
