import type { Access, AccessAnswer } from "../model/access";
import type { Key, Queue } from "../model/inventory/types";
import { isKnown, UNKNOWN } from "../model/value";
import { keyDefect, keyInView, sayDoubt } from "./shared/permissions";
import { createRule, type Reporter } from "./shared/rule";
import { type Subscriber, subscribed } from "./shared/subscribers";
import { accuse } from "./shared/topics";

const messages = {
  managedKey: (queue: string, topic: string) =>
    `Queue ${queue}, fed by ${topic}, is encrypted with alias/aws/sqs, which SNS can't use.`,
  keyUnknown: (queue: string, topic: string) => `Queue ${queue}, fed by ${topic}, has a key that is not known.`,
  defaultPolicy: (queue: string, topic: string) =>
    `Queue ${queue}, fed by ${topic}, has a key without a policy of its own, whose default excludes SNS.`,
  refused: (queue: string, topic: string) =>
    `Queue ${queue}, fed by ${topic}, has a key whose policy does not let SNS use it.`,
  unfit: (queue: string, topic: string, defect: string) =>
    `Queue ${queue}, fed by ${topic}, has a key that can't encrypt it: the key ${defect}.`,
  mayBeUnfit: (queue: string, topic: string) =>
    `Queue ${queue}, fed by ${topic}, has a key of which it is not known whether it is enabled, symmetric and of the same Region.`,
  mayBeRefused: (queue: string, topic: string, verdict: AccessAnswer) =>
    `Queue ${queue}, fed by ${topic}, has a key that SNS may not be able to use${sayDoubt(verdict)}.`,
};

export const queueEncryption = createRule({
  id: "queue-encryption",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed queue with a key that SNS can't use, by its policy or by what it is.",
  why: "SNS must be allowed to use the queue's key to write to it. The AWS managed key alias/aws/sqs has a policy nobody can change, so it never works.",
  facts: ["F13"],
  source: "Amazon SNS Developer Guide, Subscribing encrypted Amazon SQS queues",
  fix: "Set sqsManagedSseEnabled of the aws.sqs.Queue, or its kmsMasterKeyId to an enabled, symmetric aws.kms.Key of its Region whose policy gives sns.amazonaws.com kms:GenerateDataKey* and kms:Decrypt.",
  messages,
  check({ inventory, permissions }, report) {
    for (const subscriber of subscribed(inventory, ({ queue }) => queue)) {
      const { topic, link, about, name, topicName } = subscriber;
      // queue-policy reports queues that are not known.
      if (link.kind === "unknown") continue;
      const { key, keyName } = link.target;
      if (isKnown(keyName) && /(^|:)alias\/aws\/sqs$/.test(keyName)) {
        accuse(report, topic.uses, about, messages.managedKey(name, topicName));
      } else if (key.kind === "unknown") {
        report.unverified(about, messages.keyUnknown(name, topicName), { pending: key.pending });
      } else if (!isUnfit(subscriber, link.target, report)) {
        checkKey(subscriber, link.target, keyInView(key), permissions, report);
      }
    }
  },
});

/** Reports a key that can't encrypt, whatever its policy says; true where that is certain. */
function isUnfit({ topic, about, name, topicName }: Subscriber<Queue>, queue: Queue, report: Reporter): boolean {
  const defect = queue.key.kind === "found" ? keyDefect(queue.key.target, queue.region) : undefined;
  if (isKnown(defect)) accuse(report, topic.uses, about, messages.unfit(name, topicName, defect));
  else if (defect === UNKNOWN) report.unverified(about, messages.mayBeUnfit(name, topicName));
  return isKnown(defect);
}

function checkKey(
  { topic, about, name, topicName }: Subscriber<Queue>,
  queue: Queue,
  key: Key | undefined,
  permissions: Access,
  report: Reporter,
): void {
  if (!key) return;
  const verdict = permissions.encryptForSns(queue, key, topic);
  if (verdict.decision === "denied") {
    const message = verdict.byDefault ? messages.defaultPolicy : messages.refused;
    accuse(report, topic.uses, about, message(name, topicName), { absence: verdict.byDefault });
  } else if (verdict.decision === "unknown") {
    report.unverified(about, messages.mayBeRefused(name, topicName, verdict), { pending: verdict.pending });
  }
}
