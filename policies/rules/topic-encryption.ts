import type { Topic } from "../model/inventory";
import type { Permissions, Verdict } from "../model/permission";
import { isKnown } from "../model/value";
import { sayDoubt } from "./shared/permissions";
import { createRule } from "./shared/rule";
import { aboutTopic, accuse, carries, publisherName, publishers, topicName } from "./shared/topics";

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
  messages: {
    managedKey: (topic: Topic) => `${subject(topic)} is encrypted with alias/aws/sns, which SES can't use.`,
    keyUnknown: (topic: Topic) => `${subject(topic)} has a key that is not known.`,
    defaultPolicy: (topic: Topic, publisher: string) =>
      `${subject(topic)} can't be written by SES for ${publisher}: the key has no policy of its own, and the default one excludes SES.`,
    refused: (topic: Topic, publisher: string) =>
      `${subject(topic)} can't be written by SES for ${publisher}: the key's policy does not let SES use it.`,
    mayBeRefused: (topic: Topic, verdict: Verdict) =>
      `${subject(topic)} has a key that SES may not be able to use${sayDoubt(verdict)}.`,
  },
  check({ inventory, permissions }, report, messages) {
    for (const topic of inventory.usedTopics) {
      const about = aboutTopic(topic);
      if (isKnown(topic.keyName) && /(^|:)alias\/aws\/sns$/.test(topic.keyName)) {
        accuse(report, topic.uses, about, messages.managedKey(topic));
      } else if (topic.key.kind === "unknown") {
        report.unverified(about, messages.keyUnknown(topic), { pending: topic.key.pending });
      } else {
        const refusal = firstRefusal(topic, permissions);
        if (refusal?.verdict.decision === "denied") {
          const message = refusal.verdict.byDefault ? messages.defaultPolicy : messages.refused;
          const absence = refusal.verdict.byDefault;
          accuse(report, topic.uses, about, message(topic, refusal.publisher), { absence });
        } else if (refusal) {
          const { pending } = refusal.verdict;
          report.unverified(about, messages.mayBeRefused(topic, refusal.verdict), { pending });
        }
      }
    }
  },
});

/** The first publisher whom the topic's key does not surely serve; a key in another stack serves all. */
function firstRefusal(topic: Topic, permissions: Permissions): { verdict: Verdict; publisher: string } | undefined {
  if (topic.key.kind !== "found") return undefined;
  const key = topic.key.target;
  if (key.policies.length === 0 && (!key.resource || key.resource.external)) return undefined;
  for (const use of publishers(topic)) {
    const verdict = permissions.encryptForSes(key, use);
    if (verdict.decision !== "allowed") return { verdict, publisher: publisherName(use) };
  }
  return undefined;
}
