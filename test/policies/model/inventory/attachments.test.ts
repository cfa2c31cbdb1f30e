import { UNKNOWN } from "../../../../policies/model/value";
import { FORMS, type Handle, json, Stack, unknown } from "../../../support/records";
import { view } from "../view";

const POLICY = json({ Version: "2012-10-17", Statement: [] });

describe.each(FORMS)("%s", (form) => {
  test("a policy of an identity knows its identity, also by ARN", () => {
    const stack = new Stack();
    const identity = stack.identity("example.com");
    stack.add("aws:ses/identityPolicy:IdentityPolicy", "v1", { identity: identity.arn, policy: POLICY });
    stack.add("aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy", "v2", {
      emailIdentity: "far.example",
      policy: POLICY,
    });
    const { inventory } = view(stack, form);
    expect(inventory.identityPolicies.map(({ identity: { kind } }) => kind)).toEqual(["found", "outside"]);
  });

  test("DKIM belongs to the domain that it names, and may belong to any where nobody knows", () => {
    const stack = new Stack();
    for (const name of ["signed.example", "plain.example"]) stack.domain(name);
    stack.add("aws:ses/domainDkim:DomainDkim", "dkim", { domain: "signed.example" });
    const { identity } = view(stack, form);
    expect(identity("signed.example").signing).toHaveLength(1);
    expect(identity("plain.example").signing).toEqual([]);

    stack.add("aws:ses/domainDkim:DomainDkim", "whose", { domain: unknown() });
    const doubted = view(stack, form).identity("plain.example");
    expect(doubted.possibleSigning.all).toHaveLength(1);
  });

  test("data protection belongs to its topic only", () => {
    const stack = new Stack();
    const [used, other] = [stack.topic("used"), stack.topic("other")];
    const policy = { arn: used.arn, policy: "{}" };
    stack.add("aws:sns/topicDataProtectionPolicy:TopicDataProtectionPolicy", "protection", policy);
    const { topic } = view(stack, form);
    expect(topic("used").protections).toHaveLength(1);
    expect(topic(other.name).protections).toEqual([]);
  });

  test.each<[string, (stack: Stack, rule: Handle) => unknown, unknown]>([
    ["nothing", () => undefined, false],
    ["a target that names it", (s, rule) => target(s, rule.out("name"), "arn:aws:sqs:us-east-1:1:q"), true],
    ["a target of some rule", (s) => target(s, unknown(), "arn:aws:sqs:us-east-1:1:q"), UNKNOWN],
    ["a target of another rule", (s) => target(s, "other", "arn:aws:sqs:us-east-1:1:q"), false],
    [
      "a target that is deleted",
      (s, rule) => target(s, rule.out("name"), s.queue("q", {}, { gone: true, exists: true }).arn),
      false,
    ],
  ])("a rule has a target by %s: %p", (_, program, expected) => {
    const stack = new Stack();
    const rule = stack.add("aws:cloudwatch/eventRule:EventRule", "rule", { name: "rule" });
    program(stack, rule);
    expect(view(stack, form).inventory.eventRules.map(({ hasTarget }) => hasTarget)).toEqual([expected]);
  });
});

function target(stack: Stack, rule: unknown, arn: unknown): Handle {
  return stack.add("aws:cloudwatch/eventTarget:EventTarget", "target", { rule, arn });
}
