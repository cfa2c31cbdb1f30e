import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const handler = new FeedbackHandler("feedback");
const mail = new MonitoredIdentity("mail", {
  identity: "example.com",
  bounces: { queueArns: [handler.queueArn] },
  complaints: { queueArns: [handler.queueArn] },
});

export const dnsRecords = mail.dnsRecords;
