import { deliveryFailureTypes } from "../../../policies/rules/delivery-failure-types";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const SNS = { snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:t" } };
const V2 = ["REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"];
const v2 =
  (types: unknown, more: object = {}, options = {}) =>
  (s: Stack) =>
    s.destination("main", { enabled: true, matchingEventTypes: types, ...SNS, ...more }, {}, options);
const v1 = (types: unknown) => (s: Stack) =>
  s.add("aws:ses/eventDestination:EventDestination", "events", {
    configurationSetName: "main",
    enabled: true,
    matchingTypes: types,
    ...SNS,
  });
const native = (eventDestination: unknown) => (s: Stack) =>
  s.add("aws-native:ses:ConfigurationSetEventDestination", "events", {
    configurationSetName: "main",
    eventDestination,
  });
const out = (types: string, name = "destination-1") =>
  `violation @us-east-1: Event destination ${name} (us-east-1) sends bounces, but leaves out ${types}.`;
const doubt = (types: string, name = "destination-1") =>
  `unverified @us-east-1: Whether event destination ${name} (us-east-1), which is to send bounces, leaves out ${types} is not known.`;
const all = "REJECT, RENDERING_FAILURE and DELIVERY_DELAY";

testRule(deliveryFailureTypes, {
  fails: [
    { name: "v2: bounces and complaints only", given: v2(["BOUNCE", "COMPLAINT"]), finds: [out(all)] },
    {
      name: "v2: one type is missing",
      given: v2(["BOUNCE", "REJECT", "DELIVERY_DELAY"]),
      finds: [out("RENDERING_FAILURE")],
    },
    { name: "v1: it knows no delays", given: v1(["bounce"]), finds: [out("reject and renderingFailure", "events")] },
    { name: "v1: one is missing", given: v1(["bounce", "renderingFailure"]), finds: [out("reject", "events")] },
    {
      name: "native: either spelling",
      given: native({ enabled: true, matchingEventTypes: ["bounce", "reject", "renderingFailure"], ...SNS }),
      finds: [out("DELIVERY_DELAY", "events")],
    },
    {
      name: "another set's destination does not help",
      given: (s) => {
        v2(["BOUNCE"])(s);
        s.destination("other", { enabled: true, matchingEventTypes: V2, ...SNS });
      },
      finds: [out(all)],
    },
    {
      name: "a disabled one, or CloudWatch, does not help",
      given: (s) => {
        v2(["BOUNCE"])(s);
        s.destination("main", { matchingEventTypes: V2, ...SNS });
        s.destination("main", { enabled: true, matchingEventTypes: V2, cloudWatchDestination: {} });
      },
      finds: [out(all)],
    },
  ],
  passes: [
    { name: "v2: all failures", given: v2(["BOUNCE", ...V2]) },
    { name: "v1: all failures", given: v1(["bounce", "reject", "renderingFailure"]) },
    {
      name: "native: all failures",
      given: native({
        enabled: true,
        matchingEventTypes: ["BOUNCE", "REJECT", "renderingFailure", "deliveryDelay"],
        ...SNS,
      }),
    },
    { name: "a destination for other things", given: v2(["COMPLAINT", "OPEN"]) },
    { name: "a disabled one: that is event-destination-disabled", given: v2(["BOUNCE"], { enabled: false }) },
    {
      name: "another destination of the set sends them",
      given: (s) => {
        v2(["BOUNCE"])(s);
        s.destination("main", { enabled: true, matchingEventTypes: V2, eventBridgeDestination: {} });
      },
    },
    { name: "one that is only read", given: v2(["BOUNCE"], {}, { external: true }) },
  ],
  unknown: [
    { name: "types that nobody knows", given: v2(unknown()), finds: [doubt(all)] },
    {
      name: "v1: types that nobody knows",
      given: v1(unknown()),
      finds: [doubt("reject and renderingFailure", "events")],
    },
    { name: "native: nothing is known", given: native(unknown()), finds: [doubt(all, "events")] },
    { name: "a type that nobody knows", given: v2(["BOUNCE", unknown()]), finds: [doubt(all)] },
    { name: "a flag that nobody knows", given: v2(["BOUNCE"], { enabled: unknown() }), finds: [doubt(all)] },
    {
      name: "another destination may send them",
      given: (s) => {
        v2(["BOUNCE"])(s);
        s.destination("main", { enabled: unknown(), matchingEventTypes: V2, ...SNS });
      },
      finds: [doubt(all)],
    },
  ],
});
