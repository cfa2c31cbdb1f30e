import { filterPasses } from "../model/filter";
import type { FeedbackType, Topic, TopicUse } from "../model/inventory/types";
import { UNKNOWN, type Unknown } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, carries, topicName } from "./shared/topics";

const SPELLED = { bounce: "Bounce", complaint: "Complaint", delivery: "Delivery" } as const;

export const subscriptionFilter = createRule({
  id: "subscription-filter",
  level: "mandatory",
  severity: "high",
  summary: "A notification type that every subscriber filters away.",
  why: "SES sets no message attributes, so a filter on attributes lets nothing through; a filter on the body must match notificationType, or eventType for event destinations.",
  facts: ["F16"],
  source: "Amazon SES Developer Guide, Notification contents; Amazon SNS Developer Guide, Subscription filter policies",
  fix: "Remove the filter policy, or set filterPolicyScope to MessageBody and name the types that the topic carries.",
  messages: {
    keptOut: (topic: Topic, type: FeedbackType) =>
      `Topic ${topicName(topic)} ${carries(topic, type)}, and the filter of every subscription keeps them out.`,
    notKnown: (topic: Topic, type: FeedbackType) =>
      `Topic ${topicName(topic)} ${carries(topic, type)}; whether a subscription's filter lets them through is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length === 0) continue;
      for (const use of distinct(topic)) {
        const isHeard = anyoneHears(topic, use);
        if (isHeard === UNKNOWN) report.unverified(aboutTopic(topic), messages.notKnown(topic, use.type));
        else if (!isHeard) report.violation(aboutTopic(topic), messages.keptOut(topic, use.type), { absence: true });
      }
    }
  },
});

/** Whether the filter of some subscription lets the notifications through. */
function anyoneHears(topic: Topic, { type, via, sure }: TopicUse): boolean | Unknown {
  const key = via === "topic" ? "notificationType" : "eventType";
  const answers = topic.subscriptions.map(({ filter, filterScope }) =>
    filterPasses(filter, filterScope, { key, value: SPELLED[type] }),
  );
  if (answers.includes("passes")) return true;
  return answers.includes("unknown") || !sure || topic.possibleSubscriptions.find() ? UNKNOWN : false;
}

/** One use of the topic per type and format of the message. */
function distinct(topic: Topic): Iterable<TopicUse> {
  const found = new Map<string, TopicUse>();
  for (const use of topic.uses) {
    const key = `${use.type} ${use.via}`;
    if (!found.get(key)?.sure) found.set(key, use);
  }
  return found.values();
}
