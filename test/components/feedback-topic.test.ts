import { Topic } from "@pulumi/aws/sns/topic";
import * as pulumi from "@pulumi/pulumi";
import { FeedbackTopic, type FeedbackTopicArgs, MonitoredIdentity } from "../../components";
import { byName, inputsOf, run } from "./program";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:feedback";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:feedback";
const TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:feedback-topic";

async function create(args: Partial<FeedbackTopicArgs> = {}) {
  const { resources, error } = await run(() => new FeedbackTopic("feedback", { queues: { handler: QUEUE }, ...args }));
  if (error) throw error;
  return { resources, inputs: inputsOf(resources) };
}

const sourcesOf = (inputs: Record<string, Record<string, unknown>>) =>
  JSON.parse(inputs["TopicPolicy feedback-topic"]?.policy as string).Statement[0].Condition;

test("a topic, its policy for the account, and its subscribers", async () => {
  const { inputs, resources } = await create();
  expect(Object.keys(inputs).map((key) => key.replace(/[0-9a-f]{10}$/, "#"))).toEqual([
    "Topic feedback-topic",
    "TopicPolicy feedback-topic",
    "TopicSubscription feedback-topic-queue-#",
  ]);
  expect(sourcesOf(inputs)).toEqual({
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: {
      "aws:SourceArn": [
        "arn:aws:ses:us-east-1:123456789012:identity/*",
        "arn:aws:ses:us-east-1:123456789012:configuration-set/*",
      ],
    },
  });
  expect(resources[0]?.registered).toMatchObject({
    topicArn: TOPIC_ARN,
    kmsKeyPolicyStatement: { Principal: { Service: "ses.amazonaws.com" } },
  });
});

test("identities and configurationSetNames limit who publishes", async () => {
  const { inputs } = await create({
    identities: ["Example.COM", pulumi.output("ceo@example.com")],
    configurationSetNames: ["transactional"],
  });
  expect(sourcesOf(inputs).ArnLike["aws:SourceArn"]).toEqual([
    "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    "arn:aws:ses:us-east-1:123456789012:identity/ceo@example.com",
    "arn:aws:ses:us-east-1:123456789012:configuration-set/transactional",
  ]);
});

test("fifty identities take one permission for a function, and four resources each", async () => {
  const { resources, error } = await run(() => {
    const { topicArn } = new FeedbackTopic("feedback", { functions: { handler: FUNCTION } });
    for (let index = 0; index < 50; index++) {
      const identity = `tenant-${index}.example.com`;
      new MonitoredIdentity(identity, { identity, bounces: { topicArn }, complaints: { topicArn } });
    }
  });
  expect(error).toBeUndefined();
  const ofType = (type: string) => resources.filter((resource) => resource.type.endsWith(`:${type}`));
  expect(ofType("Permission")).toHaveLength(1);
  expect(ofType("TopicSubscription")).toHaveLength(1);
  // 51 components, what the topic makes (topic, policy, permission, subscription), and four for each identity.
  expect(resources).toHaveLength(51 + 4 + 4 * 50);
});

test("whoever takes topicArn gets it after everybody has subscribed", async () => {
  const { resources } = await run(() => {
    const { topicArn } = new FeedbackTopic("feedback", { queues: { handler: QUEUE } });
    new MonitoredIdentity("mail", { identity: "example.com", bounces: { topicArn }, complaints: { topicArn } });
  });
  const setting = byName(resources)["IdentityNotificationTopic mail-bounce"];
  const subscription = resources.find(({ type }) => type.endsWith(":TopicSubscription"));
  expect(setting?.dependencies).toContain(subscription?.urn);
  expect(setting?.dependencies).toContain(byName(resources)["TopicPolicy feedback-topic"]?.urn);
});

test("an identity comes after whoever made its topic, and goes before it", async () => {
  const { resources, error } = await run(() => {
    const { topicArn } = new FeedbackTopic("feedback", { queues: { handler: QUEUE } });
    const own = new Topic("own", {});
    new MonitoredIdentity("mail", {
      identity: "example.com",
      bounces: { topicArn },
      complaints: { topicArn: own.arn },
    });
  });
  expect(error).toBeUndefined();
  const named = byName(resources);
  const subscription = resources.find(({ type }) => type.endsWith(":TopicSubscription"));
  const makers = [named["Topic feedback-topic"], named["TopicPolicy feedback-topic"], subscription, named["Topic own"]];
  expect(makers).not.toContain(undefined);
  expect(named["EmailIdentity mail"]?.dependencies).toEqual(expect.arrayContaining(makers.map((one) => one?.urn)));
});

test("what the options name comes before the identity, and goes after it: by itself and behind a shared topic", async () => {
  const { resources, error } = await run(() => {
    const key = new Topic("own", {});
    const { topicArn } = new FeedbackTopic("feedback", { queues: { handler: QUEUE } }, { dependsOn: [key] });
    const given = { bounces: { topicArn }, complaints: { topicArn } };
    new MonitoredIdentity("mail", { identity: "example.com", ...given });
    const policy = new Topic("policy", {});
    const forwarded = { forwardByEmail: true };
    new MonitoredIdentity(
      "letters",
      { identity: "example.org", bounces: forwarded, complaints: forwarded },
      { dependsOn: Promise.resolve(policy) },
    );
  });
  expect(error).toBeUndefined();
  const named = byName(resources);
  expect(named["EmailIdentity mail"]?.dependencies).toContain(named["Topic own"]?.urn);
  expect(named["EmailIdentity letters"]?.dependencies).toContain(named["Topic policy"]?.urn);
});

test("kmsKeyId, region and tags", async () => {
  const region = "eu-west-1";
  const { inputs } = await create({
    kmsKeyId: "alias/mail",
    region,
    tags: { team: "mail" },
    queues: { handler: QUEUE.replace("us-east-1", region) },
  });
  expect(inputs["Topic feedback-topic"]).toEqual({
    namePrefix: "feedback-topic-",
    kmsMasterKeyId: "alias/mail",
    region,
    tags: { team: "mail" },
  });
  for (const input of Object.values(inputs)) expect(input).toMatchObject({ region });
});
