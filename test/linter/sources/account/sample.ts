import { buildReport } from "../../../../linter/report/build";
import type { Report } from "../../../../linter/report/shapes";
import { type AuditOptions, readAccounts } from "../../../../linter/sources/account";
import { DEFAULT_CONFIG } from "../../../../policies/config";
import { FakeAccount, FakeClock } from "../../../support/live-account";

export const ACCOUNT = "111122223333";
export const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:feedback`;
export const EVENTS = `arn:aws:sns:us-east-1:${ACCOUNT}:events`;
export const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:inbox`;
export const LAMBDA = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:handler`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`;

const allow = (principal: string, action: string | string[], resource: string, condition: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: principal }, Action: action, Resource: resource, Condition: condition },
    ],
  });

const topicPolicy = (arn: string) =>
  allow("ses.amazonaws.com", "sns:Publish", arn, { StringEquals: { "AWS:SourceAccount": ACCOUNT } });
const fromTopic = (arn: string) => ({ ArnLike: { "AWS:SourceArn": arn } });

/**
 * An account in which everything is right and everything is used: two domains, topics with a queue and a function, a
 * default set with destinations to a topic and the bus, a key, a tenant, an endpoint.
 */
export function wellMade(): FakeAccount {
  const account = new FakeAccount(ACCOUNT);
  const region = account.region();
  const common = {
    VerificationStatus: "SUCCESS",
    VerifiedForSendingStatus: true,
    DkimAttributes: { SigningEnabled: true },
    FeedbackForwardingStatus: false,
  } as const;
  region.identities.set("a.example", { ...common, topics: { Bounce: TOPIC, Complaint: TOPIC } });
  region.identities.set("b.example", { ...common, ConfigurationSetName: "main" });
  for (const name of ["c.example", "d.example", "e.example"]) {
    region.identities.set(name, { ...common, topics: { Bounce: TOPIC, Complaint: TOPIC } });
  }
  region.sets.set("main", {
    ReputationOptions: { ReputationMetricsEnabled: true },
    DeliveryOptions: { TlsPolicy: "REQUIRE" },
    SendingOptions: { SendingEnabled: true },
    destinations: [
      {
        Name: "events",
        Enabled: true,
        MatchingEventTypes: ["BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"],
        SnsDestination: { TopicArn: EVENTS },
      },
      {
        Name: "bus",
        Enabled: true,
        MatchingEventTypes: ["SEND"],
        EventBridgeDestination: { EventBusArn: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default` },
      },
    ],
  });
  const subscribed = (topic: string, protocol: string, endpoint: string) => ({
    arn: `${topic}:${protocol}`,
    protocol,
    endpoint,
    attributes: {},
  });
  region.topics.set(TOPIC, {
    attributes: { TopicArn: TOPIC, Policy: topicPolicy(TOPIC), KmsMasterKeyId: "alias/mail" },
    subscriptions: [subscribed(TOPIC, "sqs", QUEUE)],
  });
  region.topics.set(EVENTS, {
    attributes: { TopicArn: EVENTS, Policy: topicPolicy(EVENTS) },
    subscriptions: [subscribed(EVENTS, "lambda", LAMBDA)],
  });
  region.queues.set("inbox", {
    QueueArn: QUEUE,
    Policy: allow("sns.amazonaws.com", "sqs:SendMessage", QUEUE, { ArnEquals: { "aws:SourceArn": TOPIC } }),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}-dead`, maxReceiveCount: 5 }),
  });
  region.functions.set("handler", allow("sns.amazonaws.com", "lambda:InvokeFunction", LAMBDA, fromTopic(EVENTS)));
  region.keys.set("1234", {
    KeyId: "1234",
    Arn: KEY,
    Enabled: true,
    KeyUsage: "ENCRYPT_DECRYPT",
    KeySpec: "SYMMETRIC_DEFAULT",
    policy: allow("ses.amazonaws.com", ["kms:GenerateDataKey*", "kms:Decrypt"], "*", {}),
  });
  region.aliases.set("alias/mail", "1234");
  region.rules.set("ses", {
    Name: "ses",
    Arn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/ses`,
    EventPattern: JSON.stringify({ source: ["aws.ses"] }),
    State: "ENABLED",
    targets: [QUEUE],
  });
  region.tenants.set("acme", {
    status: "ENABLED",
    resources: [`arn:aws:ses:us-east-1:${ACCOUNT}:identity/b.example`],
  });
  return account;
}

/** The report on what the accounts hold, without waiting. */
export async function report(
  accounts: readonly FakeAccount[],
  options: AuditOptions & { regions?: readonly string[]; config?: Partial<typeof DEFAULT_CONFIG> } = {},
): Promise<Report> {
  const { regions = ["us-east-1"], config, ...rest } = options;
  const open = accounts.map((api) => ({ id: api.id, partition: "aws", api, regions }));
  const stacks = await readAccounts(open, [], { clock: new FakeClock(), ...rest });
  return buildReport(stacks, { ...DEFAULT_CONFIG, ...config }, { today: "2026-11-25", version: "0.0.0" });
}

/** `VERDICT RULE SUBJECT` of each finding, sorted. */
export function verdicts({ findings }: Report): string[] {
  return findings
    .map(({ verdict, rule, identity, urn }) => `${verdict} ${rule} ${identity ?? urn?.split("::").at(-1) ?? "-"}`)
    .sort();
}
