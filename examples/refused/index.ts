import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

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
          ArnEquals: { "aws:SourceArn": pulumi.interpolate`arn:aws:ses:${region}:${accountId}:identity/example.com` },
        },
      },
    ],
  }),
});
new aws.sns.TopicSubscription("feedback", {
  topic: topic.arn,
  protocol: "sqs",
  endpoint: "arn:aws:sqs:us-east-1:123456789012:feedback",
});

const domain = new aws.sesv2.EmailIdentity("domain", { emailIdentity: "example.com" });
for (const notificationType of ["Bounce", "Complaint"]) {
  new aws.ses.IdentityNotificationTopic(notificationType, {
    identity: domain.emailIdentity,
    notificationType,
    topicArn: topic.arn,
  });
}
new aws.sesv2.EmailIdentityFeedbackAttributes("domain", {
  emailIdentity: domain.emailIdentity,
  emailForwardingEnabled: false,
});

// Nobody said who hears of its bounces and complaints, and it does not inherit what the domain says.
new aws.ses.EmailIdentity("newsletter", { email: "newsletter@example.com" });
