import type { Json } from "../../../policies/model/value";
import { type Calls, mapInParallel } from "./calls";
import type { Output } from "./client";
import { NOT_READ } from "./doubts";
import type { Place } from "./place";

type Listed = NonNullable<Output<"sns:ListSubscriptionsByTopic">["Subscriptions"]>[number];

const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const PROTECTION = "aws:sns/topicDataProtectionPolicy:TopicDataProtectionPolicy";

/** What a topic needs to deliver, by ARN, id or alias. */
export interface TopicNeeds {
  key: string | undefined;
  /** [protocol, endpoint] of each subscriber. */
  endpoints: [protocol: string, endpoint: string][];
  /** Of queues for what could not be delivered. */
  deadLetters: string[];
}

/** Adds a topic with its policies and, unless nobody asks for them, its subscriptions. */
export async function addTopic(
  calls: Calls,
  place: Place,
  arn: string,
  { subscribers = true } = {},
): Promise<TopicNeeds> {
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  const needs: TopicNeeds = { key: undefined, endpoints: [], deadLetters: [] };
  const answer = await calls.ask("sns:GetTopicAttributes", { TopicArn: arn });
  if (answer.kind === "absent") {
    // SES drops it from the identity at the next bounce (F14); until then everything that is published is lost.
    place.add(TOPIC, name, { name }, { outputs: { arn }, gone: true, missing: true });
    return needs;
  }
  const attributes = answer.kind === "read" ? (answer.value.Attributes ?? {}) : undefined;
  needs.key = attributes?.KmsMasterKeyId;
  place.add(TOPIC, name, topicInputs(name, attributes), { outputs: { arn } });
  await Promise.all([
    addProtection(calls, place, arn, name),
    ...(subscribers ? [addSubscriptions(calls, place, arn, name, needs)] : []),
  ]);
  return needs;
}

function topicInputs(name: string, attributes: Readonly<Record<string, string>> | undefined): Json {
  if (attributes === undefined) return { name, policy: NOT_READ, kmsMasterKeyId: NOT_READ };
  const { Policy, KmsMasterKeyId, FifoTopic } = attributes;
  const inputs: Json = { name };
  if (Policy) inputs.policy = Policy;
  if (KmsMasterKeyId) inputs.kmsMasterKeyId = KmsMasterKeyId;
  if (FifoTopic) inputs.fifoTopic = FifoTopic;
  return inputs;
}

async function addProtection(calls: Calls, place: Place, arn: string, name: string): Promise<void> {
  const answer = await calls.ask("sns:GetDataProtectionPolicy", { ResourceArn: arn });
  if (answer.kind === "not-read") place.add(PROTECTION, name, { arn, policy: NOT_READ });
  else if (answer.kind === "read" && answer.value.DataProtectionPolicy) {
    place.add(PROTECTION, name, { arn, policy: answer.value.DataProtectionPolicy });
  }
}

async function addSubscriptions(
  calls: Calls,
  place: Place,
  topic: string,
  name: string,
  needs: TopicNeeds,
): Promise<void> {
  const listed = await calls.list("sns:ListSubscriptionsByTopic", { TopicArn: topic }, (page) => page.Subscriptions);
  if (!listed.complete) place.add(SUBSCRIPTION, `${name}/not read`, unread(topic));
  const details = await mapInParallel(listed.items, (one) => readSubscription(calls, topic, one));
  for (const [index, inputs] of details.entries()) {
    if (inputs === undefined) continue;
    const { Protocol = "", Endpoint = "" } = listed.items[index] ?? {};
    place.add(SUBSCRIPTION, `${name}/${Protocol}/${index + 1}`, inputs);
    needs.endpoints.push([Protocol, Endpoint]);
    const deadLetters = deadLetterQueue(inputs.redrivePolicy);
    if (deadLetters !== undefined) needs.deadLetters.push(deadLetters);
  }
}

function unread(topic: string): Json {
  return { topic, protocol: NOT_READ, endpoint: NOT_READ, filterPolicy: NOT_READ, pendingConfirmation: NOT_READ };
}

/** Undefined where the subscription is gone. */
async function readSubscription(calls: Calls, topic: string, one: Listed): Promise<Json | undefined> {
  const { SubscriptionArn: arn = "", Protocol: protocol, Endpoint: endpoint } = one;
  const inputs: Json = { topic, protocol, endpoint };
  // In place of an ARN: `PendingConfirmation`, `Deleted`. Source: Amazon SNS API reference, Subscription.
  if (arn === "Deleted") return undefined;
  if (!arn.startsWith("arn:")) return { ...inputs, pendingConfirmation: true };
  const answer = await calls.ask("sns:GetSubscriptionAttributes", { SubscriptionArn: arn });
  if (answer.kind === "absent") return undefined;
  if (answer.kind === "not-read") {
    return { ...inputs, filterPolicy: NOT_READ, filterPolicyScope: NOT_READ, redrivePolicy: NOT_READ };
  }
  const { FilterPolicy, FilterPolicyScope, RedrivePolicy, SubscriptionRoleArn, PendingConfirmation } =
    answer.value.Attributes ?? {};
  if (FilterPolicy) inputs.filterPolicy = FilterPolicy;
  if (FilterPolicyScope) inputs.filterPolicyScope = FilterPolicyScope;
  if (RedrivePolicy) inputs.redrivePolicy = RedrivePolicy;
  if (SubscriptionRoleArn) inputs.subscriptionRoleArn = SubscriptionRoleArn;
  return { ...inputs, pendingConfirmation: PendingConfirmation ?? "false" };
}

function deadLetterQueue(policy: unknown): string | undefined {
  if (typeof policy !== "string") return undefined;
  return /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(policy)?.[1];
}
