import type { AccessAnswer } from "../model/access";
import type { Topic, TopicUse } from "../model/inventory/types";
import { createRule, type Reporter } from "./shared/rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./shared/topics";

const messages = {
  noPolicy: (topic: Topic, use: TopicUse) =>
    `Topic ${topicName(topic)} has no policy of its own; SES publishes to it for ${publisherName(use)} by the default policy only.`,
  defaultPolicy: (topic: Topic, use: TopicUse) =>
    `Topic ${topicName(topic)} has only the default policy, by which SES publishes for ${publisherName(use)}.`,
  open: (topic: Topic, use: TopicUse) =>
    `The policy of topic ${topicName(topic)} lets SES publish for any account: ${publisherName(use)} needs a condition on source account or source ARN.`,
  notKnown: (topic: Topic, use: TopicUse) =>
    `Whether the policy of topic ${topicName(topic)} is limited to ${publisherName(use)} is not known.`,
};

export const topicPublishScope = createRule({
  id: "topic-publish-scope",
  level: "advisory",
  severity: "medium",
  summary: "SES may publish to the topic for anybody, or only because no policy is declared.",
  why: "Without AWS:SourceAccount or AWS:SourceArn any AWS customer's SES can publish to the topic, and your process takes addresses off the list that never bounced. The current guide asks for an explicit grant on every topic.",
  facts: ["F12"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Declare an aws.sns.TopicPolicy whose policy allows ses.amazonaws.com to sns:Publish with conditions on AWS:SourceAccount and AWS:SourceArn that name your account.",
  messages,
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external) continue;
      for (const use of publishers(topic)) {
        const verdict = permissions.publish(topic, use);
        checkUse(topic, use, verdict, report);
        // Without a policy, each publisher's finding would be the same.
        if (verdict.byDefault && topic.policies.length === 0) break;
      }
    }
  },
});

function checkUse(topic: Topic, use: TopicUse, verdict: AccessAnswer, report: Reporter): void {
  const about = aboutUse(topic, use);
  if (verdict.byDefault && topic.policies.length === 0) {
    accuse(report, [use], about, messages.noPolicy(topic, use), { absence: true });
  } else if (verdict.byDefault) accuse(report, [use], about, messages.defaultPolicy(topic, use));
  else if (isOpen(verdict)) accuse(report, [use], about, messages.open(topic, use));
  else if (verdict.decision === "unknown") {
    report.unverified(about, messages.notKnown(topic, use), { pending: verdict.pending });
  }
}

/** Some Allow names neither an account nor an ARN. */
function isOpen({ decision, result }: AccessAnswer): boolean {
  const isLimited = (keys: ReadonlySet<string>) => keys.has("aws:sourceaccount") || keys.has("aws:sourcearn");
  return decision === "allowed" && result !== undefined && !result.allowedBy.every(isLimited);
}
