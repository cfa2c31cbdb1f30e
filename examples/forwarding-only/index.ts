import { MonitoredIdentity } from "pulumi-ses-guard";

new MonitoredIdentity("mail", {
  identity: "example.com",
  bounces: { forwardByEmail: true },
  complaints: { forwardByEmail: true },
});
