import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  type FeedbackDestination,
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  type MonitoredIdentityArgs,
  ReputationAlarms,
} from "../../components";
import { runInChild } from "./child";
import { type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";
const inRegion = (arn: string, region: string) => arn.replace("us-east-1", region);

type Constructor = new (name: string, args: never, opts?: pulumi.ComponentResourceOptions) => pulumi.Resource;

/** Nothing is registered, and the error is one line or a list without any stack. */
async function refuse(component: Constructor, args: unknown, message: RegExp, options?: RunOptions, name = "mail") {
  const { resources, error } = await run(() => new component(name, args as never), options);
  expect(error).toBeInstanceOf(pulumi.RunError);
  expect(error?.message).toMatch(message);
  expect(resources).toEqual([]);
  return error?.message ?? "";
}

const forward: FeedbackDestination = { forwardByEmail: true };
const queues = { queues: { handler: QUEUE } };
const ARGS: MonitoredIdentityArgs = { identity: "example.com", bounces: queues, complaints: queues };

describe("MonitoredIdentity", () => {
  const cases: [string, unknown, RegExp][] = [
    ["no arguments", {}, /bounces: missing; allowed: an object with topicArn, emails/],
    ["null", null, /3 wrong arguments\n {2}bounces: missing/],
    ["no bounces", { identity: "example.com", complaints: forward }, /^MonitoredIdentity "mail": bounces: missing/],
    ["no complaints", { identity: "example.com", bounces: forward }, /^MonitoredIdentity "mail": complaints: missing/],
    ["an empty destination", { ...ARGS, bounces: {} }, /bounces: no destination; allowed: at least one of topicArn/],
    ["empty maps", { ...ARGS, complaints: { emails: {}, queues: {} } }, /complaints: no destination/],
    ["no delivery destination", { ...ARGS, deliveries: {} }, /deliveries: no destination; .*byConfigurationSet: true$/],
    ["forwarding refused", { ...ARGS, bounces: { forwardByEmail: false } }, /bounces: no destination/],
    ["lists of 0.1.0", { ...ARGS, bounces: { queueArns: [QUEUE] } }, /bounces\.queueArns: a list for an argument/],
    [
      "a list for a map",
      { ...ARGS, bounces: { queues: [QUEUE] } },
      /bounces\.queues: a list; allowed: a map from names/,
    ],
    [
      "topic and subscribers",
      { ...ARGS, bounces: { topicArn: TOPIC, ...queues } },
      /bounces: topicArn "arn:aws:sns:us-east-1:123456789012:existing" beside subscribers; allowed: one of them/,
    ],
    [
      "subscribers and a set",
      { ...ARGS, configurationSetName: "set", bounces: { ...queues, byConfigurationSet: true } },
      /bounces: subscribers beside byConfigurationSet/,
    ],
    [
      "a set that nobody named",
      { ...ARGS, bounces: { byConfigurationSet: true } },
      /bounces\.byConfigurationSet: true without configurationSetName/,
    ],
    [
      "deliveries by forwarding",
      { ...ARGS, deliveries: forward },
      /deliveries\.forwardByEmail: true .* never forwards/,
    ],
    ["neither domain nor address", { ...ARGS, identity: "example" }, /identity: "example"; allowed: a domain/],
    ["an address with a space", { ...ARGS, identity: "a b@example.com" }, /identity: "a b@example\.com"/],
    ["another ARN as identity", { ...ARGS, identity: TOPIC }, /identity: "arn/],
    ["a number as identity", { ...ARGS, identity: 5 }, /identity: 5; allowed: a domain/],
    ["a FIFO topic", { ...ARGS, bounces: { topicArn: `${TOPIC}.fifo` } }, /bounces\.topicArn: ".*fifo".*FIFO topics/],
    ["a FIFO queue", { ...ARGS, bounces: { queues: { a: `${QUEUE}.fifo` } } }, /bounces\.queues\.a: ".*fifo"/],
    [
      "a queue's URL",
      { ...ARGS, bounces: { queues: { a: "https://sqs.us-east-1.amazonaws.com/1/q" } } },
      /queues\.a: "http/,
    ],
    [
      "a topic of another Region",
      { ...ARGS, region: "us-east-1", complaints: { topicArn: inRegion(TOPIC, "eu-west-1") } },
      /complaints\.topicArn: ".*eu-west-1.*" in us-east-1; allowed: a topic in us-east-1/,
    ],
    [
      "a function of another Region",
      { ...ARGS, region: "eu-west-1", bounces: forward, complaints: { functions: { f: FUNCTION } } },
      /complaints\.functions\.f: .* in eu-west-1; allowed: a function in eu-west-1/,
    ],
    [
      "a queue of another Region",
      { ...ARGS, region: "eu-west-1", bounces: forward },
      /complaints\.queues\.handler: .* in eu-west-1; allowed: a queue whose policy admits the topic \(acrossRegions/,
    ],
    [
      "a dead-letter queue of another Region",
      {
        ...ARGS,
        region: "us-east-1",
        bounces: { webhooks: { a: "https://a.example/" }, deadLetterQueueArn: inRegion(QUEUE, "eu-west-1") },
      },
      /bounces\.deadLetterQueueArn: .*eu-west-1/,
    ],
    [
      "a dead-letter queue that nothing uses",
      { ...ARGS, bounces: { emails: { a: "a@corp.example" }, deadLetterQueueArn: QUEUE } },
      /bounces\.deadLetterQueueArn: a queue that nothing uses/,
    ],
    ["an override without reason", { ...ARGS, intendedOverride: {} }, /intendedOverride\.reason: missing/],
    ["an empty reason", { ...ARGS, intendedOverride: { reason: " " } }, /intendedOverride\.reason: " "/],
    [
      "an impossible date",
      { ...ARGS, intendedOverride: { reason: "why", expires: "2027-02-30" } },
      /intendedOverride\.expires: "2027-02-30"; allowed: a day of the calendar/,
    ],
    [
      "an override that has expired",
      { ...ARGS, intendedOverride: { reason: "why", expires: "2020-01-01" } },
      /intendedOverride\.expires: "2020-01-01", which has passed; allowed: today or a later day/,
    ],
    [
      "a misspelt argument",
      { ...ARGS, bounce: {} },
      /bounce: an object for an argument that does not exist; allowed: /,
    ],
    ["a misspelt destination", { ...ARGS, bounces: { email: {} } }, /bounces\.email: an object for an/],
    [
      "an address that is none",
      { ...ARGS, bounces: { emails: { a: "ops" } } },
      /bounces\.emails\.a: "ops"; allowed: an/,
    ],
    [
      "one endpoint under two names",
      { ...ARGS, bounces: { queues: { crm: QUEUE, audit: QUEUE } } },
      /bounces\.queues\.audit: the same endpoint as "crm"; allowed: each endpoint once/,
    ],
    [
      "one mailbox in two spellings",
      { ...ARGS, bounces: { emails: { office: "Office@corp.example", ops: "office@Corp.example" } } },
      /bounces\.emails\.ops: the same endpoint as "office"; allowed: each endpoint once/,
    ],
    ["a name that is none", { ...ARGS, bounces: { queues: { "a:b": QUEUE } } }, /bounces\.queues\."a:b": that name/],
    ["a webhook without scheme", { ...ARGS, bounces: { webhooks: { a: "hooks.example" } } }, /webhooks\.a: "hooks/],
    [
      "plain http",
      { ...ARGS, bounces: { webhooks: { a: "http://hooks.example/" } } },
      /webhooks\.a: .* http is refused/,
    ],
    ["a zone for an address", { ...ARGS, identity: "ceo@example.com", zoneId: "Z" }, /zoneId: a zone for "ceo@/],
    [
      "waiting for an address",
      { ...ARGS, identity: "ceo@example.com", waitForVerification: true },
      /waitForVerif.*: a/,
    ],
    ["a zone's name", { ...ARGS, zoneId: "example.com" }, /zoneId: "example\.com"; allowed: the id .*, not its name/],
    [
      "a choice of records without zone",
      { ...ARGS, dnsRecords: { dkim: false } },
      /dnsRecords: a value without zoneId/,
    ],
    ["an MX failure without MAIL FROM", { ...ARGS, mailFromOnMxFailure: "REJECT_MESSAGE" }, /without mailFromDomain/],
    [
      "an MX failure that is none",
      { ...ARGS, mailFromDomain: "b.example.com", mailFromOnMxFailure: "x" },
      /one of USE_/,
    ],
    ["a DMARC policy that is none", { ...ARGS, dmarcPolicy: "p=reject" }, /dmarcPolicy: "p=reject"; allowed: a DMARC/],
    ["a MAIL FROM elsewhere", { ...ARGS, mailFromDomain: "bounce.example.org" }, /mailFromDomain: .* subdomain/],
    ["a MAIL FROM that is the domain", { ...ARGS, mailFromDomain: "example.com" }, /mailFromDomain: .* subdomain/],
    ["a Region that is none", { ...ARGS, region: "Ireland" }, /region: "Ireland"; allowed: the code/],
    [
      "the key of Amazon SNS",
      { ...ARGS, kmsKeyId: "alias/aws/sns" },
      /kmsKeyId: "alias\/aws\/sns"; allowed: a key of your/,
    ],
    [
      "the ARN of a managed alias",
      { ...ARGS, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:alias/aws/sns" },
      /kmsKeyId: .*; allowed: a key of your own/,
    ],
    [
      "a key that nothing uses",
      { ...ARGS, bounces: forward, complaints: forward, kmsKeyId: "alias/mail" },
      /nothing uses/,
    ],
    [
      "a key of another Region",
      { ...ARGS, region: "us-east-1", kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1234" },
      /kmsKeyId: .* in us-east-1; allowed: a key in us-east-1/,
    ],
    ["tags of AWS", { ...ARGS, tags: { "aws:owner": "me" } }, /tags\."aws:owner": that name; allowed: a tag/],
    ["a set's name that is none", { ...ARGS, configurationSetName: "my set" }, /configurationSetName: "my set"/],
    ["a destination that is an output", { ...ARGS, bounces: pulumi.output(forward) }, /bounces: an output; .* known/],
    ["a map that is an output", { ...ARGS, bounces: { emails: pulumi.output({}) } }, /bounces\.emails: an output/],
  ];

  test.each(cases)("%s: nothing is registered", async (_, args, message) => {
    await refuse(MonitoredIdentity, args, message);
  });

  test("every wrong argument is named at once, of every kind", async () => {
    const message = await refuse(
      MonitoredIdentity,
      {
        identity: "ceo@example.com",
        bounces: { queues: { a: "queue", b: QUEUE } },
        complaints: { topicArn: inRegion(TOPIC, "eu-west-1"), webhooks: { w: "http://hooks.example/" } },
        region: "us-east-1",
        zoneId: "Z1",
        intendedOverride: { reason: "why", expires: "2020-01-01" },
        kmsKeyId: "alias/aws/sns",
        colour: "red",
      },
      /8 wrong arguments/,
    );
    const paths = message
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(": ")[0]);
    expect(paths.sort()).toEqual([
      "bounces.queues.a",
      "colour",
      "complaints",
      "complaints.topicArn",
      "complaints.webhooks.w",
      "intendedOverride.expires",
      "kmsKeyId",
      "zoneId",
    ]);
  });

  test.each([["a configured Region", { config: { "aws:region": "eu-west-1" } }]])(
    "a topic of another Region than %s",
    async (_, options) => {
      await refuse(
        MonitoredIdentity,
        { ...ARGS, bounces: { topicArn: TOPIC } },
        /bounces\.topicArn: .* in eu-west-1/,
        options,
      );
    },
  );

  test("today is not yet over for an override", async () => {
    const expires = new Date().toISOString().slice(0, 10);
    const { error } = await run(
      () => new MonitoredIdentity("mail", { ...ARGS, intendedOverride: { reason: "why", expires } }),
    );
    expect(error).toBeUndefined();
  });

  test("null is the same as nothing", async () => {
    const { error, resources } = await run(
      () =>
        new MonitoredIdentity("mail", { ...ARGS, deliveries: null, region: null } as unknown as MonitoredIdentityArgs),
    );
    expect(error).toBeUndefined();
    expect(resources).toHaveLength(11);
  });

  test("control characters and credentials are not shown", async () => {
    const message = await refuse(
      MonitoredIdentity,
      {
        ...ARGS,
        identity: "a\u001b[2J\u009b\u202e",
        bounces: { webhooks: { a: "ftp://user:hunter2@hooks.example/?token=hunter2" } },
      },
      /2 wrong arguments/,
    );
    expect(message).toContain('"a\\u001b[2J\\u009b\\u202e"');
    expect(message).toContain('"ftp://***@hooks.example/?***"');
    expect(message).not.toContain("hunter2");
  });

  test.each(["", "x".repeat(201)])("a component can't be called %j", async (name) => {
    await refuse(MonitoredIdentity, ARGS, /name: .*; allowed: 1 to 200 characters/, {}, name);
  });

  test("a name of 200 characters fits everything that is made of it", async () => {
    const { error, resources } = await run(() => {
      new FeedbackHandler("f".repeat(200), { unwatched: true });
      new MonitoredIdentity("m".repeat(200), { ...ARGS, bounces: { webhooks: { a: "https://a.example/" } } });
    });
    expect(error).toBeUndefined();
    const longest: Record<string, number> = { Queue: 54, Topic: 230, Role: 38 };
    for (const { type, inputs } of resources) {
      const prefix = inputs.namePrefix as string | undefined;
      const limit = longest[type.split(":").at(-1) ?? ""];
      if (prefix !== undefined && limit !== undefined) expect(prefix.length).toBeLessThanOrEqual(limit);
    }
    const lambda = resources.find(({ type }) => type === "aws:lambda/function:Function");
    expect(lambda?.inputs.name).toHaveLength(64);
  });
});

describe("FeedbackTopic", () => {
  test.each<[string, unknown, RegExp]>([
    ["no subscriber", {}, /arguments: no destination; allowed: at least one of emails, webhooks, queues, functions/],
    ["a topic that exists", { topicArn: TOPIC }, /topicArn: .* for an argument that does not exist/],
    ["one endpoint twice", { queues: { a: QUEUE, b: QUEUE } }, /queues\.b: the same endpoint as "a"/],
    ["a queue of another Region", { region: "eu-west-1", ...queues }, /queues\.handler: .* in eu-west-1/],
    ["an identity that is none", { ...queues, identities: ["example"] }, /identities\[0\]: "example"/],
    ["a set that is none", { ...queues, configurationSetNames: ["my set"] }, /configurationSetNames\[0\]: "my set"/],
    ["the key of Amazon SNS", { ...queues, kmsKeyId: "alias/aws/sns" }, /kmsKeyId: "alias\/aws\/sns"/],
    ["plain http", { webhooks: { a: "http://hooks.example/" } }, /webhooks\.a: .* http is refused/],
    [
      "a key of another Region",
      { ...queues, region: "us-east-1", kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:alias/mail" },
      /kmsKeyId: .* in us-east-1/,
    ],
  ])("%s: nothing is registered", async (_, args, message) => {
    await refuse(FeedbackTopic, args, message);
  });
});

describe("MonitoredConfigurationSet", () => {
  const bus = { busTargets: { handler: QUEUE } };
  const set = { bounces: bus, complaints: bus };
  test.each<[string, unknown, RegExp]>([
    ["no arguments", {}, /2 wrong arguments\n {2}bounces: missing/],
    ["an empty destination", { ...set, bounces: {} }, /bounces: no destination; allowed: .*, busTargets$/],
    ["forwarding", { ...set, bounces: forward }, /bounces\.forwardByEmail: true .* never forwards/],
    ["bus and subscribers", { ...set, bounces: { ...bus, ...queues } }, /bounces: subscribers beside busTargets/],
    ["one target twice", { ...set, bounces: { busTargets: { a: QUEUE, b: "x" } } }, /bounces\.busTargets\.b: "x"/],
    [
      "a target of another Region",
      { ...set, region: "eu-west-1" },
      /bounces\.busTargets\.handler: .* in eu-west-1; allowed: a target in eu-west-1/,
    ],
    [
      "an ARN for a name",
      { ...set, configurationSetName: "arn:aws:ses:us-east-1:123456789012:configuration-set/a" },
      /arn/,
    ],
    [
      "a reason that is none",
      { ...set, suppressedReasons: ["BOUNCES"] },
      /suppressedReasons\[0\]: "BOUNCES"; .* BOUNCE/,
    ],
    ["a key that nothing uses", { ...set, kmsKeyId: "alias/mail" }, /kmsKeyId: a key that nothing uses/],
  ])("%s: nothing is registered", async (_, args, message) => {
    await refuse(MonitoredConfigurationSet, args, message);
  });
});

describe("FeedbackHandler", () => {
  const quiet = { unwatched: true };
  const topics = (count: number) => Array.from({ length: count }, (_, index) => `${TOPIC}-${index}`);
  test.each<[string, unknown, RegExp]>([
    ["no arguments", {}, /alarmTopicArn: missing; allowed: the ARN of a topic .*; or unwatched: true/],
    ["null", null, /alarmTopicArn: missing/],
    ["both", { alarmTopicArn: TOPIC, ...quiet }, /unwatched: true beside alarmTopicArn; allowed: one of them/],
    [
      "an alarm topic of another Region",
      { alarmTopicArn: TOPIC, region: "eu-west-1" },
      /alarmTopicArn: .* in eu-west-1/,
    ],
    ["a text that is no topic", { alarmTopicArn: "alarms" }, /alarmTopicArn: "alarms"; allowed: the ARN of a standard/],
    ["suppress in words", { ...quiet, suppress: "yes" }, /suppress: "yes"; allowed: true or false/],
    ["a retention that is too long", { ...quiet, messageRetentionSeconds: 1e9 }, /1000000000; .*at most 1209600/],
    ["no receive", { ...quiet, maxReceiveCount: 0 }, /maxReceiveCount: 0; allowed: a whole number, at least 1/],
    [
      "messages that expire before they are dead",
      { ...quiet, messageRetentionSeconds: 60, maxReceiveCount: 1000 },
      /messageRetentionSeconds: 60 seconds for 1000 attempts; allowed: more than the \d+ seconds/,
    ],
    [
      "more attempts than 14 days have",
      { ...quiet, maxReceiveCount: 1000 },
      /maxReceiveCount: 1209600 seconds for 1000/,
    ],
    ["half a message", { ...quiet, batchSize: 2.5 }, /batchSize: 2\.5; allowed: a whole number/],
    ["a batch that takes too long", { ...quiet, batchSize: 10_000 }, /batchSize: 10000; allowed: .* at most 100/],
    ["one call at a time", { ...quiet, maximumConcurrency: 1 }, /maximumConcurrency: 1; allowed: .* at least 2/],
    ["a retention of 31 days", { ...quiet, logRetentionDays: 31 }, /logRetentionDays: 31; allowed: one of 1, 3, 5/],
    ["the key of Amazon SQS", { ...quiet, kmsKeyId: "alias/aws/sqs" }, /kmsKeyId: "alias\/aws\/sqs"/],
    ["an argument of 0.1.0", { ...quiet, tableName: "feedback" }, /tableName: "feedback" for an argument/],
    ["two tables", { ...quiet, table: true, tableArn: "feedback" }, /table: true beside tableArn/],
    ["a time without a table", { ...quiet, table: false, tableTtlDays: 5 }, /tableTtlDays: a time without a table/],
    [
      "a table of another Region",
      { ...quiet, region: "eu-west-1", tableArn: `arn:aws:dynamodb:us-east-1:123456789012:table/t23` },
      /tableArn/,
    ],
    ["a bus of another kind", { ...quiet, eventBusArn: TOPIC }, /eventBusArn: "arn/],
    [
      "topics and Regions",
      { ...quiet, topicArns: [TOPIC], topicRegions: ["eu-west-1"] },
      /topicRegions: Regions beside/,
    ],
    ["no topic at all", { ...quiet, topicArns: [] }, /topicArns: an empty list/],
    ["more topics than fit", { ...quiet, topicArns: topics(100) }, /topicArns: 100 topics; allowed: at most 3000 char/],
    ["its own Region", { ...quiet, region: "eu-west-1", topicRegions: ["eu-west-1"] }, /topicRegions: "eu-west-1"/],
  ])("%s: nothing is registered", async (_, args, message) => {
    await refuse(FeedbackHandler, args, message);
  });
});

describe("ReputationAlarms", () => {
  const args = { alarmTopicArn: TOPIC };
  test.each<[string, unknown, RegExp]>([
    ["no topic", {}, /alarmTopicArn: missing; allowed: the ARN/],
    ["a FIFO topic", { alarmTopicArn: `${TOPIC}.fifo` }, /alarmTopicArn: ".*fifo"/],
    ["a topic of another Region", { ...args, region: "eu-west-1" }, /alarmTopicArn: ".*us-east-1.*" in eu-west-1/],
    [
      "an action of another Region",
      { ...args, region: "us-east-1", okActions: [inRegion(TOPIC, "eu-west-1")] },
      /okActions\[0\]/,
    ],
    ["a rate in percent", { ...args, bounceRate: 5 }, /bounceRate: 5; allowed: a number, more than 0 and at most 1/],
    ["a rate of nothing", { ...args, complaintRate: 0 }, /complaintRate: 0; allowed: a number, more than 0/],
    ["a warning that is none", { ...args, warnAt: 1 }, /warnAt: 1; allowed: a number, more than 0 and less than 1/],
    ["a rate in words", { ...args, bounceRate: "5%" }, /bounceRate: "5%"; allowed: a number/],
    ["a set twice", { ...args, configurationSetNames: ["a", "a"] }, /configurationSetNames\[1\]: a again/],
  ])("%s: nothing is registered", async (_, given, message) => {
    await refuse(ReputationAlarms, given, message);
  });
});

describe("a Region that only the provider knows", () => {
  let results: Record<string, { message?: string; resources: string[] }> = {};
  beforeAll(async () => {
    results = (await runInChild(join(__dirname, "late.ts"))) as typeof results;
  });

  test.each([
    [
      "FeedbackHandler",
      /^FeedbackHandler "mail": alarmTopicArn: "arn:.*" in eu-west-1; allowed: a topic in eu-west-1$/,
    ],
    ["FeedbackTopic", /^FeedbackTopic "mail": queues\.handler: "arn:.*" in eu-west-1; allowed: a queue/],
    ["MonitoredConfigurationSet", /^MonitoredConfigurationSet "mail": 2 wrong arguments\n {2}bounces\.busTargets\.h: /],
    ["ReputationAlarms", /^ReputationAlarms "mail": alarmTopicArn: "arn:.*" in eu-west-1; allowed: a topic in/],
  ])("%s makes nothing where an argument contradicts it", (name, message) => {
    expect(results[name]?.message).toMatch(message);
    expect(results[name]?.resources.map((key) => key.split(" ")[0])).toEqual(["aws", name]);
  });

  test.each<[string, RegExp, string]>([
    [
      "FeedbackHandler, late",
      /^FeedbackHandler "mail": alarmTopicArn: .* in eu-west-1; allowed: a topic/,
      "MetricAlarm",
    ],
    ["FeedbackTopic, late", /^FeedbackTopic "mail": queues\.handler: .* in eu-west-1; allowed: a/, "TopicSubscription"],
    ["MonitoredIdentity, late", /(bounces|complaints)\.queues\.handler: .* in eu-west-1; allowed/, "TopicSubscription"],
    ["MonitoredIdentity, late", /^MonitoredIdentity "mail": .* in eu-west-1; allowed/, "EmailIdentity "],
    [
      "MonitoredIdentity, its Region late as well",
      /bounces\.functions\.handler: .* in eu-west-1; allowed/,
      "TopicSubscription",
    ],
    ["MonitoredIdentity, its Region late", /bounces\.functions\.handler: .* in eu-west-1; allowed/, "Topic"],
    ["MonitoredConfigurationSet, late", /(bounces|complaints)\.busTargets\.h: .* in eu-west-1; allowed/, "EventTarget"],
    ["ReputationAlarms, late", /^ReputationAlarms "mail": alarmTopicArn: .* in eu-west-1; allowed/, "MetricAlarm"],
    ["a secret", /^ReputationAlarms "mail": alarmTopicArn: \[secret\]; allowed: a topic in eu-west-1$/, "MetricAlarm"],
  ])("%s: what other resources supply is refused before it is used", (name, message, child) => {
    expect(results[name]?.message).toMatch(message);
    expect(results[name]?.resources.filter((key) => key.startsWith(child))).toEqual([]);
  });

  test("a queue whose policy admits the topic may be elsewhere", () => {
    const { message, resources } = results["MonitoredIdentity, across Regions on purpose"] ?? {};
    expect(message).toBeUndefined();
    expect(resources?.filter((key) => key.startsWith("TopicSubscription"))).toHaveLength(2);
  });
});
