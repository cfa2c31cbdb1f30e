import { type ContextValue, type PolicyRequest, serviceContext } from "../../../../policies/model/iam/evaluate";
import type { Scope } from "../../../../policies/model/iam/request";
import { expand, match, matchArn, wildcards } from "../../../../policies/model/iam/text";
import { ANY_PART, type Maybe, UNKNOWN } from "../../../../policies/model/value";

const ARN = "arn:aws:ses:us-east-1:111122223333:identity/example.com";
const request: PolicyRequest = {
  service: "ses.amazonaws.com",
  action: "sns:publish",
  resource: "arn:aws:sns:us-east-1:111122223333:feedback",
  context: new Map<string, ContextValue>([
    ...serviceContext("ses.amazonaws.com", { account: "111122223333", arn: UNKNOWN }),
    ["aws:star", "a*b"],
  ]),
};
const scope = (variables: Maybe = true): Scope => ({ ...request, variables });
/** A policy variable. */
const variable = (name: string) => `\${${name}}`;

test.each([
  [`x-${variable("aws:SourceAccount")}-y`, "x-111122223333-y"],
  [`${variable("*")}${variable("?")}${variable("$")}`, "*?$"],
  [variable("aws:star"), "a*b"],
  [variable("aws:PrincipalOrgID, 'none'"), "none"],
  [variable("aws:PrincipalOrgID"), UNKNOWN],
  [variable("aws:SourceArn"), UNKNOWN],
  [variable("aws:username"), UNKNOWN],
  ["a ${ b", "a ${ b"],
])("%j stands for %p", (text, expected) => {
  expect(expand(text, false, scope())).toBe(expected);
});

test("without variables text is text, and where nobody knows whether there are any it is unknown", () => {
  expect(expand(variable("aws:SourceAccount"), false, scope(false))).toBe(variable("aws:SourceAccount"));
  expect(expand(variable("aws:SourceAccount"), false, scope(UNKNOWN))).toBe(UNKNOWN);
});

test("variables that never end take linear time", () => {
  const started = performance.now();
  const text = "${".repeat(200_000);
  expect(expand(text, true, scope())).toBe(text);
  expect(expand(`${text}}`, true, scope())).toBe(UNKNOWN);
  expect(expand(variable(`a,'${"' ".repeat(200_000)}`), true, scope())).toBe(UNKNOWN);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("no wildcard reaches past a colon of the first five", () => {
  expect(matchArn(wildcards("arn:aws:ses:*:*:identity/*"), ARN)).toBe(true);
  expect(matchArn(wildcards("arn:aws:s*:111122223333:identity/*:*"), ARN)).toBe(false);
  expect(matchArn(wildcards("arn:aws:sns:*:*:*"), ARN)).toBe(false);
  // Not documented: a pattern of fewer parts.
  expect(matchArn(wildcards("arn:aws:ses:*:identity/*"), ARN)).toBe(UNKNOWN);
  expect(matchArn(wildcards("arn:aws:sns:*"), ARN)).toBe(false);
  expect(matchArn(ARN, ANY_PART)).toBe(UNKNOWN);
});

test("what takes anything takes what is not known", () => {
  expect(match(wildcards("*"), UNKNOWN)).toBe(true);
  expect(match("x", UNKNOWN)).toBe(UNKNOWN);
  expect(match(UNKNOWN, "x")).toBe(UNKNOWN);
});
