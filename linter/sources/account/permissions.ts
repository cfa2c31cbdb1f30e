import type { Operation } from "./client";

export type { Operation } from "./client";

/**
 * The IAM action that each call needs; none for a call that everybody may make. Source: Service Authorization Reference.
 * SES has one prefix, `ses`, for both versions of its API.
 */
export const ACTIONS: Readonly<Record<Operation, string | undefined>> = {
  "sts:GetCallerIdentity": undefined,
  "account:ListRegions": "account:ListRegions",
  "ssm:GetParametersByPath": "ssm:GetParametersByPath",
  "sesv2:GetAccount": "ses:GetAccount",
  "sesv2:ListEmailIdentities": "ses:ListEmailIdentities",
  "sesv2:GetEmailIdentity": "ses:GetEmailIdentity",
  "sesv2:ListConfigurationSets": "ses:ListConfigurationSets",
  "sesv2:GetConfigurationSet": "ses:GetConfigurationSet",
  "sesv2:GetConfigurationSetEventDestinations": "ses:GetConfigurationSetEventDestinations",
  "sesv2:ListTenants": "ses:ListTenants",
  "sesv2:GetTenant": "ses:GetTenant",
  "sesv2:ListTenantResources": "ses:ListTenantResources",
  "sesv2:ListMultiRegionEndpoints": "ses:ListMultiRegionEndpoints",
  "ses:GetIdentityNotificationAttributes": "ses:GetIdentityNotificationAttributes",
  "sns:GetTopicAttributes": "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic": "sns:ListSubscriptionsByTopic",
  "sns:GetSubscriptionAttributes": "sns:GetSubscriptionAttributes",
  "sns:GetDataProtectionPolicy": "sns:GetDataProtectionPolicy",
  "sqs:GetQueueUrl": "sqs:GetQueueUrl",
  "sqs:GetQueueAttributes": "sqs:GetQueueAttributes",
  "kms:DescribeKey": "kms:DescribeKey",
  "kms:GetKeyPolicy": "kms:GetKeyPolicy",
  "lambda:GetFunctionConcurrency": "lambda:GetFunctionConcurrency",
  "lambda:GetPolicy": "lambda:GetPolicy",
  "events:ListRules": "events:ListRules",
  "events:ListTargetsByRule": "events:ListTargetsByRule",
  "cloudwatch:DescribeAlarmsForMetric": "cloudwatch:DescribeAlarmsForMetric",
};

/** The least IAM policy under which an audit reads everything, as JSON text. */
export function leastPolicy(): string {
  const actions = [...new Set(Object.values(ACTIONS).filter((action) => action !== undefined))].sort();
  const statement = { Sid: "SesGuardAudit", Effect: "Allow", Action: actions, Resource: "*" };
  return `${JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2)}\n`;
}
