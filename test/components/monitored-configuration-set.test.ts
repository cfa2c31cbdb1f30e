import { MonitoredConfigurationSet, type MonitoredConfigurationSetArgs } from "../../components";
import { byName, inputsOf, type RunOptions, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:existing";
const queues = { queues: { handler: QUEUE } };

async function create(args: Partial<MonitoredConfigurationSetArgs> = {}, options?: RunOptions) {
  const { resources, error } = await run(
    () => new MonitoredConfigurationSet("mail", { bounces: queues, complaints: queues, ...args }),
    options,
  );
  if (error) throw error;
  return { resources, inputs: inputsOf(resources) };
}

const named = (inputs: object) => Object.keys(inputs).map((key) => key.replace(/[0-9a-f]{10}$/, "#"));

test("a set that requires TLS, measures rates and suppresses, and whose destinations are enabled", async () => {
  const { inputs, resources } = await create();
  const configurationSetName = expect.stringMatching(/^mail-[0-9a-f]{10}$/);
  expect(inputs["ConfigurationSet mail"]).toEqual({
    configurationSetName,
    deliveryOptions: { tlsPolicy: "REQUIRE" },
    reputationOptions: { reputationMetricsEnabled: true },
    suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
  expect(inputs["ConfigurationSetEventDestination mail-bounce"]).toEqual({
    configurationSetName,
    eventDestinationName: "bounce",
    eventDestination: {
      enabled: true,
      matchingEventTypes: ["BOUNCE", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"],
      snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:mail-bounce" },
    },
  });
  expect(inputs["ConfigurationSetEventDestination mail-complaint"]).toMatchObject({
    eventDestination: {
      enabled: true,
      matchingEventTypes: ["COMPLAINT"],
      snsDestination: { topicArn: "arn:aws:sns:us-east-1:123456789012:mail-complaint" },
    },
  });
  expect(named(inputs).sort()).toEqual([
    "ConfigurationSet mail",
    "ConfigurationSetEventDestination mail-bounce",
    "ConfigurationSetEventDestination mail-complaint",
    "Topic mail-bounce",
    "Topic mail-complaint",
    "TopicPolicy mail-bounce",
    "TopicPolicy mail-complaint",
    "TopicSubscription mail-bounce-queue-#",
    "TopicSubscription mail-complaint-queue-#",
  ]);
  expect(resources[0]?.registered).toMatchObject({
    configurationSetName,
    configurationSetArn: expect.stringMatching(/:configuration-set\/mail-/),
    bounceTopicArn: "arn:aws:sns:us-east-1:123456789012:mail-bounce",
  });
});

test("the default bus, with a rule and what it calls", async () => {
  const { inputs, resources } = await create({
    bounces: { busTargets: { handler: QUEUE, alert: FUNCTION }, deadLetterQueueArn: `${QUEUE}-dead` },
  });
  expect(inputs["EventRule mail-bounce"]).toEqual({
    namePrefix: "mail-bounce-",
    description: expect.any(String),
    eventPattern: JSON.stringify({
      source: ["aws.ses"],
      "detail-type": ["Email Bounced", "Email Rejected", "Email Rendering Failed", "Email Delivery Delayed"],
    }),
    state: "ENABLED",
  });
  expect(inputs["ConfigurationSetEventDestination mail-bounce"]).toMatchObject({
    eventDestination: {
      enabled: true,
      eventBridgeDestination: { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
    },
  });
  const targets = resources.filter(({ type }) => type.endsWith(":EventTarget"));
  expect(targets.map(({ inputs: { arn } }) => arn).sort()).toEqual([FUNCTION, QUEUE]);
  for (const { inputs: target } of targets) {
    expect(target).toMatchObject({ rule: "mail-bounce", deadLetterConfig: { arn: `${QUEUE}-dead` } });
  }
  expect(new Set(targets.map(({ inputs: { targetId } }) => targetId)).size).toBe(2);
  const permission = resources.find(({ type }) => type.endsWith(":Permission"));
  expect(permission?.inputs).toMatchObject({
    function: FUNCTION,
    principal: "events.amazonaws.com",
    sourceArn: "arn:aws:events:us-east-1:123456789012:rule/mail-bounce",
  });
  // SES speaks only after somebody listens.
  const destination = byName(resources)["ConfigurationSetEventDestination mail-bounce"];
  expect(destination?.dependencies).toEqual(expect.arrayContaining(targets.map(({ urn }) => urn)));
});

test("another name for a target is the same resource", async () => {
  const targets = async (busTargets: Record<string, string>) =>
    Object.keys((await create({ bounces: { busTargets } })).inputs).filter((key) => key.startsWith("EventTarget"));
  const before = await targets({ a: QUEUE, b: FUNCTION });
  expect(before).toHaveLength(2);
  expect((await targets({ b: QUEUE, a: FUNCTION })).sort()).toEqual(before.sort());
  expect(before).toEqual(expect.arrayContaining(await targets({ z: FUNCTION })));
});

test("the set's name is ready when its destinations are", async () => {
  let done: (urns: unknown) => void = () => {};
  const dependencies = new Promise((resolve) => {
    done = resolve;
  });
  const { resources } = await run(async () => {
    const { configurationSetName } = new MonitoredConfigurationSet("mail", { bounces: queues, complaints: queues });
    const { allResources } = configurationSetName as unknown as {
      allResources: () => Promise<Set<{ __name: string }>>;
    };
    const all = await allResources.call(configurationSetName);
    done([...all].map(({ __name }) => __name).sort());
  });
  expect(resources.length).toBeGreaterThan(5);
  expect(await dependencies).toEqual(["mail", "mail-bounce", "mail-complaint"]);
});

test("deliveries, failures: false, suppressedReasons, a name, a key, a Region, tags", async () => {
  const region = "eu-west-1";
  const given = { queues: { handler: QUEUE.replace("us-east-1", region) } };
  const { inputs } = await create({
    bounces: given,
    complaints: { topicArn: TOPIC.replace("us-east-1", region) },
    deliveries: given,
    failures: false,
    suppressedReasons: ["COMPLAINT"],
    configurationSetName: "transactional",
    kmsKeyId: "alias/mail",
    region,
    tags: { team: "mail" },
  });
  expect(inputs["ConfigurationSet mail"]).toMatchObject({
    configurationSetName: "transactional",
    suppressionOptions: { suppressedReasons: ["COMPLAINT"] },
    tags: { team: "mail" },
  });
  expect(inputs["ConfigurationSetEventDestination mail-bounce"]).toMatchObject({
    eventDestination: { matchingEventTypes: ["BOUNCE"] },
  });
  expect(inputs["ConfigurationSetEventDestination mail-delivery"]).toMatchObject({
    eventDestination: { matchingEventTypes: ["DELIVERY"], enabled: true },
  });
  expect(inputs["Topic mail-delivery"]).toMatchObject({ kmsMasterKeyId: "alias/mail", tags: { team: "mail" } });
  expect(inputs).not.toHaveProperty("Topic mail-complaint");
  for (const input of Object.values(inputs)) expect(input).toMatchObject({ region });
});

test("a made name stays when the component is renamed with an alias, a given one follows the program", async () => {
  const options = async (args: Partial<MonitoredConfigurationSetArgs>) =>
    byName((await create(args)).resources)["ConfigurationSet mail"]?.options.ignoreChanges;
  expect(await options({})).toEqual(["configurationSetName"]);
  expect(await options({ configurationSetName: "transactional" })).toEqual([]);
});
