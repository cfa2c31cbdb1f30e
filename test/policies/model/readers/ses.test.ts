import { UNKNOWN, UNKNOWN_STRING } from "../../../../policies/model/value";
import { factOf } from "./read";

test.each<[string, Record<string, unknown>, object]>([
  ["aws:ses/domainIdentity:DomainIdentity", { domain: "example.com" }, { name: "example.com", kind: "domain" }],
  ["aws:ses/emailIdentity:EmailIdentity", { email: "a@example.com" }, { name: "a@example.com", kind: "address" }],
  [
    "aws:sesv2/emailIdentity:EmailIdentity",
    { emailIdentity: "example.com", configurationSetName: "mail" },
    { name: "example.com", kind: undefined, defaultSet: "mail" },
  ],
  [
    "aws-native:ses:EmailIdentity",
    {
      emailIdentity: "example.com",
      configurationSetAttributes: { configurationSetName: "mail" },
      feedbackAttributes: { emailForwardingEnabled: false },
    },
    { name: "example.com", defaultSet: "mail", forwarding: false },
  ],
  ["aws-native:ses:EmailIdentity", { emailIdentity: UNKNOWN_STRING }, { name: UNKNOWN, forwarding: undefined }],
])("%s %j is an identity", (type, inputs, fact) => {
  expect(factOf(type, inputs)).toMatchObject({ fact: "identity", ...fact });
});

test("the forwarding that a native identity answers is nobody's decision", () => {
  const answered = { feedbackAttributes: { emailForwardingEnabled: true } };
  expect(factOf("aws-native:ses:EmailIdentity", { emailIdentity: "a.example" }, answered)).toMatchObject({
    forwarding: undefined,
  });
});

test.each([
  ["Bounce", "bounce"],
  ["COMPLAINT", "complaint"],
  ["Delivery", "delivery"],
  ["Reject", UNKNOWN],
  [UNKNOWN_STRING, UNKNOWN],
])("a notification of type %s", (notificationType, type) => {
  const inputs = { identity: "example.com", notificationType, topicArn: "arn:aws:sns:us-east-1:111122223333:t" };
  expect(factOf("aws:ses/identityNotificationTopic:IdentityNotificationTopic", inputs)).toMatchObject({
    fact: "notification",
    identity: "example.com",
    type,
    topic: inputs.topicArn,
  });
});

test("forwarding, whose identity is required", () => {
  const type = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";
  expect(factOf(type, { emailIdentity: "a.example", emailForwardingEnabled: "true" })).toMatchObject({
    fact: "forwarding",
    identity: "a.example",
    enabled: true,
  });
  expect(factOf(type, {})).toMatchObject({ identity: UNKNOWN });
});

test("the account's suppression", () => {
  const type = "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes";
  expect(factOf(type, { suppressedReasons: ["BOUNCE"] })).toMatchObject({ fact: "suppression", reasons: ["BOUNCE"] });
});

test.each(["aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint", "aws-native:ses:MultiRegionEndpoint"])(
  "secondary Regions of %s",
  (type) => {
    expect(factOf(type, { details: { routeDetails: [{ region: "eu-west-1" }] } })).toMatchObject({
      fact: "multi-region",
      secondary: ["eu-west-1"],
    });
  },
);

test.each(["", " ", "\u200b\u2060", "\u3164\u2800"])("a reason of %j is none", (reason) => {
  const found = factOf("ses-guard:index:MonitoredIdentity", { identity: "a.example", intendedOverride: { reason } });
  expect(found).toEqual({ fact: "hidden", reason: { kind: "override-without-reason" }, pending: false });
});

test("a component's override counts under the identity's normal name", () => {
  const type = "ses-guard:index:MonitoredIdentity";
  const intendedOverride = { reason: "on purpose", expires: "2027-01-01" };
  expect(factOf(type, { identity: "CEO@Example.com", intendedOverride })).toMatchObject({
    fact: "override",
    override: { identity: "CEO@example.com", reason: "on purpose", expires: "2027-01-01" },
  });
  expect(factOf(type, { identity: "a.example" })).toBeUndefined();
  expect(factOf(type, { identity: UNKNOWN_STRING, intendedOverride })).toMatchObject({ fact: "hidden" });
});

test.each([
  ["aws:ses/identityPolicy:IdentityPolicy", "identity"],
  ["aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy", "emailIdentity"],
])("%s is a policy of an identity", (type, identity) => {
  expect(factOf(type, { [identity]: "example.com", policy: "{}" })).toMatchObject({
    ...{ fact: "identity-policy", identity: "example.com", policy: "{}" },
  });
  expect(factOf(type, {})).toMatchObject({ identity: UNKNOWN, policy: undefined });
});

test("DKIM is turned on by a resource in v1, and by default elsewhere", () => {
  const native = (signingEnabled: unknown) =>
    factOf("aws-native:ses:EmailIdentity", { dkimAttributes: { signingEnabled } });
  expect(factOf("aws:ses/domainDkim:DomainDkim", { domain: "example.com" })).toEqual({
    fact: "dkim",
    identity: "example.com",
  });
  expect(factOf("aws:ses/domainIdentity:DomainIdentity", { domain: "example.com" })).toMatchObject({
    signing: undefined,
  });
  expect(factOf("aws:sesv2/emailIdentity:EmailIdentity", {})).toMatchObject({ signing: true });
  expect([undefined, false, UNKNOWN].map(native)).toMatchObject([
    { signing: true },
    { signing: false },
    { signing: UNKNOWN },
  ]);
});
