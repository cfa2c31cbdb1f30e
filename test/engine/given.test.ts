import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackTopic, MonitoredConfigurationSet, MonitoredIdentity, sesTopicPolicyStatement } from "../../components";
import { listeners } from "./aws/listening";
import type { World } from "./aws/world";
import { Interpreter } from "./interpreter";
import { chooser } from "./lives";

/** What an update may change, all of it at once. */
interface Settings {
  region: string;
  identity: string;
  /** The names of what the program makes without a component. */
  suffix: string;
}

const ONE: Settings = { region: "us-east-1", identity: "example.com", suffix: "one" };

function queueOf({ region, suffix }: Settings) {
  const queue = new Queue("crm", { name: `crm-${suffix}`, region });
  const statement = {
    Effect: "Allow",
    Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] },
    Action: "sqs:SendMessage",
    Resource: "*",
  };
  const policy = new QueuePolicy("crm", {
    queueUrl: queue.url,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    region,
  });
  return { queue, policy };
}

function topicOf(settings: Settings) {
  const { region, suffix } = settings;
  const { queue, policy } = queueOf(settings);
  const topic = new Topic("feedback", { name: `feedback-${suffix}`, region });
  const topicPolicy = new TopicPolicy("feedback", {
    arn: topic.arn,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [topic.arn.apply((arn) => sesTopicPolicyStatement(arn))],
    }),
    region,
  });
  const subscription = new TopicSubscription(
    "crm",
    { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, region },
    { dependsOn: policy },
  );
  return { topicArn: topic.arn, dependsOn: [topicPolicy, subscription] };
}

const PROGRAMS: Record<string, (settings: Settings) => void> = {
  "a topic that is given, its policy and subscription named in the options": (settings) => {
    const { topicArn, dependsOn } = topicOf(settings);
    const { region, identity } = settings;
    new MonitoredIdentity("mail", { identity, region, bounces: { topicArn }, complaints: { topicArn } }, { dependsOn });
  },
  "a queue that is given, its policy named in the options": (settings) => {
    const { queue, policy } = queueOf(settings);
    const { region, identity } = settings;
    const destination = { queues: { crm: queue.arn } };
    new MonitoredIdentity(
      "mail",
      { identity, region, bounces: destination, complaints: destination },
      { dependsOn: policy },
    );
  },
  "the same, and the options are an output": (settings) => {
    const { queue, policy } = queueOf(settings);
    const { region, identity } = settings;
    const destination = { queues: { crm: queue.arn } };
    new MonitoredIdentity(
      "mail",
      { identity, region, bounces: destination, complaints: destination },
      { dependsOn: pulumi.output([policy]) },
    );
  },
  "a queue that is given to a shared topic": (settings) => {
    const { queue, policy } = queueOf(settings);
    const { region, identity } = settings;
    const { topicArn } = new FeedbackTopic("feedback", { region, queues: { crm: queue.arn } }, { dependsOn: [policy] });
    new MonitoredIdentity("mail", { identity, region, bounces: { topicArn }, complaints: { topicArn } });
  },
  "a topic that is given to a configuration set": (settings) => {
    const { topicArn, dependsOn } = topicOf(settings);
    bySet(settings, { topicArn }, dependsOn);
  },
  "a queue that is given to a configuration set": (settings) => {
    const { queue, policy } = queueOf(settings);
    bySet(settings, { queues: { crm: queue.arn } }, [policy]);
  },
  "a queue that is given to a configuration set's rule": (settings) => {
    const { queue, policy } = queueOf(settings);
    bySet(settings, { busTargets: { crm: queue.arn } }, [policy]);
  },
};

function bySet({ region, identity, suffix }: Settings, destination: object, dependsOn: pulumi.Resource[]): void {
  const set = new MonitoredConfigurationSet(
    "letters",
    { configurationSetName: `letters-${suffix}`, region, bounces: destination, complaints: destination },
    { dependsOn },
  );
  const { configurationSetName } = set;
  const carried = { byConfigurationSet: true };
  new MonitoredIdentity("mail", { identity, region, configurationSetName, bounces: carried, complaints: carried });
}

const EDITS: Record<string, Partial<Settings>> = {
  "another of the same": { suffix: "two" },
  "another of the same, and another identity": { suffix: "two", identity: "example.org" },
  "another Region": { region: "eu-west-1" },
  "all of it": { region: "eu-west-1", identity: "example.org", suffix: "two" },
};

/** Identities of which nobody hears. */
function unheard(world: World): string[] {
  const heard = [...listeners(world)];
  return world.all("identity").flatMap(([identity]) =>
    ["Bounce", "Complaint"].flatMap((type) => {
      const someone = heard.some((one) => one.startsWith(`${identity} ${type} `));
      return someone ? [] : [`${identity} ${type}`];
    }),
  );
}

describe.each(Object.entries(PROGRAMS))("%s", (_, program) => {
  test.each(Object.entries(EDITS))("%s: at every moment somebody hears", async (_, edit) => {
    for (const order of ORDERS) {
      const engine = new Interpreter();
      const faults: string[] = [];
      const up = async (settings: Settings | undefined) => {
        const { failure, steps } = await engine.up(() => settings && program(settings), {
          choose: chooser(order),
          onOperation: ({ op, urn }, world) =>
            faults.push(...unheard(world).map((who) => `order ${order}, ${op} ${urn}: nobody hears of ${who}`)),
        });
        expect(failure).toBeUndefined();
        expect(steps.length).toBeGreaterThan(2);
      };
      await up(ONE);
      // In the first update the identity is made before its settings.
      faults.length = 0;
      await up({ ...ONE, ...edit });
      await up(undefined);
      expect(faults).toEqual([]);
    }
  });
});

test("a mailbox that is written otherwise is the same subscription: nothing is done, and nobody has to confirm again", async () => {
  const engine = new Interpreter();
  const up = (office: string) =>
    engine.up(() => {
      const destination = { emails: { office } };
      new MonitoredIdentity("mail", { identity: "example.com", bounces: destination, complaints: destination });
    });
  expect((await up("Office@Corp.example")).failure).toBeUndefined();
  expect(await up("office@corp.example")).toEqual({ steps: [] });
});

const ORDERS = Array.from({ length: 8 }, (_, order) => order * 7919);
