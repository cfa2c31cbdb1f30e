import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const handler = new FeedbackHandler("feedback");
new MonitoredIdentity("domain", {
  identity: "example.com",
  bounces: { queueArns: [handler.queueArn] },
  complaints: { queueArns: [handler.queueArn] },
});

new MonitoredIdentity("ceo", {
  identity: "ceo@example.com",
  bounces: { emails: ["office@corp.example"] },
  complaints: { emails: ["office@corp.example"] },
  intendedOverride: { reason: "the executive office reads its own bounces", expires: "2099-12-31" },
});
