import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import { isObject, type Json } from "../../policies/model/value";
import { FakeAccount, type FakeRegion } from "./live-account";

/** The Region of a resource in a state whose resources all say it, or stand in the Region of their own ARN. */
function regionOf({ outputs, inputs }: ResourceRecord): string {
  const [, , , inArn] = String(outputs?.arn ?? inputs?.topic ?? "").split(":");
  return String(outputs?.region ?? inputs?.region ?? (inArn || "us-east-1"));
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`expected text, found ${JSON.stringify(value)}`);
  return value;
}

type Loader = (region: FakeRegion, properties: Json, account: string) => void;

function identity(name: string, signs: boolean): Loader {
  return (region, properties) => {
    const key = text(properties[name]);
    region.identities.set(key, {
      VerificationStatus: "SUCCESS",
      VerifiedForSendingStatus: true,
      FeedbackForwardingStatus: true,
      DkimAttributes: { SigningEnabled: signs },
      ...(properties.configurationSetName !== undefined && {
        ConfigurationSetName: text(properties.configurationSetName),
      }),
      ...region.identities.get(key),
    });
  };
}

/** What SNS gives a topic that nobody gave a policy. */
function defaultPolicy(arn: string, owner: string): string {
  const statement = {
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["SNS:Publish", "SNS:Subscribe"],
    Resource: arn,
    Condition: { StringEquals: { "AWS:SourceOwner": owner } },
  };
  return JSON.stringify({ Version: "2008-10-17", Id: "__default_policy_ID", Statement: [statement] });
}

/** A queue that the account's topics may send to, whose owner did everything right. */
function queue(arn: string, account: string): Record<string, string> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
  return {
    QueueArn: arn,
    Policy: JSON.stringify({ Statement: [statement] }),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}-dead`, maxReceiveCount: 3 }),
  };
}

/** In the order in which things are made: what others refer to comes first. */
const LOADERS: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ["aws:ses/domainIdentity:DomainIdentity", identity("domain", false)],
  ["aws:ses/emailIdentity:EmailIdentity", identity("email", false)],
  ["aws:sesv2/emailIdentity:EmailIdentity", identity("emailIdentity", true)],
  [
    "aws:sns/topic:Topic",
    (region, { arn, fifoTopic, kmsMasterKeyId, policy }, account) => {
      const attributes: Record<string, string> = {
        TopicArn: text(arn),
        Policy: typeof policy === "string" ? policy : defaultPolicy(text(arn), account),
        ...(fifoTopic === true && { FifoTopic: "true" }),
        ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: text(kmsMasterKeyId) }),
      };
      region.topics.set(text(arn), { attributes, subscriptions: [] });
    },
  ],
  [
    "aws:sns/topicPolicy:TopicPolicy",
    (region, { arn, policy }) => {
      const topic = region.topics.get(text(arn));
      if (topic) topic.attributes.Policy = typeof policy === "string" ? policy : JSON.stringify(policy);
    },
  ],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    (region, { topic, protocol, endpoint, filterPolicy, filterPolicyScope, pendingConfirmation }, account) => {
      const subscriptions = region.topics.get(text(topic))?.subscriptions;
      if (subscriptions === undefined) throw new Error(`no topic ${text(topic)}`);
      const attributes: Record<string, string> = {
        ...(filterPolicy !== undefined && { FilterPolicy: text(filterPolicy) }),
        ...(filterPolicyScope !== undefined && { FilterPolicyScope: text(filterPolicyScope) }),
      };
      subscriptions.push({
        arn: pendingConfirmation === true ? "PendingConfirmation" : `${text(topic)}:${subscriptions.length}`,
        protocol: text(protocol),
        endpoint: text(endpoint),
        attributes,
      });
      const name = text(endpoint).split(":").at(-1) ?? "";
      if (protocol === "sqs") region.queues.set(name, queue(text(endpoint), account));
    },
  ],
  [
    "aws:sesv2/configurationSet:ConfigurationSet",
    (region, { configurationSetName, reputationOptions, deliveryOptions }) => {
      const { reputationMetricsEnabled } = isObject(reputationOptions) ? reputationOptions : {};
      const { tlsPolicy } = isObject(deliveryOptions) ? deliveryOptions : {};
      region.sets.set(text(configurationSetName), {
        ReputationOptions: { ReputationMetricsEnabled: reputationMetricsEnabled === true },
        DeliveryOptions: { TlsPolicy: tlsPolicy === "REQUIRE" ? "REQUIRE" : "OPTIONAL" },
        SendingOptions: { SendingEnabled: true },
        destinations: [],
      });
    },
  ],
  [
    "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
    (region, { configurationSetName, eventDestinationName, eventDestination }) => {
      const block = isObject(eventDestination) ? eventDestination : {};
      const { topicArn } = isObject(block.snsDestination) ? block.snsDestination : {};
      region.sets.get(text(configurationSetName))?.destinations?.push({
        Name: text(eventDestinationName),
        Enabled: block.enabled === true,
        // The state writes the types as the API does.
        MatchingEventTypes: block.matchingEventTypes as ["BOUNCE"],
        SnsDestination: { TopicArn: text(topicArn) },
      });
    },
  ],
  [
    "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
    (region, { identity: name, notificationType, topicArn }) => {
      const one = region.identities.get(text(name));
      if (one) one.topics = { ...one.topics, [text(notificationType)]: text(topicArn) };
    },
  ],
  [
    "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
    (region, { emailIdentity, emailForwardingEnabled }) => {
      const one = region.identities.get(text(emailIdentity));
      if (one) one.FeedbackForwardingStatus = emailForwardingEnabled === true;
    },
  ],
]);

/**
 * The account that holds what states say, and the Regions that they name. Throws for a type that it does not know, so
 * that no state is held only in part.
 */
export function fillAccount(stacks: readonly StackRecords[], id: string): FakeAccount {
  const account = new FakeAccount(id);
  const all = stacks.flatMap(({ resources }) => resources).filter(({ type }) => type.startsWith("aws"));
  const unknown = all.find(({ type }) => !LOADERS.has(type));
  if (unknown) throw new Error(`no loader for ${unknown.type}`);
  for (const [type, load] of LOADERS) {
    for (const resource of all.filter((one) => one.type === type)) {
      load(account.region(regionOf(resource)), { ...resource.outputs, ...resource.inputs }, id);
    }
  }
  return account;
}
