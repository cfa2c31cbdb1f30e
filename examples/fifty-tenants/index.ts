import { FeedbackHandler, FeedbackTopic, MonitoredIdentity } from "pulumi-ses-guard";

const tenants = Array.from({ length: 50 }, (_, index) => `tenant-${index + 1}.example.com`);

const handler = new FeedbackHandler("feedback", { unwatched: true });
const topic = new FeedbackTopic("feedback", { queues: { handler: handler.queueArn } });

for (const identity of tenants) {
  const destination = { topicArn: topic.topicArn };
  new MonitoredIdentity(identity, { identity, bounces: destination, complaints: destination });
}
