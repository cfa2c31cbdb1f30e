import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const handler = new FeedbackHandler("feedback", { unwatched: true });
const mail = new MonitoredIdentity("mail", {
  identity: "example.com",
  bounces: { queues: { handler: handler.queueArn } },
  complaints: { queues: { handler: handler.queueArn } },
});

export const dnsRecords = mail.dnsRecords;
