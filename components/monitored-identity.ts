import { Record as ZoneRecord } from "@pulumi/aws/route53/record";
import { IdentityNotificationTopic } from "@pulumi/aws/ses/identityNotificationTopic";
import { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import { EmailIdentityFeedbackAttributes } from "@pulumi/aws/sesv2/emailIdentityFeedbackAttributes";
import { EmailIdentityMailFromAttributes } from "@pulumi/aws/sesv2/emailIdentityMailFromAttributes";
import * as pulumi from "@pulumi/pulumi";
import type { MonitoredIdentityArgs } from "./args/monitored-identity";
import { argumentError, checkedOutputs, validated } from "./checks/arguments";
import { contradictions } from "./checks/monitored-identity";
import { otherRegion } from "./checks/region";
import { type Channel, createChannel } from "./parts/channel";
import type { DnsRecord } from "./parts/dns";
import { identityRecords } from "./parts/identity-records";
import { sesKeyPolicyStatement } from "./parts/key-policy";
import { arnParts, baseName } from "./parts/names";

/**
 * A verified identity whose bounces and complaints somebody receives, by construction.
 *
 * Makes the identity, one topic per notification type with a policy for exactly this identity, the subscriptions, the
 * notification settings, and feedback forwarding: always declared, on only where asked for.
 */
export class MonitoredIdentity extends pulumi.ComponentResource {
  /** ARN of the identity. */
  readonly identityArn: pulumi.Output<string>;
  /** ARN of the topic that carries bounces; absent where only forwarding does. */
  readonly bounceTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries complaints; absent where only forwarding does. */
  readonly complaintTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries deliveries; absent where nobody asked for them. */
  readonly deliveryTopicArn: pulumi.Output<string | undefined>;
  /** Records for the domain's DNS: DKIM and DMARC of a domain, MX and SPF of a MAIL FROM domain. */
  readonly dnsRecords: pulumi.Output<DnsRecord[]>;
  /** Statement that the policy of `kmsKeyId` needs, as an object. */
  // biome-ignore lint/suspicious/noExplicitAny: the same map type
  readonly kmsKeyPolicyStatement: pulumi.Output<Record<string, any>>;

  /**
   * @throws {pulumi.RunError} names path, value and what is allowed, before anything is registered. Values that other
   *   resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: MonitoredIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: MonitoredIdentityArgs) => contradictions(given, opts);
    super(TYPE, name, validated("MonitoredIdentity", name, args, check), opts);
    const checked = checkedOutputs("MonitoredIdentity", name, args, check);
    const { bounces, complaints, deliveries, mailFromDomain, zoneId, region, tags } = checked;
    const base = baseName(name);

    const channels: Record<NotificationType, Channel | undefined> = {
      Bounce: createChannel(this, `${base}-bounce`, bounces, checked),
      Complaint: createChannel(this, `${base}-complaint`, complaints, checked),
      Delivery: deliveries && createChannel(this, `${base}-delivery`, deliveries, checked),
    };
    const identity = new EmailIdentity(
      base,
      { emailIdentity: checked.identity, configurationSetName: checked.configurationSetName, region, tags },
      { parent: this, dependsOn: Object.values(channels).flatMap((channel) => channel?.ready ?? []) },
    );
    // The ARN tells the Region where only the provider knows it.
    const where = pulumi.output(region ?? identity.arn.apply((arn) => arnParts(arn).region));
    const notifications: pulumi.Resource[] = [];
    for (const [notificationType, channel] of Object.entries(channels)) {
      if (channel === undefined) continue;
      const notification = new IdentityNotificationTopic(
        `${base}-${notificationType.toLowerCase()}`,
        {
          identity: identity.emailIdentity,
          notificationType,
          topicArn: inRegion(name, PATHS[notificationType as NotificationType], channel, where),
          includeOriginalHeaders: checked.includeOriginalHeaders ?? true,
          region,
        },
        { parent: this, dependsOn: channel.ready },
      );
      notifications.push(notification);
    }
    new EmailIdentityFeedbackAttributes(
      base,
      {
        emailIdentity: identity.emailIdentity,
        emailForwardingEnabled: Boolean(bounces.forwardByEmail || complaints.forwardByEmail),
        region,
      },
      // SES refuses to stop forwarding while a topic is missing (F10).
      { parent: this, dependsOn: notifications },
    );
    if (mailFromDomain !== undefined) {
      new EmailIdentityMailFromAttributes(
        base,
        {
          emailIdentity: identity.emailIdentity,
          mailFromDomain,
          behaviorOnMxFailure: "USE_DEFAULT_VALUE",
          region,
        },
        { parent: this },
      );
    }

    const records = identityRecords(identity, where, mailFromDomain);
    if (zoneId !== undefined) {
      for (const [suffix, record] of Object.entries(records)) {
        const field = (key: keyof DnsRecord) => record.apply((entry) => entry?.[key] as string);
        new ZoneRecord(
          `${base}-${suffix}`,
          { zoneId, name: field("name"), type: field("type"), ttl: 1800, records: [field("value")] },
          { parent: this },
        );
      }
    }

    this.identityArn = identity.arn;
    this.bounceTopicArn = pulumi.output(channels.Bounce?.topicArn);
    this.complaintTopicArn = pulumi.output(channels.Complaint?.topicArn);
    this.deliveryTopicArn = pulumi.output(channels.Delivery?.topicArn);
    this.dnsRecords = pulumi.all(Object.values(records)).apply((list) => list.flatMap((record) => record ?? []));
    this.kmsKeyPolicyStatement = pulumi.output(sesKeyPolicyStatement());
    this.registerOutputs({
      identity: checked.identity,
      region,
      intendedOverride: checked.intendedOverride,
      identityArn: this.identityArn,
      bounceTopicArn: this.bounceTopicArn,
      complaintTopicArn: this.complaintTopicArn,
      deliveryTopicArn: this.deliveryTopicArn,
      dnsRecords: this.dnsRecords,
      kmsKeyPolicyStatement: this.kmsKeyPolicyStatement,
    });
  }
}

const TYPE = "ses-guard:index:MonitoredIdentity";
const PATHS = { Bounce: "bounces", Complaint: "complaints", Delivery: "deliveries" } as const;
type NotificationType = keyof typeof PATHS;

/** The topic's ARN, once it is known that SES can use it: topics that are given must be in the identity's Region (F11). */
function inRegion(name: string, path: string, channel: Channel, region: pulumi.Output<string>): pulumi.Output<string> {
  if (channel.ready.length > 0) return channel.topicArn;
  return pulumi.all([channel.topicArn, region]).apply(([topicArn, where]) => {
    if (!where || arnParts(topicArn).region === where) return topicArn;
    throw argumentError("MonitoredIdentity", name, [otherRegion(path, topicArn, where)]);
  });
}
