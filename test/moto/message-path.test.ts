import * as ses from "@aws-sdk/client-ses";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { FeedbackHandler, MonitoredIdentity } from "../../components";
import { createHandler } from "../../components/handler/act";
import type { Feedback } from "../../components/handler/read";
import { type Registration, run } from "../components/program";
import { findMoto, type Moto, startMoto } from "./server";

const command = findMoto();
const title = "from mail to suppression, on an emulated AWS";

if (command === undefined) {
  test.skip(`${title} (skipped: moto_server is neither in .venv nor on PATH)`, () => {});
} else {
  describe(title, () => {
    let moto: Moto;
    beforeAll(async () => {
      moto = await startMoto(command);
    });
    afterAll(() => moto?.stop());

    test("bounces and complaints reach the queue, and the handler suppresses the addresses", async () => {
      const settings = {
        endpoint: moto.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      };
      const clients = {
        ses: new ses.SESClient(settings),
        sns: new sns.SNSClient(settings),
        sqs: new sqs.SQSClient(settings),
      };
      const { resources, error } = await run(() => {
        const { queueArn } = new FeedbackHandler("feedback", { unwatched: true });
        new MonitoredIdentity("mail", {
          identity: "example.com",
          bounces: { queues: { handler: queueArn } },
          complaints: { queues: { handler: queueArn } },
        });
      });
      expect(error).toBeUndefined();
      for (const resource of resources) await apply(resource, clients);

      for (const recipient of ["bounce@simulator.amazonses.com", "complaint@simulator.amazonses.com"]) {
        await clients.ses.send(
          new ses.SendEmailCommand({
            Source: "sender@example.com",
            Destination: { ToAddresses: [recipient] },
            Message: { Subject: { Data: "hello" }, Body: { Text: { Data: "hello" } } },
          }),
        );
      }

      const { QueueUrl } = await clients.sqs.send(new sqs.GetQueueUrlCommand({ QueueName: "feedback-queue" }));
      const { Messages = [] } = await clients.sqs.send(
        new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      const suppressed: string[] = [];
      const stored: Feedback[] = [];
      const handler = createHandler(
        {
          // moto does not know the suppression list.
          suppress: async (address, reason) => {
            suppressed.push(`${reason} ${address}`);
          },
          store: async (feedback) => {
            stored.push(feedback);
          },
        },
        () => {},
      );
      const answer = await handler({
        Records: Messages.map(({ MessageId = "", Body = "" }) => ({ messageId: MessageId, body: Body })),
      });
      expect(answer).toEqual({ batchItemFailures: [] });
      // The recipients of moto's messages are those of the documentation, of which the second is only delayed.
      expect(suppressed.sort()).toEqual(["BOUNCE recipient1@example.com", "COMPLAINT recipient1@example.com"]);
      expect(stored.map(({ type, reason, recipients }) => [type, reason, recipients])).toEqual(
        expect.arrayContaining([
          ["Bounce", "Permanent", ["recipient1@example.com", "recipient2@example.com"]],
          ["Complaint", "abuse", ["recipient1@example.com"]],
        ]),
      );
    });
  });
}

/** Does what the provider does for one registration, as far as the path of a message is concerned. */
async function apply(
  { type, name, inputs }: Registration,
  clients: { ses: ses.SESClient; sns: sns.SNSClient; sqs: sqs.SQSClient },
): Promise<void> {
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
