import { lookUp, serviceContext } from "../../../../policies/model/iam/request";
import { ANY_PART, UNKNOWN } from "../../../../policies/model/value";

const ARN = "arn:aws:ses:us-east-1:111122223333:identity/example.com";

/** What the request of a service says of a key. */
function say(key: string, source: Parameters<typeof serviceContext>[1] = { account: "111122223333", arn: ARN }) {
  const context = serviceContext("ses.amazonaws.com", source);
  const request = { service: "ses.amazonaws.com", action: "sns:Publish", resource: "*", context, variables: true };
  return lookUp(key, request);
}

test.each([
  ["aws:sourceaccount", "111122223333"],
  ["aws:sourceowner", "111122223333"],
  ["aws:sourcearn", ARN],
  ["aws:securetransport", "true"],
  ["aws:principalisawsservice", "true"],
  ["aws:principalservicename", "ses.amazonaws.com"],
  ["aws:principalorgid", undefined],
  ["aws:sourceorgid", UNKNOWN],
  ["aws:principaltag/team", UNKNOWN],
])("a service that asks for the account says of %s: %p", (key, expected) => {
  expect(say(key)).toBe(expected);
});

test("a source that is not known is there all the same: a condition that only asks for presence is met", () => {
  const unknown = { account: UNKNOWN, arn: UNKNOWN } as const;
  expect(say("aws:sourceaccount", unknown)).toBe(ANY_PART);
  expect(say("aws:sourcearn", unknown)).toBe(ANY_PART);
});
