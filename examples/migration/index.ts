import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const identity = "example.com";
const handler = new FeedbackHandler("feedback", { unwatched: true });

if (new pulumi.Config().get("stage") !== "import") {
  // What the stack had before; new is only that nothing is deleted with the resource.
  const keep = { retainOnDelete: true };
  const { accountId } = aws.getCallerIdentityOutput({});
  const { region } = aws.getRegionOutput({});
  const topic = new aws.sns.Topic("feedback");
  new aws.sns.TopicPolicy("feedback", {
    arn: topic.arn,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ses.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnEquals: { "aws:SourceArn": pulumi.interpolate`arn:aws:ses:${region}:${accountId}:identity/${identity}` },
          },
        },
      ],
    }),
  });
  new aws.sns.TopicSubscription("feedback", { topic: topic.arn, protocol: "sqs", endpoint: handler.queueArn });
  const domain = new aws.ses.DomainIdentity("mail", { domain: identity }, keep);
  new aws.ses.DomainDkim("mail", { domain: domain.domain }, keep);
  for (const notificationType of ["Bounce", "Complaint"]) {
    new aws.ses.IdentityNotificationTopic(
      notificationType,
      { identity: domain.domain, notificationType, topicArn: topic.arn },
      keep,
    );
  }
  new aws.sesv2.EmailIdentityFeedbackAttributes(
    "mail",
    { emailIdentity: domain.domain, emailForwardingEnabled: false },
    keep,
  );
} else {
  new MonitoredIdentity(
    "mail",
    {
      identity,
      bounces: { queues: { handler: handler.queueArn } },
      complaints: { queues: { handler: handler.queueArn } },
    },
    {
      transformations: [
        ({ type, props, opts }) =>
          type === "aws:sesv2/emailIdentity:EmailIdentity"
            ? { props, opts: pulumi.mergeOptions(opts, { import: identity }) }
            : undefined,
      ],
    },
  );
}
