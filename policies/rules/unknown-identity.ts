import { nameOf } from "../model/record";
import { regionName } from "../model/region";
import { isKnown } from "../model/value";
import { createRule } from "./shared/rule";
import { withRegion } from "./shared/words";

export const unknownIdentity = createRule({
  id: "unknown-identity",
  level: "advisory",
  severity: "medium",
  summary: "A notification or feedback setting for an identity that is not in view.",
  why: "The setting may be for a name with a typing error, for another Region or for an identity that somebody deletes tomorrow; then nobody listens to the identity that was meant.",
  facts: ["F2"],
  source: "Amazon SES API Reference, SetIdentityNotificationTopic",
  fix: "Refer to the identity's resource instead of its name, give the stack that declares it too, or name it under externalIdentities.",
  messages: {
    notInView: (setting: string, identity: string, elsewhere: readonly string[]) => {
      const hint = elsewhere.length > 0 ? `; it is declared in ${elsewhere.join(", ")}` : "";
      return `${setting} is a setting for ${identity}, which is not in view${hint}.`;
    },
    ownerUnknown: (setting: string, identity = "an identity that is not known") =>
      `${setting} is a setting for ${identity}: it cannot be told which one it belongs to.`,
  },
  check({ inventory }, report, messages) {
    for (const { identity, identityName, region, resource } of [
      ...inventory.notifications,
      ...inventory.forwardingSettings,
    ]) {
      const setting = nameOf(resource.urn);
      if (identity.kind === "outside") {
        const regions = inventory.named(identity.value).map((one) => regionName(one.region) ?? "another Region");
        const message = messages.notInView(setting, withRegion(identity.value, region), [...new Set(regions)]);
        report.violation({ identity: identity.value, region, resource }, message, { absence: "anywhere" });
      } else if (identity.kind === "unknown") {
        const label = isKnown(identityName) ? identityName : undefined;
        const message = messages.ownerUnknown(setting, label === undefined ? undefined : withRegion(label, region));
        report.unverified({ identity: label, region, resource }, message, { pending: identity.pending });
      }
    }
  },
});
