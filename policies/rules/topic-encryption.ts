import type { Access, AccessAnswer } from "../model/access";
import type { Topic } from "../model/inventory/types";
import { isKnown } from "../model/value";
import { keyInView, sayDoubt } from "./shared/permissions";
import { createRule, type Reporter } from "./shared/rule";
import { aboutTopic, accuse, carries, publisherName, publishers, topicName } from "./shared/topics";

const messages = {
  managedKey: (topic: Topic) => `${subject(topic)} is encrypted with alias/aws/sns, which SES can't use.`,
  keyUnknown: (topic: Topic) => `${subject(topic)} has a key that is not known.`,
  defaultPolicy: (topic: Topic, publisher: string) =>
    `${subject(topic)} can't be written by SES for ${publisher}: the key has no policy of its own, and the default one excludes SES.`,
  refused: (topic: Topic, publisher: string) =>
    `${subject(topic)} can't be written by SES for ${publisher}: the key's policy does not let SES use it.`,
  mayBeRefused: (topic: Topic, verdict: AccessAnswer) =>
    `${subject(topic)} has a key that SES may not be able to use${sayDoubt(verdict)}.`,
};

function subject(topic: Topic): string {
  return `Topic ${topicName(topic)}, which ${carries(topic)},`;
}

export const topicEncryption = createRule({
  id: "topic-encryption",
  level: "mandatory",
  severity: "high",
  summary: "A topic encrypted with a key that SES can't use.",
  why: "SES must be allowed to use the topic's key to publish to it. The AWS managed key alias/aws/sns has a policy nobody can change, so it can never work.",
  facts: ["F13"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Encrypt the topic with a key of your own whose policy gives ses.amazonaws.com kms:GenerateDataKey* and kms:Decrypt.",
  messages,
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      if (isKnown(topic.keyName) && /(^|:)alias\/aws\/sns$/.test(topic.keyName)) {
        accuse(report, topic.uses, aboutTopic(topic), messages.managedKey(topic));
      } else if (topic.key.kind === "unknown") {
        report.unverified(aboutTopic(topic), messages.keyUnknown(topic), { pending: topic.key.pending });
      } else checkKey(topic, permissions, report);
    }
  },
});

function checkKey(topic: Topic, permissions: Access, report: Reporter): void {
  const refusal = firstRefusal(topic, permissions);
  if (!refusal) return;
  const { verdict, publisher } = refusal;
  if (verdict.decision === "denied") {
    const message = verdict.byDefault ? messages.defaultPolicy : messages.refused;
    accuse(report, topic.uses, aboutTopic(topic), message(topic, publisher), { absence: verdict.byDefault });
  } else {
    report.unverified(aboutTopic(topic), messages.mayBeRefused(topic, verdict), { pending: verdict.pending });
  }
}

/** The first publisher whom the topic's key does not surely serve; a key in another stack serves all. */
function firstRefusal(topic: Topic, permissions: Access): { verdict: AccessAnswer; publisher: string } | undefined {
  const key = keyInView(topic.key);
  if (!key) return undefined;
  for (const use of publishers(topic)) {
    const verdict = permissions.encryptForSes(key, use);
    if (verdict.decision !== "allowed") return { verdict, publisher: publisherName(use) };
  }
  return undefined;
}
