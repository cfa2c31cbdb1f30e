import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type FeedbackDestination, MonitoredIdentity, type MonitoredIdentityArgs } from "../../components";
import { runInChild } from "./child";
import { byName, inputsOf, type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";
const ARGS: MonitoredIdentityArgs = {
  identity: "example.com",
  bounces: { queueArns: [QUEUE] },
  complaints: { queueArns: [QUEUE] },
};

async function create(args: Partial<MonitoredIdentityArgs> = {}, options?: RunOptions) {
  let component: MonitoredIdentity | undefined;
  const result = await run(() => {
    component = new MonitoredIdentity("mail", { ...ARGS, ...args });
  }, options);
  if (result.error) throw result.error;
  return { ...result, component: component as MonitoredIdentity, inputs: inputsOf(result.resources) };
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

function policyOf(topic: string, sources: string | string[]): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowSesToPublishFeedback",
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnEquals: { "aws:SourceArn": sources },
        },
      },
    ],
  };
}

describe("a domain with a queue", () => {
  test("registers exactly these children", async () => {
    const { inputs, calls } = await create();
    const topic = (type: string) => `arn:aws:sns:us-east-1:123456789012:mail-${type}`;
    const policies = ["bounce", "complaint"].map((type) => {
      const { policy, ...rest } = inputs[`TopicPolicy mail-${type}`] as { policy: string };
      delete inputs[`TopicPolicy mail-${type}`];
      return { ...rest, policy: JSON.parse(policy) };
    });
    expect(policies).toEqual(
      ["bounce", "complaint"].map((type) => ({
        arn: topic(type),
        policy: policyOf(topic(type), "arn:aws:ses:us-east-1:123456789012:identity/example.com"),
      })),
    );
    expect(inputs).toEqual({
      "Topic mail-bounce": {},
      "TopicSubscription mail-bounce-queue-0": { topic: topic("bounce"), protocol: "sqs", endpoint: QUEUE },
      "Topic mail-complaint": {},
      "TopicSubscription mail-complaint-queue-0": { topic: topic("complaint"), protocol: "sqs", endpoint: QUEUE },
      "EmailIdentity mail": { emailIdentity: "example.com" },
      "IdentityNotificationTopic mail-bounce": {
        identity: "example.com",
        notificationType: "Bounce",
        topicArn: topic("bounce"),
        includeOriginalHeaders: true,
      },
      "IdentityNotificationTopic mail-complaint": {
        identity: "example.com",
        notificationType: "Complaint",
        topicArn: topic("complaint"),
        includeOriginalHeaders: true,
      },
      "EmailIdentityFeedbackAttributes mail": { emailIdentity: "example.com", emailForwardingEnabled: false },
    });
    expect(calls).toEqual([]);
  });

  test("hands its arguments to the engine, and what policies need to its outputs", async () => {
    const intendedOverride = { reason: "reads its own bounces", expires: "2027-06-30" };
    const { resources, component } = await create({ intendedOverride, region: "us-east-1" });
    const [self] = resources;
    expect(self).toMatchObject({
      type: "ses-guard:index:MonitoredIdentity",
      name: "mail",
      inputs: { ...ARGS, intendedOverride, region: "us-east-1" },
    });
    expect(self?.registered).toMatchObject({ identity: "example.com", region: "us-east-1", intendedOverride });
    expect(self?.registered).toMatchObject({
      identityArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
      bounceTopicArn: "arn:aws:sns:us-east-1:123456789012:mail-bounce",
      complaintTopicArn: "arn:aws:sns:us-east-1:123456789012:mail-complaint",
    });
    expect(await settled(component.deliveryTopicArn)).toBeUndefined();
    for (const { urn, parent } of resources) expect(parent).toBe(urn === self?.urn ? undefined : self?.urn);
  });

  test("comes into being in the order topic, policy, subscription, identity, notification, forwarding", async () => {
    const { resources } = await create({ bounces: { queueArns: [QUEUE], functionArns: [FUNCTION] } });
    const named = byName(resources);
    const comesAfter = (later: string, ...earlier: string[]) => {
      const urns = earlier.map((name) => named[name]?.urn);
      expect(named[later]?.dependencies).toEqual(expect.arrayContaining(urns));
      expect(urns).not.toContain(undefined);
    };
    comesAfter("TopicPolicy mail-bounce", "Topic mail-bounce");
    comesAfter("TopicSubscription mail-bounce-queue-0", "Topic mail-bounce", "TopicPolicy mail-bounce");
    comesAfter("TopicSubscription mail-bounce-function-0", "Permission mail-bounce-function-0");
    comesAfter(
      "EmailIdentity mail",
      "TopicSubscription mail-bounce-queue-0",
      "TopicSubscription mail-bounce-function-0",
      "TopicSubscription mail-complaint-queue-0",
    );
    comesAfter("IdentityNotificationTopic mail-bounce", "EmailIdentity mail", "TopicPolicy mail-bounce");
    comesAfter(
      "EmailIdentityFeedbackAttributes mail",
      "IdentityNotificationTopic mail-bounce",
      "IdentityNotificationTopic mail-complaint",
    );
  });
});

describe("destinations", () => {
  test("every kind of subscriber", async () => {
    const { inputs } = await create({
      bounces: {
        emails: ["postmaster@corp.example", pulumi.output("second@corp.example")],
        webhookUrls: ["https://hooks.example/ses", pulumi.output("http://hooks.example/ses")],
        queueArns: [QUEUE],
        functionArns: [FUNCTION],
      },
    });
    const topic = "arn:aws:sns:us-east-1:123456789012:mail-bounce";
    const bounce = Object.entries(inputs).filter(([key]) => /^(TopicSubscription|Permission) mail-bounce/.test(key));
    expect(Object.fromEntries(bounce)).toEqual({
      "TopicSubscription mail-bounce-email-postmaster@corp.example": {
        topic,
        protocol: "email",
        endpoint: "postmaster@corp.example",
      },
      "TopicSubscription mail-bounce-email-1": { topic, protocol: "email", endpoint: "second@corp.example" },
      "TopicSubscription mail-bounce-webhook-0": { topic, protocol: "https", endpoint: "https://hooks.example/ses" },
      "TopicSubscription mail-bounce-webhook-1": { topic, protocol: "http", endpoint: "http://hooks.example/ses" },
      "TopicSubscription mail-bounce-queue-0": { topic, protocol: "sqs", endpoint: QUEUE },
      "Permission mail-bounce-function-0": {
        action: "lambda:InvokeFunction",
        function: FUNCTION,
        principal: "sns.amazonaws.com",
        sourceArn: topic,
      },
      "TopicSubscription mail-bounce-function-0": { topic, protocol: "lambda", endpoint: FUNCTION },
    });
  });

  test("deliveries have a topic of their own", async () => {
    const { inputs } = await create({ deliveries: { queueArns: [QUEUE] } });
    expect(inputs["IdentityNotificationTopic mail-delivery"]).toEqual({
      identity: "example.com",
      notificationType: "Delivery",
      topicArn: "arn:aws:sns:us-east-1:123456789012:mail-delivery",
      includeOriginalHeaders: true,
    });
    expect(inputs["TopicSubscription mail-delivery-queue-0"]).toMatchObject({ endpoint: QUEUE });
  });

  test("existing topics are used as they are", async () => {
    const { inputs } = await create({ bounces: { topicArn: TOPIC }, complaints: { topicArn: pulumi.output(TOPIC) } });
    expect(Object.keys(inputs).sort()).toEqual([
      "EmailIdentity mail",
      "EmailIdentityFeedbackAttributes mail",
      "IdentityNotificationTopic mail-bounce",
      "IdentityNotificationTopic mail-complaint",
    ]);
    expect(inputs["IdentityNotificationTopic mail-bounce"]).toMatchObject({ topicArn: TOPIC });
    expect(inputs["IdentityNotificationTopic mail-complaint"]).toMatchObject({ topicArn: TOPIC });
    expect(inputs["EmailIdentityFeedbackAttributes mail"]).toMatchObject({ emailForwardingEnabled: false });
  });

  test("forwarding alone needs no topic", async () => {
    const { inputs, component } = await create({
      bounces: { forwardByEmail: true },
      complaints: { forwardByEmail: true },
    });
    expect(inputs).toEqual({
      "EmailIdentity mail": { emailIdentity: "example.com" },
      "EmailIdentityFeedbackAttributes mail": { emailIdentity: "example.com", emailForwardingEnabled: true },
    });
    expect(await settled(component.bounceTopicArn)).toBeUndefined();
  });

  test("forwarding of one type beside topics is forwarding", async () => {
    const { inputs } = await create({ complaints: { queueArns: [QUEUE], forwardByEmail: true } });
    expect(inputs["EmailIdentityFeedbackAttributes mail"]).toMatchObject({ emailForwardingEnabled: true });
    expect(inputs["IdentityNotificationTopic mail-complaint"]).toBeDefined();
  });
});

describe("other arguments", () => {
  test("includeOriginalHeaders", async () => {
    const { inputs } = await create({ includeOriginalHeaders: false });
    expect(inputs["IdentityNotificationTopic mail-bounce"]).toMatchObject({ includeOriginalHeaders: false });
  });

  test("configurationSetName is the identity's default, and its event destinations may publish", async () => {
    const { inputs } = await create({ configurationSetName: "transactional" });
    expect(inputs["EmailIdentity mail"]).toEqual({
      emailIdentity: "example.com",
      configurationSetName: "transactional",
    });
    expect(JSON.parse(inputs["TopicPolicy mail-bounce"]?.policy as string)).toEqual(
      policyOf("arn:aws:sns:us-east-1:123456789012:mail-bounce", [
        "arn:aws:ses:us-east-1:123456789012:identity/example.com",
        "arn:aws:ses:us-east-1:123456789012:configuration-set/transactional",
      ]),
    );
  });

  test("kmsKeyId encrypts every topic, and the key's policy statement is an output", async () => {
    const { inputs, component } = await create({ kmsKeyId: "alias/mail", deliveries: { queueArns: [QUEUE] } });
    for (const type of ["bounce", "complaint", "delivery"]) {
      expect(inputs[`Topic mail-${type}`]).toEqual({ kmsMasterKeyId: "alias/mail" });
    }
    expect(await settled(component.kmsKeyPolicyStatement)).toEqual({
      Sid: "AllowSesToPublishToEncryptedTopics",
      Effect: "Allow",
      Principal: { Service: "ses.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
    });
  });

  test("region reaches every child that has one", async () => {
    const elsewhere = "arn:aws:lambda:eu-west-1:123456789012:function:feedback";
    const { inputs } = await create({
      region: "eu-west-1",
      mailFromDomain: "bounce.example.com",
      bounces: { functionArns: [elsewhere] },
    });
    expect(Object.keys(inputs)).toHaveLength(12);
    for (const input of Object.values(inputs)) expect(input).toMatchObject({ region: "eu-west-1" });
    expect(JSON.parse(inputs["TopicPolicy mail-bounce"]?.policy as string)).toEqual(
      policyOf(
        "arn:aws:sns:eu-west-1:123456789012:mail-bounce",
        "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
      ),
    );
  });

  test("tags reach everything that takes tags", async () => {
    const tags = { team: "mail" };
    const { inputs } = await create({ tags });
    const tagged = Object.entries(inputs).filter(([, input]) => "tags" in input);
    expect(tagged.map(([key]) => key).sort()).toEqual([
      "EmailIdentity mail",
      "Topic mail-bounce",
      "Topic mail-complaint",
    ]);
    for (const [, input] of tagged) expect(input).toMatchObject({ tags });
  });

  test("mailFromDomain and zoneId publish every record", async () => {
    const { inputs, component } = await create({ mailFromDomain: "bounce.example.com", zoneId: "Z1" });
    expect(inputs["EmailIdentityMailFromAttributes mail"]).toEqual({
      emailIdentity: "example.com",
      mailFromDomain: "bounce.example.com",
      behaviorOnMxFailure: "USE_DEFAULT_VALUE",
    });
    const expected = {
      "dkim-0": ["token-0._domainkey.example.com", "CNAME", "token-0.dkim.amazonses.com"],
      "dkim-1": ["token-1._domainkey.example.com", "CNAME", "token-1.dkim.amazonses.com"],
      "dkim-2": ["token-2._domainkey.example.com", "CNAME", "token-2.dkim.amazonses.com"],
      "mail-from": ["bounce.example.com", "MX", "10 feedback-smtp.us-east-1.amazonses.com"],
      spf: ["bounce.example.com", "TXT", "v=spf1 include:amazonses.com ~all"],
      dmarc: ["_dmarc.example.com", "TXT", "v=DMARC1; p=none;"],
    };
    for (const [suffix, [name, type, value]] of Object.entries(expected)) {
      expect(inputs[`Record mail-${suffix}`]).toEqual({ zoneId: "Z1", name, type, ttl: 1800, records: [value] });
    }
    expect(Object.keys(inputs).filter((key) => key.startsWith("Record"))).toHaveLength(6);
    expect(await settled(component.dnsRecords)).toEqual(
      Object.values(expected).map(([name, type, value]) => ({ name, type, value })),
    );
  });

  test("without a zone the records are an output; some Regions have a DKIM domain of their own", async () => {
    const { inputs, component } = await create({}, { region: "eu-south-1" });
    expect(Object.keys(inputs).filter((key) => key.startsWith("Record"))).toEqual([]);
    expect(await settled(component.dnsRecords)).toEqual([
      ...[0, 1, 2].map((index) => ({
        name: `token-${index}._domainkey.example.com`,
        type: "CNAME",
        value: `token-${index}.dkim.eu-south-1.amazonses.com`,
      })),
      { name: "_dmarc.example.com", type: "TXT", value: "v=DMARC1; p=none;" },
    ]);
  });

  test("an address has no records", async () => {
    const { inputs, component } = await create({ identity: "ceo@example.com" });
    expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: "ceo@example.com" });
    expect(await settled(component.dnsRecords)).toEqual([]);
  });

  test("a component may be named after its domain", async () => {
    const { resources } = await run(() => new MonitoredIdentity("example.com", ARGS));
    expect(resources.filter(({ type }) => type.endsWith(":Topic")).map(({ name }) => name)).toEqual([
      "example-com-bounce",
      "example-com-complaint",
    ]);
  });
});

test("a preview knows everything that the program says", async () => {
  const { inputs } = await create({}, { preview: true });
  expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: "example.com" });
  expect(inputs["EmailIdentityFeedbackAttributes mail"]).toEqual({
    emailIdentity: "example.com",
    emailForwardingEnabled: false,
  });
  expect(inputs["TopicSubscription mail-bounce-queue-0"]).toMatchObject({ protocol: "sqs", endpoint: QUEUE });
});

describe("bad arguments", () => {
  const topicIn = (region: string) => `arn:aws:sns:${region}:123456789012:existing`;
  const forward: FeedbackDestination = { forwardByEmail: true };
  const cases: [string, object, RegExp][] = [
    ["no arguments", {}, /bounces: missing; allowed: an object with topicArn, emails/],
    ["no bounces", { identity: "example.com", complaints: forward }, /^MonitoredIdentity "mail": bounces: missing/],
    ["no complaints", { identity: "example.com", bounces: forward }, /^MonitoredIdentity "mail": complaints: missing/],
    ["an empty destination", { ...ARGS, bounces: {} }, /bounces: no destination; allowed: at least one of topicArn/],
    ["empty lists", { ...ARGS, complaints: { emails: [], queueArns: [] } }, /complaints: no destination/],
    ["no delivery destination", { ...ARGS, deliveries: {} }, /deliveries: no destination; allowed: .*functionArns$/],
    ["forwarding refused", { ...ARGS, bounces: { forwardByEmail: false } }, /bounces: no destination/],
    [
      "topic and subscribers",
      { ...ARGS, bounces: { topicArn: TOPIC, queueArns: [QUEUE] } },
      /bounces\.queueArns: subscribers beside topicArn "arn:aws:sns:us-east-1:123456789012:existing"; allowed: either/,
    ],
    [
      "deliveries by forwarding",
      { ...ARGS, deliveries: { forwardByEmail: true } },
      /deliveries\.forwardByEmail: true .* Amazon SNS only/,
    ],
    ["neither domain nor address", { ...ARGS, identity: "example" }, /identity: "example"; allowed: a domain/],
    ["a trailing dot", { ...ARGS, identity: "example.com." }, /identity: "example\.com\."/],
    ["an address with a space", { ...ARGS, identity: "a b@example.com" }, /identity: "a b@example\.com"/],
    ["an ARN as identity", { ...ARGS, identity: "arn:aws:ses:us-east-1:1:identity/example.com" }, /identity: "arn/],
    ["a number as identity", { ...ARGS, identity: 5 }, /identity: 5; allowed: a domain/],
    ["a FIFO topic", { ...ARGS, bounces: { topicArn: `${TOPIC}.fifo` } }, /bounces\.topicArn: ".*fifo".*FIFO topics/],
    ["a FIFO queue", { ...ARGS, bounces: { queueArns: [`${QUEUE}.fifo`] } }, /bounces\.queueArns\[0\]: ".*fifo"/],
    [
      "a topic of another Region",
      { ...ARGS, region: "us-east-1", complaints: { topicArn: topicIn("eu-west-1") } },
      /complaints\.topicArn: ".*eu-west-1.*" for an identity in us-east-1; allowed: a topic in the identity's Region/,
    ],
    [
      "a function of another Region",
      { ...ARGS, region: "eu-west-1", complaints: { functionArns: [FUNCTION] } },
      /complaints\.functionArns\[0\]: .* for an identity in eu-west-1/,
    ],
    ["an override without reason", { ...ARGS, intendedOverride: {} }, /intendedOverride\.reason: missing/],
    ["an empty reason", { ...ARGS, intendedOverride: { reason: " " } }, /intendedOverride\.reason: " "/],
    [
      "an impossible date",
      { ...ARGS, intendedOverride: { reason: "why", expires: "2027-02-30" } },
      /intendedOverride\.expires: "2027-02-30"; allowed: a day of the calendar/,
    ],
    ["a date in words", { ...ARGS, intendedOverride: { reason: "why", expires: "tomorrow" } }, /expires: "tomorrow"/],
    [
      "a misspelt argument",
      { ...ARGS, bounce: {} },
      /bounce: an object for an argument that does not exist; allowed: /,
    ],
    ["a misspelt destination", { ...ARGS, bounces: { email: ["a@b.example"] } }, /bounces\.email: a list for an/],
    [
      "an address that is none",
      { ...ARGS, bounces: { emails: ["ops"] } },
      /bounces\.emails\[0\]: "ops"; allowed: an email/,
    ],
    ["a subscriber twice", { ...ARGS, bounces: { queueArns: [QUEUE, QUEUE] } }, /bounces\.queueArns\[1\]: .* again/],
    ["a webhook without scheme", { ...ARGS, bounces: { webhookUrls: ["hooks.example"] } }, /webhookUrls\[0\]/],
    ["a zone for an address", { ...ARGS, identity: "ceo@example.com", zoneId: "Z" }, /zoneId: a zone for "ceo@/],
    ["a MAIL FROM elsewhere", { ...ARGS, mailFromDomain: "bounce.example.org" }, /mailFromDomain: .* subdomain/],
    ["a MAIL FROM that is the domain", { ...ARGS, mailFromDomain: "example.com" }, /mailFromDomain: .* subdomain/],
    ["a Region that is none", { ...ARGS, region: "Ireland" }, /region: "Ireland"; allowed: the code/],
    [
      "a destination that is an output",
      { ...ARGS, bounces: pulumi.output(forward) },
      /bounces: an output; allowed: .* known/,
    ],
    ["a list that is an output", { ...ARGS, bounces: { emails: pulumi.output([]) } }, /bounces\.emails: an output/],
  ];

  test.each(cases)("%s: nothing is registered", async (_, args, message) => {
    const { resources, error } = await run(() => new MonitoredIdentity("mail", args as MonitoredIdentityArgs));
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect(error?.message).toMatch(message);
    expect(resources).toEqual([]);
  });

  test("a topic of another Region than the provider's, as configured", async () => {
    const { resources, error } = await run(
      () => new MonitoredIdentity("mail", { ...ARGS, bounces: { topicArn: TOPIC } }),
      {
        config: { "aws:region": "eu-west-1" },
      },
    );
    expect(error?.message).toMatch(/bounces\.topicArn: .* for an identity in eu-west-1/);
    expect(resources).toEqual([]);
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
    const { error } = await run(
      () =>
        new MonitoredIdentity("mail", {
          ...ARGS,
          identity: "a\u001b[2J\u009b\u202e",
          bounces: { webhookUrls: ["ftp://user:hunter2@hooks.example/?token=hunter2"] },
        }),
    );
    expect(error?.message).toContain('"a\\u001b[2J\\u009b\\u202e"');
    expect(error?.message).toContain('"ftp://***@hooks.example/?***"');
    expect(error?.message).not.toContain("hunter2");
  });
});

describe("values that other resources supply", () => {
  let results: Record<string, { message?: string; resources: string[] }> = {};
  beforeAll(async () => {
    results = (await runInChild(join(__dirname, "late.ts"))) as typeof results;
  });

  test.each<[string, RegExp, string]>([
    ["identity", /identity: "example"; allowed: a domain/, "EmailIdentity "],
    ["fifo", /bounces\.topicArn: ".*fifo"/, "IdentityNotificationTopic mail-bounce"],
    [
      "region",
      /bounces\.topicArn: .*us-east-1.* for an identity in eu-west-1/,
      "IdentityNotificationTopic mail-bounce",
    ],
    [
      "provider's region",
      /bounces\.topicArn: .*us-east-1.* for an identity in eu-west-1/,
      "IdentityNotificationTopic mail-bounce",
    ],
    ["queue", /complaints\.queueArns\[0\]: "queue"/, "TopicSubscription mail-complaint-queue-0"],
    ["mailFromDomain", /mailFromDomain: "bounce\.example\.org"/, "EmailIdentityMailFromAttributes"],
    ["zone", /zoneId: a zone for "ceo@example\.com"/, "EmailIdentity "],
  ])("a wrong one (%s) is refused before it is used", (name, message, child) => {
    expect(results[name]?.message).toMatch(message);
    expect(results[name]?.resources.filter((key) => key.startsWith(child))).toEqual([]);
  });

  test("the value of a secret is not shown", () => {
    expect(results.secret?.message).toMatch(/identity: \[secret\]; allowed: a domain/);
    expect(JSON.stringify(results.secret)).not.toContain("hunter2");
  });

  test("good ones pass", async () => {
    const { inputs } = await create({
      identity: pulumi.output("example.com"),
      bounces: { queueArns: [pulumi.output(QUEUE)] },
    });
    expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: "example.com" });
    expect(inputs["TopicSubscription mail-bounce-queue-0"]).toMatchObject({ endpoint: QUEUE });
  });
});
