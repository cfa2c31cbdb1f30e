import { Record as ZoneRecord } from "@pulumi/aws/route53/record";
import { IdentityNotificationTopic } from "@pulumi/aws/ses/identityNotificationTopic";
import { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import { EmailIdentityFeedbackAttributes } from "@pulumi/aws/sesv2/emailIdentityFeedbackAttributes";
import { EmailIdentityMailFromAttributes } from "@pulumi/aws/sesv2/emailIdentityMailFromAttributes";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkedOutputs, type Problem, show, validated } from "./arguments";
import { type Channel, createChannel, type Destination, SUBSCRIBERS } from "./channel";
import { DKIM_TOKENS, type DnsRecord, dkimRecord, dmarcRecord, mailFromRecord, spfRecord } from "./dns";
import { isAddress } from "./formats";
import { arnParts, baseName } from "./names";

/** Where bounces or complaints go: an existing topic, or subscribers of a new one; forwarding beside either or alone. */
export interface FeedbackDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. */
  topicArn?: pulumi.Input<string>;
  /** Email addresses that subscribe to a new topic. Each has to confirm. */
  emails?: pulumi.Input<string>[];
  /** http or https URLs that subscribe to a new topic. Each has to confirm. */
  webhookUrls?: pulumi.Input<string>[];
  /** ARNs of queues that subscribe to a new topic. Their policies must let the topic send. */
  queueArns?: pulumi.Input<string>[];
  /** ARNs of functions that subscribe to a new topic. The permission to call them is made too. */
  functionArns?: pulumi.Input<string>[];
  /** SES mails bounces and complaints, always both, to the Return-Path, else to the sender. Default false. */
  forwardByEmail?: boolean;
}

/** Where deliveries go: an existing topic, or subscribers of a new one. SES never forwards deliveries by email. */
export interface DeliveryDestination {
  /** ARN of an existing standard topic in the identity's Region. Its policy and subscribers are its owner's business. */
  topicArn?: pulumi.Input<string>;
  /** Email addresses that subscribe to a new topic. Each has to confirm. */
  emails?: pulumi.Input<string>[];
  /** http or https URLs that subscribe to a new topic. Each has to confirm. */
  webhookUrls?: pulumi.Input<string>[];
  /** ARNs of queues that subscribe to a new topic. Their policies must let the topic send. */
  queueArns?: pulumi.Input<string>[];
  /** ARNs of functions that subscribe to a new topic. The permission to call them is made too. */
  functionArns?: pulumi.Input<string>[];
}

/** A difference from the parent domain that someone decided. */
export interface IntendedOverride {
  /** Why; shown wherever the difference would be reported. */
  reason: string;
  /** Last day on which it holds, as YYYY-MM-DD. Default: for ever. */
  expires?: string;
}

/** Arguments of `MonitoredIdentity`. */
export interface MonitoredIdentityArgs {
  /** Domain or email address to verify. */
  identity: pulumi.Input<string>;
  /** Who receives bounces. */
  bounces: FeedbackDestination;
  /** Who receives complaints. */
  complaints: FeedbackDestination;
  /** Who receives deliveries. Default: nobody. */
  deliveries?: DeliveryDestination;
  /** Whether notifications carry the headers of the original mail. Default true. */
  includeOriginalHeaders?: pulumi.Input<boolean>;
  /** This address or subdomain differs from its domain on purpose. */
  intendedOverride?: IntendedOverride;
  /** Default configuration set. Its event destinations may use the topics made here. */
  configurationSetName?: pulumi.Input<string>;
  /** Key that encrypts the topics made here: id, ARN or alias. Its policy needs `kmsKeyPolicyStatement`. */
  kmsKeyId?: pulumi.Input<string>;
  /** Subdomain for the envelope sender (MAIL FROM). */
  mailFromDomain?: pulumi.Input<string>;
  /** Route 53 zone in which the records for DKIM, MAIL FROM, SPF and DMARC are made. Domains only. */
  zoneId?: pulumi.Input<string>;
  /** Region of every resource made here. Default: the provider's. */
  region?: pulumi.Input<string>;
  /** Tags of everything that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** What the policy of a key that encrypts a feedback topic needs (F13), as an object. */
// biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
export function sesKeyPolicyStatement(): Record<string, any> {
  return {
    Sid: "AllowSesToPublishToEncryptedTopics",
    Effect: "Allow",
    Principal: { Service: "ses.amazonaws.com" },
    Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
    Resource: "*",
  };
}

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

    const records = dnsRecords(identity, where, mailFromDomain);
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

/** Records by the last part of their resource's name. Those of the identity itself are absent where it is an address. */
function dnsRecords(
  identity: EmailIdentity,
  region: pulumi.Output<string>,
  mailFromDomain: pulumi.Input<string> | undefined,
): Record<string, pulumi.Output<DnsRecord | undefined>> {
  const tokens = identity.dkimSigningAttributes.apply((attributes) => attributes?.tokens);
  const ofDomain = (make: (domain: string) => pulumi.Input<DnsRecord>) =>
    identity.emailIdentity.apply(
      (text): pulumi.Output<DnsRecord | undefined> =>
        pulumi.output(text === undefined || isAddress(text) ? undefined : make(text)),
    );
  const records: Record<string, pulumi.Output<DnsRecord | undefined>> = {};
  for (let index = 0; index < DKIM_TOKENS; index++) {
    records[`dkim-${index}`] = ofDomain((domain) =>
      pulumi.all([tokens, region]).apply(([list, where]) => dkimRecord(domain, list?.[index], where)),
    );
  }
  if (mailFromDomain !== undefined) {
    records["mail-from"] = pulumi.all([mailFromDomain, region]).apply(([name, where]) => mailFromRecord(name, where));
    records.spf = pulumi.output(mailFromDomain).apply(spfRecord);
  }
  records.dmarc = ofDomain(dmarcRecord);
  return records;
}

/** The topic's ARN, once it is known that SES can use it: topics that are given must be in the identity's Region (F11). */
function inRegion(name: string, path: string, channel: Channel, region: pulumi.Output<string>): pulumi.Output<string> {
  if (channel.ready.length > 0) return channel.topicArn;
  return pulumi.all([channel.topicArn, region]).apply(([topicArn, where]) => {
    if (!where || arnParts(topicArn).region === where) return topicArn;
    throw argumentError("MonitoredIdentity", name, [otherRegion(path, topicArn, where)]);
  });
}

/** What the types allow and SES does not. */
function contradictions(args: MonitoredIdentityArgs, opts: pulumi.ComponentResourceOptions | undefined): Problem[] {
  const problems: Problem[] = [];
  const region = knownRegion(args.region, opts);
  for (const path of ["bounces", "complaints", "deliveries"] as const) {
    const destination = args[path] as FeedbackDestination | undefined;
    if (destination !== undefined) problems.push(...contradictionsOf(path, destination, region));
  }
  if (typeof args.identity !== "string") return problems;
  if (args.zoneId !== undefined && isAddress(args.identity)) {
    problems.push({
      path: "zoneId",
      given: `a zone for ${show(args.identity)}`,
      allowed: "a zone where the identity is a domain; addresses have no records of their own",
    });
  }
  const domain = args.identity.slice(args.identity.lastIndexOf("@") + 1).toLowerCase();
  if (typeof args.mailFromDomain === "string" && !args.mailFromDomain.toLowerCase().endsWith(`.${domain}`)) {
    problems.push({
      path: "mailFromDomain",
      given: `${show(args.mailFromDomain)} for ${show(args.identity)}`,
      allowed: "a subdomain of the identity's domain",
    });
  }
  return problems;
}

function contradictionsOf(path: string, destination: FeedbackDestination, region: string | undefined): Problem[] {
  const problems: Problem[] = [];
  const { topicArn, forwardByEmail } = destination;
  const lists = SUBSCRIBERS.filter((kind) => (destination as Destination)[kind]?.length);
  if (topicArn !== undefined && lists.length > 0) {
    problems.push({
      path: `${path}.${lists[0]}`,
      given: `subscribers beside topicArn ${show(topicArn)}`,
      allowed: "either an existing topic (topicArn), to which its owner subscribes, or subscribers of a new one",
    });
  }
  if (topicArn === undefined && lists.length === 0 && forwardByEmail !== true) {
    problems.push({
      path,
      given: "no destination",
      allowed: `at least one of topicArn, ${SUBSCRIBERS.join(", ")}${path === "deliveries" ? "" : ", forwardByEmail: true"}`,
    });
  }
  for (const kind of SUBSCRIBERS) {
    const list = destination[kind] ?? [];
    list.forEach((subscriber, index) => {
      if (typeof subscriber === "string" && list.indexOf(subscriber) < index) {
        problems.push({
          path: `${path}.${kind}[${index}]`,
          given: `${show(subscriber)} again`,
          allowed: "each subscriber once",
        });
      }
    });
  }
  if (region === undefined) return problems;
  const elsewhere = (arn: unknown): arn is string => typeof arn === "string" && arnParts(arn).region !== region;
  if (elsewhere(topicArn)) problems.push(otherRegion(path, topicArn, region));
  destination.functionArns?.forEach((functionArn, index) => {
    if (!elsewhere(functionArn)) return;
    problems.push({
      path: `${path}.functionArns[${index}]`,
      given: `${show(functionArn)} for an identity in ${region}`,
      allowed: "a function in the identity's Region, where the permission to call it is made",
    });
  });
  return problems;
}

function otherRegion(path: string, topicArn: string, region: string): Problem {
  return {
    path: `${path}.topicArn`,
    given: `${show(topicArn)} for an identity in ${region}`,
    allowed: "a topic in the identity's Region",
  };
}

/** The Region as far as the program itself tells it; a provider's own is known later, from the identity's ARN. */
function knownRegion(
  region: pulumi.Input<string> | undefined,
  opts: pulumi.ComponentResourceOptions | undefined,
): string | undefined {
  if (region !== undefined) return typeof region === "string" ? region : undefined;
  if (opts?.provider || opts?.parent || Object.keys(opts?.providers ?? {}).length > 0) return undefined;
  return new pulumi.Config("aws").get("region") ?? process.env.AWS_REGION;
}
