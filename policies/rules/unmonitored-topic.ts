import { shortfalls } from "../model/inventory/ownership";
import type { Topic } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { createRule } from "./shared/rule";
import { aboutTopic, carries, topicName } from "./shared/topics";
import { list } from "./shared/words";

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
    nobody: (topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, and nobody is subscribed to it${sayLost(topic)}.`,
    tooFew: (atLeast: number, topics: readonly string[]) =>
      `Nobody is subscribed to at least ${atLeast} of the topics ${list(topics)}, which carry feedback: there are fewer subscriptions to a topic that is not known than topics without one.`,
    nobodyUnless: (topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, and nobody is subscribed to it, unless a subscription whose topic is not known is its own.`,
  },
  check({ inventory }, report, messages) {
    const competing: Topic[] = [];
    for (const topic of inventory.usedTopics.filter(isOwnWithoutSubscription)) {
      const feedback = topic.uses.filter(({ type }) => type !== "delivery");
      if (feedback.length === 0) continue;
      const possible = topic.possibleSubscriptions.first;
      if (possible) {
        const pending = possible.topic.kind === "unknown" && possible.topic.pending;
        report.unverified(aboutTopic(topic), messages.nobodyUnless(topic), { pending });
        if (feedback.some(({ isCertain }) => isCertain)) competing.push(topic);
      } else if (!feedback.some(({ isCertain }) => isCertain))
        report.unverified(aboutTopic(topic), messages.nobody(topic));
      else report.violation(aboutTopic(topic), messages.nobody(topic), { absence: true });
    }
    for (const { owners, atLeast } of shortfalls(competing, ({ possibleSubscriptions }) => possibleSubscriptions.all)) {
      const message = messages.tooFew(atLeast, owners.map(topicName).sort());
      report.violation({ resource: owners[0]?.resource, region: owners[0]?.region }, message, { absence: true });
    }
  },
});

function sayLost({ lostSubscriptions }: Topic): string {
  const names = lostSubscriptions.map(({ urn }) => nameOf(urn)).sort();
  return names.length === 0 ? "" : `: this preview deletes ${list(names)}, or what it led to`;
}

function isOwnWithoutSubscription({ resource, subscriptions }: Topic): boolean {
  return resource !== undefined && !resource.external && subscriptions.length === 0;
}
