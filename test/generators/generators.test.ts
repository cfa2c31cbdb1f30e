import fc from "fast-check";
import { parsePolicy } from "../../policies/model/iam/document";
import { ANY_PART } from "../../policies/model/iam/glob";
import { UNKNOWN } from "../../policies/model/value";
import { naiveAllows } from "../support/naive-policy";
import { FORMS } from "../support/records";
import { anyPartlyKnownText, anyPattern } from "./patterns";
import { anyPolicy, anyRequest } from "./policies";
import { anyStack, anyView } from "./stacks";

/** Fixed: what is checked is what the generators can make, not luck. */
const sample = <T>(generator: fc.Arbitrary<T>, numRuns = 2000): T[] =>
  fc.sample(generator, { numRuns, seed: 20261123 });

const share = <T>(items: readonly T[], has: (item: T) => boolean) => items.filter(has).length / items.length;

describe("stacks", () => {
  const stacks = sample(anyStack(), 500);
  const rows = stacks.flatMap((stack) => stack.rows);

  test("hold every type that the generator names, identities most of all", () => {
    const types = new Set(rows.map(({ type }) => type));
    expect([...types].sort()).toMatchInlineSnapshot(`
[
  "aws-native:ses:ConfigurationSet",
  "aws-native:ses:EmailIdentity",
  "aws-native:sns:Topic",
  "aws-native:sns:TopicPolicy",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:kms/alias:Alias",
  "aws:kms/key:Key",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:lambda/function:Function",
  "aws:lambda/permission:Permission",
  "aws:s3/bucket:Bucket",
  "aws:ses/configurationSet:ConfigurationSet",
  "aws:ses/domainDkim:DomainDkim",
  "aws:ses/domainIdentity:DomainIdentity",
  "aws:ses/emailIdentity:EmailIdentity",
  "aws:ses/eventDestination:EventDestination",
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
  "aws:ses/identityPolicy:IdentityPolicy",
  "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes",
  "aws:sesv2/configurationSet:ConfigurationSet",
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
  "aws:sesv2/emailIdentity:EmailIdentity",
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
  "aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint",
  "aws:sns/dataProtectionPolicy:DataProtectionPolicy",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "ses-guard:index:MonitoredIdentity",
]
`);
    expect(share(rows, ({ type }) => /identity:|:EmailIdentity$/i.test(type))).toBeGreaterThan(0.05);
  });

  test("hold references to what stands in the program, and to what does not", () => {
    const texts = stacks.map((stack) => JSON.stringify(stack.records("state")));
    const elsewhere = share(texts, (text) => text.includes(":elsewhere"));
    expect(elsewhere).toBeGreaterThan(0.3);
    expect(elsewhere).toBeLessThan(1);
    const dependencies = stacks.map((stack) => stack.records("preview").resources.flatMap(dependenciesOf));
    expect(share(dependencies, (urns) => urns.length > 0)).toBeGreaterThan(0.4);
  });

  test("have no URN twice, and depend on nothing that is missing", () => {
    for (const stack of stacks) {
      const { resources } = stack.records("preview");
      const urns = resources.map(({ urn }) => urn);
      expect(new Set(urns).size).toBe(urns.length);
      expect(urns).toEqual(expect.arrayContaining(resources.flatMap(dependenciesOf)));
    }
  });

  test("come in every form: with values afterwards, with unknown ones before", () => {
    const views = sample(anyView, 300);
    const isState = share(views, ({ resources }) => resources.some(({ inputs, outputs }) => !!inputs && !!outputs));
    const isPack = share(views, ({ resources }) => resources.some(({ inputs, outputs }) => !inputs && !!outputs));
    for (const found of [isState, isPack]) expect(found).toBeGreaterThan(0.8 / FORMS.length);
    expect(share(views, ({ resources }) => resources.every(({ outputs }) => !outputs))).toBeGreaterThan(0.1);
    const unknown = share(views, ({ resources }) => resources.some(({ outputs }) => has(outputs, UNKNOWN)));
    expect(unknown).toBeGreaterThan(0.2);
  });
});

describe("policies", () => {
  const policies = sample(anyPolicy);
  const requests = sample(anyRequest);

  test("can be parsed, and are allowed and refused often enough to tell the two apart", () => {
    for (const policy of policies) expect(parsePolicy(policy)).toMatchObject({});
    const allowed = share(policies, (policy) => naiveAllows(policy, requests[policies.indexOf(policy)]!));
    expect(allowed).toBeGreaterThan(0.02);
    expect(allowed).toBeLessThan(0.6);
  });

  test("hold every kind of statement and condition", () => {
    const text = JSON.stringify(policies);
    for (const part of [
      "Deny",
      "NotPrincipal",
      "NotAction",
      "NotResource",
      "CanonicalUser",
      "ForAllValues:",
      "ForAnyValue:",
    ])
      expect(text).toContain(part);
    for (const operator of ["StringEquals", "StringNotLike", "ArnLike", "ArnNotEquals", "Bool", "Null", "IfExists"])
      expect(text).toContain(operator);
  });

  test("stand beside requests of Amazon SES whose account is that of the mail's source", () => {
    for (const { service, resource, context } of requests) {
      expect(service).toBe("ses.amazonaws.com");
      expect(resource).toMatch(/^arn:aws:sns:[a-z]+-[a-z]+-\d:\d{12}:bounces$/);
      expect(context["aws:sourceowner"]).toBe(context["aws:sourceaccount"]);
      expect(context["aws:sourcearn"]).toMatch(/^arn:aws:ses:/);
    }
    expect(share(requests, ({ context }) => "aws:tags" in context)).toBeGreaterThan(0.3);
  });
});

describe("patterns", () => {
  test("have wildcards often, and are plain sometimes", () => {
    const plain = share(sample(anyPattern), (pattern) => /^[ab:]*$/.test(pattern));
    expect(plain).toBeGreaterThan(0.05);
    expect(plain).toBeLessThan(0.6);
  });

  test("texts have up to two parts that are not known", () => {
    const parts = sample(anyPartlyKnownText).map((text) => text.split(ANY_PART).length - 1);
    expect(new Set(parts)).toEqual(new Set([0, 1, 2]));
  });
});

function dependenciesOf({
  propertyDependencies = {},
}: {
  propertyDependencies?: Record<string, readonly string[]>;
}): string[] {
  return Object.values(propertyDependencies).flat();
}

function has(value: unknown, wanted: unknown): boolean {
  if (value === wanted) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((inner) => has(inner, wanted));
}
