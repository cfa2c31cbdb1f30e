import { type Carried, carriedBy, hearingOf } from "../model/hears";
import type { FeedbackType, Topic } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, carries, inView, topicName } from "./shared/topics";
import { plural } from "./shared/words";

export const subscriptionFilter = createRule({
  id: "subscription-filter",
  level: "mandatory",
  severity: "high",
  summary: "Bounces or complaints that every subscriber filters away.",
  why: "SES sets no message attributes, so a filter on attributes lets nothing through; a filter on the body must match notificationType, or eventType for event destinations.",
  facts: ["F16"],
  source: "Amazon SES Developer Guide, Notification contents; Amazon SNS Developer Guide, Subscription filter policies",
  fix: "Remove the filterPolicy of an aws.sns.TopicSubscription, or set its filterPolicyScope to MessageBody and name the types that the topic carries.",
  messages: {
    keptOut: (topic: Topic, type: FeedbackType) =>
      `Topic ${topicName(topic)} ${carries(topic, type)}, and the filter of every subscription keeps them out.`,
    keptOutBesidePending: (topic: Topic, type: FeedbackType) =>
      `Topic ${topicName(topic)} ${carries(topic, type)}, and the filter of every confirmed subscription keeps them out.`,
    notKnown: (topic: Topic, type: FeedbackType) =>
      `Topic ${topicName(topic)} ${carries(topic, type)}; whether a subscription's filter lets them through is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inView(inventory.usedTopics)) {
      for (const carried of carriedBy(topic)) {
        const hearing = hearingOf(topic, carried);
        if (hearing === undefined || hearing.filtered === false) continue;
        const cause = `${topicName(topic)}: ${plural(carried.type)}`;
        if (hearing.filtered === UNKNOWN || !carried.isCertain) {
          report.unverified(aboutTopic(topic), messages.notKnown(topic, carried.type), { cause });
        } else report.violation(aboutTopic(topic), keptOut(topic, carried, hearing.awaited), { absence: true, cause });
      }
    }

    function keptOut(topic: Topic, { type }: Carried, awaited: unknown): string {
      return awaited === false ? messages.keptOut(topic, type) : messages.keptOutBesidePending(topic, type);
    }
  },
});
