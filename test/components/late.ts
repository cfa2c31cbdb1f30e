/** Arguments that turn out to be wrong when other resources supply them. Prints what happened, by name. */
import * as pulumi from "@pulumi/pulumi";
import { MonitoredIdentity, type MonitoredIdentityArgs } from "../../components";
import { byName, type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";

const CASES: Record<string, [Partial<MonitoredIdentityArgs>, RunOptions?]> = {
  identity: [{ identity: pulumi.output("example") }],
  fifo: [{ bounces: { topicArn: pulumi.output(`${TOPIC}.fifo`) } }],
  region: [{ bounces: { topicArn: pulumi.output(TOPIC) }, region: "eu-west-1" }],
  "provider's region": [{ bounces: { topicArn: TOPIC } }, { region: "eu-west-1" }],
  queue: [{ complaints: { queueArns: [pulumi.output("queue")] } }],
  mailFromDomain: [{ mailFromDomain: pulumi.output("bounce.example.org") }],
  zone: [{ identity: pulumi.output("ceo@example.com"), zoneId: "Z1" }],
  secret: [{ identity: pulumi.secret("hunter2") }],
};

async function main() {
  const results: Record<string, object> = {};
  for (const [name, [args, options]] of Object.entries(CASES)) {
    const { resources, error } = await run(
      () =>
        new MonitoredIdentity("mail", {
          identity: "example.com",
          bounces: { queueArns: [QUEUE] },
          complaints: { queueArns: [QUEUE] },
          ...args,
        }),
      options,
    );
    results[name] = { message: error?.message, resources: Object.keys(byName(resources)) };
  }
  // Registrations wait for refused ones for ever, which Pulumi turns into a failure at exit.
  process.on("exit", () => {
    process.exitCode = 0;
  });
  process.stdout.write(JSON.stringify(results), () => process.exit());
}

// Several resources may refuse the same value; the first one has been reported.
process.on("unhandledRejection", () => {});
void main();
