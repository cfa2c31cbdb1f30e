import type { Reader, ReaderTable, Reference } from "../inventory/facts";
import type { DestinationKind } from "../inventory/types";
import { type ResourceReader, required } from "../reading";
import { any, asString, isKnown, type Maybe, UNKNOWN, type Value } from "../value";

/** Configuration sets and their event destinations. */
export const SETS: ReaderTable = {
  "aws:ses/configurationSet:ConfigurationSet": set({ name: "name", metrics: "reputationMetricsEnabled" }),
  "aws:sesv2/configurationSet:ConfigurationSet": set({
    name: "configurationSetName",
    metrics: "reputationOptions.reputationMetricsEnabled",
  }),
  "aws-native:ses:ConfigurationSet": set({
    name: "name",
    metrics: "reputationOptions.reputationMetricsEnabled",
  }),
  "aws:ses/eventDestination:EventDestination": destination({ types: "matchingTypes" }),
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": destination({
    types: "matchingEventTypes",
    block: "eventDestination",
  }),
  "aws-native:ses:ConfigurationSetEventDestination": destination({
    types: "matchingEventTypes",
    block: "eventDestination",
  }),
};

function set(at: { name: string; metrics: string }): Reader {
  return (reader) => ({
    fact: "set",
    name: reader.text(at.name).value,
    arn: reader.output("arn"),
    reputationMetrics: reader.flag(at.metrics).value,
    tlsPolicy: reader.text("deliveryOptions.tlsPolicy").value,
    suppressedReasons:
      reader.raw("suppressionOptions").value === undefined
        ? undefined
        : required(reader.list("suppressionOptions.suppressedReasons")),
  });
}

/** v1 has the destination at the top, v2 in a block. */
function destination(at: { types: string; block?: string }): Reader {
  return (reader) => {
    const inner = reader.within(at.block);
    const types = inner.list(at.types).value;
    return {
      fact: "destination",
      set: required(reader.text("configurationSetName")),
      enabled: inner.flag("enabled").value ?? false,
      parked: isParked(inner),
      matches: (type) => matchesType(types, type),
      failures: (at.block === undefined ? FAILURES.v1 : FAILURES.v2).map((type) => [type, matchesType(types, type)]),
      ...target(inner, at.block),
    };
  };
}

const FAILURES = {
  v1: ["reject", "renderingFailure"],
  v2: ["REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"],
} as const;

/** Where an event destination sends to, by property, and the properties of the ARN and of the role it delivers as. */
const TARGETS: readonly (readonly [property: string, kind: DestinationKind, arn?: string, role?: string])[] = [
  ["snsDestination", "sns", "topicArn"],
  ["kinesisFirehoseDestination", "firehose", "deliveryStreamArn", "iamRoleArn"],
  ["kinesisDestination", "firehose", "streamArn", "roleArn"],
  ["eventBridgeDestination", "eventbridge", "eventBusArn"],
  ["pinpointDestination", "pinpoint", "applicationArn"],
  ["cloudWatchDestination", "cloudwatch"],
  ["cloudwatchDestinations", "cloudwatch"],
];

function target(
  at: ResourceReader,
  block: string | undefined,
): { kind: Value<DestinationKind>; target: Reference; role: Reference } {
  const whole = at.raw();
  const none = whole.as<string>(undefined);
  if (block !== undefined && whole.value === UNKNOWN) {
    return { kind: UNKNOWN, target: whole.as<string>(UNKNOWN), role: none };
  }
  for (const [property, kind, arn, role] of TARGETS) {
    const [first] = at.items(property);
    if (first === undefined) continue;
    const of = (name: string | undefined) =>
      name === undefined ? first.raw().as<string>(undefined) : first.text(name);
    return { kind, target: of(arn), role: of(role) };
  }
  return { kind: undefined, target: none, role: none };
}

/** Whether a list of event types holds one: v1 writes types in lower case, v2 in upper, CloudFormation in either. */
function matchesType(types: Value<readonly unknown[]>, type: string): Maybe {
  if (!isKnown(types)) return types === UNKNOWN ? UNKNOWN : false;
  return any(types, (one) => {
    const name = asString(one);
    return isKnown(name) ? plain(name) === plain(type) : name === UNKNOWN ? UNKNOWN : false;
  });
}

/** `RENDERING_FAILURE` and `renderingFailure` are one type. */
function plain(type: string): string {
  return type.replaceAll("_", "").toLowerCase();
}

/** Somebody switched it off. One without the flag is off, too, but that is the provider's default, and no decision. */
function isParked(at: ResourceReader): boolean {
  const enabled = at.flag("enabled");
  return enabled.value === false && (enabled.property !== "enabled" || at.declares("enabled"));
}
