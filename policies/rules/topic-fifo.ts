import type { Topic } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, aboutUse, accuse, carries, publishers, topicName } from "./shared/topics";

export const topicFifo = createRule({
  id: "topic-fifo",
  level: "mandatory",
  severity: "high",
  summary: "SES is told to publish to a FIFO topic.",
  why: "SES publishes to standard topics only; a FIFO topic receives nothing.",
  facts: ["F11"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Use a standard topic (a new one: the type of a topic cannot be changed).",
  messages: {
    fifo: (topic: Topic) => `Topic ${topicName(topic)} ${carries(topic)}, but it is a FIFO topic.`,
    notKnown: (topic: Topic) =>
      `Whether topic ${topicName(topic)}, which ${carries(topic)}, is a FIFO topic is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      if (topic.fifo === true) {
        const subjects = topic.resource ? [aboutTopic(topic)] : publishers(topic).map((use) => aboutUse(topic, use));
        for (const about of subjects) accuse(report, topic.uses, about, messages.fifo(topic));
      } else if (topic.fifo === UNKNOWN) report.unverified(aboutTopic(topic), messages.notKnown(topic));
    }
  },
});
