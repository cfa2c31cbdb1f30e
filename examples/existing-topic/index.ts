import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const domains = ["example.com", "example.org"];
const { accountId } = aws.getCallerIdentityOutput({});
const { region } = aws.getRegionOutput({});

const handler = new FeedbackHandler("feedback");
const topic = new aws.sns.Topic("feedback");
const policy = new aws.sns.TopicPolicy("feedback", {
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
          ArnEquals: {
            "aws:SourceArn": domains.map(
              (domain) => pulumi.interpolate`arn:aws:ses:${region}:${accountId}:identity/${domain}`,
            ),
          },
        },
      },
    ],
  }),
});
const subscription = new aws.sns.TopicSubscription("feedback", {
  topic: topic.arn,
  protocol: "sqs",
  endpoint: handler.queueArn,
});

for (const identity of domains) {
  const destination = { topicArn: topic.arn };
  new MonitoredIdentity(
    identity,
    { identity, bounces: destination, complaints: destination },
    { dependsOn: [policy, subscription] },
  );
}
