import { UNKNOWN } from "../model/value";
import { createRule } from "./rule";
import { aboutTopic, aboutUse, accuse, carries, publishers, topicName } from "./topics";

export const topicFifo = createRule({
  id: "topic-fifo",
  level: "mandatory",
  severity: "high",
  summary: "SES is told to publish to a FIFO topic.",
  why: "SES publishes to standard topics only; a FIFO topic receives nothing.",
  source: "F11: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Use a standard topic (a new one: the type of a topic cannot be changed).",
  check({ inventory }, report) {
    for (const topic of inventory.usedTopics) {
      const name = topicName(topic);
      if (topic.fifo === true) {
        const places = topic.resource ? [aboutTopic(topic)] : publishers(topic).map((use) => aboutUse(topic, use));
        for (const about of places)
          accuse(report, topic.uses, about, `Topic ${name} ${carries(topic)}, but it is a FIFO topic.`);
      } else if (topic.fifo === UNKNOWN) {
        const message = `Whether topic ${name}, which ${carries(topic)}, is a FIFO topic is not known.`;
        report.unverified(aboutTopic(topic), message);
      }
    }
  },
});
