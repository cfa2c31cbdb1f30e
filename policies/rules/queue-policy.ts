import { createRule } from "./rule";
import { subscribed } from "./subscribers";
import { doubt, why } from "./topic-publish-permission";
import { accuse } from "./topics";

export const queuePolicy = createRule({
  id: "queue-policy",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed queue whose policy does not let SNS send.",
  why: "A queue lets only its own account's users send until its policy says otherwise; SNS then fails quietly and the notification is lost.",
  source: "F11: Amazon SNS Developer Guide, Subscribing an Amazon SQS queue to an Amazon SNS topic",
  fix: "Give the queue a policy that allows sns.amazonaws.com to sqs:SendMessage with aws:SourceArn of the topic.",
  check({ inventory, permissions }, report) {
    for (const { topic, link, about, name, topicName } of subscribed(inventory, "queue")) {
      if (link.kind === "unknown") {
        const message = `The queue behind subscription ${name} to ${topicName} is not known, so its policy cannot be checked.`;
        report.unverified(about, message, { pending: link.pending });
        continue;
      }
      const queue = link.target;
      if (queue.resource?.external && queue.policies.length === 0) continue;
      const verdict = permissions.send(queue, topic);
      const here = `SNS send from ${topicName} to queue ${name}`;
      if (verdict.byDefault) {
        accuse(report, topic.uses, about, `Queue ${name} has no policy, so ${topicName} can't reach it.`, {
          absence: true,
        });
      } else if (verdict.decision === "denied") {
        accuse(report, topic.uses, about, `The queue's policy does not let ${here}: ${why(verdict)}.`);
      } else if (verdict.decision === "unknown") {
        const message = `Whether the queue's policy lets ${here} is not known${doubt(verdict)}.`;
        report.unverified(about, message, { pending: verdict.pending });
      }
    }
  },
});
