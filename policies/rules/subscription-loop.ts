import { push } from "../model/collections";
import { covers, normaliseIdentity } from "../model/identity";
import type { ConfigurationSet, Identity, Inventory, Subscription, Topic, TopicUse } from "../model/inventory/types";
import { nameOf, type ResourceRecord } from "../model/record";
import { isKnown, UNKNOWN, type Unknown } from "../model/value";
import { createRule } from "./shared/rule";
import { setsOf } from "./shared/sets";
import { accuse } from "./shared/topics";
import { withRegion } from "./shared/words";

export const subscriptionLoop = createRule({
  id: "subscription-loop",
  level: "advisory",
  severity: "medium",
  summary: "An email subscriber inside the identity it is to hear about.",
  why: "When mail to the domain stops arriving, so do the notifications that would have told; and a bounce of the notification may cause the next one.",
  facts: ["F5", "F10"],
  source: "Amazon SES Developer Guide, Receiving notifications by email",
  fix: "Subscribe a mailbox of another domain, or a queue or function.",
  messages: {
    inside: (subscription: string, identity: string) =>
      `${subscription} mails the notifications of ${identity} to a mailbox of that identity.`,
    notKnown: (subscription: string, identity: string) =>
      `Whether ${subscription} mails the notifications of ${identity} to a mailbox of that identity is not known.`,
  },
  check({ inventory }, report, messages) {
    const senders = sendersOf(inventory);
    for (const topic of inventory.usedTopics) {
      const mailboxes = topic.subscriptions.filter(mayBeEmail);
      if (mailboxes.length === 0) continue;
      for (const [{ uses, ...subject }, subscription] of pairs(subjectsOf(topic, senders), mailboxes)) {
        const { resource } = subscription;
        const { identity, label, region } = subject;
        const isLoop = isInside(subscription, subject);
        const about = { identity, region, resource };
        const words = [nameOf(resource.urn), withRegion(label, region)] as const;
        if (isLoop === true) accuse(report, uses, about, messages.inside(...words));
        else if (isLoop === UNKNOWN) {
          const pending = subscription.endpoint.pending;
          report.unverified(about, messages.notKnown(...words), { pending });
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
  /** The uses of the topic that report on it. */
  uses: TopicUse[];
}

function pairs<A, B>(some: readonly A[], others: readonly B[]): [A, B][] {
  return some.flatMap((one) => others.map((other): [A, B] => [one, other]));
}

function subjectsOf(topic: Topic, senders: Senders): Subject[] {
  const found = new Map<string, Subject>();
  for (const use of topic.uses) {
    for (const identity of identitiesOf(use, senders)) {
      const subject: Subject =
        typeof identity === "object"
          ? {
              identity,
              label: nameOf(identity.label),
              nameKnown: identity.nameKnown,
              region: identity.region,
              uses: [],
            }
          : {
              identity,
              label: identity ?? "an identity",
              nameKnown: identity !== undefined,
              region: use.region,
              uses: [],
            };
      const key = `${subject.label} ${subject.region}`;
      const known = found.get(key) ?? subject;
      known.uses.push(use);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

function identitiesOf(use: TopicUse, senders: Senders): readonly (Identity | string | undefined)[] {
  if (use.via === "event-destination") return senders(use.resource);
  return [use.identity ?? (isKnown(use.source) ? use.source : undefined)];
}

function isInside(
  { protocol, endpoint }: Subscription,
  { label, nameKnown }: Pick<Subject, "label" | "nameKnown">,
): boolean | Unknown {
  if (endpoint.value === undefined) return false;
  if (endpoint.value === UNKNOWN || !nameKnown) return UNKNOWN;
  return covers(normaliseIdentity(label), endpoint.value) && (protocol === UNKNOWN ? UNKNOWN : true);
}

function mayBeEmail({ protocol }: Subscription): boolean {
  return protocol === UNKNOWN || protocol === "email" || protocol === "email-json";
}

/** Identities that an event destination reports on: those that send with its set. */
type Senders = (destination: ResourceRecord) => readonly Identity[];

function sendersOf(inventory: Inventory): Senders {
  const bySet = new Map<ConfigurationSet, Identity[]>();
  for (const identity of inventory.identities) {
    for (const set of setsOf(inventory, identity)) {
      if (set.kind === "found") push(bySet, set.target, identity);
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
