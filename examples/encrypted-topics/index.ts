import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity, sesKeyPolicyStatement } from "pulumi-ses-guard";

const account = aws.getCallerIdentityOutput({}).accountId;
const key = new aws.kms.Key("mail", {
  description: "Feedback about mail",
  enableKeyRotation: true,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      sesKeyPolicyStatement(),
    ],
  }),
});

const handler = new FeedbackHandler("feedback", { unwatched: true });
new MonitoredIdentity("mail", {
  identity: "example.com",
  kmsKeyId: key.arn,
  bounces: { queues: { handler: handler.queueArn } },
  complaints: { queues: { handler: handler.queueArn } },
});
