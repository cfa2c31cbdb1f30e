import { FeedbackHandler, MonitoredConfigurationSet, MonitoredIdentity } from "pulumi-ses-guard";

const handler = new FeedbackHandler("feedback", { unwatched: true });
const set = new MonitoredConfigurationSet("transactional", {
  configurationSetName: "transactional",
  bounces: { busTargets: { handler: handler.queueArn } },
  complaints: { busTargets: { handler: handler.queueArn } },
});

new MonitoredIdentity("mail", {
  identity: "example.com",
  configurationSetName: set.configurationSetName,
  bounces: { byConfigurationSet: true },
  complaints: { byConfigurationSet: true },
});
