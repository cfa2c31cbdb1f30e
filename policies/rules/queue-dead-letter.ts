import type { Queue } from "../model/inventory/types";
import { UNKNOWN } from "../model/value";
import { createRule } from "./shared/rule";
import { subscribed } from "./shared/subscribers";
import { accuse } from "./shared/topics";

export const queueDeadLetter = createRule({
  id: "queue-dead-letter",
  level: "advisory",
  severity: "low",
  summary: "A subscribed queue without a dead-letter queue.",
  why: "A notification that the process can't handle is tried again until it is too old, and then it is gone with the address it named.",
  facts: ["F6"],
  source: "Amazon SQS Developer Guide, Using dead-letter queues",
  fix: "Give the queue a redrivePolicy with a dead-letter queue, and an alarm on that.",
  messages: {
    missing: (queue: string, topic: string) => `Queue ${queue}, fed by ${topic}, has no dead-letter queue.`,
    notKnown: (queue: string, topic: string) =>
      `Whether queue ${queue}, fed by ${topic}, has a dead-letter queue is not known.`,
  },
  check({ inventory }, report, messages) {
    const seen = new Set<Queue>();
    for (const { topic, link, about, name, topicName } of subscribed(inventory, ({ queue }) => queue)) {
      if (link.kind === "unknown" || link.target.resource?.external || seen.has(link.target)) continue;
      seen.add(link.target);
      const { deadLetters } = link.target;
      if (deadLetters.value === undefined) {
        accuse(report, topic.uses, about, messages.missing(name, topicName), { absence: true });
      } else if (deadLetters.value === UNKNOWN) {
        report.unverified(about, messages.notKnown(name, topicName), { pending: deadLetters.pending });
      }
    }
  },
});
