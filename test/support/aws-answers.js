// What AWS answers, for every test that needs it: the properties that each type computes beside giving its inputs back,
// and what functions return. It is JavaScript because the engine's stand-in for the provider runs it as it is.

/** Of every test. */
const ACCOUNT = "123456789012";
const PARTITION = "aws";

const arn = (service, { region, account }, resource) => `arn:${PARTITION}:${service}:${region}:${account}:${resource}`;
const text = (value, otherwise) => (typeof value === "string" ? value : otherwise);

/** A resource whose id is its name, which its inputs may give. */
const named = (service, prefix, { property = "name", arnProperty = "arn" } = {}) => {
  return (inputs, at) => {
    const name = text(inputs[property], at.name);
    return { [property]: name, [arnProperty]: arn(service, at, prefix + name), id: name };
  };
};

const topic = (property, arnProperty) => (inputs, at) => {
  const name = text(inputs[property], inputs.fifoTopic === true ? `${at.name}.fifo` : at.name);
  const own = arn("sns", at, name);
  return { [property]: name, [arnProperty]: own, id: own };
};

const queue = (property, urlProperty) => (inputs, at) => {
  const name = text(inputs[property], at.name);
  const url = `https://sqs.${at.region}.amazonaws.com/${at.account}/${name}`;
  return { [property]: name, arn: arn("sqs", at, name), [urlProperty]: url, id: url };
};

const key = (_, at) => {
  const keyId = `mrk-${at.name}`;
  return { keyId, arn: arn("kms", at, `key/${keyId}`), id: keyId };
};

function subscription(inputs, at) {
  const own = `${text(inputs.topic, arn("sns", at, "topic"))}:${at.name}`;
  // SNS waits for whoever it can't ask AWS about.
  const isPending = !at.confirmed && /^(email|email-json|https?)$/.test(inputs.protocol);
  const filterPolicyScope = inputs.filterPolicyScope ?? (inputs.filterPolicy === undefined ? "" : "MessageAttributes");
  return { arn: own, pendingConfirmation: isPending, filterPolicyScope, id: own };
}

function emailIdentity(inputs, at) {
  const answers = named("ses", "identity/", { property: "emailIdentity" })(inputs, at);
  return {
    ...answers,
    identityType: answers.emailIdentity.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
    dkimSigningAttributes: { tokens: ["token-0", "token-1", "token-2"], ...inputs.dkimSigningAttributes },
  };
}

function role(inputs, { name, account }) {
  const own = text(inputs.name, name);
  return { name: own, arn: `arn:${PARTITION}:iam::${account}:role/${own}`, uniqueId: "AROA", id: own };
}

const TYPES = {
  "aws:ses/domainIdentity:DomainIdentity": named("ses", "identity/", { property: "domain" }),
  "aws:ses/emailIdentity:EmailIdentity": named("ses", "identity/", { property: "email" }),
  "aws:sesv2/emailIdentity:EmailIdentity": emailIdentity,
  "aws:ses/configurationSet:ConfigurationSet": named("ses", "configuration-set/"),
  "aws:sesv2/configurationSet:ConfigurationSet": named("ses", "configuration-set/", {
    property: "configurationSetName",
  }),
  "aws:sns/topic:Topic": topic("name", "arn"),
  "aws-native:sns:Topic": topic("topicName", "topicArn"),
  "aws:sns/topicSubscription:TopicSubscription": subscription,
  "aws:sqs/queue:Queue": queue("name", "url"),
  "aws-native:sqs:Queue": queue("queueName", "queueUrl"),
  "aws:lambda/function:Function": named("lambda", "function:"),
  "aws-native:lambda:Function": named("lambda", "function:", { property: "functionName" }),
  "aws:lambda/alias:Alias": (inputs, at) => {
    const name = text(inputs.name, at.name);
    const own = arn("lambda", at, `function:${text(inputs.functionName, "function")}:${name}`);
    return { name, arn: own, id: own };
  },
  "aws:cloudwatch/eventRule:EventRule": named("events", "rule/"),
  "aws-native:events:Rule": named("events", "rule/"),
  "aws:cloudwatch/eventBus:EventBus": named("events", "event-bus/"),
  "aws:kms/key:Key": key,
  "aws:kms/replicaKey:ReplicaKey": key,
  "aws-native:kms:Key": key,
  "aws:kms/alias:Alias": named("kms", ""),
  "aws:iam/role:Role": role,
  "aws:route53/zone:Zone": (_, { name }) => ({ zoneId: `Z${name}`, nameServers: [], id: `Z${name}` }),
  "aws:route53/record:Record": (inputs, { name }) => ({ fqdn: inputs.name, id: name }),
  "aws:cloudwatch/logGroup:LogGroup": named("logs", "log-group:"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", "alarm:"),
  "aws:dynamodb/table:Table": named("dynamodb", "table/"),
};

const FUNCTIONS = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    accountId: account,
    arn: `arn:${PARTITION}:iam::${account}:root`,
    userId: "x",
    id: account,
  }),
  "aws:index/getRegion:getRegion": (args, at) => {
    const region = args.region ?? at.region;
    return { region, name: region, id: region, description: region };
  },
  "aws:index/getPartition:getPartition": () => ({ partition: PARTITION, dnsSuffix: "amazonaws.com", id: PARTITION }),
};

exports.ACCOUNT = ACCOUNT;

exports.answersOf = (type, inputs, { account = ACCOUNT, confirmed = false, ...at }) => {
  const answers = TYPES[type]?.(inputs, { account, confirmed, ...at });
  return answers ?? { id: at.name };
};

exports.returnedBy = (token, args, { region, account = ACCOUNT }) => {
  const answer = FUNCTIONS[token];
  if (answer === undefined) throw new Error(`test/support/aws-answers.js does not answer ${token}`);
  return answer(args, { region, account });
};
