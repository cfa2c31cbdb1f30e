import { rejectsAddresses } from "../model/iam/protection";
import type { Topic } from "../model/inventory/types";
import { any, UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";

export const topicDataProtection = createRule({
  id: "topic-data-protection",
  level: "mandatory",
  severity: "high",
  summary: "A topic whose data protection policy rejects the notifications of SES.",
  why: "Every notification holds addresses. A policy that denies them makes SNS refuse all of them, and SES drops a topic that keeps refusing.",
  facts: ["F24", "F14"],
  source: "Amazon SNS Developer Guide, Understanding data protection policies",
  fix: "Take EmailAddress out of the inbound Deny statement: in the policy of the aws.sns.DataProtectionPolicy, or in dataProtectionPolicy of the native topic.",
  messages: {
    rejects: (topic: Topic) =>
      `Topic ${topicName(topic)} ${carries(topic)}, but its data protection policy rejects messages with email addresses.`,
    notKnown: (topic: Topic) =>
      `Whether the data protection policy of topic ${topicName(topic)}, which ${carries(topic)}, rejects messages with email addresses is not known.`,
  },
  check({ inventory }, report, messages) {
    for (const topic of inventory.usedTopics) {
      const { protections, possibleProtections } = topic;
      const rejected = any(protections, ({ value }) => rejectsAddresses(value));
      const [possible] = possibleProtections.matching("addresses", ({ value }) => rejectsAddresses(value) !== false);
      if (rejected === true) accuse(report, topic.uses, aboutTopic(topic), messages.rejects(topic));
      else if (rejected === UNKNOWN || possible) {
        const pending = (possible ? [possible] : protections).some((policy) => policy.pending);
        report.unverified(aboutTopic(topic), messages.notKnown(topic), { pending });
      }
    }
  },
});
