import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity, sesTopicPolicyStatement } from "pulumi-ses-guard";

const domains = ["example.com", "example.org"];

const handler = new FeedbackHandler("feedback", { unwatched: true });
const topic = new aws.sns.Topic("feedback");
const policy = new aws.sns.TopicPolicy("feedback", {
  arn: topic.arn,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [topic.arn.apply((arn) => sesTopicPolicyStatement(arn, { identities: domains }))],
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
