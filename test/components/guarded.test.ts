import * as pulumi from "@pulumi/pulumi";
import { FeedbackHandler, MonitoredIdentity, type MonitoredIdentityArgs } from "../../components";
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

type Variant = (handler: FeedbackHandler) => MonitoredIdentityArgs;
const identity = "example.com";
const OUTSIDE = "arn:aws:sns:us-east-1:123456789012:existing";
const variants: [string, Variant][] = [
  [
    "a queue",
    ({ queueArn }) => ({ identity, bounces: { queueArns: [queueArn] }, complaints: { queueArns: [queueArn] } }),
  ],
  [
    "every kind of subscriber",
    ({ queueArn, functionArn }) => {
      const destination = {
        emails: ["postmaster@corp.example"],
        webhookUrls: ["https://hooks.example/ses"],
        queueArns: [queueArn],
        functionArns: [functionArn],
      };
      return { identity, bounces: destination, complaints: destination, deliveries: destination };
    },
  ],
  [
    "an address",
    ({ queueArn }) => ({
      identity: "ceo@example.com",
      bounces: { queueArns: [queueArn] },
      complaints: { queueArns: [queueArn] },
    }),
  ],
  ["forwarding only", () => ({ identity, bounces: { forwardByEmail: true }, complaints: { forwardByEmail: true } })],
  ["a topic outside the view", () => ({ identity, bounces: { topicArn: OUTSIDE }, complaints: { topicArn: OUTSIDE } })],
  [
    "everything else",
    ({ queueArn }) => ({
      identity: pulumi.output(identity),
      bounces: { queueArns: [queueArn] },
      complaints: { queueArns: [queueArn] },
      region: "us-east-1",
      mailFromDomain: "bounce.example.com",
      zoneId: "Z1",
      includeOriginalHeaders: false,
      tags: { team: "mail" },
    }),
  ],
];

describe.each(variants)("%s", (_, variant) => {
  const program = () => new MonitoredIdentity("mail", variant(new FeedbackHandler("feedback")));

  test("is faultless in state", async () => {
    expect(await judge(program)).toEqual([]);
  });

  test("is faultless in a preview, as far as a preview can know", async () => {
    const findings = await judge(program, { preview: true });
    expect(findings.filter(({ verdict, pending }) => verdict === "violation" || !pending)).toEqual([]);
  });
});

test("forwarding beside topics is what it is: two notifications for one thing", async () => {
  const findings = await judge(() => {
    const { queueArn } = new FeedbackHandler("feedback");
    new MonitoredIdentity("mail", {
      identity,
      bounces: { queueArns: [queueArn], forwardByEmail: true },
      complaints: { queueArns: [queueArn] },
    });
  });
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["duplicate-notifications"]));
});
