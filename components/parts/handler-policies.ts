import { isArn, otherTopicRegions } from "../checks/feedback-handler";
import { snsPrincipal } from "./facts";
import { arnParts } from "./names";
import { policyDocument, type Statement } from "./policies";

/** Which topics may send; all of the account where none are named. */
export interface Senders {
  topicArns?: readonly string[];
  topicRegions?: readonly string[];
}

export const LAMBDA_ASSUMES = policyDocument([
  { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
]);

/**
 * The named topics, or those of the account in the Regions that were named; then also rules on the account's event bus,
 * which pass on events of configuration sets.
 */
export function queuePolicy(queueArn: string, senders: Senders): string {
  const { partition, region, account } = arnParts(queueArn);
  const regions = [region, ...otherTopicRegions(senders, region)];
  const principals = [...new Set(regions.map((one) => snsPrincipal(one, region)))];
  const topics = senders.topicArns ?? regions.map((one) => `arn:${partition}:sns:${one}:${account}:*`);
  const statements: Statement[] = [
    {
      Sid: "AllowTopicsToSendFeedback",
      Effect: "Allow",
      Principal: { Service: single(principals) },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnLike: { "aws:SourceArn": single(topics) } },
    },
  ];
  if (senders.topicArns === undefined) {
    statements.push({
      Sid: "AllowRulesToSendFeedback",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:events:${region}:${account}:rule/*` },
      },
    });
  }
  return policyDocument(statements);
}

export interface RoleResources {
  queueArn: string;
  deadLetterQueueArn: string;
  logGroupArn: string;
  suppress: boolean;
  eventBus: string | undefined;
  table: string | undefined;
  kmsKeyId: string | undefined;
  topicArns: readonly string[] | undefined;
  topicRegions: readonly string[] | undefined;
}

/** What the function does, on the resources it does it to. */
export function rolePolicy(resources: RoleResources): string {
  const { partition, region, account } = arnParts(resources.queueArn);
  const own = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const arnOf = (service: string, type: string, text: string) => (isArn(text) ? text : own(service, `${type}/${text}`));
  const { eventBus, table, kmsKeyId } = resources;
  return policyDocument([
    {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
      Resource: resources.queueArn,
    },
    { Effect: "Allow", Action: "sqs:SendMessage", Resource: resources.deadLetterQueueArn },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${resources.logGroupArn}:*`,
    },
    ...(resources.suppress ? [suppressStatement(resources, region)] : []),
    ...(eventBus === undefined
      ? []
      : [{ Effect: "Allow", Action: "events:PutEvents", Resource: arnOf("events", "event-bus", eventBus) }]),
    ...(table === undefined
      ? []
      : [
          {
            Effect: "Allow",
            Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
            Resource: arnOf("dynamodb", "table", table),
          },
        ]),
    ...(kmsKeyId === undefined ? [] : [keyStatement(kmsKeyId, own)]),
  ]);
}

function suppressStatement(senders: Senders, region: string): Statement {
  return {
    Effect: "Allow",
    Action: "ses:PutSuppressedDestination",
    // The action knows no resources. Source: Service Authorization Reference, Amazon SES v2.
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": single([region, ...otherTopicRegions(senders, region)]) } },
  };
}

/** Reading and dead-lettering through an encrypted queue. A key may be given by ARN, id or alias. */
function keyStatement(kmsKeyId: string, own: (service: string, resource: string) => string): Statement {
  const common = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"] };
  const alias = /(?:^|:)(alias\/.+)$/.exec(kmsKeyId)?.[1];
  if (alias !== undefined) {
    const Condition = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } };
    return { ...common, Resource: own("kms", "key/*"), Condition };
  }
  return { ...common, Resource: kmsKeyId.startsWith("arn:") ? kmsKeyId : own("kms", `key/${kmsKeyId}`) };
}

function single<T>(list: readonly T[]): T | readonly T[] {
  const [only] = list;
  return list.length === 1 && only !== undefined ? only : list;
}
