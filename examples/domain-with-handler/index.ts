import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity, ReputationAlarms } from "pulumi-ses-guard";

const config = new pulumi.Config();
const domain = config.get("domain") ?? "example.com";
const postmaster = config.get("postmaster") ?? "postmaster@corp.example";

const alarms = new aws.sns.Topic("alarms");
new aws.sns.TopicSubscription("alarms", { topic: alarms.arn, protocol: "email", endpoint: postmaster });

const handler = new FeedbackHandler("feedback", { alarmTopicArn: alarms.arn });
const mail = new MonitoredIdentity("mail", {
  identity: domain,
  bounces: { queues: { handler: handler.queueArn } },
  complaints: { queues: { handler: handler.queueArn }, emails: { postmaster } },
  mailFromDomain: `bounce.${domain}`,
});
new ReputationAlarms("reputation", { alarmTopicArn: alarms.arn });

export const dnsRecords = mail.dnsRecords;
