import { createRule } from "./rule";
import { aboutTopic, carries, topicName } from "./topics";

export const unmonitoredTopic = createRule({
  id: "unmonitored-topic",
  level: "mandatory",
  severity: "high",
  summary: "A topic that carries bounces or complaints and has no subscription.",
  why: "SES publishes, SNS accepts, and the message is gone: a topic without a subscriber keeps nothing.",
  source: "F11: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Subscribe a queue, a function, an endpoint or a mailbox to the topic.",
  check({ inventory }, report) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length > 0) continue;
      const feedback = topic.uses.filter(({ type }) => type !== "delivery");
      if (feedback.length === 0) continue;
      const loose = topic.looseSubscriptions.find();
      const message = `Topic ${topicName(topic)} ${carries(topic)}, and nobody is subscribed to it`;
      if (loose) {
        const pending = loose.topic.kind === "unknown" && loose.topic.pending;
        report.unverified(aboutTopic(topic), `${message}, unless a subscription whose topic is not known is its own.`, {
          pending,
        });
      } else if (!feedback.some(({ sure }) => sure)) {
        report.unverified(aboutTopic(topic), `${message}.`);
      } else report.violation(aboutTopic(topic), `${message}.`, { absence: true });
    }
  },
});
