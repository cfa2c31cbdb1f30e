import type { Topic, TopicUse } from "../model/inventory";
import type { Permissions } from "../model/permission";
import { sourceArn, type Verdict } from "../model/permission";
import { ANY_PART } from "../model/policy";
import { isKnown } from "../model/value";
import { createRule } from "./rule";
import { aboutUse, accuse, publisherName, publishers, topicName, usedTopics } from "./topics";

export const topicPublishPermission = createRule({
  id: "topic-publish-permission",
  level: "mandatory",
  severity: "high",
  summary: "A topic policy under which SES can't publish for this identity.",
  why: "When publishing fails for good, SES drops the topic from the identity and goes back to forwarding: the program still looks right while nothing arrives.",
  source: "F12, F14: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Allow ses.amazonaws.com to sns:Publish on the topic, limited by AWS:SourceAccount and AWS:SourceArn of this identity or configuration set.",
  check({ inventory, permissions }, report) {
    for (const topic of usedTopics(inventory.topics)) {
      for (const use of publishers(topic)) {
        const verdict = mayPublish(permissions, topic, use);
        if (verdict.byDefault || verdict.decision === "allowed") continue;
        const here = `SES publish to topic ${topicName(topic)} for ${publisherName(use)}`;
        if (verdict.decision === "denied")
          accuse(report, [use], aboutUse(topic, use), `The topic's policy does not let ${here}: ${why(verdict)}.`);
        else
          report.unverified(
            aboutUse(topic, use),
            `Whether the topic's policy lets ${here} is not known${doubt(verdict)}.`,
            {
              pending: verdict.pending,
            },
          );
      }
    }
  },
});

/** May SES publish for this use of the topic? */
export function mayPublish(
  permissions: Permissions,
  topic: Topic,
  { via, identity, source, region, account }: TopicUse,
): Verdict {
  const arn = identity && isKnown(identity.arn) && via === "topic" ? identity.arn : undefined;
  const kind = via === "topic" ? "identity" : "configuration-set";
  const name = isKnown(source) ? source : ANY_PART;
  return permissions.publish(topic, account, arn ?? sourceArn(region, account, `${kind}/${name}`));
}

/** Why a policy refuses, in words. */
export function why({ result }: Verdict): string {
  if (result?.reason === "explicit-deny") return "a Deny statement forbids it";
  if (result?.reason === "condition") return `the condition on ${result.what ?? "the request"} excludes it`;
  return "no statement allows it";
}

/** What a policy's answer depends on, in words. */
export function doubt({ result, pending }: Verdict): string {
  if (pending) return " until it is deployed";
  const what = result?.what;
  if (what === undefined || what === "value" || what === "policy") return ": part of the policy is not known";
  return `: it depends on ${what}`;
}
