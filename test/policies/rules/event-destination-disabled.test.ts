import { eventDestinationDisabled } from "../../../policies/rules/event-destination-disabled";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const SNS = { snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" } };
const to =
  (destination: object, set: unknown = "main", more: Record<string, unknown> = {}, options = {}) =>
  (s: Stack) => {
    if (typeof set === "string") s.set(set);
    s.destination(set, { matchingEventTypes: ["BOUNCE", "COMPLAINT"], ...SNS, ...destination }, more, options);
  };
const v1 = (more: object) => (s: Stack) =>
  s.add("aws:ses/eventDestination:EventDestination", "events", {
    configurationSetName: "main",
    matchingTypes: ["bounce"],
    ...SNS,
    ...more,
  });
const native = (destination: unknown) => (s: Stack) =>
  s.add("aws-native:ses:ConfigurationSetEventDestination", "events", {
    configurationSetName: "main",
    eventDestination: destination,
  });
const here = "Event destination destination-1 of configuration set main (us-east-1)";
const off = (types: string, where = here) =>
  `violation @us-east-1: ${where} is to send ${types}, but it is not enabled.`;
const events = "Event destination events of configuration set main (us-east-1)";
const perhaps = (what: string, where = here) =>
  `unverified @us-east-1: Whether ${where.replace("E", "e")} ${what} is not known.`;

testRule(eventDestinationDisabled, {
  fails: [
    { name: "v2: enabled left out means disabled", given: to({}), finds: [off("bounces and complaints")] },
    { name: "v2: switched off", given: to({ enabled: false }), finds: [off("bounces and complaints")] },
    { name: "v2: one type", given: to({ matchingEventTypes: ["COMPLAINT", "OPEN"] }), finds: [off("complaints")] },
    { name: "v1: enabled left out means disabled", given: v1({}), finds: [off("bounces", events)] },
    {
      name: "v1: switched off",
      given: v1({ enabled: false, matchingTypes: ["complaint"] }),
      finds: [off("complaints", events)],
    },
    { name: "native", given: native({ matchingEventTypes: ["bounce"], ...SNS }), finds: [off("bounces", events)] },
    {
      name: "a set that nobody knows",
      given: to({}, unknown()),
      finds: [off("bounces and complaints", "Event destination destination-1 (us-east-1)")],
    },
    { name: "in another Region", given: to({}, "main", { region: "eu-west-1" }), finds: ["violation @eu-west-1"] },
    {
      name: "one of two, the other is enabled",
      given: (s) => {
        to({})(s);
        s.destination("main", { enabled: true, matchingEventTypes: ["BOUNCE"], ...SNS });
      },
      finds: [off("bounces and complaints")],
    },
    {
      name: "a type beside one that nobody knows",
      given: to({ matchingEventTypes: ["BOUNCE", unknown()] }),
      finds: [off("bounces and complaints")],
    },
  ],
  passes: [
    { name: "v2: enabled", given: to({ enabled: true }) },
    { name: "v2: enabled, as YAML writes it", given: to({ enabled: "true" }) },
    { name: "v1: enabled", given: v1({ enabled: true }) },
    { name: "native: enabled", given: native({ enabled: true, matchingEventTypes: ["BOUNCE"], ...SNS }) },
    { name: "a disabled one for other types", given: to({ matchingEventTypes: ["DELIVERY", "SEND"] }) },
    { name: "one that is only read", given: to({}, "main", {}, { external: true }) },
  ],
  unknown: [
    { name: "v2: a flag that nobody knows", given: to({ enabled: unknown() }), finds: [perhaps("is enabled")] },
    { name: "v1: a flag that nobody knows", given: v1({ enabled: unknown() }), finds: [perhaps("is enabled", events)] },
    { name: "native: nothing is known", given: native(unknown()), finds: [perhaps("is enabled", events)] },
    {
      name: "disabled, with types that nobody knows",
      given: to({ matchingEventTypes: unknown() }),
      finds: [perhaps("sends bounces and complaints")],
    },
  ],
});
