import { ANY_PART } from "../model/policy";
import { isKnown } from "../model/value";
import { createRule } from "./rule";
import { subscribed } from "./subscribers";
import { doubt } from "./topic-publish-permission";
import { accuse } from "./topics";

export const queueEncryption = createRule({
  id: "queue-encryption",
  level: "mandatory",
  severity: "high",
  summary: "A subscribed queue with a key that SNS can't use.",
  why: "SNS must be allowed to use the queue's key to write to it. The AWS managed key alias/aws/sqs has a policy nobody can change, so it never works.",
  source: "F13: Amazon SNS Developer Guide, Subscribing encrypted Amazon SQS queues",
  fix: "Use SSE-SQS (sqsManagedSseEnabled), or a key of your own whose policy gives sns.amazonaws.com kms:GenerateDataKey* and kms:Decrypt.",
  check({ inventory, permissions }, report) {
    for (const { topic, link, about, name, topicName } of subscribed(inventory, "queue")) {
      // queue-policy reports queues that are not known.
      if (link.kind === "unknown") continue;
      const { key: keyLink, keyName } = link.target;
      const here = `Queue ${name}, fed by ${topicName},`;
      if (isKnown(keyName) && /(^|:)alias\/aws\/sqs$/.test(keyName)) {
        accuse(report, topic.uses, about, `${here} is encrypted with alias/aws/sqs, which SNS can't use.`);
      } else if (keyLink.kind === "unknown") {
        report.unverified(about, `${here} has a key that is not known.`, { pending: keyLink.pending });
      } else if (keyLink.kind === "found") {
        const key = keyLink.target;
        if (key.policies.length === 0 && (!key.resource || key.resource.external)) continue;
        const source = isKnown(topic.arn) ? topic.arn : ANY_PART;
        const verdict = permissions.encrypt(key, "sns.amazonaws.com", topic.account, source);
        if (verdict.decision === "denied") {
          const by = verdict.byDefault
            ? "has a key without a policy of its own, whose default excludes SNS"
            : "has a key whose policy does not let SNS use it";
          accuse(report, topic.uses, about, `${here} ${by}.`, { absence: verdict.byDefault });
        } else if (verdict.decision === "unknown") {
          report.unverified(about, `${here} has a key that SNS may not be able to use${doubt(verdict)}.`, {
            pending: verdict.pending,
          });
        }
      }
    }
  },
});
