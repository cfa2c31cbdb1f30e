import { createRule } from "./rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./topics";

export const topicPublishScope = createRule({
  id: "topic-publish-scope",
  level: "advisory",
  severity: "medium",
  summary: "SES may publish to the topic for anybody, or only because no policy is declared.",
  why: "Without AWS:SourceAccount or AWS:SourceArn any AWS customer's SES can publish to the topic, and your process takes addresses off the list that never bounced. The current guide asks for an explicit grant on every topic.",
  source: "F12: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Declare a topic policy that allows ses.amazonaws.com to sns:Publish with conditions on AWS:SourceAccount and AWS:SourceArn.",
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external) continue;
      const name = topicName(topic);
      const [use] = publishers(topic);
      if (topic.policies.length === 0 && use && permissions.publish(topic, use).byDefault) {
        accuse(
          report,
          [use],
          aboutUse(topic, use),
          `Topic ${name} has no policy of its own; SES publishes to it for ${publisherName(use)} by the default policy only.`,
          { absence: true },
        );
        continue;
      }
      for (const one of publishers(topic)) {
        const { decision, result, byDefault, pending } = permissions.publish(topic, one);
        const open = result?.allowedBy.some((keys) => !keys.has("aws:sourceaccount") && !keys.has("aws:sourcearn"));
        if (byDefault) {
          accuse(
            report,
            [one],
            aboutUse(topic, one),
            `Topic ${name} has only the default policy, by which SES publishes for ${publisherName(one)}.`,
          );
        } else if (decision === "allowed" && open) {
          accuse(
            report,
            [one],
            aboutUse(topic, one),
            `The policy of topic ${name} lets SES publish for any account: ${publisherName(one)} needs a condition on source account or source ARN.`,
          );
        } else if (decision === "unknown") {
          report.unverified(
            aboutUse(topic, one),
            `Whether the policy of topic ${name} is limited to ${publisherName(one)} is not known.`,
            { pending },
          );
        }
      }
    }
  },
});
