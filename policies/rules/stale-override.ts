import { push } from "../model/collections";
import { normaliseIdentity } from "../model/identity";
import { concerns, type Shadow } from "../model/shadows";
import { type About, type Context, createRule, type Reporter } from "./shared/rule";
import { withRegion } from "./shared/words";

const messages = {
  overrideExpired: (identity: string, day: string | undefined) =>
    `The intended override for ${identity} expired on ${day}.`,
  overrideUseless: (identity: string) =>
    `The intended override for ${identity} excuses nothing: it does not differ from a domain in view.`,
  exceptionExpired: (rule: string, identity: string, day: string | undefined) =>
    `The exception from ${rule} for ${identity} expired on ${day}.`,
  exceptionUseless: (rule: string, identity: string) => `The exception from ${rule} for ${identity} matches nothing.`,
};

export const staleOverride = createRule({
  id: "stale-override",
  level: "advisory",
  severity: "low",
  summary: "An intended override or exception that is expired or matches nothing.",
  why: "A decision that no longer applies hides the next real finding behind the same words.",
  facts: ["F3"],
  source: "Amazon SES Developer Guide, Monitoring Using Amazon SES Notifications",
  fix: "Remove it, or renew it with a reason that holds today.",
  judgesConfiguration: true,
  messages,
  check(context, report) {
    // What has no known name may be what an override or exception means.
    const isOpen = context.inventory.identities.some((one) => !one.nameKnown);
    const tell = isOpen ? report.unverified.bind(report) : report.violation.bind(report);
    checkOverrides(context, report, tell);
    checkExceptions(context, report, tell);
  },
});

type Tell = Reporter["violation"];

function checkOverrides({ inventory, isExpired, shadows }: Context, report: Reporter, tell: Tell): void {
  const shadowsOf = new Map<string, Shadow[]>();
  for (const shadow of shadows) push(shadowsOf, shadow.identity.label, shadow);
  for (const override of inventory.overrides) {
    const { identity, region, expires, resource, entry } = override;
    const about = { identity, region, resource, entry };
    const name = region === undefined ? identity : withRegion(identity, region);
    if (isExpired(expires)) report.violation(about, messages.overrideExpired(name, expires));
    else if (!shadowsOf.get(identity)?.some((shadow) => concerns(override, shadow.identity))) {
      tell(about, messages.overrideUseless(name), { absence: "anywhere" });
    }
  }
}

function checkExceptions({ config, isExpired, usedExceptions }: Context, report: Reporter, tell: Tell): void {
  for (const [index, exception] of config.exceptions.entries()) {
    const { rule, expires } = exception;
    const { name: identity } = normaliseIdentity(exception.identity);
    const about: About = { identity, entry: ["exceptions", index] };
    if (isExpired(expires))
      report.violation(about, messages.exceptionExpired(rule, identity, expires), { cause: rule });
    else if (!usedExceptions.has(exception)) {
      tell(about, messages.exceptionUseless(rule, identity), { absence: "anywhere", cause: rule });
    }
  }
}
