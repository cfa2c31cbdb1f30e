import type { Json } from "../../../policies/model/value";
import { sendingPaused } from "../../../policies/rules/sending-paused";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const account = (inputs: Json) => (s: Stack) =>
  s.add("ses-guard:account:Account", "account", { region: "us-east-1", ...inputs });
const sender = (type: string, inputs: Json) => (s: Stack) =>
  s.add(`ses-guard:account:${type}`, "sender", { region: "us-east-1", ...inputs });
const forms = ["state"] as const;

testRule(sendingPaused, {
  fails: [
    {
      name: "the account is shut down",
      given: account({ sendingEnabled: false, enforcementStatus: "SHUTDOWN" }),
      forms,
      finds: [
        "violation @us-east-1: Sending is paused for the whole account in us-east-1: SES refuses its mail.",
        "violation @us-east-1: AWS has put the account in us-east-1 under SHUTDOWN.",
      ],
    },
    {
      name: "an account on probation",
      given: account({ sendingEnabled: true, enforcementStatus: "PROBATION" }),
      forms,
      finds: ["violation @us-east-1: AWS has put the account in us-east-1 under PROBATION."],
    },
    {
      name: "a verified identity",
      given: sender("Identity", { emailIdentity: "a.example", verificationStatus: "SUCCESS", sendingEnabled: false }),
      forms,
      finds: ["violation @us-east-1: Sending is paused for identity a.example (us-east-1): SES refuses its mail."],
    },
    {
      name: "a configuration set",
      given: sender("ConfigurationSet", { configurationSetName: "main", sendingEnabled: false }),
      forms,
      finds: ["violation @us-east-1: Sending is paused for configuration set main (us-east-1): SES refuses its mail."],
    },
    {
      name: "a tenant",
      given: sender("Tenant", { tenantName: "acme", sendingStatus: "DISABLED" }),
      forms,
      finds: ["violation @us-east-1: Sending is paused for tenant acme (us-east-1): SES refuses its mail."],
    },
  ],
  passes: [
    { name: "a healthy account", given: account({ sendingEnabled: true, enforcementStatus: "HEALTHY" }), forms },
    {
      name: "a tenant that was reinstated",
      given: sender("Tenant", { tenantName: "acme", sendingStatus: "REINSTATED" }),
      forms,
    },
    {
      name: "an identity that was never verified",
      given: sender("Identity", { emailIdentity: "a.example", verificationStatus: "PENDING", sendingEnabled: false }),
      forms,
    },
  ],
  unknown: [
    {
      name: "the account was not read",
      given: account({ sendingEnabled: unknown(), enforcementStatus: unknown() }),
      forms,
      finds: ["unverified @us-east-1: Whether the account may send in us-east-1 is not known."],
    },
    {
      name: "the set was not read",
      given: sender("ConfigurationSet", { configurationSetName: "main", sendingEnabled: unknown() }),
      forms,
      finds: ["unverified @us-east-1: Whether configuration set main (us-east-1) may send is not known."],
    },
  ],
});
