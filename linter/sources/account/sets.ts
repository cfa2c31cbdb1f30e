import type { Json } from "../../../policies/model/value";
import { type Calls, mapInParallel } from "./calls";
import type { Output } from "./client";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

type Destination = NonNullable<Output<"sesv2:GetConfigurationSetEventDestinations">["EventDestinations"]>[number];

const SET = "aws:sesv2/configurationSet:ConfigurationSet";
const DESTINATION = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";

/** What event destinations send to. */
export interface Destinations {
  topics: Set<string>;
  /** Some go to EventBridge, or may. */
  usesBus: boolean;
}

/**
 * Adds the configuration sets of one Region: those that are listed, since any may be named at send time, and those that
 * identities name, which may not exist any more (F9).
 * @param others whether to read those that are only listed
 */
export async function addSets(
  calls: Calls,
  place: Place,
  named: Iterable<string>,
  { others = true } = {},
): Promise<Destinations> {
  const listed = others ? await listSets(calls) : [];
  const found: Destinations = { topics: new Set(), usesBus: false };
  await mapInParallel([...new Set([...listed, ...named])], (name) => addSet(calls, place, name, found));
  return found;
}

async function listSets(calls: Calls): Promise<string[]> {
  const listed = await calls.list("sesv2:ListConfigurationSets", { PageSize: 1000 }, (page) => page.ConfigurationSets);
  return listed.items;
}

async function addSet(calls: Calls, place: Place, name: string, found: Destinations): Promise<void> {
  const outputs = { arn: place.arn("ses", `configuration-set/${name}`) };
  const set = await calls.ask("sesv2:GetConfigurationSet", { ConfigurationSetName: name });
  if (set.kind === "absent") {
    place.add(SET, name, { configurationSetName: name }, { outputs, gone: true, missing: true });
    return;
  }
  place.add(SET, name, setInputs(name, set.kind === "read" ? set.value : undefined), { outputs });
  place.add("ses-guard:account:ConfigurationSet", name, {
    configurationSetName: name,
    sendingEnabled: (set.kind === "read" ? set.value.SendingOptions?.SendingEnabled : undefined) ?? NOT_READ,
  });
  const answer = await calls.ask("sesv2:GetConfigurationSetEventDestinations", { ConfigurationSetName: name });
  if (answer.kind === "not-read") {
    // One that may be anything: nobody knows what the set carries.
    place.add(DESTINATION, `${name}/not read`, { configurationSetName: name, eventDestination: NOT_READ });
    found.usesBus = true;
  } else if (answer.kind === "read") {
    for (const destination of answer.value.EventDestinations ?? []) addDestination(place, name, destination, found);
  }
}

function setInputs(name: string, set: Output<"sesv2:GetConfigurationSet"> | undefined): Json {
  const inputs: Json = { configurationSetName: name };
  if (set === undefined) {
    return { ...inputs, reputationOptions: NOT_READ, deliveryOptions: NOT_READ, suppressionOptions: NOT_READ };
  }
  const { ReputationOptions, DeliveryOptions, SuppressionOptions } = set;
  if (ReputationOptions) {
    inputs.reputationOptions = { reputationMetricsEnabled: ReputationOptions.ReputationMetricsEnabled };
  }
  if (DeliveryOptions) inputs.deliveryOptions = { tlsPolicy: DeliveryOptions.TlsPolicy };
  // Without reasons of its own the account's apply.
  if (SuppressionOptions?.SuppressedReasons !== undefined) {
    inputs.suppressionOptions = { suppressedReasons: SuppressionOptions.SuppressedReasons };
  }
  return inputs;
}

function addDestination(place: Place, set: string, one: Destination, found: Destinations): void {
  const name = one.Name ?? "";
  const topicArn = one.SnsDestination?.TopicArn;
  if (topicArn !== undefined) found.topics.add(topicArn);
  if (one.EventBridgeDestination) found.usesBus = true;
  place.add(DESTINATION, `${set}/${name}`, {
    configurationSetName: set,
    eventDestinationName: name,
    eventDestination: {
      enabled: one.Enabled ?? false,
      matchingEventTypes: one.MatchingEventTypes ?? [],
      ...targetOf(one),
    },
  });
}

function targetOf(one: Destination): Json {
  const { SnsDestination, KinesisFirehoseDestination, EventBridgeDestination } = one;
  if (SnsDestination) return { snsDestination: { topicArn: SnsDestination.TopicArn } };
  if (KinesisFirehoseDestination) {
    const { DeliveryStreamArn, IamRoleArn } = KinesisFirehoseDestination;
    return { kinesisFirehoseDestination: { deliveryStreamArn: DeliveryStreamArn, iamRoleArn: IamRoleArn } };
  }
  if (EventBridgeDestination) return { eventBridgeDestination: { eventBusArn: EventBridgeDestination.EventBusArn } };
  if (one.PinpointDestination) {
    return { pinpointDestination: { applicationArn: one.PinpointDestination.ApplicationArn } };
  }
  return one.CloudWatchDestination ? { cloudWatchDestination: { dimensionConfigurations: [] } } : {};
}
