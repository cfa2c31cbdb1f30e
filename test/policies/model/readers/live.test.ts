import { UNKNOWN } from "../../../../policies/model/value";
import { factOf } from "./read";

test("an account says whether it may send, what it suppresses and who watches its rates", () => {
  const inputs = {
    sendingEnabled: false,
    enforcementStatus: "PROBATION",
    suppressedReasons: ["BOUNCE"],
    bounceAlarm: true,
    complaintAlarm: UNKNOWN,
  };
  expect(factOf("ses-guard:account:Account", inputs)).toEqual({
    fact: "live-account",
    sending: false,
    enforcement: "PROBATION",
    suppressedReasons: ["BOUNCE"],
    bounceAlarm: true,
    complaintAlarm: UNKNOWN,
  });
});

test.each([
  ["ses-guard:account:Identity", "identity", { emailIdentity: "example.com", verificationStatus: "FAILED" }, "FAILED"],
  ["ses-guard:account:ConfigurationSet", "set", { configurationSetName: "example.com" }, undefined],
])("%s says whether it may send", (type, kind, inputs, verification) => {
  const expected = { fact: "live-sender", kind, name: "example.com", verification };
  expect(factOf(type, { ...inputs, sendingEnabled: false })).toEqual({ ...expected, sending: false });
  expect(factOf(type, { ...inputs, sendingEnabled: UNKNOWN })).toEqual({ ...expected, sending: UNKNOWN });
});

test.each([
  ["ENABLED", true],
  ["REINSTATED", true],
  ["DISABLED", false],
  [UNKNOWN, UNKNOWN],
  [undefined, UNKNOWN],
])("a tenant's sending status %p", (sendingStatus, sending) => {
  const inputs = { tenantName: "acme", ...(sendingStatus !== undefined && { sendingStatus }) };
  expect(factOf("ses-guard:account:Tenant", inputs)).toMatchObject({ kind: "tenant", name: "acme", sending });
});

test("a call that failed is a doubt that says why", () => {
  const reason = { kind: "not-read", problem: "AWS denied it" };
  expect(factOf("ses-guard:account:Call", { problem: "AWS denied it" })).toEqual({
    fact: "hidden",
    reason,
    pending: false,
  });
  expect(factOf("ses-guard:account:Call", {})).toMatchObject({ reason: { kind: "not-read", problem: "it failed" } });
});
