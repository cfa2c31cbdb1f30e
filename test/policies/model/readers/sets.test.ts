import type { DestinationFact } from "../../../../policies/model/inventory/facts";
import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { factOf } from "./read";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:t";
const V1 = "aws:ses/eventDestination:EventDestination";
const V2 = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
const NATIVE = "aws-native:ses:ConfigurationSetEventDestination";

test.each<[string, Record<string, unknown>]>([
  ["aws:ses/configurationSet:ConfigurationSet", { name: "mail", reputationMetricsEnabled: true }],
  [
    "aws:sesv2/configurationSet:ConfigurationSet",
    { configurationSetName: "mail", reputationOptions: { reputationMetricsEnabled: true } },
  ],
  ["aws-native:ses:ConfigurationSet", { name: "mail", reputationOptions: { reputationMetricsEnabled: true } }],
])("%s is a set with metrics", (type, inputs) => {
  expect(factOf(type, inputs)).toMatchObject({
    fact: "set",
    name: "mail",
    reputationMetrics: true,
    suppressedReasons: undefined,
  });
  const own = { ...inputs, suppressionOptions: { suppressedReasons: ["COMPLAINT"] } };
  expect(factOf(type, own)).toMatchObject({ suppressedReasons: ["COMPLAINT"] });
});

const destination = (type: string, more: Record<string, unknown>) => {
  const types = type === V1 ? { matchingTypes: ["bounce"] } : { matchingEventTypes: ["BOUNCE"] };
  const inner = { ...types, ...more };
  const inputs = type === V1 ? inner : { eventDestination: inner };
  return factOf(type, { configurationSetName: "mail", ...inputs }) as DestinationFact;
};

describe.each([V1, V2, NATIVE])("%s", (type) => {
  test("is not enabled where it does not say so", () => {
    expect(destination(type, {})).toMatchObject({ fact: "destination", set: "mail", enabled: false });
    expect(destination(type, { enabled: true }).enabled).toBe(true);
    expect(destination(type, { enabled: UNKNOWN_STRING }).enabled).toBe(UNKNOWN);
  });

  test("matches its types", () => {
    const fact = destination(type, {});
    expect([fact.matches("bounce"), fact.matches("complaint")]).toEqual([true, false]);
    const key = type === V1 ? "matchingTypes" : "matchingEventTypes";
    expect(destination(type, { [key]: UNKNOWN_STRING }).matches("bounce")).toBe(UNKNOWN);
    expect(destination(type, { [key]: ["OPEN", UNKNOWN_STRING] }).matches("bounce")).toBe(UNKNOWN);
  });

  test.each([
    ["snsDestination", { topicArn: TOPIC }, "sns", TOPIC],
    ["snsDestination", { topicArn: UNKNOWN_STRING }, "sns", UNKNOWN],
  ])("sends to %s %j", (property, block, kind, target) => {
    expect(destination(type, { [property]: block })).toMatchObject({ kind, target });
  });
});

test.each([
  [V1, "kinesisDestination", { streamArn: "arn:stream" }, "firehose", "arn:stream"],
  [V1, "cloudwatchDestinations", [{ dimensionName: "a" }], "cloudwatch", undefined],
  [V2, "kinesisFirehoseDestination", { deliveryStreamArn: "arn:stream" }, "firehose", "arn:stream"],
  [V2, "eventBridgeDestination", { eventBusArn: "arn:bus" }, "eventbridge", "arn:bus"],
  [V2, "pinpointDestination", { applicationArn: "arn:app" }, "pinpoint", "arn:app"],
  [V2, "cloudWatchDestination", { dimensionConfigurations: [] }, "cloudwatch", undefined],
])("%s with %s", (type, property, block, kind, target) => {
  expect(destination(type, { [property]: block })).toMatchObject({ kind, target });
});

test("a destination that is not known at all may be any", () => {
  const fact = factOf(V2, { configurationSetName: "mail", eventDestination: UNKNOWN_STRING }) as DestinationFact;
  expect(fact).toMatchObject({ enabled: UNKNOWN, kind: UNKNOWN, target: UNKNOWN });
  expect(fact.matches("bounce")).toBe(UNKNOWN);
});
