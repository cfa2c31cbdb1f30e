import { KEY_ACTIONS } from "../generated/facts";
import { normaliseIdentity } from "./identity-name";
import { arnParts, nameOf } from "./names";

/** One statement of an IAM policy. */
export type Statement = Record<string, unknown>;

export function policyDocument(Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** What the policy of a key that encrypts a feedback topic needs (F13), as an object. */
// biome-ignore lint/suspicious/noExplicitAny: the one map type whose keys stay as they are in every language
export function sesKeyPolicyStatement(): Record<string, any> {
  return {
    Sid: "AllowSesToPublishToEncryptedTopics",
    Effect: "Allow",
    Principal: { Service: "ses.amazonaws.com" },
    Action: [...KEY_ACTIONS],
    Resource: "*",
  };
}

/** Who may publish to a topic. */
export interface TopicSources {
  /** Names of identities. Default: all of the account, or none where `configurationSetNames` is given. */
  identities?: readonly string[];
  /** Names of configuration sets. Default: all of the account, or none where `identities` is given. */
  configurationSetNames?: readonly string[];
  /** The account that sends, twelve digits. Default: the topic's own. */
  accountId?: string;
}

/**
 * What the policy of a topic needs that carries feedback (F12), as an object: SES may publish for the identities and
 * configuration sets of one account, in the topic's Region.
 *
 * @param topicArn ARN of the topic: `topic.arn.apply((arn) => sesTopicPolicyStatement(arn))`
 */
export function sesTopicPolicyStatement(topicArn: string, sources: TopicSources = {}): Statement {
  const { partition, region, account: own } = arnParts(topicArn);
  const { identities, configurationSetNames, accountId = own } = sources;
  const ses = `arn:${partition}:ses:${region}:${accountId}`;
  const isOpen = identities === undefined && configurationSetNames === undefined;
  const names = [
    ...(isOpen ? ["*"] : (identities ?? []).map(normaliseIdentity)).map((name) => `identity/${name}`),
    ...(isOpen ? ["*"] : (configurationSetNames ?? []).map(nameOf)).map((name) => `configuration-set/${name}`),
  ];
  return {
    Sid: "AllowSesToPublishFeedback",
    Effect: "Allow",
    Principal: { Service: "ses.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": names.map((name) => `${ses}:${name}`) },
    },
  };
}

/** SNS may put what it can't deliver from one topic into a queue. */
export function deadLetterStatement(queueArn: string, topicArn: string): Statement {
  return {
    Sid: "AllowTopicToSendWhatItCannotDeliver",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
  };
}

/**
 * An IAM policy that lets its holder send in the name of one identity, and of no other. Sending with a configuration
 * set needs the set too. Source: Service Authorization Reference, Amazon SES v2.
 */
export function sendPolicy(identityArn: string, configurationSetName: string | undefined): string {
  const { partition, region, account } = arnParts(identityArn);
  const set = `arn:${partition}:ses:${region}:${account}:configuration-set/${configurationSetName}`;
  return policyDocument([
    {
      Sid: "AllowToSendInThisName",
      Effect: "Allow",
      Action: ["ses:SendEmail", "ses:SendRawEmail"],
      Resource: configurationSetName === undefined ? identityArn : [identityArn, set],
    },
  ]);
}
