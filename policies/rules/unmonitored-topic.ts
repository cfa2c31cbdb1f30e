import type { Topic } from "../model/inventory/types";
import { createRule } from "./shared/rule";
import { aboutTopic, carries, topicName } from "./shared/topics";

export const unmonitoredTopic = createRule({
  id: "unmonitored-topic",
  level: "mandatory",
  severity: "high",
  summary: "A topic that carries bounces or complaints and has no subscription.",
  why: "SES publishes, SNS accepts, and the message is gone: a topic without a subscriber keeps nothing.",
  facts: ["F11"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Subscribe a queue, a function, an endpoint or a mailbox to the topic.",
  messages: {
    nobody: (topic: Topic) => `Topic ${topicName(topic)} ${carries(topic)}, and nobody is subscribed to it.`,
    nobodyUnless: (topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, and nobody is subscribed to it, unless a subscription whose topic is not known is its own.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length > 0) continue;
      const feedback = topic.uses.filter(({ type }) => type !== "delivery");
      if (feedback.length === 0) continue;
      const possible = topic.possibleSubscriptions.find();
      if (possible) {
        const pending = possible.topic.kind === "unknown" && possible.topic.pending;
        report.unverified(aboutTopic(topic), messages.nobodyUnless(topic), { pending });
      } else if (!feedback.some(({ sure }) => sure)) report.unverified(aboutTopic(topic), messages.nobody(topic));
      else report.violation(aboutTopic(topic), messages.nobody(topic), { absence: true });
    }
  },
});
