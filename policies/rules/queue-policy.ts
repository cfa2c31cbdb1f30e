import type { Access, AccessAnswer } from "../model/access";
import { shortfalls } from "../model/inventory/ownership";
import type { Inventory, Queue, Subscription, Topic } from "../model/inventory/types";
import { nameOf } from "../model/record";
import { not, UNKNOWN } from "../model/value";
import { sayDoubt, sayRefusal } from "./shared/permissions";
import { createRule, type Reporter } from "./shared/rule";
import { type Subscriber, subscribed } from "./shared/subscribers";
import { aboutTopic, accuse, carries, topicName } from "./shared/topics";
import { list } from "./shared/words";

const messages = {
  tooFew: (atLeast: number, queues: readonly string[]) =>
    `At least ${atLeast} of the subscribed queues ${list(queues)} have no policy, so SNS can't send to them: there are fewer policies of a queue that is not known than queues without one.`,
  queueUnknown: (subscription: string, topic: string) =>
    `The queue behind subscription ${subscription} to ${topic} is not known, so its policy cannot be checked.`,
  noPolicy: (queue: string, topic: string) => `Queue ${queue} has no policy, so ${topic} can't reach it.`,
  refused: (queue: string, topic: string, verdict: AccessAnswer) =>
    `The queue's policy does not let SNS send from ${topic} to queue ${queue}: ${sayRefusal(verdict)}.`,
  fifo: (queue: string, topic: string) =>
    `Queue ${queue} is a FIFO queue, which ${topic}, a standard topic, can't deliver to.`,
  fifoUnknown: (queue: string, topic: string) =>
    `Whether queue ${queue}, fed by ${topic}, is a FIFO queue, which a standard topic can't deliver to, is not known.`,
  deadLettersRefused: (queue: string, topic: string) =>
    `What ${topic} can't deliver is lost: the policy of dead-letter queue ${queue} does not let SNS send.`,
  deadLettersUnknown: (queue: string, topic: string) =>
    `Whether dead-letter queue ${queue} takes what ${topic} can't deliver is not known.`,
  notKnown: (queue: string, topic: string, verdict: AccessAnswer) =>
    `Whether the queue's policy lets SNS send from ${topic} to queue ${queue} is not known${sayDoubt(verdict)}.`,
};

export const queuePolicy = createRule({
  id: "queue-policy",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed queue, or a subscription's dead-letter queue, that SNS can't send to.",
  why: "A queue lets only its own account's users send until its policy says otherwise; SNS then fails quietly and the notification is lost.",
  facts: ["F11"],
  source: "Amazon SNS Developer Guide, Subscribing an Amazon SQS queue to an Amazon SNS topic",
  fix: "Give the queue an aws.sqs.QueuePolicy that allows sns.amazonaws.com to sqs:SendMessage with aws:SourceArn of the topic.",
  messages,
  check({ inventory, permissions }, report) {
    for (const subscriber of subscribed(inventory, ({ queue }) => queue)) {
      const { link, about, name, topicName } = subscriber;
      if (link.kind === "unknown") {
        report.unverified(about, messages.queueUnknown(name, topicName), { pending: link.pending });
      } else if (!isFifo(subscriber, link.target, report)) checkPolicy(subscriber, link.target, permissions, report);
    }
    sayShortfalls(inventory, report);
    for (const topic of inventory.usedTopics) {
      for (const subscription of topic.subscriptions) {
        checkOutside(topic, subscription, report);
        checkDeadLetters(topic, subscription, permissions, report);
      }
    }
  },
});

/** Reports a FIFO queue; true where that is certain. `topic-fifo` reports FIFO topics. */
function isFifo({ topic, about, name, topicName }: Subscriber<Queue>, { fifo }: Queue, report: Reporter): boolean {
  if (topic.fifo !== false || fifo === false) return false;
  if (fifo === UNKNOWN) report.unverified(about, messages.fifoUnknown(name, topicName));
  else accuse(report, topic.uses, about, messages.fifo(name, topicName));
  return fifo === true;
}

function checkPolicy(
  { topic, about, name, topicName }: Subscriber<Queue>,
  queue: Queue,
  permissions: Access,
  report: Reporter,
): void {
  if (queue.resource?.external && queue.policies.length === 0) return;
  const verdict = permissions.send(queue, topic);
  if (verdict.byDefault) {
    accuse(report, topic.uses, about, messages.noPolicy(name, topicName), { absence: true });
  } else if (verdict.decision === "denied") {
    accuse(report, topic.uses, about, messages.refused(name, topicName, verdict));
  } else if (verdict.decision === "unknown") {
    report.unverified(about, messages.notKnown(name, topicName, verdict), { pending: verdict.pending });
  }
}

/** Of a queue outside the view its name tells whether it is a FIFO queue. Source: SQS API reference, CreateQueue. */
function checkOutside(topic: Topic, { queue, resource }: Subscription, report: Reporter): void {
  if (queue.kind !== "outside" || not(topic.fifo) !== true || !/^arn:.*:sqs:.*\.fifo$/.test(queue.value)) return;
  accuse(report, topic.uses, { ...aboutTopic(topic), resource }, messages.fifo(queue.value, subject(topic)));
}

/** The dead-letter queue of a subscription needs the same permission. */
function checkDeadLetters(topic: Topic, subscription: Subscription, permissions: Access, report: Reporter): void {
  const { deadLetterQueue: link, resource } = subscription;
  if (link.kind === "absent" || link.kind === "outside") return;
  const about = { ...aboutTopic(topic), resource };
  if (link.kind === "unknown") {
    const name = `of subscription ${nameOf(resource.urn)}`;
    report.unverified(about, messages.deadLettersUnknown(name, subject(topic)), { pending: link.pending });
    return;
  }
  const queue = link.target;
  if (queue.resource?.external && queue.policies.length === 0) return;
  const name = nameOf(queue.resource?.urn ?? "");
  const { decision, byDefault, pending } = permissions.send(queue, topic);
  if (decision === "denied") {
    accuse(report, topic.uses, about, messages.deadLettersRefused(name, subject(topic)), { absence: byDefault });
  } else if (decision === "unknown") {
    report.unverified(about, messages.deadLettersUnknown(name, subject(topic)), { pending });
  }
}

function subject(topic: Topic): string {
  return `topic ${topicName(topic)} that ${carries(topic)}`;
}

/** Queues that surely have no policy, because more of them lack one than there are policies of unknown queues. */
function sayShortfalls(inventory: Inventory, report: Reporter): void {
  const bare = new Set<Queue>();
  for (const { link } of subscribed(inventory, ({ queue }) => queue)) {
    if (link.kind === "found" && link.target.policies.length === 0 && !link.target.resource?.external)
      bare.add(link.target);
  }
  for (const { owners, atLeast } of shortfalls([...bare], ({ possiblePolicies }) => possiblePolicies.all)) {
    const names = owners.map(({ resource }) => nameOf(resource?.urn ?? "")).sort();
    report.violation({ resource: owners[0]?.resource }, messages.tooFew(atLeast, names), { absence: true });
  }
}
