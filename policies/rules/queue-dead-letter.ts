import type { Queue } from "../model/inventory";
import { UNKNOWN } from "../model/value";
import { createRule } from "./rule";
import { subscribed } from "./subscribers";
import { accuse } from "./topics";

export const queueDeadLetter = createRule({
  id: "queue-dead-letter",
  level: "advisory",
  severity: "low",
  summary: "A subscribed queue without a dead-letter queue.",
  why: "A notification that the process can't handle is tried again until it is too old, and then it is gone with the address it named.",
  source: "F6: Amazon SQS Developer Guide, Using dead-letter queues",
  fix: "Give the queue a redrivePolicy with a dead-letter queue, and an alarm on that.",
  check({ inventory }, report) {
    const seen = new Set<Queue>();
    for (const { topic, link, about, name, topicName } of subscribed(inventory, "queue")) {
      if (link.kind === "unknown" || link.target.resource?.external || seen.has(link.target)) continue;
      seen.add(link.target);
      const { deadLetters, deadLettersPending } = link.target;
      if (deadLetters === undefined) {
        accuse(report, topic.uses, about, `Queue ${name}, fed by ${topicName}, has no dead-letter queue.`, {
          absence: true,
        });
      } else if (deadLetters === UNKNOWN) {
        const message = `Whether queue ${name}, fed by ${topicName}, has a dead-letter queue is not known.`;
        report.unverified(about, message, { pending: deadLettersPending });
      }
    }
  },
});
