import { DEFAULT_CONFIG } from "../../../policies/config";
import { evaluate } from "../../../policies/evaluate";
import { type Handle, json, listen, SES_MAY_PUBLISH, Stack, unknown } from "../../support/records";

/** A stack in which every one of `size` resources of one kind meets every one of another. */
type Crowd = (stack: Stack, size: number) => void;

function heard(stack: Stack, name = "feedback", domain = "example.com"): Handle {
  const topic = stack.topic(name);
  stack.topicPolicy(topic.arn, json(SES_MAY_PUBLISH));
  stack.domain(domain);
  listen(stack, domain, topic);
  return topic;
}

const times = (size: number, make: (index: number) => void) => Array.from({ length: size }, (_, index) => make(index));
const PERMISSION = "aws:lambda/permission:Permission";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const BUS = { eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" };
const onBus = { enabled: true, matchingEventTypes: ["BOUNCE"], eventBridgeDestination: BUS };
const ofDeliveries = json({ source: ["aws.ses"], "detail-type": ["Email Delivered"] });
const invoke = { action: "lambda:InvokeFunction", principal: "sns.amazonaws.com" };

const CROWDS: Record<string, Crowd> = {
  "subscriptions of one function × its permissions"(stack, size) {
    const topic = heard(stack);
    const lambda = stack.add("aws:lambda/function:Function", "f", { name: "f" });
    times(size, (index) => {
      stack.subscribe(topic.arn, "lambda", lambda.arn);
      const more = { function: lambda.out("name"), principal: "s3.amazonaws.com", sourceArn: topic.arn };
      stack.add(PERMISSION, `p${index}`, { ...invoke, ...more });
    });
  },
  "topics that one function hears × its permissions"(stack, size) {
    const lambda = stack.add("aws:lambda/function:Function", "f", { name: "f" });
    times(size, (index) => {
      const topic = heard(stack, `t${index}`, `d${index}.example`);
      stack.subscribe(topic.arn, "lambda", lambda.arn);
      stack.add(PERMISSION, `p${index}`, { ...invoke, function: lambda.out("name"), sourceArn: topic.arn });
    });
  },
  "event destinations × rules"(stack, size) {
    stack.set("main");
    times(size, (index) => {
      stack.destination("main", onBus);
      stack.add(RULE, `r${index}`, { eventPattern: ofDeliveries });
    });
  },
  "event destinations of unknown Regions × rules"(stack, size) {
    stack.set("main");
    times(size, (index) => {
      stack.destination("main", onBus, { region: unknown() });
      stack.add(RULE, `r${index}`, { eventPattern: ofDeliveries });
    });
  },
  "targets of unknown rules × rules"(stack, size) {
    stack.set("main");
    stack.destination("main", onBus);
    times(size, (index) => {
      stack.add(RULE, `r${index}`, { eventPattern: ofDeliveries });
      stack.add("aws:cloudwatch/eventTarget:EventTarget", `t${index}`, { rule: unknown(), arn: "arn:x" });
    });
  },
  "subscribers × queues of one topic"(stack, size) {
    const topic = heard(stack);
    times(size, (index) => {
      const queue = stack.queue(`q${index}`);
      stack.subscribe(topic.arn, "sqs", queue.arn);
      stack.subscribe(topic.arn, unknown(), unknown());
    });
  },
  "subscriptions of one queue × its policies"(stack, size) {
    const topic = heard(stack);
    const queue = stack.queue("q");
    times(size, (index) => {
      stack.subscribe(topic.arn, "sqs", queue.arn);
      const policy = { Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: `x${index}` }] };
      stack.add("aws:sqs/queuePolicy:QueuePolicy", `p${index}`, { queueUrl: queue.out("url"), policy: json(policy) });
    });
  },
  "multi-Region endpoints × identities"(stack, size) {
    const details = { routesDetails: [{ region: "eu-west-1" }] };
    times(size, (index) => {
      stack.domain(`d${index}.example.com`);
      stack.add("aws-native:ses:MultiRegionEndpoint", `m${index}`, { endpointName: `m${index}`, details });
    });
  },
  "unknown references × components inside each other"(stack, size) {
    stack.domain("example.com");
    let parent: Handle | undefined;
    times(size, (index) => {
      parent = stack.add("my:index:Box", `c${index}`, {}, parent && { parent });
      stack.notify("example.com", "Bounce", unknown(parent));
    });
    stack.topic("deep", {}, { parent });
  },
};

/** Milliseconds of the fastest of three runs: the others waited for something else. */
function fastest(crowd: Crowd, size: number): number {
  const stack = new Stack();
  crowd(stack, size);
  const runs = [1, 2, 3].map(() => {
    const view = stack.records("preview");
    const start = performance.now();
    evaluate([view], DEFAULT_CONFIG, "2026-11-25");
    return performance.now() - start;
  });
  return Math.min(...runs);
}

// What else the machine does may make one run slow; a quadratic rule is slow in every one.
jest.retryTimes(2);

test.each(Object.entries(CROWDS))(
  "%s: eight times as many take far less than 64 times as long",
  (_, crowd) => {
    fastest(crowd, 250);
    const small = Math.max(5, fastest(crowd, 250));
    // Quadratic would be 64 times.
    expect(fastest(crowd, 2000) / small).toBeLessThan(40);
  },
  60_000,
);
