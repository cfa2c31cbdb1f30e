import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as ses from "@aws-sdk/client-ses";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { FeedbackHandler, MonitoredIdentity } from "../../components";
import { type Registration, run } from "../components/program";

export interface Clients {
  dynamodb: dynamodb.DynamoDBClient;
  ses: ses.SESClient;
  sns: sns.SNSClient;
  sqs: sqs.SQSClient;
}

/** Credentials and Region of every client, against the emulator. */
export function settings(endpoint: string) {
  return { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
}

export function clientsOf(endpoint: string): Clients {
  const config = settings(endpoint);
  return {
    dynamodb: new dynamodb.DynamoDBClient(config),
    ses: new ses.SESClient(config),
    sns: new sns.SNSClient(config),
    sqs: new sqs.SQSClient(config),
  };
}

/** What the handler's function reads from its environment, with the emulator's URLs. */
export interface Environment {
  QUEUE_URL: string;
  DEAD_LETTER_QUEUE_URL: string;
  TABLE_NAME: string;
  [name: string]: string;
}

/** An identity whose bounces and complaints go to a handler, as the components make it. */
export async function deploy(clients: Clients): Promise<Environment> {
  const { resources, error } = await run(() => {
    const { queueArn } = new FeedbackHandler("feedback", { unwatched: true });
    new MonitoredIdentity("mail", {
      identity: "example.com",
      bounces: { queues: { handler: queueArn } },
      complaints: { queues: { handler: queueArn } },
    });
  });
  if (error) throw error;
  for (const resource of resources) await apply(resource, clients);
  const lambda = resources.find(({ type }) => type === "aws:lambda/function:Function");
  if (lambda === undefined) throw new Error("no function");
  const { variables } = lambda.inputs.environment as { variables: Environment };
  return {
    ...variables,
    QUEUE_URL: await urlOf(clients, variables.QUEUE_URL),
    DEAD_LETTER_QUEUE_URL: await urlOf(clients, variables.DEAD_LETTER_QUEUE_URL),
  };
}

/** @returns SES's id of the message */
export async function send(clients: Clients, recipient: string): Promise<string> {
  const { MessageId = "" } = await clients.ses.send(
    new ses.SendEmailCommand({
      Source: "sender@example.com",
      Destination: { ToAddresses: [recipient] },
      Message: { Subject: { Data: "hello" }, Body: { Text: { Data: "hello" } } },
    }),
  );
  return MessageId;
}

/** The emulator's URL of the queue that has this URL in AWS. */
async function urlOf(clients: Clients, url: string): Promise<string> {
  const QueueName = url.slice(url.lastIndexOf("/") + 1);
  const { QueueUrl = "" } = await clients.sqs.send(new sqs.GetQueueUrlCommand({ QueueName }));
  return QueueUrl;
}

/** What waits in a queue, at most ten messages. */
export async function receive(clients: Clients, QueueUrl: string): Promise<sqs.Message[]> {
  const { Messages = [] } = await clients.sqs.send(
    new sqs.ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
}

/** Does what the provider does for one registration, as far as the path of a message is concerned. */
async function apply({ type, name, inputs }: Registration, clients: Clients): Promise<void> {
  const text = (property: string) => inputs[property] as string;
  switch (type) {
    case "aws:sns/topic:Topic":
      await clients.sns.send(new sns.CreateTopicCommand({ Name: name }));
      return;
    case "aws:sns/topicPolicy:TopicPolicy":
      await clients.sns.send(
        new sns.SetTopicAttributesCommand({
          TopicArn: text("arn"),
          AttributeName: "Policy",
          AttributeValue: text("policy"),
        }),
      );
      return;
    case "aws:sns/topicSubscription:TopicSubscription":
      await clients.sns.send(
        new sns.SubscribeCommand({
          TopicArn: text("topic"),
          Protocol: text("protocol"),
          Endpoint: text("endpoint"),
        }),
      );
      return;
    case "aws:sqs/queue:Queue": {
      const RedrivePolicy = inputs.redrivePolicy as string | undefined;
      await clients.sqs.send(
        new sqs.CreateQueueCommand({
          QueueName: name,
          Attributes: {
            MessageRetentionPeriod: String(inputs.messageRetentionSeconds),
            ...(RedrivePolicy === undefined ? {} : { RedrivePolicy }),
          },
        }),
      );
      return;
    }
    case "aws:sqs/queuePolicy:QueuePolicy": {
      const QueueUrl = await urlOf(clients, text("queueUrl"));
      await clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: text("policy") } }));
      return;
    }
    case "aws:dynamodb/table:Table":
      await clients.dynamodb.send(
        new dynamodb.CreateTableCommand({
          TableName: (inputs.name as string | undefined) ?? name,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: text("hashKey"), AttributeType: "S" }],
          KeySchema: [{ AttributeName: text("hashKey"), KeyType: "HASH" }],
        }),
      );
      return;
    case "aws:sesv2/emailIdentity:EmailIdentity":
      await clients.ses.send(new ses.VerifyDomainIdentityCommand({ Domain: text("emailIdentity") }));
      return;
    case "aws:ses/identityNotificationTopic:IdentityNotificationTopic":
      await clients.ses.send(
        new ses.SetIdentityNotificationTopicCommand({
          Identity: text("identity"),
          NotificationType: text("notificationType") as ses.NotificationType,
          SnsTopic: text("topicArn"),
        }),
      );
      return;
    case "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes":
      await clients.ses.send(
        new ses.SetIdentityFeedbackForwardingEnabledCommand({
          Identity: text("emailIdentity"),
          ForwardingEnabled: inputs.emailForwardingEnabled as boolean,
        }),
      );
  }
}
