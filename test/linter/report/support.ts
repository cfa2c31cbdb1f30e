import type { Finding } from "../../../policies/model/finding";

export const finding = (fields: Partial<Finding> = {}): Finding => ({
  rule: "bounce-handling",
  verdict: "violation",
  identity: "example.com",
  region: "us-east-1",
  stack: "mail/prod",
  urn: "urn:pulumi:prod::mail::a:b:C::x",
  message: "Nobody receives the bounces of example.com (us-east-1).",
  remediation: "Declare a topic.",
  location: null,
  waived: null,
  ...fields,
});
export const doubt = (fields: Partial<Finding> = {}) => finding({ verdict: "unverified", ...fields });
