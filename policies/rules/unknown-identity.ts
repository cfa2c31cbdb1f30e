import { placed } from "../model/flow";
import { regionName } from "../model/links";
import { nameOf } from "../model/resource";
import { isKnown } from "../model/value";
import { createRule } from "./rule";

export const unknownIdentity = createRule({
  id: "unknown-identity",
  level: "advisory",
  severity: "medium",
  summary: "A notification or feedback setting for an identity that is not in view.",
  why: "The setting may be for a name with a typing error, for another Region or for an identity that somebody deletes tomorrow; then nobody listens to the identity that was meant.",
  source: "F2: Amazon SES API Reference, SetIdentityNotificationTopic",
  fix: "Refer to the identity's resource instead of its name, give the stack that declares it too, or name it under externalIdentities.",
  check({ inventory }, report) {
    for (const { identity, identityName, region, resource } of [
      ...inventory.notifications,
      ...inventory.forwardingSettings,
    ]) {
      const setting = nameOf(resource.urn);
      if (identity.kind === "outside") {
        const elsewhere = inventory.named(identity.value).map((one) => regionName(one.region) ?? "another Region");
        const hint = elsewhere.length > 0 ? `; it is declared in ${[...new Set(elsewhere)].join(", ")}` : "";
        const message = `${setting} is a setting for ${placed(identity.value, region)}, which is not in view${hint}.`;
        report.violation({ identity: identity.value, region, resource }, message, { absence: true });
      } else if (identity.kind === "unknown") {
        const name = isKnown(identityName) ? placed(identityName, region) : "an identity that is not known";
        const about = { identity: isKnown(identityName) ? identityName : undefined, region, resource };
        report.unverified(about, `${setting} is a setting for ${name}: it cannot be told which one it belongs to.`, {
          pending: identity.pending,
        });
      }
    }
  },
});
