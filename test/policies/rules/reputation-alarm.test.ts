import type { Json } from "../../../policies/model/value";
import { reputationAlarm } from "../../../policies/rules/reputation-alarm";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const alarms =
  (bounceAlarm: unknown, complaintAlarm: unknown, sends = true) =>
  (s: Stack) => {
    const inputs: Json = { region: "us-east-1", bounceAlarm, complaintAlarm };
    s.add("ses-guard:account:Account", "account", inputs);
    if (sends) s.identity("a.example");
  };
const forms = ["state"] as const;

testRule(reputationAlarm, {
  fails: [
    {
      name: "no alarm",
      given: alarms(false, false),
      forms,
      finds: ["violation @us-east-1: No alarm watches the bounce rate and complaint rate of the account in us-east-1."],
    },
    {
      name: "one of two",
      given: alarms(true, false),
      forms,
      finds: ["violation @us-east-1: No alarm watches the complaint rate of the account in us-east-1."],
    },
  ],
  passes: [
    { name: "two alarms", given: alarms(true, true), forms },
    { name: "nobody sends there", given: alarms(false, false, false), forms },
  ],
  unknown: [
    {
      name: "not read",
      given: alarms(unknown(), true),
      forms,
      finds: [
        "unverified @us-east-1: Whether an alarm watches the bounce rate of the account in us-east-1 is not known.",
      ],
    },
  ],
});
