import { DomainIdentityVerification } from "@pulumi/aws/ses/domainIdentityVerification";
import { EmailIdentity } from "@pulumi/aws/sesv2/emailIdentity";
import { EmailIdentityMailFromAttributes } from "@pulumi/aws/sesv2/emailIdentityMailFromAttributes";
import * as pulumi from "@pulumi/pulumi";
import type { MonitoredIdentityArgs } from "./args/monitored-identity";
import { argumentError, checkedOutputs, validated } from "./checks/arguments";
import { identityProblems, identityRegionProblems } from "./checks/monitored-identity";
import { knownRegion, placed, regionOf } from "./checks/region";
import { type Channel, createChannel } from "./parts/channel";
import type { DnsRecord } from "./parts/dns";
import { withFormerNames } from "./parts/former-names";
import { normaliseIdentity } from "./parts/identity-name";
import { createZoneRecords, type IdentityRecord, identityRecords } from "./parts/identity-records";
import { arnParts, nameOf } from "./parts/names";
import { type Channels, declareFeedback, type FeedbackType, NOTIFICATION_TYPES } from "./parts/notifications";
import { afterAll, namedInOptions } from "./parts/once-known";
import { sendPolicy, sesKeyPolicyStatement } from "./parts/policies";

/**
 * A verified identity whose bounces and complaints somebody receives, by construction.
 *
 * Makes the identity, one topic per notification type with its policy, the subscriptions, the notification settings,
 * and feedback forwarding: always declared, on only where asked for.
 */
export class MonitoredIdentity extends pulumi.ComponentResource {
  /** ARN of the identity. */
  readonly identityArn: pulumi.Output<string>;
  /** ARN of the topic that carries bounces; absent where none does. */
  readonly bounceTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries complaints; absent where none does. */
  readonly complaintTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries deliveries; absent where none does. */
  readonly deliveryTopicArn: pulumi.Output<string | undefined>;
  /** Records for the domain's DNS: DKIM and DMARC of a domain, MX and SPF of a MAIL FROM domain. */
  readonly dnsRecords: pulumi.Output<DnsRecord[]>;
  /** Statement that the policy of `kmsKeyId` needs, as an object. */
  // biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
  readonly kmsKeyPolicyStatement: pulumi.Output<Record<string, any>>;
  /** IAM policy document, as JSON, that lets its holder send in this name only. */
  readonly sendPolicyJson: pulumi.Output<string>;

  /**
   * @throws {pulumi.RunError} names every wrong argument with path, value and what is allowed, before anything is
   *   registered. Values that other resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: MonitoredIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: Partial<MonitoredIdentityArgs>) => {
      const region = knownRegion(given.region, opts);
      return [...identityProblems(given), ...(region === undefined ? [] : identityRegionProblems(given, region))];
    };
    super(TYPE, name, validated("MonitoredIdentity", name, args, check), withFormerNames(name, opts));
    const valid = normalised(checkedOutputs("MonitoredIdentity", name, args, check));
    const where = regionOf(this, valid.region);
    const { checked, gate } = placed("MonitoredIdentity", name, valid, where, identityRegionProblems);
    const { region } = checked;

    const channels = createChannels(this, name, checked, gate);
    const identity = createIdentity(this, name, checked, readiness(channels, opts), gate);
    const settings = declareFeedback({ parent: this, name, identity, channels, args: checked });
    declareMailFrom(this, name, identity, checked);
    // The ARN tells the Region where only the provider knows it.
    const home = pulumi.output(region ?? identity.arn.apply((arn) => arnParts(arn).region));
    const records = identityRecords(identity, home, checked);
    const zone = createZoneRecords(this, name, records, checked);
    const verified = checked.waitForVerification ? [waitForVerification(this, name, identity, checked, zone)] : [];

    // Whoever sends in this name does so after somebody hears of what becomes of it.
    this.identityArn = afterAll(identity.arn, [...settings, ...verified]);
    this.bounceTopicArn = pulumi.output(channels.bounces?.topicArn);
    this.complaintTopicArn = pulumi.output(channels.complaints?.topicArn);
    this.deliveryTopicArn = pulumi.output(channels.deliveries?.topicArn);
    this.dnsRecords = listOf(records);
    this.kmsKeyPolicyStatement = pulumi.output(sesKeyPolicyStatement());
    this.sendPolicyJson = pulumi
      .all([this.identityArn, checked.configurationSetName])
      .apply(([arn, set]) => sendPolicy(arn, set));
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
      sendPolicyJson: this.sendPolicyJson,
    });
  }
}

const TYPE = "ses-guard:index:MonitoredIdentity";

/** One spelling for everything that AWS and its other resources spell in several ways. */
function normalised(args: MonitoredIdentityArgs): MonitoredIdentityArgs {
  const { identity, configurationSetName } = args;
  const spelt = <T>(value: pulumi.Input<T>, spell: (text: T) => T): pulumi.Input<T> =>
    typeof value === "string" ? spell(value) : pulumi.output(value).apply((text) => spell(text as T));
  return {
    ...args,
    identity: spelt(identity, normaliseIdentity),
    ...(configurationSetName === undefined ? {} : { configurationSetName: spelt(configurationSetName, nameOf) }),
  };
}

function createChannels(
  parent: pulumi.ComponentResource,
  name: string,
  args: MonitoredIdentityArgs,
  gate: Promise<void>,
): Channels {
  const { kmsKeyId, region, tags } = args;
  const channel = (path: FeedbackType): Channel | undefined => {
    const destination = args[path];
    return (
      destination &&
      createChannel(parent, `${name}-${NOTIFICATION_TYPES[path].toLowerCase()}`, destination, {
        path,
        kmsKeyId,
        region,
        tags,
        gate,
        refuse: (problem) => argumentError("MonitoredIdentity", name, [problem]),
      })
    );
  };
  return { bounces: channel("bounces"), complaints: channel("complaints"), deliveries: channel("deliveries") };
}

/** The identity comes after its topics: from its first moment there is somebody to tell. */
function createIdentity(
  parent: pulumi.Resource,
  name: string,
  { identity, configurationSetName, region, tags }: MonitoredIdentityArgs,
  dependsOn: Promise<pulumi.Input<pulumi.Resource>[]>,
  gate: Promise<void>,
): EmailIdentity {
  return new EmailIdentity(
    name,
    { emailIdentity: pulumi.output(gate.then(() => identity)), configurationSetName, region, tags },
    { parent, dependsOn },
  );
}

/** What carries its feedback, made here, given or named in the options: it is there before the identity, and goes after it. */
async function readiness(
  { bounces, complaints, deliveries }: Channels,
  opts: pulumi.ComponentResourceOptions | undefined,
): Promise<pulumi.Input<pulumi.Resource>[]> {
  const channels = [bounces, complaints, deliveries].filter((channel) => channel !== undefined);
  const given = await Promise.all([...channels.map(({ givenBy }) => givenBy), namedInOptions(opts)]);
  return [...channels.flatMap(({ ready }) => ready), ...given.flat()];
}

function declareMailFrom(
  parent: pulumi.Resource,
  name: string,
  identity: EmailIdentity,
  { mailFromDomain, mailFromOnMxFailure = "USE_DEFAULT_VALUE", region }: MonitoredIdentityArgs,
): void {
  if (mailFromDomain === undefined) return;
  new EmailIdentityMailFromAttributes(
    name,
    {
      emailIdentity: identity.emailIdentity,
      mailFromDomain,
      behaviorOnMxFailure: mailFromOnMxFailure,
      region,
    },
    { parent, deleteBeforeReplace: true },
  );
}

function waitForVerification(
  parent: pulumi.Resource,
  name: string,
  identity: EmailIdentity,
  { region }: MonitoredIdentityArgs,
  records: pulumi.Resource[],
): pulumi.Resource {
  return new DomainIdentityVerification(
    name,
    { domain: identity.emailIdentity, region },
    { parent, dependsOn: records },
  );
}

function listOf(records: readonly IdentityRecord[]): pulumi.Output<DnsRecord[]> {
  return pulumi.all(records.map(({ record }) => record)).apply((list) => list.flatMap((record) => record ?? []));
}
