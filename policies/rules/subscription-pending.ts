import { UNKNOWN } from "../model/value";
import { createRule } from "./rule";
import { aboutTopic, accuse, carries, topicName } from "./topics";

export const subscriptionPending = createRule({
  id: "subscription-pending",
  level: "advisory",
  severity: "high",
  summary: "A topic whose subscribers had not confirmed at the last refresh.",
  why: "A mailbox or endpoint that never answered the confirmation receives nothing; after two days SNS deletes the request.",
  source: "F11: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Open the confirmation link (or subscribe a queue or function, which need none), then run pulumi refresh.",
  check({ inventory }, report) {
    for (const topic of inventory.usedTopics) {
      if (!topic.resource || topic.resource.external || topic.subscriptions.length === 0) continue;
      const pending = topic.subscriptions.map(({ pendingConfirmation }) => pendingConfirmation);
      if (!pending.every((one) => one === true || one === UNKNOWN)) continue;
      const here = `topic ${topicName(topic)}, which ${carries(topic)}`;
      if (pending.includes(UNKNOWN) || topic.looseSubscriptions.find()) {
        report.unverified(aboutTopic(topic), `Whether a subscriber of ${here}, has confirmed is not known.`);
      } else {
        accuse(
          report,
          topic.uses,
          aboutTopic(topic),
          `No subscriber of ${here}, had confirmed when the state was last refreshed.`,
          { absence: true },
        );
      }
    }
  },
});
