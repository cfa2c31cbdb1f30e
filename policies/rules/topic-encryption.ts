import type { Access, AccessAnswer } from "../model/access";
import { parseArn } from "../model/arn";
import type { Topic } from "../model/inventory/types";
import { sameRegion } from "../model/region";
import { isKnown, UNKNOWN } from "../model/value";
import { keyDefect, keyInView, sayDoubt } from "./shared/permissions";
import { createRule, type Reporter } from "./shared/rule";
import { aboutTopic, accuse, carries, publisherName, publishers, topicName } from "./shared/topics";

const messages = {
  managedKey: (topic: Topic) => `${subject(topic)} is encrypted with alias/aws/sns, which SES can't use.`,
  keyUnknown: (topic: Topic) => `${subject(topic)} has a key that is not known.`,
  defaultPolicy: (topic: Topic, publisher: string) =>
    `${subject(topic)} can't be written by SES for ${publisher}: the key has no policy of its own, and the default one excludes SES.`,
  refused: (topic: Topic, publisher: string) =>
    `${subject(topic)} can't be written by SES for ${publisher}: the key's policy does not let SES use it.`,
  unfit: (topic: Topic, defect: string) =>
    `${subject(topic)} is encrypted with a key that can't encrypt it: the key ${defect}.`,
  mayBeUnfit: (topic: Topic) =>
    `${subject(topic)} has a key of which it is not known whether it is enabled, symmetric and of the same Region.`,
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
  summary: "A topic encrypted with a key that SES can't use, by its policy or by what it is.",
  why: "SES must be allowed to use the topic's key to publish to it. The AWS managed key alias/aws/sns has a policy nobody can change, so it can never work.",
  facts: ["F13"],
  source: "Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Set kmsMasterKeyId of the aws.sns.Topic to an enabled, symmetric aws.kms.Key of its Region whose policy gives ses.amazonaws.com kms:GenerateDataKey* and kms:Decrypt.",
  messages,
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      if (isKnown(topic.keyName) && /(^|:)alias\/aws\/sns$/.test(topic.keyName)) {
        accuse(report, topic.uses, aboutTopic(topic), messages.managedKey(topic));
      } else if (topic.key.kind === "unknown") {
        report.unverified(aboutTopic(topic), messages.keyUnknown(topic), { pending: topic.key.pending });
      } else if (!isUnfit(topic, report)) checkKey(topic, permissions, report);
    }
  },
});

/** Reports a key that can't encrypt, whatever its policy says; true where that is certain. */
function isUnfit(topic: Topic, report: Reporter): boolean {
  const there = topic.key.kind === "outside" ? parseArn(topic.key.value)?.region : undefined;
  const isElsewhere = there !== undefined && sameRegion(there, topic.region) === false;
  const defect =
    topic.key.kind === "found"
      ? keyDefect(topic.key.target, topic.region)
      : isElsewhere
        ? "is of another Region"
        : undefined;
  if (isKnown(defect)) accuse(report, topic.uses, aboutTopic(topic), messages.unfit(topic, defect));
  else if (defect === UNKNOWN) report.unverified(aboutTopic(topic), messages.mayBeUnfit(topic));
  return isKnown(defect);
}

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
