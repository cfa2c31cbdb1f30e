import { ACCOUNT, arn, type Kind, lastPart, named, type Place, physicalName, text } from "./kinds";
import { Refusal, type Thing, type World } from "./world";

const topic: Kind = {
  forceNew: ["name", "namePrefix", "fifoTopic"],
  source: "sns/topic.go",
  computed: ["arn", "name", "owner", "beginningArchiveTime"],
  create(inputs, place) {
    const name = physicalName(inputs, place);
    const topicArn = arn("sns", place.region, name);
    // CreateTopic gives the existing topic of that name back.
    place.world.set(`topic ${topicArn}`, { ...place.world.get(`topic ${topicArn}`), kms: inputs.kmsMasterKeyId });
    return { id: topicArn, outputs: { arn: topicArn, name, owner: ACCOUNT, beginningArchiveTime: "" } };
  },
  update: (id, inputs, { world }) => world.set(`topic ${id}`, { kms: inputs.kmsMasterKeyId }),
  remove(id, _, { world }) {
    world.remove(`topic ${id}`);
    world.remove(`topic-policy ${id}`);
    for (const [rest, { topicArn }] of world.all("subscription")) {
      if (topicArn === id) world.remove(`subscription ${rest}`);
    }
  },
  read: (id, { world }) => (world.has(`topic ${id}`) ? { arn: id, name: lastPart(id, ":") } : undefined),
};

const topicPolicy: Kind = {
  forceNew: ["arn"],
  source: "sns/topic_policy.go",
  computed: ["owner"],
  create(inputs, { world }) {
    existing(world, text(inputs.arn));
    world.set(`topic-policy ${inputs.arn}`, { policy: inputs.policy });
    return { id: text(inputs.arn), outputs: { owner: ACCOUNT } };
  },
  update: (id, inputs, { world }) => world.set(`topic-policy ${id}`, { policy: inputs.policy }),
  // The provider puts the default policy back.
  remove: (id, _, { world }) => world.remove(`topic-policy ${id}`),
};

function existing(world: World, topicArn: string): void {
  if (!world.has(`topic ${topicArn}`)) throw new Refusal("NotFoundException: Topic does not exist");
}

const WAITS_FOR_CONFIRMATION = /^(email|email-json|https?)$/;

const topicSubscription: Kind = {
  forceNew: ["topic", "protocol", "endpoint"],
  source: "sns/topic_subscription.go",
  computed: ["arn", "ownerId", "pendingConfirmation", "confirmationWasAuthenticated", "filterPolicyScope"],
  create(inputs, { world, region }) {
    const topicArn = text(inputs.topic);
    existing(world, topicArn);
    const protocol = text(inputs.protocol);
    const endpoint = text(inputs.endpoint);
    const same = world
      .all("subscription")
      .find(([, s]) => s.topicArn === topicArn && s.protocol === protocol && s.endpoint === endpoint);
    const subscriptionArn = same?.[0] ?? `${topicArn}:${world.count.toString(16).padStart(8, "0")}`;
    world.set(`subscription ${subscriptionArn}`, { topicArn, protocol, endpoint, filterPolicy: inputs.filterPolicy });
    return {
      id: subscriptionArn,
      outputs: {
        arn: subscriptionArn,
        ownerId: ACCOUNT,
        pendingConfirmation: WAITS_FOR_CONFIRMATION.test(protocol),
        confirmationWasAuthenticated: !WAITS_FOR_CONFIRMATION.test(protocol),
        filterPolicyScope: inputs.filterPolicyScope ?? "MessageAttributes",
        region,
      },
    };
  },
  update(id, inputs, { world }) {
    const before = world.get(`subscription ${id}`);
    if (!before) throw new Refusal("NotFoundException: Subscription does not exist");
    world.set(`subscription ${id}`, { ...before, filterPolicy: inputs.filterPolicy });
  },
  remove: (id, _, { world }) => world.remove(`subscription ${id}`),
  read(id, { world }) {
    const found = world.get(`subscription ${id}`);
    return found && { topic: found.topicArn, protocol: found.protocol, endpoint: found.endpoint };
  },
};

const queueUrl = (region: string, name: string) => `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`;

const queue = named({
  kind: "queue",
  forceNew: ["name", "namePrefix", "fifoQueue"],
  source: "sqs/queue.go",
  taken: "QueueAlreadyExists",
  arn: (name, region) => arn("sqs", region, name),
  id: (name, region) => queueUrl(region, name),
  computed: (name, { region }) => ({ url: queueUrl(region, name) }),
});

const queueAttribute = (property: string, source: string): Kind => ({
  forceNew: ["queueUrl"],
  source,
  computed: [],
  create(inputs, place) {
    setAttribute(place, text(inputs.queueUrl), property, inputs[property]);
    return { id: text(inputs.queueUrl), outputs: {} };
  },
  update: (id, inputs, place) => setAttribute(place, id, property, inputs[property]),
  remove: (id, _, { world }) => world.remove(`queue-${property} ${id}`),
});

function setAttribute({ world }: Place, url: string, property: string, value: unknown): void {
  const [region, name] = [url.split(".")[1], lastPart(url, "/")];
  if (!world.has(`queue ${region}/${name}`)) {
    throw new Refusal("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
  }
  world.set(`queue-${property} ${url}`, { [property]: value });
}

const eventRule = named({
  kind: "rule",
  forceNew: ["name", "namePrefix", "eventBusName"],
  source: "events/rule.go",
  taken: "ResourceAlreadyExistsException",
  arn: (name, region) => arn("events", region, `rule/${name}`),
});

const eventTarget: Kind = {
  forceNew: ["rule", "targetId", "eventBusName"],
  source: "events/target.go",
  computed: ["targetId"],
  create(inputs, { world, region, name }) {
    const rule = text(inputs.rule);
    if (!world.has(`rule ${region}/${rule}`))
      throw new Refusal(`ResourceNotFoundException: Rule ${rule} does not exist.`);
    const targetId = text(inputs.targetId ?? `${name}-${world.count}`);
    world.set(`target ${region}/${rule}|${targetId}`, { arn: inputs.arn });
    return { id: `${rule}-${targetId}`, outputs: { targetId } };
  },
  update: (_, inputs, { world, region }, olds) =>
    world.set(`target ${region}/${inputs.rule}|${olds.targetId}`, { arn: inputs.arn }),
  remove: (_, outputs: Thing, { world, region }) =>
    world.remove(`target ${region}/${outputs.rule}|${outputs.targetId}`),
};

export const MESSAGING: Record<string, Kind> = {
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queueAttribute("policy", "sqs/queue_policy.go"),
  "aws:sqs/redrivePolicy:RedrivePolicy": queueAttribute("redrivePolicy", "sqs/queue_redrive_policy.go"),
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws-native:sns:Topic": {
    ...topic,
    forceNew: ["topicName", "fifoTopic"],
    source: "AWS::SNS::Topic: createOnlyProperties",
    computed: ["topicArn"],
    create(inputs, place) {
      const { id } = topic.create({ ...inputs, name: inputs.topicName }, place);
      return { id, outputs: { topicArn: id } };
    },
  },
};
