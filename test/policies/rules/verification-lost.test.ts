import type { Json } from "../../../policies/model/value";
import { verificationLost } from "../../../policies/rules/verification-lost";
import { type Stack, unknown } from "../../support/records";
import { testRule } from "./tester";

const identity =
  (verificationStatus: unknown, more: Json = {}) =>
  (s: Stack) =>
    s.add("ses-guard:account:Identity", "a", {
      region: "us-east-1",
      emailIdentity: "a.example",
      verificationStatus,
      ...more,
    });
const forms = ["state"] as const;

testRule(verificationLost, {
  fails: ["FAILED", "TEMPORARY_FAILURE"].map((status) => ({
    name: status,
    given: identity(status),
    forms,
    finds: [
      `violation a.example@us-east-1: The verification of a.example (us-east-1) is ${status}: SES does not find its DNS records.`,
    ],
  })),
  passes: ["SUCCESS", "PENDING", "NOT_STARTED"].map((status) => ({ name: status, given: identity(status), forms })),
  unknown: [
    {
      name: "not read",
      given: identity(unknown()),
      forms,
      finds: ["unverified a.example@us-east-1: Whether a.example (us-east-1) is verified is not known."],
    },
  ],
});
