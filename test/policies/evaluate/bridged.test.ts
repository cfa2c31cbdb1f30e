import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import type { ResourceRecord } from "../../../policies/model/record";
import { UNKNOWN_STRING } from "../../../policies/model/value";

/** What the provider of `pulumi package add terraform-provider hashicorp/aws` calls the resources. */
type Row = readonly [
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  dependencies?: Record<string, string>,
];

const urnOf = (type: string, name: string) => `urn:pulumi:prod::mail::aws:index/${type}::${name}`;

function findings(rows: readonly Row[]): string[] {
  const resources = rows.map(
    ([type, name, inputs, dependencies = {}]): ResourceRecord => ({
      type: `aws:index/${type}`,
      urn: urnOf(type, name),
      stack: "mail/prod",
      inputs,
      provider: "urn:pulumi:prod::mail::pulumi:providers:aws::default",
      propertyDependencies: Object.fromEntries(
        Object.keys(inputs).map((property) => [
          property,
          property in dependencies ? [dependencies[property] ?? ""] : [],
        ]),
      ),
    }),
  );
  const view = { resources, stacks: ["mail/prod"], configRegion: "us-east-1" };
  const found = evaluate([view], DEFAULT_CONFIG, "2026-11-25").findings;
  return found.filter(({ verdict }) => verdict === "violation").map(({ rule, identity }) => `${rule} ${identity}`);
}

const TOPIC = urnOf("snsTopic:SnsTopic", "feedback");
const QUEUE = urnOf("sqsQueue:SqsQueue", "inbox");
const allow = (Service: string, Action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service },
        Action,
        Resource: "*",
        Condition: { StringLike: { "aws:SourceArn": "arn:aws:*" } },
      },
    ],
  });
const notification = (notificationType: string): Row => [
  "sesIdentityNotificationTopic:SesIdentityNotificationTopic",
  notificationType,
  { identity: "example.com", notificationType, topicArn: UNKNOWN_STRING },
  { topicArn: TOPIC },
];
const identity: Row = ["sesDomainIdentity:SesDomainIdentity", "mail", { domain: "example.com" }];
const topic: Row = ["snsTopic:SnsTopic", "feedback", { name: "feedback" }];
const queue: Row = ["sqsQueue:SqsQueue", "inbox", { name: "inbox" }];
const subscription: Row = [
  "snsTopicSubscription:SnsTopicSubscription",
  "inbox",
  { topicArn: UNKNOWN_STRING, protocol: "sqs", endpoint: UNKNOWN_STRING },
  { topicArn: TOPIC, endpoint: QUEUE },
];
const queuePolicy: Row = [
  "sqsQueuePolicy:SqsQueuePolicy",
  "inbox",
  { queueUrl: UNKNOWN_STRING, policy: allow("sns.amazonaws.com", "sqs:SendMessage") },
  { queueUrl: QUEUE },
];
const forwarding: Row = [
  "sesv2EmailIdentityFeedbackAttributes:Sesv2EmailIdentityFeedbackAttributes",
  "off",
  { emailIdentity: "example.com", emailForwardingEnabled: false },
];
const mandatory = (rows: readonly Row[]) =>
  findings(rows).filter((one) => !/queue-dead-letter|publish-scope|dkim/.test(one));

describe("a stack of a bridged Terraform provider", () => {
  const good = [identity, topic, queue, subscription, queuePolicy, forwarding];
  const heard = [...good, notification("Bounce"), notification("Complaint")];

  test("that listens has nothing wrong", () => {
    expect(mandatory(heard)).toEqual([]);
  });

  test("in which nobody listens to complaints", () => {
    expect(mandatory([...good, notification("Bounce")]).sort()).toEqual([
      "complaint-handling example.com",
      "feedback-forwarding-off example.com",
    ]);
  });

  test("that only has an identity", () => {
    expect(mandatory([identity])).toEqual(["bounce-handling example.com", "complaint-handling example.com"]);
  });

  test("without a subscriber", () => {
    expect(mandatory(heard.filter((row) => row !== subscription))).toEqual(["unmonitored-topic example.com"]);
  });

  test("whose queue takes nothing", () => {
    expect(mandatory(heard.filter((row) => row !== queuePolicy))).toEqual(["queue-policy example.com"]);
  });

  test("with an address that differs from its domain", () => {
    const address: Row = ["sesEmailIdentity:SesEmailIdentity", "ceo", { email: "ceo@example.com" }];
    expect(mandatory([...heard, address])).toEqual(
      expect.arrayContaining(["address-shadows-domain ceo@example.com", "bounce-handling ceo@example.com"]),
    );
  });

  test("whose topic is a FIFO topic, and encrypted with the managed key", () => {
    const odd: Row = [
      "snsTopic:SnsTopic",
      "feedback",
      { name: "f.fifo", fifoTopic: true, kmsMasterKeyId: "alias/aws/sns" },
    ];
    const found = mandatory(heard.map((row) => (row === topic ? odd : row)));
    expect(found).toEqual(expect.arrayContaining(["topic-fifo example.com", "topic-encryption example.com"]));
  });

  test("whose configuration set listens, and is the identity's default", () => {
    const set: Row = ["sesv2ConfigurationSet:Sesv2ConfigurationSet", "main", { configurationSetName: "main" }];
    const v2: Row = [
      "sesv2EmailIdentity:Sesv2EmailIdentity",
      "mail",
      { emailIdentity: "example.com", configurationSetName: "main" },
    ];
    const destination = (enabled: boolean): Row => [
      "sesv2ConfigurationSetEventDestination:Sesv2ConfigurationSetEventDestination",
      "events",
      {
        configurationSetName: "main",
        eventDestination: {
          enabled,
          matchingEventTypes: ["BOUNCE", "COMPLAINT"],
          snsDestination: { topicArn: UNKNOWN_STRING },
        },
      },
      { eventDestination: TOPIC },
    ];
    const rest = [topic, queue, subscription, queuePolicy, forwarding, v2, set];
    const silent = /^(bounce|complaint)-handling|^feedback-forwarding-off/;
    expect(mandatory([...rest, destination(true)]).filter((one) => silent.test(one))).toEqual([]);
    expect(mandatory([...rest, destination(false)]).filter((one) => silent.test(one))).toHaveLength(3);
  });
});
