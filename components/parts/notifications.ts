import { IdentityNotificationTopic } from "@pulumi/aws/ses/identityNotificationTopic";
import type { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import { EmailIdentityFeedbackAttributes } from "@pulumi/aws/sesv2/emailIdentityFeedbackAttributes";
import * as pulumi from "@pulumi/pulumi";
import type { MonitoredIdentityArgs } from "../args/monitored-identity";
import { argumentError } from "../checks/arguments";
import { isElsewhere, otherRegion } from "../checks/region";
import { type Channel, GONE_WITH_OWNER } from "./channel";

/** The arguments, with the word that SES has for what they are about. */
export const NOTIFICATION_TYPES = { bounces: "Bounce", complaints: "Complaint", deliveries: "Delivery" } as const;
export type FeedbackType = keyof typeof NOTIFICATION_TYPES;
export const FEEDBACK_TYPES = Object.keys(NOTIFICATION_TYPES) as FeedbackType[];
export type Channels = Record<FeedbackType, Channel | undefined>;

interface Settings {
  parent: pulumi.Resource;
  name: string;
  identity: EmailIdentity;
  channels: Channels;
  args: MonitoredIdentityArgs;
}

/**
 * Says to SES where feedback goes. At every moment of an update somebody hears: forwarding ends after both topics are
 * set, and begins before one is taken away (F10).
 */
export function declareFeedback(settings: Settings): pulumi.Resource[] {
  const { args } = settings;
  const forwards = Boolean(args.bounces.forwardByEmail || args.complaints.forwardByEmail);
  if (forwards) {
    const forwarding = declareForwarding(settings, true, []);
    return [forwarding, ...declareTopics(settings, [forwarding])];
  }
  const topics = declareTopics(settings, []);
  return [...topics, declareForwarding(settings, false, topics)];
}

function declareForwarding(
  { parent, name, identity, args }: Settings,
  emailForwardingEnabled: boolean,
  dependsOn: pulumi.Resource[],
): pulumi.Resource {
  return new EmailIdentityFeedbackAttributes(
    name,
    { emailIdentity: identity.emailIdentity, emailForwardingEnabled, region: args.region },
    { parent, dependsOn, ...GONE_WITH_OWNER },
  );
}

/**
 * The setting of bounces and complaints exists in any case, without a topic where none carries them: then it is only
 * ever updated, and no deletion of an old setting can clear a new one. That of deliveries comes and goes.
 */
function declareTopics(settings: Settings, after: pulumi.Resource[]): pulumi.Resource[] {
  const { parent, name, identity, channels, args } = settings;
  const wanted = FEEDBACK_TYPES.filter((type) => type !== "deliveries" || channels.deliveries !== undefined);
  return wanted.map((type) => {
    const channel = channels[type];
    const notificationType = NOTIFICATION_TYPES[type];
    return new IdentityNotificationTopic(
      `${name}-${notificationType.toLowerCase()}`,
      {
        identity: identity.emailIdentity,
        notificationType,
        topicArn: channel && inRegion(settings, type, channel),
        includeOriginalHeaders: args.includeOriginalHeaders ?? false,
        region: args.region,
      },
      {
        parent,
        dependsOn: [...after, ...(channel?.ready ?? [])],
        ...(type === "deliveries" ? { deleteBeforeReplace: true } : GONE_WITH_OWNER),
      },
    );
  });
}

/** The topic's ARN, once it is known that SES can use it: a topic that is given must be in the identity's Region (F11). */
function inRegion({ name, identity }: Settings, type: FeedbackType, channel: Channel): pulumi.Output<string> {
  if (channel.ready.length > 0) return channel.topicArn;
  return pulumi.all([channel.topicArn, identity.arn]).apply(([topicArn, identityArn]) => {
    const region = identityArn?.split(":")[3];
    if (!region || !isElsewhere(topicArn, region)) return topicArn;
    throw argumentError("MonitoredIdentity", name, [otherRegion(`${type}.topicArn`, topicArn, region, "a topic")]);
  });
}
