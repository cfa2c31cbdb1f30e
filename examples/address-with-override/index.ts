import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const handler = new FeedbackHandler("feedback", { unwatched: true });
new MonitoredIdentity("domain", {
  identity: "example.com",
  bounces: { queues: { handler: handler.queueArn } },
  complaints: { queues: { handler: handler.queueArn } },
});

new MonitoredIdentity("ceo", {
  identity: "ceo@example.com",
  bounces: { emails: { office: "office@corp.example" }, queues: { handler: handler.queueArn } },
  complaints: { emails: { office: "office@corp.example" }, queues: { handler: handler.queueArn } },
  intendedOverride: { reason: "the executive office reads its own bounces", expires: "2099-12-31" },
});
