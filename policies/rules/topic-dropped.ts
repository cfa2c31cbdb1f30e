import type { NotificationSetting } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, UNKNOWN } from "../model/value";
import { type Context, createRule } from "./shared/rule";
import { describeIdentity, plural, withRegion } from "./shared/words";

export const topicDropped = createRule({
  id: "topic-dropped",
  level: "advisory",
  severity: "high",
  summary: "A notification setting without a topic beside forwarding that is on.",
  why: "When publishing to a topic fails for good, SES takes the topic off the identity and turns feedback forwarding on. A refresh writes that into the state, where it looks like a decision.",
  facts: ["F14"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "If SES took the topic away: mend the topic or its policy and set topicArn of the aws.ses.IdentityNotificationTopic again. If it was meant: remove the aws.ses.IdentityNotificationTopic.",
  messages: {
    dropped: (setting: string, what: string, identity: string) =>
      `${setting} sets no topic for ${what} of ${identity}, and feedback forwarding is on: either SES took the topic away because publishing to it failed, or it was meant, and the setting can go.`,
    notKnown: (setting: string, what: string, identity: string) =>
      `${setting} sets no topic for ${what} of ${identity}; whether SES took it away is not known, because nobody knows whether feedback forwarding is on.`,
  },
  check({ inventory, flow }, report, messages) {
    for (const setting of inventory.notifications) {
      const { resource, region, type, withoutTopic } = setting;
      // Of an identity outside the view nobody knows whether its feedback is forwarded.
      if (!withoutTopic || resource.external || setting.identity.kind === "outside") continue;
      const { identity, name, on, pending } = subjectOf(setting, flow);
      const words = [nameOf(resource.urn), type === UNKNOWN ? "notifications" : plural(type), name] as const;
      const about = { identity, resource, region };
      if (on === true) report.violation(about, messages.dropped(...words));
      else if (on === UNKNOWN) report.unverified(about, messages.notKnown(...words), { pending });
    }
  },
});

/** Whose setting it is, and whether its feedback is forwarded: nobody knows that of an identity outside the view. */
function subjectOf({ identity, identityName, region }: NotificationSetting, flow: Context["flow"]) {
  if (identity.kind === "found") {
    return { identity: identity.target, name: describeIdentity(identity.target), ...flow(identity.target).forwarding };
  }
  const label = isKnown(identityName) ? identityName : undefined;
  const name = label === undefined ? "an identity that is not known" : withRegion(label, region);
  return { identity: label, name, on: UNKNOWN, pending: identity.kind === "unknown" && identity.pending };
}
