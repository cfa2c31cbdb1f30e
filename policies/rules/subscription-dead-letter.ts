import type { Subscription, Topic } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, type Maybe, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";

export const subscriptionDeadLetter = createRule({
  id: "subscription-dead-letter",
  level: "advisory",
  severity: "low",
  summary: "A webhook subscriber without a dead-letter queue: what it misses is lost.",
  why: "SNS tries an endpoint that does not answer for about an hour, then it throws the notification away with the address it named.",
  facts: ["F6"],
  source: "Amazon SNS Developer Guide, Message delivery retries and Dead-letter queues",
  fix: "Give the aws.sns.TopicSubscription a redrivePolicy with the deadLetterTargetArn of a queue that SNS may send to, and an alarm on that.",
  messages: {
    missing: (subscription: string, topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, and what the webhook of subscription ${subscription} misses is lost: it has no dead-letter queue.`,
    notKnown: (subscription: string, topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}; whether the webhook of subscription ${subscription} has a dead-letter queue is not known.`,
    protocolUnknown: (subscription: string, topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}; whether subscription ${subscription}, which has no dead-letter queue, is a webhook is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      for (const { resource, protocol, redrivePolicy } of topic.subscriptions) {
        const isWebhook = mayBeWebhook(protocol);
        const { value } = redrivePolicy;
        if (resource.external || isWebhook === false || isKnown(value)) continue;
        const about = { ...aboutTopic(topic), resource };
        const name = nameOf(resource.urn);
        if (value === UNKNOWN) {
          report.unverified(about, messages.notKnown(name, topic), { pending: redrivePolicy.pending });
        } else if (isWebhook === UNKNOWN) report.unverified(about, messages.protocolUnknown(name, topic));
        else accuse(report, topic.uses, about, messages.missing(name, topic));
      }
    }
  },
});

function mayBeWebhook(protocol: Subscription["protocol"]): Maybe {
  return protocol === UNKNOWN ? UNKNOWN : protocol === "http" || protocol === "https";
}
