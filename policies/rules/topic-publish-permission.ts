import type { AccessAnswer } from "../model/access";
import type { Topic, TopicUse } from "../model/inventory/types";
import { sayDoubt, sayRefusal } from "./shared/permissions";
import { createRule } from "./shared/rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./shared/topics";

export const topicPublishPermission = createRule({
  id: "topic-publish-permission",
  level: "mandatory",
  severity: "high",
  summary: "A topic policy under which SES can't publish for this identity.",
  why: "When publishing fails for good, SES drops the topic from the identity and goes back to forwarding: the program still looks right while nothing arrives.",
  facts: ["F12", "F14"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Allow ses.amazonaws.com to sns:Publish on the topic, limited by AWS:SourceAccount and AWS:SourceArn of this identity or configuration set.",
  messages: {
    refused: (topic: Topic, use: TopicUse, verdict: AccessAnswer) =>
      `The topic's policy does not let SES publish to topic ${topicName(topic)} for ${publisherName(use)}: ${sayRefusal(verdict)}.`,
    otherAccount: (topic: Topic, use: TopicUse) =>
      `Topic ${topicName(topic)} has no policy of its own, and the default one does not let SES publish for ${publisherName(use)}, which is of another account.`,
    perhapsOtherAccount: (topic: Topic, use: TopicUse) =>
      `Topic ${topicName(topic)} has no policy of its own, and whether it is of the same account as ${publisherName(use)} is not known.`,
    notKnown: (topic: Topic, use: TopicUse, verdict: AccessAnswer) =>
      `Whether the topic's policy lets SES publish to topic ${topicName(topic)} for ${publisherName(use)} is not known${sayDoubt(verdict)}.`,
  },
  check({ inventory, permissions }, report, messages) {
    for (const topic of inventory.usedTopics) {
      for (const use of publishers(topic)) {
        const answer = permissions.publish(topic, use);
        if (answer.decision === "allowed" || isNobodysToTell(topic, answer)) continue;
        const about = aboutUse(topic, use);
        const [refused, notKnown] = answer.byDefault
          ? [messages.otherAccount, messages.perhapsOtherAccount]
          : [messages.refused, messages.notKnown];
        if (answer.decision === "denied") {
          accuse(report, [use], about, refused(topic, use, answer), { absence: answer.byDefault });
        } else report.unverified(about, notKnown(topic, use, answer), { pending: answer.pending });
      }
    }
  },
});

/** Of a topic outside the view nobody can tell whether it has a policy. */
function isNobodysToTell({ resource }: Topic, { byDefault }: AccessAnswer): boolean {
  return byDefault && (!resource || resource.external === true);
}
