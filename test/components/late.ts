/** Arguments that turn out to be wrong when other resources supply them. Prints what happened, by name. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  type MonitoredIdentityArgs,
  ReputationAlarms,
} from "../../components";
import { byName, type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const FORWARD = { forwardByEmail: true };

interface Case {
  args: () => Partial<MonitoredIdentityArgs>;
  options?: RunOptions;
  provider?: () => pulumi.ProviderResource;
}

const CASES: Record<string, Case> = {
  identity: { args: () => ({ identity: pulumi.output("example") }) },
  fifo: { args: () => ({ bounces: { topicArn: pulumi.output(`${TOPIC}.fifo`) } }) },
  region: { args: () => ({ bounces: { topicArn: pulumi.output(TOPIC) }, complaints: FORWARD, region: "eu-west-1" }) },
  function: {
    args: () => ({ bounces: { functions: { f: pulumi.output(FUNCTION) } }, complaints: FORWARD, region: "eu-west-1" }),
  },
  queue: { args: () => ({ complaints: { queues: { handler: pulumi.output("queue") } } }) },
  mailFromDomain: { args: () => ({ mailFromDomain: pulumi.output("bounce.example.org") }) },
  zone: { args: () => ({ identity: pulumi.output("ceo@example.com"), zoneId: "Z1" }) },
  twice: { args: () => ({ bounces: { queues: { crm: pulumi.output(QUEUE), audit: pulumi.output(QUEUE) } } }) },
  secret: { args: () => ({ identity: pulumi.secret("hunter2") }) },
  "override of the provider": {
    args: () => ({ bounces: { topicArn: TOPIC }, complaints: { emails: { office: "office@corp.example" } } }),
    provider: () => new aws.Provider("ireland", { region: "eu-west-1" }),
  },
};

/** Components whose provider is in another Region than what they are given. */
const ELSEWHERE: Record<string, (opts: pulumi.ComponentResourceOptions) => void> = {
  FeedbackHandler: (opts) => new FeedbackHandler("mail", { alarmTopicArn: TOPIC }, opts),
  FeedbackTopic: (opts) => new FeedbackTopic("mail", { queues: { handler: QUEUE } }, opts),
  MonitoredConfigurationSet: (opts) => {
    const bus = { busTargets: { h: QUEUE } };
    new MonitoredConfigurationSet("mail", { bounces: bus, complaints: bus }, opts);
  },
  ReputationAlarms: (opts) => new ReputationAlarms("mail", { alarmTopicArn: TOPIC }, opts),
};

/** The same of values that other resources supply. */
const LATE_ELSEWHERE: Record<string, (opts: pulumi.ComponentResourceOptions) => void> = {
  "FeedbackHandler, late": (opts) => new FeedbackHandler("mail", { alarmTopicArn: pulumi.output(TOPIC) }, opts),
  "FeedbackTopic, late": (opts) => new FeedbackTopic("mail", { queues: { handler: pulumi.output(QUEUE) } }, opts),
  "MonitoredIdentity, late": (opts) => {
    const late = { queues: { handler: pulumi.output(QUEUE) } };
    new MonitoredIdentity("mail", { identity: "example.com", bounces: late, complaints: late }, opts);
  },
  "MonitoredIdentity, its Region late as well": () => {
    const late = { functions: { handler: pulumi.output(FUNCTION) } };
    const region = pulumi.output("eu-west-1");
    new MonitoredIdentity("mail", { identity: "example.com", region, bounces: late, complaints: FORWARD });
  },
  "MonitoredIdentity, its Region late": () => {
    const region = pulumi.output("eu-west-1");
    const early = { functions: { handler: FUNCTION } };
    new MonitoredIdentity("mail", { identity: "example.com", region, bounces: early, complaints: FORWARD });
  },
  "MonitoredIdentity, across Regions on purpose": (opts) => {
    const late = { queues: { handler: pulumi.output(QUEUE) }, acrossRegions: true };
    new MonitoredIdentity("mail", { identity: "example.com", bounces: late, complaints: late }, opts);
  },
  "MonitoredConfigurationSet, late": (opts) => {
    const bus = { busTargets: { h: pulumi.output(QUEUE) } };
    new MonitoredConfigurationSet("mail", { bounces: bus, complaints: bus }, opts);
  },
  "ReputationAlarms, late": (opts) => new ReputationAlarms("mail", { alarmTopicArn: pulumi.output(TOPIC) }, opts),
  "a secret": (opts) => new ReputationAlarms("mail", { alarmTopicArn: pulumi.secret(TOPIC) }, opts),
};

async function main() {
  const results: Record<string, object> = {};
  for (const [name, create] of Object.entries({ ...ELSEWHERE, ...LATE_ELSEWHERE })) {
    const { resources, error } = await run(() => {
      create({ provider: new aws.Provider("ireland", { region: "eu-west-1" }) });
    });
    results[name] = { message: error?.message, resources: Object.keys(byName(resources)) };
  }
  for (const [name, { args, options, provider }] of Object.entries(CASES)) {
    const { resources, error } = await run(
      () =>
        new MonitoredIdentity(
          "mail",
          {
            identity: "example.com",
            bounces: { queues: { handler: QUEUE } },
            complaints: { queues: { handler: QUEUE } },
            ...args(),
          },
          { provider: provider?.() },
        ),
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
