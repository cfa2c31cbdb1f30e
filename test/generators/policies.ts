import fc from "fast-check";
import type { NaiveDocument, NaiveRequest } from "../support/naive-policy";

/** A policy variable. */
const variable = (name: string) => `\${${name}}`;
const account = fc.constantFrom("111122223333", "444455556666");
const region = fc.constantFrom("us-east-1", "eu-west-1");
const identity = fc.constantFrom("identity/example.com", "identity/mail.example.com", "configuration-set/a:b");

const sourceArn = fc.tuple(region, account, identity).map(([r, a, i]) => `arn:aws:ses:${r}:${a}:${i}`);
const topicArn = fc.tuple(region, account).map(([r, a]) => `arn:aws:sns:${r}:${a}:bounces`);
const part = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom("*", "??-*", "1111*", "*3333", "???"));
const arnPattern = fc.oneof(
  sourceArn,
  topicArn,
  fc
    .tuple(
      fc.constantFrom("ses", "sns", "s*", "*"),
      part(region),
      part(account),
      fc.oneof(identity, fc.constantFrom("*", "identity/*", "?????*", "*:b", variable("*"))),
    )
    .map(([s, r, a, n]) => `arn:aws:${s}:${r}:${a}:${n}`),
  account.map((a) => `arn:aws:ses:*:${a}:*`),
  fc.constant(`arn:aws:ses:*:${variable("aws:SourceAccount")}:*`),
  fc.constant(variable("aws:SourceArn")),
);
const oneOrMany = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const anyCase = (text: string) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());

const set = fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:");
const suffix = fc.constantFrom("", "", "IfExists");
const operators = (names: string[]) =>
  fc.tuple(set, fc.constantFrom(...names).chain(anyCase), suffix).map((parts) => parts.join(""));
const block = (names: fc.Arbitrary<string>, keys: string[], values: fc.Arbitrary<unknown>) =>
  fc.tuple(names, fc.constantFrom(...keys).chain(anyCase), oneOrMany(values)).map(([o, k, v]) => ({ [o]: { [k]: v } }));
const text = fc.oneof(
  account,
  account,
  sourceArn,
  fc.constantFrom(
    "*",
    "1111*",
    variable("aws:SourceAccount"),
    "",
    "TRUE",
    "o-1",
    variable("*"),
    variable("?") + variable("$"),
  ),
);
const condition = fc.oneof(
  block(
    operators([
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ]),
    ["aws:SourceAccount", "aws:SourceOwner", "aws:PrincipalOrgID", "aws:Tags", "aws:SourceArn"],
    text,
  ),
  block(
    operators(["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]),
    ["aws:SourceArn", "aws:SourceArn", "aws:PrincipalArn"],
    arnPattern,
  ),
  block(
    operators(["Bool"]),
    ["aws:SecureTransport", "aws:PrincipalIsAWSService", "aws:MultiFactorAuthPresent"],
    fc.constantFrom("true", "false", true, false, "True"),
  ),
  block(
    fc.constant("Null"),
    ["aws:SourceArn", "aws:PrincipalOrgID", "aws:Tags"],
    fc.constantFrom("true", "false", true, false),
  ),
);
const principal = fc.oneof(
  fc.constant("*"),
  fc.constant({ Service: "ses.amazonaws.com" }),
  fc.record({ Service: oneOrMany(fc.constantFrom("ses.amazonaws.com", "sns.amazonaws.com")) }),
  fc.record({ AWS: oneOrMany(fc.constantFrom("*", "111122223333", "arn:aws:iam::111122223333:root")) }),
  fc.record({
    AWS: fc.constant("111122223333"),
    Service: fc.constant(["ses.amazonaws.com"]),
    CanonicalUser: fc.constant("79a5"),
  }),
);
const action = oneOrMany(
  fc.constantFrom("sns:Publish", "SNS:Publish", "sns:*", "*", "sns:Pub?ish", "SNS:Subscribe", "sqs:*"),
);
const resource = oneOrMany(
  fc.oneof(
    topicArn,
    fc.constantFrom(
      "*",
      "arn:aws:sns:*",
      "arn:aws:sns:us-east-1:*:bounces",
      `arn:aws:sns:*:${variable("aws:sourceACCOUNT")}:bounces`,
      `*:${variable("*")}`,
      "arn:aws:sns:us-????-?:*",
    ),
  ),
);
const either = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(name, name, name, `Not${name}`), value).map(([n, v]) => ({ [n]: v }));
const statement = fc
  .tuple(
    fc.constantFrom("Allow", "Allow", "Deny"),
    either("Principal", principal),
    either("Action", action),
    either("Resource", resource),
    fc.array(condition, { maxLength: 2 }),
  )
  .map(([Effect, p, a, r, conditions]) => ({
    Effect,
    ...p,
    ...a,
    ...r,
    ...(conditions.length > 0 ? { Condition: Object.assign({}, ...conditions) } : {}),
  }));
/** A policy document, all of it known. */
export const anyPolicy = fc.record({
  Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
  Statement: oneOrMany(statement),
}) as fc.Arbitrary<NaiveDocument>;

/** What Amazon SES asks of a topic, all of it known. */
export const anyRequest: fc.Arbitrary<NaiveRequest> = fc.record({
  service: fc.constant("ses.amazonaws.com"),
  action: fc.constantFrom("sns:Publish", "SNS:Publish"),
  resource: topicArn,
  context: fc
    .record({
      "aws:sourceaccount": account,
      "aws:sourcearn": sourceArn,
      "aws:securetransport": fc.constant("true"),
      "aws:principalisawsservice": fc.constant("true"),
      "aws:tags": fc.option(fc.array(fc.oneof(account, fc.constant("*")), { maxLength: 2 }), { nil: undefined }),
    })
    .map((context) => JSON.parse(JSON.stringify({ ...context, "aws:sourceowner": context["aws:sourceaccount"] }))),
});
