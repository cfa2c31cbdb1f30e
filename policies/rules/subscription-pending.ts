import type { Topic } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";

export const subscriptionPending = createRule({
  id: "subscription-pending",
  level: "advisory",
  severity: "high",
  summary: "A topic whose subscribers had not confirmed at the last refresh.",
  why: "A mailbox or endpoint that never answered the confirmation receives nothing; after two days SNS deletes the request.",
  facts: ["F11"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Open the confirmation link (or subscribe a queue or function, which need none), then run pulumi refresh.",
  messages: {
    unconfirmed: (topic: Topic) =>
      `No subscriber of topic ${topicName(topic)}, which ${carries(topic)}, had confirmed when the state was last refreshed.`,
    notKnown: (topic: Topic) =>
      `Whether a subscriber of topic ${topicName(topic)}, which ${carries(topic)}, has confirmed is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length === 0) continue;
      const pending = topic.subscriptions.map(({ pendingConfirmation }) => pendingConfirmation);
      if (!pending.every((one) => one === true || one === UNKNOWN)) continue;
      if (pending.includes(UNKNOWN) || topic.possibleSubscriptions.find()) {
        report.unverified(aboutTopic(topic), messages.notKnown(topic));
      } else accuse(report, topic.uses, aboutTopic(topic), messages.unconfirmed(topic), { absence: true });
    }
  },
});
