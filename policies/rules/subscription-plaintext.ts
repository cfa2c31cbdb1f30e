import { passes } from "../model/hears";
import type { Subscription, Topic } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { isKnown, type Maybe, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";

export const subscriptionPlaintext = createRule({
  id: "subscription-plaintext",
  level: "advisory",
  severity: "medium",
  summary: "Feedback, with its addresses, goes to an endpoint without encryption.",
  why: "A notification holds the recipients' addresses and the headers of their mail. To an http endpoint they travel in plain text, past everybody on the way.",
  facts: ["F16"],
  source: "Amazon SNS Developer Guide, Data encryption (enforce encryption of data in transit)",
  fix: "Set protocol to https on the aws.sns.TopicSubscription, and endpoint to the same address over TLS.",
  messages: {
    plain: (subscription: string, topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, and subscription ${subscription} sends them to an endpoint over plain http.`,
    notKnown: (subscription: string, topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}; whether subscription ${subscription} sends them to an endpoint over plain http is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      for (const subscription of topic.subscriptions) {
        const { resource, endpoint } = subscription;
        const answer = isPlain(subscription);
        if (answer === false || resource.external) continue;
        const uses = topic.uses.filter((use) => passes(subscription, use) !== false);
        if (uses.length === 0) continue;
        const about = { ...aboutTopic(topic), resource };
        const name = nameOf(resource.urn);
        if (answer === true) accuse(report, uses, about, messages.plain(name, topic));
        else report.unverified(about, messages.notKnown(name, topic), { pending: endpoint.pending });
      }
    }
  },
});

/** SNS refuses an endpoint whose scheme is not the protocol, so either of them tells. */
function isPlain({ protocol, endpoint }: Subscription): Maybe {
  if (protocol === "http") return true;
  if (protocol !== UNKNOWN) return false;
  return isKnown(endpoint.value) ? endpoint.value.toLowerCase().startsWith("http://") : UNKNOWN;
}
