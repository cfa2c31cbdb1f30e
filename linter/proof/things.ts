import { isObject } from "../../policies/model/value";
import { tryParseJson } from "../io/json";
import { arnIn, type Home, TARGET } from "./names";
import { StepFailure, type Steps } from "./steps";

/** Something that a run makes and takes away again. */
export interface Thing {
  readonly kind: "queue" | "subscription" | "rule";
  /** As people find it. */
  readonly name: string;
}

/** A thing that could not be removed, and why. */
export interface Left extends Thing {
  readonly problem: string;
}

/** @param url where it is known */
export async function removeQueue(steps: Steps, name: string, url?: string): Promise<void> {
  await unlessAbsent(async () => {
    const QueueUrl = url ?? (await steps.do("sqs:GetQueueUrl", { QueueName: name })).QueueUrl;
    if (QueueUrl !== undefined) await steps.do("sqs:DeleteQueue", { QueueUrl });
  });
}

/** The subscriptions of a queue to a topic, whatever they are called. */
export async function removeSubscriptions(steps: Steps, topic: string, queueArn: string): Promise<void> {
  const own = await subscriptionsOf(steps, topic, queueArn);
  for (const arn of own) await removeSubscription(steps, arn);
}

export async function removeSubscription(steps: Steps, arn: string): Promise<void> {
  await unlessAbsent(() => steps.do("sns:Unsubscribe", { SubscriptionArn: arn }));
}

export async function removeRule(steps: Steps, name: string): Promise<void> {
  await unlessAbsent(() => steps.do("events:RemoveTargets", { Rule: name, Ids: [TARGET] }));
  await unlessAbsent(() => steps.do("events:DeleteRule", { Name: name }));
}

/** ARNs of subscriptions; none where the topic is gone. */
async function subscriptionsOf(steps: Steps, topic: string, queueArn: string): Promise<string[]> {
  try {
    const all = await steps.list("sns:ListSubscriptionsByTopic", { TopicArn: topic }, (page) => page.Subscriptions);
    return all.flatMap(({ Endpoint, SubscriptionArn = "" }) =>
      Endpoint === queueArn && SubscriptionArn.startsWith("arn:") ? [SubscriptionArn] : [],
    );
  } catch (error) {
    if (error instanceof StepFailure && error.isAbsence) return [];
    throw error;
  }
}

/** What is gone already needs no removal. */
async function unlessAbsent(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepFailure && error.isAbsence)) throw error;
  }
}

/** Lets the topics, and the rule where there is one, send to the queue, and nobody else. */
export function queuePolicy(home: Home, name: string, topics: readonly string[], hasRule: boolean): string {
  const Resource = arnIn(home, "sqs", name);
  const allow = (Sid: string, Service: string, sources: readonly string[]) => ({
    Sid,
    Effect: "Allow",
    Principal: { Service },
    Action: "sqs:SendMessage",
    Resource,
    Condition: { ArnEquals: { "aws:SourceArn": sources } },
  });
  const Statement = [
    ...(topics.length > 0 ? [allow(TOPICS, "sns.amazonaws.com", topics)] : []),
    ...(hasRule ? [allow("Rule", "events.amazonaws.com", [arnIn(home, "events", `rule/${name}`)])] : []),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const TOPICS = "Topics";

/** The topics that a policy made by `queuePolicy` lets send: those that the queue may be subscribed to. */
export function topicsIn(policy: string): string[] {
  const document = tryParseJson(policy);
  const list = isObject(document) ? document.Statement : undefined;
  const statements = Array.isArray(list) ? list : [list];
  return statements.flatMap((one) => {
    if (!isObject(one) || one.Sid !== TOPICS || !isObject(one.Condition)) return [];
    const sources = isObject(one.Condition.ArnEquals) ? one.Condition.ArnEquals["aws:SourceArn"] : undefined;
    const all: unknown[] = Array.isArray(sources) ? sources : [sources];
    return all.filter((arn) => typeof arn === "string");
  });
}
