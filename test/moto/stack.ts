import * as ses from "@aws-sdk/client-ses";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { FeedbackHandler, MonitoredIdentity } from "../../components";
import { type Registration, run } from "../components/program";

export interface Clients {
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
  return { ses: new ses.SESClient(config), sns: new sns.SNSClient(config), sqs: new sqs.SQSClient(config) };
}

/** An identity whose bounces and complaints go to a handler, as the components make it. */
export async function deploy(clients: Clients): Promise<void> {
  const { resources, error } = await run(() => {
    const { queueArn } = new FeedbackHandler("feedback");
    new MonitoredIdentity("mail", {
      identity: "example.com",
      bounces: { queueArns: [queueArn] },
      complaints: { queueArns: [queueArn] },
    });
  });
  if (error) throw error;
  for (const resource of resources) await apply(resource, clients);
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

export async function urlOf(clients: Clients, QueueName: string): Promise<string> {
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
      const { QueueUrl } = await clients.sqs.send(new sqs.GetQueueUrlCommand({ QueueName: name }));
      await clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: text("policy") } }));
      return;
    }
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
