import { placed } from "../model/flow";
import { covers } from "../model/identity";
import type { Identity, Subscription, Topic } from "../model/inventory";
import { nameOf } from "../model/resource";
import { isKnown, UNKNOWN } from "../model/value";
import { createRule } from "./rule";
import { usedTopics } from "./topics";

export const subscriptionLoop = createRule({
  id: "subscription-loop",
  level: "advisory",
  severity: "medium",
  summary: "An email subscriber inside the identity it is to hear about.",
  why: "When mail to the domain stops arriving, so do the notifications that would have told; and a bounce of the notification may cause the next one.",
  source: "F5, F10: Amazon SES Developer Guide, Receiving notifications by email",
  fix: "Subscribe a mailbox of another domain, or a queue or function.",
  check({ inventory }, report) {
    for (const topic of usedTopics(inventory.topics)) {
      for (const subscription of topic.subscriptions) {
        const { protocol, endpoint, resource } = subscription;
        if (!mayBeEmail(subscription)) continue;
        for (const identity of identitiesOf(topic)) {
          const here = `${nameOf(resource.urn)} mails the notifications of ${placed(identity.label, identity.region)}`;
          if (
            endpoint === UNKNOWN ||
            (protocol === UNKNOWN &&
              isKnown(endpoint) &&
              covers({ name: identity.label, kind: identity.kind }, endpoint))
          ) {
            report.unverified({ identity, resource }, `Whether ${here} to a mailbox of that identity is not known.`, {
              pending: inventory.graph.isPending(resource, "endpoint"),
            });
          } else if (isKnown(endpoint) && covers({ name: identity.label, kind: identity.kind }, endpoint)) {
            report.violation({ identity, resource }, `${here} to a mailbox of that identity.`);
          }
        }
      }
    }
  },
});

function mayBeEmail({ protocol }: Subscription): boolean {
  return protocol === UNKNOWN || protocol === "email" || protocol === "email-json";
}

function identitiesOf(topic: Topic): Set<Identity> {
  return new Set(topic.uses.flatMap(({ identity }) => (identity?.nameKnown ? [identity] : [])));
}
