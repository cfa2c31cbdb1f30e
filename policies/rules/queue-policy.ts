import type { AccessAnswer } from "../model/access";
import { sayDoubt, sayRefusal } from "./shared/permissions";
import { createRule } from "./shared/rule";
import { subscribed } from "./shared/subscribers";
import { accuse } from "./shared/topics";

export const queuePolicy = createRule({
  id: "queue-policy",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed queue whose policy does not let SNS send.",
  why: "A queue lets only its own account's users send until its policy says otherwise; SNS then fails quietly and the notification is lost.",
  facts: ["F11"],
  source: "Amazon SNS Developer Guide, Subscribing an Amazon SQS queue to an Amazon SNS topic",
  fix: "Give the queue a policy that allows sns.amazonaws.com to sqs:SendMessage with aws:SourceArn of the topic.",
  messages: {
    queueUnknown: (subscription: string, topic: string) =>
      `The queue behind subscription ${subscription} to ${topic} is not known, so its policy cannot be checked.`,
    noPolicy: (queue: string, topic: string) => `Queue ${queue} has no policy, so ${topic} can't reach it.`,
    refused: (queue: string, topic: string, verdict: AccessAnswer) =>
      `The queue's policy does not let SNS send from ${topic} to queue ${queue}: ${sayRefusal(verdict)}.`,
    notKnown: (queue: string, topic: string, verdict: AccessAnswer) =>
      `Whether the queue's policy lets SNS send from ${topic} to queue ${queue} is not known${sayDoubt(verdict)}.`,
  },
  check({ inventory, permissions }, report, messages) {
    for (const { topic, link, about, name, topicName } of subscribed(inventory, ({ queue }) => queue)) {
      if (link.kind === "unknown") {
        report.unverified(about, messages.queueUnknown(name, topicName), { pending: link.pending });
        continue;
      }
      const queue = link.target;
      if (queue.resource?.external && queue.policies.length === 0) continue;
      const verdict = permissions.send(queue, topic);
      if (verdict.byDefault) {
        accuse(report, topic.uses, about, messages.noPolicy(name, topicName), { absence: true });
      } else if (verdict.decision === "denied") {
        accuse(report, topic.uses, about, messages.refused(name, topicName, verdict));
      } else if (verdict.decision === "unknown") {
        report.unverified(about, messages.notKnown(name, topicName, verdict), { pending: verdict.pending });
      }
    }
  },
});
