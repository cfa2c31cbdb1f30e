import fc from "fast-check";
import { Policies, type ServiceRequest } from "../../../../policies/model/iam/alike";
import { parsePolicy } from "../../../../policies/model/iam/document";
import { evaluatePolicy, serviceContext } from "../../../../policies/model/iam/evaluate";
import { allowsAnybody } from "../../../../policies/model/iam/limits";
import { ANY_PART, UNKNOWN } from "../../../../policies/model/value";
import { anyPolicy, anyRequest } from "../../../generators/policies";

const ACCOUNT = "111122223333";
const topic = (name: string) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;
const identity = (name: string) => `arn:aws:ses:us-east-1:${ACCOUNT}:identity/${name}`;
const request = (resource: string, source: string): ServiceRequest => ({
  service: "ses.amazonaws.com",
  actions: ["sns:Publish"],
  resource,
  account: ACCOUNT,
  source,
});

/** The answer without a memory and under the real names. */
function fresh(policy: unknown, { service, actions, resource, account, source }: ServiceRequest) {
  const context = serviceContext(service, { account, arn: source });
  return evaluatePolicy(parsePolicy(policy) ?? UNKNOWN, { service, action: actions[0] ?? "", resource, context });
}

function policyFor(resource: string, source: string, extra: object = {}): string {
  const Condition = { StringEquals: { "AWS:SourceAccount": ACCOUNT }, ArnLike: { "AWS:SourceArn": source } };
  const statement = { Effect: "Allow", Principal: { Service: "ses.amazonaws.com" }, Action: "sns:*" };
  return JSON.stringify({ Statement: { ...statement, Resource: resource, Condition, ...extra } });
}

test("policies that differ in their own names only are asked once", () => {
  const policies = new Policies();
  const ask = (name: string) => {
    const [resource, source] = [topic(name), identity(`${name}.example.com`)];
    return policies.evaluate(policyFor(resource, source), request(resource, source));
  };
  expect(ask("a").decision).toBe("allowed");
  expect(ask("b")).toBe(ask("a"));
});

// Each beside the policy of the topic `a` for the identity `a.com`, which lets SES through.
test.each<[string, string, string, string]>([
  ["names another topic", policyFor(topic("a"), identity("b.com")), topic("b"), identity("b.com")],
  ["names a topic whose name begins so", policyFor(topic("ba"), identity("b.com")), topic("b"), identity("b.com")],
  ["names another identity", policyFor(topic("b"), identity("a.com")), topic("b"), identity("b.com")],
  ["is the stand-in's namesake", policyFor(topic("~"), identity("b.com")), topic("b"), identity("b.com")],
  ["takes names that begin alike", policyFor(topic("a*"), identity("b.com")), topic("b"), identity("b.com")],
  ["takes names of one length", policyFor(topic("?"), identity("b.com")), topic("bb"), identity("b.com")],
  ["writes the name with an escape", policyFor(topic("b"), "\\u0061"), topic("b"), "a"],
])("a policy that %s has an answer of its own", (_, policy, resource, source) => {
  const policies = new Policies();
  const [own, other] = [topic("a"), identity("a.com")];
  expect(policies.evaluate(policyFor(own, other), request(own, other)).decision).toBe("allowed");
  const answer = policies.evaluate(policy, request(resource, source));
  expect(answer).toEqual(fresh(policy, request(resource, source)));
  expect(answer.decision).toBe("denied");
});

test("a comparison that ignores case finds a name in any", () => {
  const policies = new Policies();
  const policy = (name: string) =>
    policyFor("*", "", { Condition: { StringEqualsIgnoreCase: { "AWS:SourceArn": identity(name).toUpperCase() } } });
  const ask = (name: string, wanted: string) =>
    policies.evaluate(policy(wanted), request(topic("t"), identity(name))).decision;
  expect([ask("a", "b"), ask("b", "b"), ask("a", "b")]).toEqual(["denied", "allowed", "denied"]);
});

test("an answer is for one account, Region, service, action and source", () => {
  const policies = new Policies();
  const policy = policyFor(topic("a"), identity("a.com"));
  const asked = request(topic("a"), identity("a.com"));
  const others: ServiceRequest[] = [
    { ...asked, account: "444455556666" },
    { ...asked, source: identity("a.com").replace("us-east-1", "eu-west-1") },
    { ...asked, resource: topic("a").replace("us-east-1", "eu-west-1") },
    { ...asked, service: "sns.amazonaws.com" },
    { ...asked, actions: ["sqs:SendMessage"] },
  ];
  expect(policies.evaluate(policy, asked).decision).toBe("allowed");
  for (const other of others) expect(policies.evaluate(policy, other).decision).toBe("denied");
  expect(policies.evaluate(policy, { ...asked, source: ANY_PART }).decision).toBe("unknown");
  expect(policies.evaluate(policy, { ...asked, actions: ["sns:Publish", "sqs:SendMessage"] }).decision).toBe("denied");
});

test("whatever was asked before, an answer is the one that the policy gives under its own names", () => {
  const names = fc.constantFrom("bounces", "bounces-1", "bounces-10", "boun", "~", "*", "BOUNCES", "a:b");
  const domains = fc.constantFrom("example.com", "mail.example.com", "Example.com", "example.com.au", "*", "~");
  const renamed = fc.record({ policy: anyPolicy, given: anyRequest, name: names, domain: domains, other: names });
  let known = 0;
  let asked = 0;
  fc.assert(
    fc.property(fc.array(renamed, { minLength: 1, maxLength: 3 }), fc.array(names, { minLength: 2 }), (all, more) => {
      const policies = new Policies();
      const seen = new Set<unknown>();
      for (const { policy, given, name, domain, other } of all) {
        for (const own of [name, ...more]) {
          const put = (text: string, topicName: string) =>
            text.replaceAll(":bounces", `:${topicName}`).replaceAll("identity/example.com", `identity/${domain}`);
          const text = put(JSON.stringify(policy), own);
          const asker: ServiceRequest = {
            ...request(
              put(given.resource, own === name ? other : own),
              put(String(given.context["aws:sourcearn"]), own),
            ),
            account: String(given.context["aws:sourceaccount"]),
            service: given.service,
            actions: [given.action],
          };
          const answer = policies.evaluate(text, asker);
          expect(answer).toEqual(fresh(text, asker));
          if (seen.has(answer)) known++;
          seen.add(answer);
          asked++;
          const document = parsePolicy(text);
          const open = document !== undefined && allowsAnybody(document, ["sns:Publish"]);
          expect(policies.allowsAnybody(text, "sns:Publish", asker.resource)).toBe(open);
        }
      }
    }),
    { numRuns: 700 },
  );
  // Otherwise it was never asked whether a remembered answer holds.
  expect(known).toBeGreaterThan(asked / 10);
});

test("the policy of a new topic is known for what it is, whatever the topic's name", () => {
  const policies = new Policies();
  const actions = "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe"
    .concat(" ListSubscriptionsByTopic Publish")
    .split(" ");
  const written = (name: string, account: string) =>
    JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topic(name),
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    });
  for (const name of ["a", "b"]) {
    expect(policies.isDefault(written(name, ACCOUNT), topic(name))).toBe(true);
    expect(policies.isDefault(written(name, "*"), topic(name))).toBe(false);
  }
});
