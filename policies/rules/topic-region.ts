import type { Topic, TopicUse } from "../model/inventory/types";
import { regionName, sameRegion } from "../model/region";
import { createRule } from "./shared/rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./shared/topics";

function bothPlaces(topic: Topic, use: TopicUse): string {
  const region = regionName(topic.region) ?? "a Region that is not known";
  return `Topic ${topicName(topic)} is in ${region}, but ${publisherName(use)} publishes to it`;
}

export const topicRegion = createRule({
  id: "topic-region",
  level: "mandatory",
  severity: "high",
  summary: "A topic in another Region than the identity or configuration set that publishes to it.",
  why: "SES publishes only to topics of its own Region. A topic elsewhere receives nothing.",
  facts: ["F11"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Create the topic in the Region of the identity; a queue or function elsewhere can subscribe to it.",
  messages: {
    elsewhere: (topic: Topic, use: TopicUse) => `${bothPlaces(topic, use)}.`,
    notKnown: (topic: Topic, use: TopicUse) =>
      `${bothPlaces(topic, use)}: whether both are in one Region is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      for (const use of publishers(topic)) {
        const same = sameRegion(topic.region, use.region);
        if (same === false) accuse(report, [use], aboutUse(topic, use), messages.elsewhere(topic, use));
        else if (same !== true) report.unverified(aboutUse(topic, use), messages.notKnown(topic, use));
      }
    }
  },
});
