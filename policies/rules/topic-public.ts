import type { AttachedPolicy, Topic } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";

export const topicPublic = createRule({
  id: "topic-public",
  level: "advisory",
  severity: "high",
  summary: "A topic that carries feedback and that anybody may publish to.",
  why: "Whoever writes to the topic says who bounced: forged bounces take addresses off the list, and real ones drown.",
  facts: ["F12"],
  source: "Amazon SNS Developer Guide, Example cases for Amazon SNS access control",
  fix: 'In the policy of the aws.sns.TopicPolicy, name ses.amazonaws.com as the principal instead of "*", or add a condition on AWS:SourceAccount.',
  messages: {
    open: (topic: Topic) => `Topic ${topicName(topic)} ${carries(topic)}, and its policy lets anybody publish to it.`,
    notKnown: (topic: Topic) =>
      `Whether the policy of topic ${topicName(topic)}, which ${carries(topic)}, lets anybody publish to it is not known.`,
  },
  check({ inventory, permissions }, report, messages) {
    for (const topic of inventory.usedTopics) {
      const isOpen = (policy: AttachedPolicy) => permissions.publishForAnybody(topic, policy);
      const { policies, possiblePolicies } = topic;
      const answers = new Set(policies.map(isOpen));
      const [possible] = possiblePolicies.matching("anybody", (policy) => isOpen(policy) !== false);
      if (answers.size === 1 && answers.has(true)) {
        accuse(report, topic.uses, aboutTopic(topic), messages.open(topic));
      } else if (answers.has(UNKNOWN) || answers.has(true) || possible) {
        const pending = [...policies, ...(possible ? [possible] : [])].some((policy) => policy.pending);
        report.unverified(aboutTopic(topic), messages.notKnown(topic), { pending });
      }
    }
  },
});
