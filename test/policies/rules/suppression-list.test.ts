import { suppressionList } from "../../../policies/rules/suppression-list";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const account =
  (suppressedReasons: unknown, options = {}) =>
  (s: Stack) =>
    s.add(
      "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes",
      "suppression",
      { suppressedReasons },
      options,
    );
const set = (suppressionOptions: unknown) => (s: Stack) => s.set("main", { suppressionOptions });
const native = (suppressionOptions: unknown) => (s: Stack) =>
  s.add("aws-native:ses:ConfigurationSet", "main", { name: "main", suppressionOptions });
const both = "unverified @us-east-1: Whether configuration set main suppresses bounces and complaints is not known.";

testRule(suppressionList, {
  fails: [
    {
      name: "the account suppresses nothing",
      given: account([]),
      finds: ["violation @us-east-1: The account does not suppress bounces and complaints."],
    },
    {
      name: "the account suppresses complaints only",
      given: account(["COMPLAINT"]),
      finds: ["violation @us-east-1: The account does not suppress bounces."],
    },
    {
      name: "the account suppresses bounces only, in one Region",
      given: (s) => {
        account(["BOUNCE", "COMPLAINT"])(s);
        s.add("aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes", "ireland", {
          suppressedReasons: ["BOUNCE"],
          region: "eu-west-1",
        });
      },
      finds: ["violation @eu-west-1: The account does not suppress complaints."],
    },
    {
      name: "the set suppresses nothing",
      given: set({ suppressedReasons: [] }),
      finds: ["violation @us-east-1: Configuration set main does not suppress bounces and complaints."],
    },
    {
      name: "the set suppresses bounces only",
      given: set({ suppressedReasons: ["BOUNCE"] }),
      finds: ["violation @us-east-1: Configuration set main does not suppress complaints."],
    },
    {
      name: "a native set suppresses nothing, whatever the account does",
      given: (s) => {
        account(["BOUNCE", "COMPLAINT"])(s);
        native({ suppressedReasons: [] })(s);
      },
      finds: ["violation @us-east-1"],
    },
    {
      name: "a set whose name nobody knows",
      given: (s) => s.set(unknown(), { suppressionOptions: { suppressedReasons: ["COMPLAINT"] } }),
      finds: ["violation @us-east-1: Configuration set unnamed does not suppress bounces."],
    },
  ],
  passes: [
    { name: "nothing is said, so the account's settings apply", given: (s) => s.set("main") },
    { name: "the account suppresses both", given: account(["COMPLAINT", "BOUNCE"]) },
    { name: "the set suppresses both", given: set({ suppressedReasons: ["BOUNCE", "COMPLAINT"] }) },
    { name: "a native set suppresses both", given: native({ suppressedReasons: ["BOUNCE", "COMPLAINT"] }) },
    { name: "settings that are only read", given: account([], { external: true }) },
  ],
  unknown: [
    {
      name: "the account's reasons are not known",
      given: account(unknown()),
      finds: ["unverified @us-east-1: Whether the account suppresses bounces and complaints is not known."],
    },
    {
      name: "one of the account's reasons is not known",
      given: account(["BOUNCE", unknown()]),
      finds: ["unverified @us-east-1: Whether the account suppresses complaints is not known."],
    },
    { name: "the set's options are not known", given: set(unknown()), finds: [both] },
    { name: "the set's reasons are not known", given: set({ suppressedReasons: unknown() }), finds: [both] },
    { name: "the set's reasons are of an odd type", given: set({ suppressedReasons: "BOUNCE" }), finds: [both] },
    { name: "the options are empty", given: set({}), finds: [both] },
    { name: "a native set's options are not known", given: native(unknown()), finds: [both] },
  ],
});
