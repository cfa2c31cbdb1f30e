import { reputationMetrics } from "../../../policies/rules/reputation-metrics";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const none = "violation @us-east-1: Configuration set main has no reputation metrics.";
const doubt = "unverified @us-east-1: Whether configuration set main has reputation metrics is not known.";
const v1 =
  (enabled?: unknown, options = {}) =>
  (s: Stack) =>
    s.add(
      "aws:ses/configurationSet:ConfigurationSet",
      "main",
      { name: "main", ...(enabled !== undefined && { reputationMetricsEnabled: enabled }) },
      options,
    );
const v2 = (reputationOptions?: unknown) => (s: Stack) =>
  s.set("main", reputationOptions === undefined ? {} : { reputationOptions });
const native = (reputationOptions?: unknown) => (s: Stack) =>
  s.add("aws-native:ses:ConfigurationSet", "main", {
    name: "main",
    ...(reputationOptions !== undefined && { reputationOptions }),
  });

testRule(reputationMetrics, {
  fails: [
    { name: "v1: nothing said", given: v1(), finds: [none] },
    { name: "v1: switched off", given: v1(false), finds: [none] },
    { name: "v2: nothing said", given: v2(), finds: [none] },
    { name: "v2: switched off", given: v2({ reputationMetricsEnabled: false }), finds: [none] },
    { name: "v2: an empty block", given: v2({}), finds: [none] },
    { name: "native: nothing said", given: native(), finds: [none] },
    { name: "native: switched off", given: native({ reputationMetricsEnabled: false }), finds: [none] },
    {
      name: "a set without a known name",
      given: (s) => s.set(unknown()),
      finds: ["violation @us-east-1: Configuration set unnamed has no reputation metrics."],
    },
    {
      name: "each Region on its own",
      given: (s) => {
        s.set("main", { reputationOptions: { reputationMetricsEnabled: true } });
        s.add("aws:sesv2/configurationSet:ConfigurationSet", "ireland", {
          configurationSetName: "main",
          region: "eu-west-1",
        });
      },
      finds: ["violation @eu-west-1"],
    },
  ],
  passes: [
    { name: "no set", given: (s) => s.identity("example.com", { configurationSetName: "main" }) },
    { name: "v1: switched on", given: v1(true) },
    { name: "v2: switched on", given: v2({ reputationMetricsEnabled: true }) },
    { name: "v2: switched on, as YAML writes it", given: v2({ reputationMetricsEnabled: "true" }) },
    { name: "native: switched on", given: native({ reputationMetricsEnabled: true }) },
    { name: "a set that is only read", given: v1(undefined, { external: true }) },
  ],
  unknown: [
    { name: "v1: a flag that nobody knows", given: v1(unknown()), finds: [doubt] },
    { name: "v1: a flag of an odd type", given: v1("yes"), finds: [doubt] },
    { name: "v2: a flag that nobody knows", given: v2({ reputationMetricsEnabled: unknown() }), finds: [doubt] },
    { name: "v2: a block that nobody knows", given: v2(unknown()), finds: [doubt] },
    { name: "native: a block that nobody knows", given: native(unknown()), finds: [doubt] },
  ],
});
