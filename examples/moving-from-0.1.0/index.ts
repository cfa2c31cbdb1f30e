import { FeedbackHandler, MonitoredIdentity, namesOf010 } from "pulumi-ses-guard";

// `transformations` is for one `pulumi up`; the page says what comes before and after.
const handler = new FeedbackHandler("feedback", { unwatched: true }, { transformations: [namesOf010("feedback")] });
new MonitoredIdentity(
  "example.com",
  {
    identity: "example.com",
    bounces: { queues: { handler: handler.queueArn } },
    complaints: { queues: { handler: handler.queueArn }, emails: { postmaster: "postmaster@corp.example" } },
    includeOriginalHeaders: true,
  },
  { transformations: [namesOf010("example.com")] },
);
