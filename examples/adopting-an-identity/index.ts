import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const identity = "example.com";
const handler = new FeedbackHandler("feedback", { unwatched: true });

new MonitoredIdentity(
  "mail",
  {
    identity,
    bounces: { queues: { handler: handler.queueArn } },
    complaints: { queues: { handler: handler.queueArn } },
  },
  {
    // For the first `pulumi up` only: the identity exists, so it is imported instead of created.
    transformations: [
      ({ type, props, opts }) =>
        type === "aws:sesv2/emailIdentity:EmailIdentity"
          ? { props, opts: pulumi.mergeOptions(opts, { import: identity }) }
          : undefined,
    ],
  },
);
