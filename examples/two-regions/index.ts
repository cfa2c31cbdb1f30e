import * as aws from "@pulumi/aws";
import { FeedbackHandler, MonitoredIdentity } from "pulumi-ses-guard";

const zone = new aws.route53.Zone("mail", { name: "example.com" });

const regions = ["eu-west-1", "us-east-1"];
for (const region of regions) {
  const handler = new FeedbackHandler(`feedback-${region}`, { region, unwatched: true });
  new MonitoredIdentity(`mail-${region}`, {
    identity: "example.com",
    region,
    bounces: { queues: { handler: handler.queueArn } },
    complaints: { queues: { handler: handler.queueArn } },
    zoneId: zone.zoneId,
    // Its MX record names one Region, so each Region has a MAIL FROM domain of its own.
    mailFromDomain: `bounce-${region}.example.com`,
    // The domain has one such record, whichever Region it sends from.
    dnsRecords: { dmarc: region === regions[0] },
    dmarcPolicy: "v=DMARC1; p=quarantine;",
  });
}
