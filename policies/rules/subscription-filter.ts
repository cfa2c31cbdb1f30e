import { filterPasses } from "../model/filter";
import type { FeedbackType, Topic } from "../model/inventory";
import { createRule } from "./rule";
import { aboutTopic, carries, topicName } from "./topics";

const SPELLED = { bounce: "Bounce", complaint: "Complaint", delivery: "Delivery" } as const;

export const subscriptionFilter = createRule({
  id: "subscription-filter",
  level: "mandatory",
  severity: "high",
  summary: "A notification type that every subscriber filters away.",
  why: "SES sets no message attributes, so a filter on attributes lets nothing through; a filter on the body must match notificationType, or eventType for event destinations.",
  source:
    "F16: Amazon SES Developer Guide, Notification contents; Amazon SNS Developer Guide, Subscription filter policies",
  fix: "Remove the filter policy, or set filterPolicyScope to MessageBody and name the types that the topic carries.",
  check({ inventory }, report) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length === 0) continue;
      for (const { type, via, sure } of distinct(topic)) {
        const key = via === "topic" ? ("notificationType" as const) : ("eventType" as const);
        const answers = topic.subscriptions.map(({ filter, filterScope }) =>
          filterPasses(filter, filterScope, { key, value: SPELLED[type] }),
        );
        if (answers.includes("passes")) continue;
        const here = `Topic ${topicName(topic)} ${carries(topic, type)}`;
        if (answers.includes("unknown") || !sure || topic.looseSubscriptions.find()) {
          report.unverified(
            aboutTopic(topic),
            `${here}; whether a subscription's filter lets them through is not known.`,
          );
        } else
          report.violation(aboutTopic(topic), `${here}, and the filter of every subscription keeps them out.`, {
            absence: true,
          });
      }
    }
  },
});

function distinct(topic: Topic): { type: FeedbackType; via: "topic" | "event-destination"; sure: boolean }[] {
  const found = new Map<string, { type: FeedbackType; via: "topic" | "event-destination"; sure: boolean }>();
  for (const { type, via, sure } of topic.uses) {
    const key = `${type} ${via}`;
    if (!found.get(key)?.sure) found.set(key, { type, via, sure });
  }
  return [...found.values()];
}
