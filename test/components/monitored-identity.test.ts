import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { MonitoredIdentity, type MonitoredIdentityArgs } from "../../components";
import { runInChild } from "./child";
import { byName, inputsOf, type Registration, type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const OTHER_QUEUE = "arn:aws:sqs:us-east-1:123456789012:audit";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";
const ARGS: MonitoredIdentityArgs = {
  identity: "example.com",
  bounces: { queues: { handler: QUEUE } },
  complaints: { queues: { handler: QUEUE } },
};

async function create(args: Partial<MonitoredIdentityArgs> = {}, options?: RunOptions, name = "mail") {
  let component: MonitoredIdentity | undefined;
  const result = await run(() => {
    component = new MonitoredIdentity(name, { ...ARGS, ...args });
  }, options);
  if (result.error) throw result.error;
  return { ...result, component: component as MonitoredIdentity, inputs: inputsOf(result.resources) };
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** Children by name, with the digest of topic and endpoint left out of it, and policies parsed. */
function readable(inputs: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, { policy, ...rest }]) => [
      key.replace(/-[0-9a-f]{10}$/, "-#"),
      policy === undefined ? rest : { ...rest, policy: JSON.parse(policy as string) },
    ]),
  );
}

const subscriptionNames = (resources: readonly Registration[], prefix = "mail-") =>
  resources
    .filter(({ type, name }) => type.endsWith(":TopicSubscription") && name.startsWith(prefix))
    .map(({ name }) => name)
    .sort();

function policyOf(topic: string, region = "us-east-1"): object {
  const ses = `arn:aws:ses:${region}:123456789012`;
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
          ArnLike: { "aws:SourceArn": [`${ses}:identity/*`, `${ses}:configuration-set/*`] },
        },
      },
    ],
  };
}

describe("a domain with a queue", () => {
  test("registers exactly these children", async () => {
    const { inputs, calls } = await create();
    const topic = (type: string) => `arn:aws:sns:us-east-1:123456789012:mail-${type}`;
    const ofType = (type: string, notificationType: string) => ({
      [`Topic mail-${type}`]: { namePrefix: `mail-${type}-` },
      [`TopicPolicy mail-${type}`]: { arn: topic(type), policy: policyOf(topic(type)) },
      [`TopicSubscription mail-${type}-queue-#`]: { topic: topic(type), protocol: "sqs", endpoint: QUEUE },
      [`IdentityNotificationTopic mail-${type}`]: {
        identity: "example.com",
        notificationType,
        topicArn: topic(type),
        includeOriginalHeaders: false,
      },
    });
    expect(readable(inputs)).toEqual({
      ...ofType("bounce", "Bounce"),
      ...ofType("complaint", "Complaint"),
      "EmailIdentity mail": { emailIdentity: "example.com" },
      "EmailIdentityFeedbackAttributes mail": { emailIdentity: "example.com", emailForwardingEnabled: false },
    });
    expect(calls).toEqual([]);
  });

  test("hands its arguments to the engine, and what policies need to its outputs", async () => {
    const intendedOverride = { reason: "reads its own bounces", expires: "2099-06-30" };
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
    const { resources } = await create({ bounces: { queues: { handler: QUEUE }, functions: { handler: FUNCTION } } });
    const named = byName(resources.map((one) => ({ ...one, name: one.name.replace(/-[0-9a-f]{10}$/, "-#") })));
    const comesAfter = (later: string, ...earlier: string[]) => {
      const urns = earlier.map((name) => named[name]?.urn);
      expect(named[later]?.dependencies).toEqual(expect.arrayContaining(urns));
      expect(urns).not.toContain(undefined);
    };
    comesAfter("TopicPolicy mail-bounce", "Topic mail-bounce");
    comesAfter("TopicSubscription mail-bounce-queue-#", "Topic mail-bounce", "TopicPolicy mail-bounce");
    comesAfter("TopicSubscription mail-bounce-function-#", "Permission mail-bounce-function-#");
    comesAfter(
      "EmailIdentity mail",
      "TopicSubscription mail-bounce-queue-#",
      "TopicSubscription mail-bounce-function-#",
      "TopicSubscription mail-complaint-queue-#",
    );
    comesAfter("IdentityNotificationTopic mail-bounce", "EmailIdentity mail", "TopicPolicy mail-bounce");
    comesAfter(
      "EmailIdentityFeedbackAttributes mail",
      "IdentityNotificationTopic mail-bounce",
      "IdentityNotificationTopic mail-complaint",
    );
  });
});

describe("one subscription is one resource, whatever an edit calls it", () => {
  const names = async (queues: Record<string, pulumi.Input<string>>, name = "mail") =>
    subscriptionNames((await create({ bounces: { queues } }, {}, name)).resources, `${name}-bounce`);

  test("another name, another order, a value in place of an output", async () => {
    const before = await names({ crm: QUEUE, audit: OTHER_QUEUE });
    expect(before).toHaveLength(2);
    expect(await names({ audit: OTHER_QUEUE, crm: QUEUE })).toEqual(before);
    expect(await names({ one: QUEUE, two: OTHER_QUEUE })).toEqual(before);
    expect(await names({ crm: OTHER_QUEUE, audit: QUEUE })).toEqual(before);
    expect(await names({ crm: pulumi.output(QUEUE), audit: pulumi.secret(OTHER_QUEUE) })).toEqual(before);
  });

  test("an entry that goes takes no other with it, and another endpoint is another resource", async () => {
    const both = await names({ crm: QUEUE, audit: OTHER_QUEUE });
    const [only] = await names({ audit: OTHER_QUEUE });
    expect(both).toContain(only);
    expect(await names({ crm: QUEUE })).not.toEqual([only]);
  });

  test("bounces and complaints never share one, nor do two topics", async () => {
    const { resources } = await create();
    const [bounce, complaint] = subscriptionNames(resources);
    expect(bounce?.slice(-10)).not.toBe(complaint?.slice(-10));
  });

  test("a preview that does not know the topic yet names them after the caller's names", async () => {
    const { resources } = await create(
      { bounces: { queues: { crm: QUEUE }, emails: { office: "office@corp.example" } } },
      { preview: true },
    );
    expect(subscriptionNames(resources)).toEqual([
      "mail-bounce-email:office",
      "mail-bounce-queue:crm",
      "mail-complaint-queue:handler",
    ]);
  });

  test("subscriptions are replaced in the one order that does not end unsubscribed", async () => {
    const { resources } = await create();
    const subscriptions = resources.filter(({ type }) => type.endsWith(":TopicSubscription"));
    expect(subscriptions.map(({ options }) => options.deleteBeforeReplace)).toEqual([true, true]);
  });
});

describe("settings outlive their replacement and go with their owner", () => {
  test("policies, notification settings and forwarding are never cleared", async () => {
    const { resources } = await create({ deliveries: { queues: { handler: QUEUE } } });
    const kept = resources.filter(({ options }) => options.retainOnDelete).map(({ type }) => type.split(":").at(-1));
    expect(new Set(kept)).toEqual(
      new Set(["TopicPolicy", "IdentityNotificationTopic", "EmailIdentityFeedbackAttributes"]),
    );
    const deliveries = byName(resources)["IdentityNotificationTopic mail-delivery"];
    expect(deliveries?.options).toMatchObject({ retainOnDelete: false, deleteBeforeReplace: true });
  });

  test("where no topic carries bounces any more, the setting says so instead of going away", async () => {
    const { inputs } = await create({ bounces: { forwardByEmail: true }, complaints: { forwardByEmail: true } });
    expect(inputs["IdentityNotificationTopic mail-bounce"]).toEqual({
      identity: "example.com",
      notificationType: "Bounce",
      includeOriginalHeaders: false,
    });
  });

  test("forwarding begins before a topic goes, and ends after both are set", async () => {
    const order = async (args: Partial<MonitoredIdentityArgs>) => {
      const named = byName((await create(args)).resources);
      const forwarding = named["EmailIdentityFeedbackAttributes mail"];
      const setting = named["IdentityNotificationTopic mail-bounce"];
      return {
        settingFirst: forwarding?.dependencies.includes(setting?.urn ?? "none"),
        forwardingFirst: setting?.dependencies.includes(forwarding?.urn ?? "none"),
      };
    };
    expect(await order({})).toEqual({ settingFirst: true, forwardingFirst: false });
    expect(await order({ bounces: { forwardByEmail: true } })).toEqual({ settingFirst: false, forwardingFirst: true });
  });

  test("physical names stay when a component is renamed with an alias", async () => {
    const { resources } = await create();
    const topics = resources.filter(({ type }) => type.endsWith("topic:Topic"));
    expect(topics.map(({ options }) => options.ignoreChanges)).toEqual([["namePrefix"], ["namePrefix"]]);
  });
});

describe("destinations", () => {
  test("every kind of subscriber", async () => {
    const { inputs } = await create({
      bounces: {
        emails: { postmaster: "postmaster@corp.example" },
        webhooks: { crm: "https://hooks.example/ses" },
        queues: { handler: QUEUE },
        functions: { handler: `${FUNCTION}:live` },
      },
    });
    const topic = "arn:aws:sns:us-east-1:123456789012:mail-bounce";
    const deadLetters = "arn:aws:sqs:us-east-1:123456789012:mail-bounce-undelivered";
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters });
    const bounce = Object.entries(readable(inputs)).filter(([key]) =>
      /^(TopicSubscription|Permission|Queue|QueuePolicy) mail-bounce/.test(key),
    );
    expect(Object.fromEntries(bounce)).toEqual({
      "TopicSubscription mail-bounce-email-#": { topic, protocol: "email", endpoint: "postmaster@corp.example" },
      "TopicSubscription mail-bounce-webhook-#": {
        topic,
        protocol: "https",
        endpoint: "https://hooks.example/ses",
        redrivePolicy,
      },
      "TopicSubscription mail-bounce-queue-#": { topic, protocol: "sqs", endpoint: QUEUE, redrivePolicy },
      "Permission mail-bounce-function-#": {
        action: "lambda:InvokeFunction",
        function: FUNCTION,
        qualifier: "live",
        principal: "sns.amazonaws.com",
        sourceArn: topic,
        statementIdPrefix: "mail-bounce-",
      },
      "TopicSubscription mail-bounce-function-#": { topic, protocol: "lambda", endpoint: `${FUNCTION}:live` },
      "Queue mail-bounce-undelivered": {
        namePrefix: "mail-bounce-undelivered-",
        messageRetentionSeconds: 1209600,
        sqsManagedSseEnabled: true,
      },
      "QueuePolicy mail-bounce-undelivered": {
        queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/mail-bounce-undelivered",
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AllowTopicToSendWhatItCannotDeliver",
              Effect: "Allow",
              Principal: { Service: "sns.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: deadLetters,
              Condition: { ArnEquals: { "aws:SourceArn": topic } },
            },
          ],
        },
      },
    });
  });

  test("a dead-letter queue of the caller's takes the place of the one that is made", async () => {
    const { inputs } = await create({
      bounces: { webhooks: { crm: "https://hooks.example/ses" }, deadLetterQueueArn: pulumi.output(OTHER_QUEUE) },
    });
    expect(Object.keys(inputs).filter((key) => key.startsWith("Queue"))).toEqual([]);
    expect(readable(inputs)["TopicSubscription mail-bounce-webhook-#"]).toMatchObject({
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: OTHER_QUEUE }),
    });
  });

  test("deliveries have a topic of their own", async () => {
    const { inputs } = await create({ deliveries: { queues: { handler: QUEUE } } });
    expect(inputs["IdentityNotificationTopic mail-delivery"]).toEqual({
      identity: "example.com",
      notificationType: "Delivery",
      topicArn: "arn:aws:sns:us-east-1:123456789012:mail-delivery",
      includeOriginalHeaders: false,
    });
    expect(readable(inputs)["TopicSubscription mail-delivery-queue-#"]).toMatchObject({ endpoint: QUEUE });
  });

  test("existing topics are used as they are, and cost four resources", async () => {
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
    expect(Object.keys(inputs).filter((key) => key.includes("Topic mail") && !key.includes("Notification"))).toEqual(
      [],
    );
    expect(inputs["EmailIdentityFeedbackAttributes mail"]).toMatchObject({ emailForwardingEnabled: true });
    expect(await settled(component.bounceTopicArn)).toBeUndefined();
  });

  test("forwarding of one type beside topics is forwarding", async () => {
    const { inputs } = await create({ complaints: { queues: { handler: QUEUE }, forwardByEmail: true } });
    expect(inputs["EmailIdentityFeedbackAttributes mail"]).toMatchObject({ emailForwardingEnabled: true });
    expect(inputs["IdentityNotificationTopic mail-complaint"]).toHaveProperty("topicArn");
  });

  test("byConfigurationSet makes no topic, and ends forwarding", async () => {
    const { inputs } = await create({
      configurationSetName: "transactional",
      bounces: { byConfigurationSet: true },
      complaints: { byConfigurationSet: true },
    });
    expect(Object.keys(inputs)).toHaveLength(4);
    expect(inputs["EmailIdentity mail"]).toMatchObject({ configurationSetName: "transactional" });
    expect(inputs["EmailIdentityFeedbackAttributes mail"]).toMatchObject({ emailForwardingEnabled: false });
  });
});

describe("other arguments", () => {
  test.each([
    ["Example.COM.", "example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["CEO@Example.COM", "CEO@example.com"],
    ["arn:aws:ses:us-east-1:123456789012:identity/example.com", "example.com"],
  ])("the identity %s is %s to SES", async (given, name) => {
    for (const identity of [given, pulumi.output(given)]) {
      const { inputs } = await create({ identity });
      expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: name });
    }
  });

  test("includeOriginalHeaders", async () => {
    const { inputs } = await create({ includeOriginalHeaders: true });
    expect(inputs["IdentityNotificationTopic mail-bounce"]).toMatchObject({ includeOriginalHeaders: true });
  });

  test.each(["transactional", "arn:aws:ses:us-east-1:123456789012:configuration-set/transactional"])(
    "configurationSetName %s is the identity's default",
    async (configurationSetName) => {
      const { inputs } = await create({ configurationSetName });
      expect(inputs["EmailIdentity mail"]).toEqual({
        emailIdentity: "example.com",
        configurationSetName: "transactional",
      });
    },
  );

  test("sendPolicyJson lets its holder send in this name, with this set, and in no other", async () => {
    const { component } = await create({ configurationSetName: "transactional" });
    expect(JSON.parse(await settled(component.sendPolicyJson))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowToSendInThisName",
          Effect: "Allow",
          Action: ["ses:SendEmail", "ses:SendRawEmail"],
          Resource: [
            "arn:aws:ses:us-east-1:123456789012:identity/example.com",
            "arn:aws:ses:us-east-1:123456789012:configuration-set/transactional",
          ],
        },
      ],
    });
    const { component: without } = await create();
    expect(JSON.parse(await settled(without.sendPolicyJson)).Statement[0].Resource).toBe(
      "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    );
  });

  test("kmsKeyId encrypts every topic, and the key's policy statement is an output", async () => {
    const { inputs, component } = await create({ kmsKeyId: "alias/mail", deliveries: { queues: { handler: QUEUE } } });
    for (const type of ["bounce", "complaint", "delivery"]) {
      expect(inputs[`Topic mail-${type}`]).toMatchObject({ kmsMasterKeyId: "alias/mail" });
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
      waitForVerification: true,
      bounces: { functions: { handler: elsewhere }, webhooks: { crm: "https://hooks.example/" } },
      complaints: { queues: { handler: QUEUE.replace("us-east-1", "eu-west-1") } },
    });
    expect(Object.keys(inputs)).toHaveLength(16);
    for (const input of Object.values(inputs)) expect(input).toMatchObject({ region: "eu-west-1" });
    expect(JSON.parse(inputs["TopicPolicy mail-bounce"]?.policy as string)).toEqual(
      policyOf("arn:aws:sns:eu-west-1:123456789012:mail-bounce", "eu-west-1"),
    );
  });

  test("tags reach everything that takes tags", async () => {
    const tags = { team: "mail" };
    const { inputs } = await create({
      tags,
      bounces: { webhooks: { crm: "https://hooks.example/" } },
    });
    const tagged = Object.entries(inputs).filter(([, input]) => "tags" in input);
    expect(tagged.map(([key]) => key).sort()).toEqual([
      "EmailIdentity mail",
      "Queue mail-bounce-undelivered",
      "Topic mail-bounce",
      "Topic mail-complaint",
    ]);
    for (const [, input] of tagged) expect(input).toMatchObject({ tags });
  });

  test("a queue in another Region, whose policy admits the topic", async () => {
    const queue = QUEUE.replace("us-east-1", "eu-west-1");
    const { inputs } = await create({ region: "us-east-1", bounces: { queues: { queue }, acrossRegions: true } });
    expect(readable(inputs)["TopicSubscription mail-bounce-queue-#"]).toMatchObject({ endpoint: queue });
  });
});

describe("records", () => {
  const EXPECTED = {
    "dkim-0": ["token-0._domainkey.example.com", "CNAME", "token-0.dkim.amazonses.com"],
    "dkim-1": ["token-1._domainkey.example.com", "CNAME", "token-1.dkim.amazonses.com"],
    "dkim-2": ["token-2._domainkey.example.com", "CNAME", "token-2.dkim.amazonses.com"],
    "mail-from": ["bounce.example.com", "MX", "10 feedback-smtp.us-east-1.amazonses.com"],
    spf: ["bounce.example.com", "TXT", "v=spf1 include:amazonses.com ~all"],
    dmarc: ["_dmarc.example.com", "TXT", "v=DMARC1; p=none;"],
  };
  const suffixes = (inputs: object) => Object.keys(inputs).flatMap((key) => /^Record mail-(.+)$/.exec(key)?.[1] ?? []);

  test("mailFromDomain and zoneId publish every record", async () => {
    const { inputs, component } = await create({ mailFromDomain: "bounce.example.com", zoneId: "Z1" });
    expect(inputs["EmailIdentityMailFromAttributes mail"]).toEqual({
      emailIdentity: "example.com",
      mailFromDomain: "bounce.example.com",
      behaviorOnMxFailure: "USE_DEFAULT_VALUE",
    });
    for (const [suffix, [name, type, value]] of Object.entries(EXPECTED)) {
      expect(inputs[`Record mail-${suffix}`]).toEqual({ zoneId: "Z1", name, type, ttl: 1800, records: [value] });
    }
    expect(suffixes(inputs)).toHaveLength(6);
    expect(await settled(component.dnsRecords)).toEqual(
      Object.values(EXPECTED).map(([name, type, value]) => ({ name, type, value })),
    );
  });

  test("they are no secret, although the provider says so of the tokens", async () => {
    const { component } = await create({}, { secretOutputs: ["dkimSigningAttributes"] });
    expect(await pulumi.isSecret(component.dnsRecords)).toBe(false);
    expect((await settled(component.dnsRecords))[0]?.name).toBe("token-0._domainkey.example.com");
  });

  test("dnsRecords chooses what the zone gets, and hides nothing from other DNS hosts", async () => {
    const args = { mailFromDomain: "bounce.example.com", zoneId: "Z1" };
    const { inputs, component } = await create({ ...args, dnsRecords: { dmarc: false, mailFrom: false } });
    expect(suffixes(inputs).sort()).toEqual(["dkim-0", "dkim-1", "dkim-2"]);
    expect(await settled(component.dnsRecords)).toHaveLength(6);
    const { inputs: others } = await create({ ...args, dnsRecords: { dkim: false } });
    expect(suffixes(others).sort()).toEqual(["dmarc", "mail-from", "spf"]);
  });

  test("two Regions share a zone without a record that both make", async () => {
    const { resources, error } = await run(() => {
      for (const region of ["eu-west-1", "us-east-1"]) {
        new MonitoredIdentity(region, {
          identity: "example.com",
          region,
          bounces: { forwardByEmail: true },
          complaints: { forwardByEmail: true },
          zoneId: "Z1",
          mailFromDomain: `bounce-${region}.example.com`,
          dnsRecords: { dmarc: region === "eu-west-1", dkim: region === "eu-west-1" },
        });
      }
    });
    expect(error).toBeUndefined();
    const records = resources.filter(({ type }) => type.endsWith(":Record"));
    const keys = records.map(({ inputs }) => `${inputs.name} ${inputs.type}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain("bounce-us-east-1.example.com MX");
  });

  test("dmarcPolicy, mailFromOnMxFailure and other spellings of the zone", async () => {
    const { inputs } = await create({
      zoneId: pulumi.output("/hostedzone/Z1"),
      dmarcPolicy: "v=DMARC1; p=reject;",
      mailFromDomain: "bounce.example.com",
      mailFromOnMxFailure: "REJECT_MESSAGE",
    });
    expect(inputs["Record mail-dmarc"]).toMatchObject({ zoneId: "Z1", records: ["v=DMARC1; p=reject;"] });
    expect(inputs["EmailIdentityMailFromAttributes mail"]).toMatchObject({ behaviorOnMxFailure: "REJECT_MESSAGE" });
  });

  test("waitForVerification waits after the records exist, and the ARN waits for it", async () => {
    const { resources, component } = await create({ zoneId: "Z1", waitForVerification: true });
    const named = byName(resources);
    expect(named["DomainIdentityVerification mail"]?.inputs).toEqual({ domain: "example.com" });
    expect(named["DomainIdentityVerification mail"]?.dependencies).toEqual(
      expect.arrayContaining([named["Record mail-dkim-0"]?.urn, named["Record mail-dmarc"]?.urn]),
    );
    const urns = await Promise.all([...(await dependenciesOf(component.identityArn))].map(({ urn }) => settled(urn)));
    expect(urns).toContain(named["DomainIdentityVerification mail"]?.urn);
  });

  test("without a zone the records are an output; some Regions have a DKIM domain of their own", async () => {
    const { inputs, component } = await create(
      { bounces: { forwardByEmail: true }, complaints: { forwardByEmail: true } },
      { region: "eu-south-1" },
    );
    expect(suffixes(inputs)).toEqual([]);
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
});

async function dependenciesOf(output: pulumi.Output<unknown>): Promise<Set<pulumi.Resource>> {
  const { allResources } = output as unknown as { allResources: () => Promise<Set<pulumi.Resource>> };
  return allResources.call(output);
}

describe("names", () => {
  test("logical names keep the component's name, physical ones are made of what AWS takes", async () => {
    const { resources } = await run(() => {
      for (const name of ["example.com", "example-com", "пример", "日本"]) new MonitoredIdentity(name, ARGS);
    });
    const topics = resources.filter(({ type, name }) => type.endsWith("topic:Topic") && name.endsWith("-bounce"));
    expect(topics.map(({ name, inputs }) => [name, inputs.namePrefix]).sort()).toEqual([
      ["example-com-bounce", "example-com-bounce-"],
      ["example.com-bounce", "example-com-bounce-"],
      ["пример-bounce", "bounce-"],
      ["日本-bounce", "bounce-"],
    ]);
    const urns = resources.map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
  });
});

test("a preview knows everything that the program says", async () => {
  const { inputs } = await create({}, { preview: true });
  expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: "example.com" });
  expect(inputs["EmailIdentityFeedbackAttributes mail"]).toEqual({
    emailIdentity: "example.com",
    emailForwardingEnabled: false,
  });
  expect(inputs["TopicSubscription mail-bounce-queue:handler"]).toMatchObject({ protocol: "sqs", endpoint: QUEUE });
});

describe("values that other resources supply", () => {
  let results: Record<string, { message?: string; resources: string[] }> = {};
  beforeAll(async () => {
    results = (await runInChild(join(__dirname, "late.ts"))) as typeof results;
  });

  test.each<[string, RegExp, string]>([
    ["identity", /identity: "example"; allowed: a domain/, "EmailIdentity "],
    ["fifo", /bounces\.topicArn: ".*fifo"/, "IdentityNotificationTopic mail-bounce"],
    ["region", /bounces\.topicArn: .*us-east-1.* in eu-west-1/, "IdentityNotificationTopic mail-bounce"],
    ["function", /bounces\.functions\.f: .*us-east-1.* in eu-west-1/, "TopicSubscription mail-bounce-function"],
    ["queue", /complaints\.queues\.handler: "queue"/, "TopicSubscription mail-complaint-queue"],
    ["mailFromDomain", /mailFromDomain: "bounce\.example\.org"/, "EmailIdentityMailFromAttributes"],
    ["zone", /zoneId: a zone for "ceo@example\.com"/, "EmailIdentity "],
    ["override of the provider", /bounces\.topicArn: .*us-east-1.* in eu-west-1/, "EmailIdentity "],
    ["override of the provider", /bounces\.topicArn: .*us-east-1.* in eu-west-1/, "Topic "],
  ])("a wrong one (%s) is refused before it is used", (name, message, child) => {
    expect(results[name]?.message).toMatch(message);
    expect(results[name]?.resources.filter((key) => key.startsWith(child))).toEqual([]);
  });

  test("one endpoint under two names is refused once both are known", () => {
    expect(results.twice?.message).toMatch(/bounces\.queues\.audit: the same endpoint as "crm"; allowed: each .* once/);
    expect(results.twice?.resources.filter((key) => key.startsWith("TopicSubscription mail-bounce"))).toHaveLength(1);
  });

  test("the value of a secret is not shown", () => {
    expect(results.secret?.message).toMatch(/identity: \[secret\]; allowed: a domain/);
    expect(JSON.stringify(results.secret)).not.toContain("hunter2");
  });

  test("good ones pass", async () => {
    const { inputs } = await create({
      identity: pulumi.output("example.com"),
      bounces: { queues: { handler: pulumi.output(QUEUE) } },
    });
    expect(inputs["EmailIdentity mail"]).toEqual({ emailIdentity: "example.com" });
    expect(readable(inputs)["TopicSubscription mail-bounce-queue-#"]).toMatchObject({ endpoint: QUEUE });
  });
});
