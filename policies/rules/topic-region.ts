import { regionName, sameRegion } from "../model/links";
import { createRule } from "./rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./topics";

export const topicRegion = createRule({
  id: "topic-region",
  level: "mandatory",
  severity: "high",
  summary: "A topic in another Region than the identity or configuration set that publishes to it.",
  why: "SES publishes only to topics of its own Region. A topic elsewhere receives nothing.",
  source: "F11: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Create the topic in the Region of the identity; a queue or function elsewhere can subscribe to it.",
  check({ inventory }, report) {
    for (const topic of inventory.usedTopics) {
      for (const use of publishers(topic)) {
        const same = sameRegion(topic.region, use.region);
        if (same === true) continue;
        const where = regionName(topic.region) ?? "a Region that is not known";
        const message = `Topic ${topicName(topic)} is in ${where}, but ${publisherName(use)} publishes to it`;
        if (same === false) accuse(report, [use], aboutUse(topic, use), `${message}.`);
        else report.unverified(aboutUse(topic, use), `${message}: whether both are in one Region is not known.`);
      }
    }
  },
});
