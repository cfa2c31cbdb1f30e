import { ACTIONS as READING, type Operation as Reading } from "../sources/account/permissions";
import type { Operation } from "./client";
import { PREFIX } from "./names";

/** What an action may be limited to. */
type Limit = "queue" | "rule" | "mail" | "none";

/**
 * The IAM actions that each call needs, and what they can be limited to. Source: Service Authorization Reference; a
 * call that gives tags needs the action of tagging too.
 */
export const ACTIONS: Readonly<Record<Operation, { actions: readonly string[]; limit: Limit }>> = {
  "sqs:CreateQueue": { actions: ["sqs:CreateQueue", "sqs:TagQueue"], limit: "queue" },
  "sqs:GetQueueUrl": { actions: ["sqs:GetQueueUrl"], limit: "queue" },
  "sqs:GetQueueAttributes": { actions: ["sqs:GetQueueAttributes"], limit: "queue" },
  "sqs:ReceiveMessage": { actions: ["sqs:ReceiveMessage"], limit: "queue" },
  "sqs:DeleteMessageBatch": { actions: ["sqs:DeleteMessage"], limit: "queue" },
  "sqs:DeleteQueue": { actions: ["sqs:DeleteQueue"], limit: "queue" },
  "sqs:ListQueues": { actions: ["sqs:ListQueues"], limit: "none" },
  "sqs:ListQueueTags": { actions: ["sqs:ListQueueTags"], limit: "queue" },
  "sns:Subscribe": { actions: ["sns:Subscribe"], limit: "none" },
  "sns:Unsubscribe": { actions: ["sns:Unsubscribe"], limit: "none" },
  "sns:ListSubscriptionsByTopic": { actions: ["sns:ListSubscriptionsByTopic"], limit: "none" },
  "events:PutRule": { actions: ["events:PutRule", "events:TagResource"], limit: "rule" },
  "events:PutTargets": { actions: ["events:PutTargets"], limit: "rule" },
  "events:RemoveTargets": { actions: ["events:RemoveTargets"], limit: "rule" },
  "events:DeleteRule": { actions: ["events:DeleteRule"], limit: "rule" },
  "events:ListRules": { actions: ["events:ListRules"], limit: "none" },
  "events:ListTagsForResource": { actions: ["events:ListTagsForResource"], limit: "rule" },
  "ses:SendEmail": { actions: ["ses:SendEmail"], limit: "mail" },
};

/** What is read of the identities before. */
export const READ: readonly Reading[] = [
  "sesv2:GetEmailIdentity",
  "ses:GetIdentityNotificationAttributes",
  "sesv2:GetConfigurationSet",
  "sesv2:GetConfigurationSetEventDestinations",
  "sns:GetTopicAttributes",
  "sns:GetDataProtectionPolicy",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
];

/** The least IAM policy under which a proof does all it can, as JSON text. */
export function leastPolicy(partition = "aws"): string {
  const limited = (limit: Limit) => Object.values(ACTIONS).flatMap((one) => (one.limit === limit ? one.actions : []));
  const allow = (Sid: string, actions: readonly (string | undefined)[], Resource: string, more: object = {}) => ({
    Sid,
    Effect: "Allow",
    Action: [...new Set(actions.filter((action) => action !== undefined))].sort(),
    Resource,
    ...more,
  });
  const onlySimulator = {
    "ForAllValues:StringLike": { "ses:Recipients": ["*@simulator.amazonses.com"] },
  };
  const Statement = [
    allow("SesGuardVerifyRead", [...READ.map((operation) => READING[operation]), ...limited("none")], "*"),
    allow("SesGuardVerifyQueue", limited("queue"), `arn:${partition}:sqs:*:*:${PREFIX}*`),
    allow("SesGuardVerifyRule", limited("rule"), `arn:${partition}:events:*:*:rule/${PREFIX}*`),
    allow("SesGuardVerifySend", limited("mail"), "*", { Condition: onlySimulator }),
  ];
  return `${JSON.stringify({ Version: "2012-10-17", Statement }, null, 2)}\n`;
}
