import { isUnusableAlias, snsPrincipal } from "../../components/parts/facts";
import { normaliseIdentity } from "../../components/parts/identity-name";
import { sesTopicPolicyStatement } from "../../components/parts/policies";
import { DEFAULT_CONFIG } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import { normaliseIdentity as normaliseForRules } from "../../policies/model/identity";
import type { ResourceRecord } from "../../policies/model/record";
import { snsPrincipals } from "../../policies/model/region";

// Components and rules may not import each other. Data that both know is generated from scripts/generate/facts.mjs; what
// both do with it, and how both read names, is compared here.

test.each([
  "example.com",
  "Example.COM.",
  "CEO@Example.com",
  "bücher.example",
  "arn:aws:ses:us-east-1:123456789012:identity/Example.com",
  " example.com ",
  "a b@example.com",
  "user+label@example.com",
  "xn--bcher-kva.example",
  "@example.com",
  "ex_ample.com",
])("%j is the same identity to both", (text) => {
  expect(normaliseIdentity(text)).toBe(normaliseForRules(text).name);
});

const TOPIC = "arn:aws:sns:us-east-1:123456789012:feedback";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";

function record(type: string, name: string, inputs: Record<string, unknown>): ResourceRecord {
  return {
    type,
    urn: `urn:pulumi:test::mail::${type}::${name}`,
    stack: "mail/test",
    inputs,
    outputs: { region: "us-east-1", ...inputs },
    id: name,
    propertyDependencies: {},
  } as ResourceRecord;
}

/** Rules that mind a domain with one topic and one queue, both as given. */
function rulesAgainst(topic: object, queue: object, policy = sesTopicPolicyStatement(TOPIC)): string[] {
  const resources = [
    record("aws:sesv2/emailIdentity:EmailIdentity", "mail", {
      emailIdentity: "example.com",
      arn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    }),
    record("aws:sns/topic:Topic", "feedback", { arn: TOPIC, name: "feedback", ...topic }),
    record("aws:sns/topicPolicy:TopicPolicy", "feedback", {
      arn: TOPIC,
      policy: JSON.stringify({ Statement: [policy] }),
    }),
    record("aws:sqs/queue:Queue", "feedback", {
      arn: QUEUE,
      url: "https://sqs.us-east-1.amazonaws.com/123456789012/feedback",
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}-dead`, maxReceiveCount: 5 }),
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: snsPrincipal("us-east-1", "us-east-1") },
            Action: "sqs:SendMessage",
            Resource: QUEUE,
            Condition: { ArnLike: { "aws:SourceArn": TOPIC } },
          },
        ],
      }),
      ...queue,
    }),
    record("aws:sns/topicSubscription:TopicSubscription", "feedback", {
      topic: TOPIC,
      protocol: "sqs",
      endpoint: QUEUE,
      pendingConfirmation: false,
    }),
    ...["Bounce", "Complaint"].map((notificationType) =>
      record("aws:ses/identityNotificationTopic:IdentityNotificationTopic", notificationType, {
        identity: "example.com",
        notificationType,
        topicArn: TOPIC,
      }),
    ),
    record("aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes", "mail", {
      emailIdentity: "example.com",
      emailForwardingEnabled: false,
    }),
  ];
  const view = { resources, configRegion: "us-east-1", stacks: ["mail/test"] };
  const { findings } = evaluate([view], DEFAULT_CONFIG, "2027-01-01");
  return [...new Set(findings.filter(({ verdict }) => verdict === "violation").map(({ rule }) => rule))].sort();
}

test("the policy that the components write is one that the rules accept", () => {
  expect(rulesAgainst({}, {})).toEqual([]);
  expect(rulesAgainst({}, {}, sesTopicPolicyStatement(TOPIC, { identities: ["Example.com"] }))).toEqual([]);
  expect(rulesAgainst({}, {}, sesTopicPolicyStatement(TOPIC, { identities: ["example.org"] }))).toEqual([
    "topic-publish-permission",
  ]);
  expect(rulesAgainst({}, {}, sesTopicPolicyStatement(TOPIC, { accountId: "999999999999" }))).toEqual([
    "topic-publish-permission",
  ]);
});

test.each(["alias/aws/sns", "alias/aws/sqs"])("%s: refused as an argument, and a violation as a resource", (alias) => {
  expect(isUnusableAlias(alias)).toBe(true);
  const key = { kmsMasterKeyId: alias };
  expect(alias.endsWith("sns") ? rulesAgainst(key, {}) : rulesAgainst({}, key)).toEqual([
    alias.endsWith("sns") ? "topic-encryption" : "queue-encryption",
  ]);
});

test("opt-in Regions speak in their own name, across Regions only", () => {
  expect(snsPrincipal("eu-south-1", "us-east-1")).toBe("sns.eu-south-1.amazonaws.com");
  expect(snsPrincipal("eu-south-1", "eu-south-1")).toBe("sns.amazonaws.com");
  expect(snsPrincipal("eu-west-1", "us-east-1")).toBe("sns.amazonaws.com");
});

test.each([
  "us-east-1",
  "ap-southeast-2",
  // Opted in to, or counted among those that are.
  "ap-northeast-3",
  "eu-south-1",
  "mx-central-1",
  // Regions to come.
  "eu-west-9",
  // Partitions without Regions to opt in to.
  "cn-north-1",
  "us-gov-west-1",
])("%s delivers across Regions in a name that the rules expect, the most special one", (region) => {
  expect(snsPrincipal(region, region)).toBe(snsPrincipals(region)[0]);
  expect(snsPrincipal(region, "us-west-2")).toBe(snsPrincipals(region).at(-1));
});
