import * as pulumi from "@pulumi/pulumi";
import {
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  type MonitoredIdentityArgs,
  ReputationAlarms,
} from "../../components";
import { DEFAULT_CONFIG } from "../../policies/config";
import { evaluate } from "../../policies/evaluate";
import type { Finding } from "../../policies/model/finding";
import { type RunOptions, run } from "./program";

/** The guardrail's opinion of what the components make. */
async function judge(program: () => unknown, options: RunOptions = {}): Promise<Finding[]> {
  const { resources, error } = await run(program, options);
  if (error) throw error;
  expect(resources.length).toBeGreaterThan(3);
  return evaluate([{ resources, configRegion: "us-east-1", stacks: ["mail/test"] }], DEFAULT_CONFIG, "2027-01-01")
    .findings;
}

const identity = "example.com";
const OUTSIDE = "arn:aws:sns:us-east-1:123456789012:existing";
const handle = () => new FeedbackHandler("feedback", { unwatched: true });
const monitor = (args: (handler: FeedbackHandler) => Partial<MonitoredIdentityArgs>) => () => {
  const handler = handle();
  const queues = { queues: { handler: handler.queueArn } };
  return new MonitoredIdentity("mail", { identity, bounces: queues, complaints: queues, ...args(handler) });
};

const programs: [string, () => unknown][] = [
  ["a queue", monitor(() => ({}))],
  [
    "every kind of subscriber",
    monitor(({ queueArn, functionArn }) => {
      const destination = {
        emails: { postmaster: "postmaster@corp.example" },
        webhooks: { crm: "https://hooks.example/ses" },
        queues: { handler: queueArn },
        functions: { handler: functionArn },
      };
      return { bounces: destination, complaints: destination, deliveries: destination };
    }),
  ],
  ["an address", monitor(() => ({ identity: "ceo@example.com" }))],
  ["forwarding only", monitor(() => ({ bounces: { forwardByEmail: true }, complaints: { forwardByEmail: true } }))],
  ["a topic outside the view", monitor(() => ({ bounces: { topicArn: OUTSIDE }, complaints: { topicArn: OUTSIDE } }))],
  [
    "everything else",
    monitor(() => ({
      identity: pulumi.output(identity),
      region: "us-east-1",
      mailFromDomain: "bounce.example.com",
      zoneId: "Z1",
      waitForVerification: true,
      includeOriginalHeaders: true,
      tags: { team: "mail" },
    })),
  ],
  [
    "identities that share a topic",
    () => {
      const { topicArn } = new FeedbackTopic("shared", { queues: { handler: handle().queueArn } });
      for (const domain of ["example.com", "example.org"]) {
        new MonitoredIdentity(domain, { identity: domain, bounces: { topicArn }, complaints: { topicArn } });
      }
    },
  ],
  [
    "a topic for named identities",
    () => {
      const { queueArn, functionArn } = handle();
      const { topicArn } = new FeedbackTopic("shared", {
        queues: { handler: queueArn },
        functions: { handler: functionArn },
        identities: [identity],
      });
      new MonitoredIdentity("mail", { identity, bounces: { topicArn }, complaints: { topicArn } });
    },
  ],
  [
    "a configuration set with topics, and alarms on it",
    () => {
      const queues = { queues: { handler: handle().queueArn } };
      const set = new MonitoredConfigurationSet("set", { bounces: queues, complaints: queues, deliveries: queues });
      new ReputationAlarms("rates", { alarmTopicArn: OUTSIDE, configurationSetNames: [set.configurationSetName] });
      new MonitoredIdentity("mail", {
        identity,
        configurationSetName: set.configurationSetName,
        bounces: { byConfigurationSet: true },
        complaints: { byConfigurationSet: true },
      });
    },
  ],
  [
    "a configuration set with the event bus",
    () => {
      const { queueArn, functionArn } = handle();
      const bus = { busTargets: { queue: queueArn, function: functionArn } };
      const set = new MonitoredConfigurationSet("set", { bounces: bus, complaints: bus });
      new MonitoredIdentity("mail", {
        identity,
        configurationSetName: set.configurationSetName,
        bounces: { byConfigurationSet: true },
        complaints: { byConfigurationSet: true },
      });
    },
  ],
];

/** The ARN of the default bus names the account, which follows from the ARN of a set that does not exist yet. */
const isAboutNewBus = ({ rule, message }: Finding) =>
  /^(bounce|complaint)-handling$/.test(rule) && message.includes("go to a destination that is not known");

describe.each(programs)("%s", (_, program) => {
  test("is faultless in state", async () => {
    expect(await judge(program)).toEqual([]);
  });

  test("is faultless in a preview, as far as a preview can know", async () => {
    const findings = await judge(program, { preview: true });
    expect(findings.filter(({ verdict }) => verdict === "violation")).toEqual([]);
    expect(findings.filter((finding) => !finding.pending && !isAboutNewBus(finding))).toEqual([]);
  });
});

test("forwarding beside topics is what it is: two notifications for one thing", async () => {
  const findings = await judge(
    monitor(({ queueArn }) => ({ bounces: { queues: { handler: queueArn }, forwardByEmail: true } })),
  );
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["duplicate-notifications"]));
});
