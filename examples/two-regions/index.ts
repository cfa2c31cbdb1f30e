import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

for (const region of ["eu-west-1", "us-east-1"]) {
  const handler = new FeedbackHandler(`feedback-${region}`, { region });
  new MonitoredIdentity(`mail-${region}`, {
    identity: "example.com",
    region,
    bounces: { queueArns: [handler.queueArn] },
    complaints: { queueArns: [handler.queueArn] },
  });
}
