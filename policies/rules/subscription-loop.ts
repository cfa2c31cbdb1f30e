import { push } from "../model/collections";
import { placed } from "../model/flow";
import { covers, normaliseIdentity } from "../model/identity";
import type { ConfigurationSet, Identity, Inventory, Subscription, Topic, TopicUse } from "../model/inventory";
import { nameOf, type ResourceRecord } from "../model/resource";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { createRule } from "./rule";
import { accuse } from "./topics";

export const subscriptionLoop = createRule({
  id: "subscription-loop",
  level: "advisory",
  severity: "medium",
  summary: "An email subscriber inside the identity it is to hear about.",
  why: "When mail to the domain stops arriving, so do the notifications that would have told; and a bounce of the notification may cause the next one.",
  source: "F5, F10: Amazon SES Developer Guide, Receiving notifications by email",
  fix: "Subscribe a mailbox of another domain, or a queue or function.",
  check({ inventory }, report) {
    const senders = sendersOf(inventory);
    for (const topic of inventory.usedTopics) {
      const mailboxes = topic.subscriptions.filter(mayBeEmail);
      if (mailboxes.length === 0) continue;
      for (const [subject, uses] of subjectsOf(topic, senders)) {
        for (const subscription of mailboxes) {
          const inside = isInside(subscription, subject);
          if (inside === false) continue;
          const { resource } = subscription;
          const { identity, label, region } = subject;
          const about = { identity, region, resource };
          const here = `${nameOf(resource.urn)} mails the notifications of ${placed(label, region)}`;
          if (inside === true) accuse(report, uses, about, `${here} to a mailbox of that identity.`);
          else
            report.unverified(about, `Whether ${here} to a mailbox of that identity is not known.`, {
              pending: inventory.graph.isPending(resource, "endpoint"),
            });
        }
      }
    }
  },
});

/** Whom a topic reports on; `label` is its name, or what to call it where nobody knows that. */
interface Subject {
  identity: Identity | string | undefined;
  label: string;
  nameKnown: boolean;
  region: string;
}

function subjectsOf(topic: Topic, senders: Senders): [Subject, TopicUse[]][] {
  const found = new Map<string, [Subject, TopicUse[]]>();
  for (const use of topic.uses) {
    const { source, region } = use;
    const identities: readonly (Identity | string | undefined)[] =
      use.via === "event-destination"
        ? senders(use.resource)
        : [use.identity ?? (isKnown(source) ? source : undefined)];
    for (const identity of identities) {
      const subject: Subject =
        typeof identity === "object"
          ? { identity, label: nameOf(identity.label), nameKnown: identity.nameKnown, region: identity.region }
          : { identity, label: identity ?? "an identity", nameKnown: identity !== undefined, region };
      const key = `${subject.label} ${subject.region}`;
      const known = found.get(key);
      if (known) known[1].push(use);
      else found.set(key, [subject, [use]]);
    }
  }
  return [...found.values()];
}

function isInside({ protocol, endpoint }: Subscription, { label, nameKnown }: Subject): boolean | Unknown {
  if (endpoint === undefined) return false;
  if (endpoint === UNKNOWN || !nameKnown) return UNKNOWN;
  return covers(normaliseIdentity(label), endpoint) && (protocol === UNKNOWN ? UNKNOWN : true);
}

function mayBeEmail({ protocol }: Subscription): boolean {
  return protocol === UNKNOWN || protocol === "email" || protocol === "email-json";
}

/** Identities that an event destination reports on: those that send with its set. */
type Senders = (destination: ResourceRecord) => readonly Identity[];

function sendersOf(inventory: Inventory): Senders {
  const bySet = new Map<ConfigurationSet, Identity[]>();
  for (const identity of inventory.identities) {
    for (const set of [...identity.defaultSets.map(({ set }) => set), ...inventory.sendTimeSets(identity)]) {
      if (set.kind !== "found") continue;
      push(bySet, set.target, identity);
    }
  }
  const byDestination = new Map(
    inventory.eventDestinations.map(({ resource, set }) => [
      resource,
      (set.kind === "found" && bySet.get(set.target)) || [],
    ]),
  );
  return (destination) => byDestination.get(destination) ?? [];
}
