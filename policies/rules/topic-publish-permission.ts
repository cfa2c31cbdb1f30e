import type { Verdict } from "../model/permission";
import { createRule } from "./rule";
import { aboutUse, accuse, publisherName, publishers, topicName } from "./topics";

export const topicPublishPermission = createRule({
  id: "topic-publish-permission",
  level: "mandatory",
  severity: "high",
  summary: "A topic policy under which SES can't publish for this identity.",
  why: "When publishing fails for good, SES drops the topic from the identity and goes back to forwarding: the program still looks right while nothing arrives.",
  source: "F12, F14: Amazon SES Developer Guide, Configuring Amazon SNS notifications",
  fix: "Allow ses.amazonaws.com to sns:Publish on the topic, limited by AWS:SourceAccount and AWS:SourceArn of this identity or configuration set.",
  check({ inventory, permissions }, report) {
    for (const topic of inventory.usedTopics) {
      for (const use of publishers(topic)) {
        const verdict = permissions.publish(topic, use);
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
