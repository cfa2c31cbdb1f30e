import type { Topic } from "../model/inventory";
import { isKnown } from "../model/value";
import { createRule } from "./rule";
import { doubt } from "./topic-publish-permission";
import { aboutTopic, accuse, carries, publisherName, publishers, topicName } from "./topics";

export const topicEncryption = createRule({
  id: "topic-encryption",
  level: "mandatory",
  severity: "high",
  summary: "A topic encrypted with a key that SES can't use.",
  why: "SES must be allowed to use the topic's key to publish to it. The AWS managed key alias/aws/sns has a policy nobody can change, so it can never work.",
  source: "F13: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Encrypt the topic with a key of your own whose policy gives ses.amazonaws.com kms:GenerateDataKey* and kms:Decrypt.",
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      const name = topicName(topic);
      const say = (problem: string): string => `Topic ${name}, which ${carries(topic)}, ${problem}.`;
      if (isManagedKey(topic)) {
        accuse(report, topic.uses, aboutTopic(topic), say("is encrypted with alias/aws/sns, which SES can't use"));
      } else if (topic.key.kind === "unknown") {
        report.unverified(aboutTopic(topic), say("has a key that is not known"), { pending: topic.key.pending });
      } else if (topic.key.kind === "found") {
        const key = topic.key.target;
        if (key.policies.length === 0 && (!key.resource || key.resource.external)) continue;
        for (const use of publishers(topic)) {
          const verdict = permissions.encryptForSes(key, use);
          if (verdict.decision === "allowed") continue;
          if (verdict.decision === "denied") {
            const by = verdict.byDefault
              ? "the key has no policy of its own, and the default one excludes SES"
              : "the key's policy does not let SES use it";
            accuse(
              report,
              topic.uses,
              aboutTopic(topic),
              say(`can't be written by SES for ${publisherName(use)}: ${by}`),
              { absence: verdict.byDefault },
            );
          } else
            report.unverified(aboutTopic(topic), say(`has a key that SES may not be able to use${doubt(verdict)}`), {
              pending: verdict.pending,
            });
          break;
        }
      }
    }
  },
});

function isManagedKey({ keyName }: Topic): boolean {
  return isKnown(keyName) && /(^|:)alias\/aws\/sns$/.test(keyName);
}
