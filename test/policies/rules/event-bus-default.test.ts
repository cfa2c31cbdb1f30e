import { eventBusDefault } from "../../../policies/rules/event-bus-default";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const DEFAULT = "arn:aws:events:us-east-1:123456789012:event-bus/default";
const OWN = "arn:aws:events:us-east-1:123456789012:event-bus/mail";
const bus = (s: Stack, options = {}) => s.add("aws:cloudwatch/eventBus:EventBus", "bus", { name: "mail" }, options);
const to =
  (eventBusArn: unknown, more: Record<string, unknown> = {}, options = {}) =>
  (s: Stack) =>
    s.destination(
      "main",
      { enabled: true, matchingEventTypes: ["BOUNCE"], eventBridgeDestination: { eventBusArn } },
      more,
      options,
    );
const here = "destination-1 (us-east-1)";
const other = `violation @us-east-1: Event destination ${here} sends to an EventBridge bus that is not the default one.`;
const own = `violation @us-east-1: Event destination ${here} sends to an EventBridge bus that this program creates, not the default one.`;
const doubt = `unverified @us-east-1: Where event destination ${here} sends to is not known.`;

testRule(eventBusDefault, {
  fails: [
    { name: "another bus, by its ARN", given: to(OWN), finds: [other] },
    { name: "another bus, by its name", given: to("mail"), finds: [other] },
    {
      name: "a bus whose name only ends like the default one",
      given: to("arn:aws:events:us-east-1:123456789012:event-bus/my-default"),
      finds: [other],
    },
    {
      name: "whatever it sends, and whether it is enabled or not",
      given: (s) =>
        s.destination("main", { matchingEventTypes: ["OPEN"], eventBridgeDestination: { eventBusArn: OWN } }),
      finds: [other],
    },
    {
      name: "native",
      given: (s) =>
        s.add("aws-native:ses:ConfigurationSetEventDestination", "events", {
          configurationSetName: "main",
          eventDestination: {
            enabled: true,
            matchingEventTypes: ["bounce"],
            eventBridgeDestination: { eventBusArn: OWN },
          },
        }),
      finds: [
        "violation @us-east-1: Event destination events (us-east-1) sends to an EventBridge bus that is not the default one.",
      ],
    },
    { name: "in another Region", given: to(OWN, { region: "eu-west-1" }), finds: ["violation @eu-west-1"] },
    {
      name: "a bus that the program creates",
      given: (s) => to(unknown(bus(s)))(s),
      finds: [own],
    },
    {
      name: "a native bus that the program creates",
      given: (s) => to(unknown(s.add("aws-native:events:EventBus", "bus", { name: "mail" })))(s),
      finds: [own],
    },
  ],
  passes: [
    { name: "the default bus, by its ARN", given: to(DEFAULT) },
    { name: "the default bus, by its name", given: to("default") },
    {
      name: "the default bus of another partition",
      given: to("arn:aws-cn:events:cn-north-1:123456789012:event-bus/default", { region: "cn-north-1" }),
    },
    {
      name: "other destinations",
      given: (s) => {
        s.destination("main", {
          enabled: true,
          matchingEventTypes: ["BOUNCE"],
          snsDestination: { topicArn: unknown() },
        });
        s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], cloudWatchDestination: {} });
        s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"] });
      },
    },
    { name: "a destination that is only read", given: to(OWN, {}, { external: true }) },
    {
      name: "v1 has no such destination",
      given: (s) =>
        s.add("aws:ses/eventDestination:EventDestination", "events", {
          configurationSetName: "main",
          enabled: true,
          matchingTypes: ["bounce"],
          snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" },
        }),
    },
  ],
  unknown: [
    { name: "a bus that nobody knows", given: to(unknown()), finds: [doubt] },
    { name: "no bus at all", given: to(undefined), finds: [doubt] },
    {
      name: "a block that nobody knows",
      given: (s) =>
        s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], eventBridgeDestination: unknown() }),
      finds: [doubt],
    },
    { name: "a destination of which nothing is known", given: (s) => s.destination("main", unknown()), finds: [doubt] },
    {
      name: "a bus that is only read may be the default one",
      given: (s) => to(unknown(bus(s, { external: true })))(s),
      finds: [doubt],
    },
  ],
});
