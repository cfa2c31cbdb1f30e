import { ConfigurationSet } from "@pulumi/aws/sesv2/configurationSet";
import { ConfigurationSetEventDestination } from "@pulumi/aws/sesv2/configurationSetEventDestination";
import * as pulumi from "@pulumi/pulumi";
import type { EventDestination, MonitoredConfigurationSetArgs } from "./args/monitored-configuration-set";
import { argumentError, checkedOutputs, validated } from "./checks/arguments";
import { setProblems, setRegionProblems } from "./checks/monitored-configuration-set";
import { knownRegion, placed, regionOf } from "./checks/region";
import { createChannel } from "./parts/channel";
import type { ChannelSettings } from "./parts/channel-settings";
import { createRule, type EventType } from "./parts/events";
import { withFormerNames } from "./parts/former-names";
import { arnParts, physicalName } from "./parts/names";
import { afterAll, namedInOptions } from "./parts/once-known";
import { sesKeyPolicyStatement } from "./parts/policies";

/**
 * A configuration set whose bounces and complaints somebody receives, by construction: the channel that SES v2
 * recommends. TLS is required, rates are measured, and bounced and complaining recipients go to the suppression list.
 */
export class MonitoredConfigurationSet extends pulumi.ComponentResource {
  /** Name of the set, once its event destinations exist: what identities take as `configurationSetName`. */
  readonly configurationSetName: pulumi.Output<string>;
  /** ARN of the set. */
  readonly configurationSetArn: pulumi.Output<string>;
  /** ARN of the topic that carries bounces; absent where the default bus does. */
  readonly bounceTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries complaints; absent where the default bus does. */
  readonly complaintTopicArn: pulumi.Output<string | undefined>;
  /** ARN of the topic that carries deliveries; absent where none does. */
  readonly deliveryTopicArn: pulumi.Output<string | undefined>;
  /** Statement that the policy of `kmsKeyId` needs, as an object. */
  // biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
  readonly kmsKeyPolicyStatement: pulumi.Output<Record<string, any>>;

  /**
   * @throws {pulumi.RunError} names every wrong argument with path, value and what is allowed, before anything is
   *   registered. Values that other resources supply are checked as soon as they are known, before they reach a resource.
   */
  constructor(name: string, args: MonitoredConfigurationSetArgs, opts?: pulumi.ComponentResourceOptions) {
    const check = (given: Partial<MonitoredConfigurationSetArgs>) => {
      const region = knownRegion(given.region, opts);
      return [...setProblems(given), ...(region === undefined ? [] : setRegionProblems(given, region))];
    };
    super(TYPE, name, validated("MonitoredConfigurationSet", name, args, check), withFormerNames(name, opts));
    const valid = checkedOutputs("MonitoredConfigurationSet", name, args, check);
    const where = regionOf(this, valid.region);
    const { checked, gate } = placed("MonitoredConfigurationSet", name, valid, where, setRegionProblems);
    const set = createSet(this, name, checked, gate);
    const carry = (path: keyof typeof SUFFIXES, types: EventType[]) =>
      createEventDestination({ parent: this, name, set, path, types, args: checked, opts, gate });
    const failures: EventType[] = checked.failures === false ? [] : ["REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"];
    const bounces = carry("bounces", ["BOUNCE", ...failures]);
    const complaints = carry("complaints", ["COMPLAINT"]);
    const deliveries = checked.deliveries && carry("deliveries", ["DELIVERY"]);
    const destinations = [bounces, complaints, ...(deliveries ? [deliveries] : [])];

    this.configurationSetName = afterAll(
      set.configurationSetName,
      destinations.map(({ destination }) => destination),
    );
    this.configurationSetArn = set.arn;
    this.bounceTopicArn = pulumi.output(bounces.topicArn);
    this.complaintTopicArn = pulumi.output(complaints.topicArn);
    this.deliveryTopicArn = pulumi.output(deliveries?.topicArn);
    this.kmsKeyPolicyStatement = pulumi.output(sesKeyPolicyStatement());
    this.registerOutputs({
      configurationSetName: this.configurationSetName,
      configurationSetArn: this.configurationSetArn,
      bounceTopicArn: this.bounceTopicArn,
      complaintTopicArn: this.complaintTopicArn,
      deliveryTopicArn: this.deliveryTopicArn,
      kmsKeyPolicyStatement: this.kmsKeyPolicyStatement,
    });
  }
}

const TYPE = "ses-guard:index:MonitoredConfigurationSet";
const SUFFIXES = { bounces: "bounce", complaints: "complaint", deliveries: "delivery" } as const;
const LONGEST_NAME = 64;

function createSet(
  parent: pulumi.Resource,
  name: string,
  { configurationSetName, suppressedReasons = ["BOUNCE", "COMPLAINT"], region, tags }: MonitoredConfigurationSetArgs,
  gate: Promise<void>,
): ConfigurationSet {
  const own = configurationSetName === undefined;
  return new ConfigurationSet(
    name,
    {
      configurationSetName: pulumi.output(gate.then(() => configurationSetName ?? physicalName(name, LONGEST_NAME))),
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons },
      region,
      tags,
    },
    // A name that was made stays when the component is renamed with an alias.
    { parent, ignoreChanges: own ? ["configurationSetName"] : [] },
  );
}

interface DestinationSettings {
  parent: pulumi.ComponentResource;
  name: string;
  set: ConfigurationSet;
  path: keyof typeof SUFFIXES;
  types: EventType[];
  args: MonitoredConfigurationSetArgs;
  opts: pulumi.ComponentResourceOptions | undefined;
  gate: Promise<void>;
}

/** Whoever is to hear is there before SES is told to speak. */
function createEventDestination({ parent, name, set, path, types, args, opts, gate }: DestinationSettings) {
  const given = args[path] as EventDestination;
  const { kmsKeyId, region, tags } = args;
  const base = `${name}-${SUFFIXES[path]}`;
  const settings: ChannelSettings = {
    path,
    kmsKeyId,
    region,
    tags,
    gate,
    refuse: (problem) => argumentError("MonitoredConfigurationSet", name, [problem]),
  };
  const { busTargets = {}, deadLetterQueueArn } = given;
  const channel = createChannel(parent, base, given, settings);
  const rule =
    channel === undefined
      ? createRule(parent, base, { ...settings, types, targets: busTargets, deadLetterQueueArn })
      : [];
  const destination = new ConfigurationSetEventDestination(
    base,
    {
      configurationSetName: set.configurationSetName,
      eventDestinationName: SUFFIXES[path],
      eventDestination: {
        enabled: true,
        matchingEventTypes: types,
        ...(channel === undefined
          ? { eventBridgeDestination: { eventBusArn: set.arn.apply(defaultBusOf) } }
          : { snsDestination: { topicArn: channel.topicArn } }),
      },
      region,
    },
    { parent, dependsOn: withNamed(channel?.ready ?? rule, opts) },
  );
  return { destination, topicArn: channel?.topicArn };
}

async function withNamed(
  resources: pulumi.Input<pulumi.Resource>[],
  opts: pulumi.ComponentResourceOptions | undefined,
): Promise<pulumi.Input<pulumi.Resource>[]> {
  return [...resources, ...(await namedInOptions(opts))];
}

/** The bus that SES can publish to: the default one of the set's own account and Region (F15). */
function defaultBusOf(setArn: string): string {
  const { partition, region, account } = arnParts(setArn);
  return `arn:${partition}:events:${region}:${account}:event-bus/default`;
}
