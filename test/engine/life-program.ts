import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import * as pulumi from "@pulumi/pulumi";
import {
  FeedbackHandler,
  FeedbackTopic,
  MonitoredConfigurationSet,
  MonitoredIdentity,
  sesTopicPolicyStatement,
} from "../../components";
import type { DnsRecordChoice } from "../../components/args/monitored-identity";

/** Endpoints are short names, by a name of the caller's; `handler` is the queue of a `FeedbackHandler`. */
export interface Subscribers {
  emails: Record<string, string>;
  webhooks: Record<string, string>;
  queues: Record<string, string>;
  functions: Record<string, string>;
}

/**
 * Where feedback of one type goes. What another way needs is kept, so that it can turn back: `own` to subscribers of a topic
 * that the component makes, `given` to a topic of somebody else's, `shared` to the program's `FeedbackTopic`, `plain` to the
 * topic that the program makes without a component, `set` to the configuration set that the identity has, `bus` (of a set) to
 * the event bus.
 */
export interface DestinationSpec extends Subscribers {
  way: "own" | "given" | "shared" | "plain" | "set" | "bus";
  targets: Record<string, string>;
  forwardByEmail: boolean;
}

/** A component that can be renamed. */
export interface Named {
  name: string;
  /** The name that it had before, for an alias. */
  formerName?: string;
  region: string;
  kmsKeyId?: string | undefined;
}

interface Destinations {
  bounces: DestinationSpec;
  complaints: DestinationSpec;
  deliveries?: DestinationSpec;
}

export interface IdentitySpec extends Named, Destinations {
  /** What stays the same when the component is renamed. */
  lineage: string;
  identity: string;
  includeOriginalHeaders: boolean;
  /** Has the program's configuration set as its default. */
  attached?: boolean;
  mailFrom?: boolean;
  zone?: { id: string } & Required<DnsRecordChoice>;
  waitForVerification?: boolean;
}

export interface TopicSpec extends Named {
  /** What stays the same when it is renamed with an alias: without one, another topic takes its place. */
  lineage: string;
  subscribers: Subscribers;
}

/** A topic of the program's own resources. Another name is another topic, which takes its place. */
export interface PlainTopicSpec {
  topicName: string;
  region: string;
  queues: Record<string, string>;
}

export interface SetSpec extends Named, Destinations {
  /** As senders give it; made from the component's where absent. */
  setName?: string;
  failures: boolean;
}

export interface Spec {
  /** Set before every name, where several programs live in one stack. */
  place?: string;
  identities: IdentitySpec[];
  topic?: TopicSpec;
  plain?: PlainTopicSpec;
  set?: SetSpec;
}

/** Endpoints belong to an account of their own: their policies are its owner's business. */
export const OUTSIDE = "999988887777";
export const HANDLER = "handler";

export const ENDPOINTS = {
  emails: (name: string) => `${name}@corp.example`,
  webhooks: (name: string) => `https://${name}.example/ses`,
  queues: (name: string, region: string) => `arn:aws:sqs:${region}:${OUTSIDE}:${name}`,
  functions: (name: string, region: string) => `arn:aws:lambda:${region}:${OUTSIDE}:function:${name}`,
} as const;
export type Kind = keyof typeof ENDPOINTS;
export const KINDS = Object.keys(ENDPOINTS) as Kind[];
export const targetArn = (name: string, region: string) => ENDPOINTS.functions(`target-${name}`, region);
export const givenTopic = (region: string, place = "") => `arn:aws:sns:${region}:${OUTSIDE}:${place}feedback`;

/** The program's own words for what it names, in its place. */
export function wordsOf({ place }: Spec) {
  const before = place === undefined ? "" : `${place}-`;
  return {
    component: (name: string) => `${before}${name}`,
    endpoint: (name: string) => `${before}${name}`,
    set: (name: string) => `${before}${name}`,
    topic: (name: string) => `${before}${name}`,
    zone: (id: string) => `${id}${(place ?? "").toUpperCase()}`,
    identity: (name: string) => (place === undefined ? name : name.replace(/([^@]*)$/, `${place}.$1`)),
  };
}

export const mailFromOf = (identity: string) => `bounce.${identity}`;

/** A destination that nobody hears at. */
export const NOBODY: DestinationSpec = {
  way: "own",
  emails: {},
  webhooks: {},
  queues: {},
  functions: {},
  targets: {},
  forwardByEmail: false,
};

/** Deploys a specification, whatever it was before. */
export function deploy(spec: Spec): void {
  new Program(spec).deploy();
}

/** A topic, and what a component that takes it has to wait for. */
interface Given {
  topicArn: pulumi.Output<string>;
  dependsOn: pulumi.Resource[];
}

class Program {
  private readonly words: ReturnType<typeof wordsOf>;
  private readonly handlers = new Map<string, FeedbackHandler>();

  constructor(private readonly spec: Spec) {
    this.words = wordsOf(spec);
  }

  deploy(): void {
    const topic = this.topic()?.topicArn;
    const plain = this.plain();
    const set = this.set(plain)?.configurationSetName;
    for (const one of this.spec.identities) {
      const identity = this.words.identity(one.identity);
      const destination = (given: DestinationSpec) => ({
        ...(given.way === "own" ? this.subscribers(given, one.region) : {}),
        ...(given.way === "given" ? { topicArn: givenTopic(one.region, this.spec.place) } : {}),
        ...(given.way === "shared" ? { topicArn: topic } : {}),
        ...(given.way === "plain" ? { topicArn: plain?.topicArn } : {}),
        ...(given.way === "set" ? { byConfigurationSet: true } : {}),
        ...(given.forwardByEmail ? { forwardByEmail: true } : {}),
      });
      const { forwardByEmail: _, ...deliveries } = one.deliveries
        ? destination(one.deliveries)
        : { forwardByEmail: false };
      const { id = "", ...dnsRecords } = one.zone ?? {};
      new MonitoredIdentity(
        this.words.component(one.name),
        {
          ...this.common(one),
          identity,
          includeOriginalHeaders: one.includeOriginalHeaders,
          bounces: destination(one.bounces),
          complaints: destination(one.complaints),
          ...(one.deliveries ? { deliveries } : {}),
          ...(one.attached ? { configurationSetName: set } : {}),
          ...(one.mailFrom ? { mailFromDomain: mailFromOf(identity) } : {}),
          ...(one.zone ? { zoneId: this.words.zone(id), dnsRecords } : {}),
          ...(one.waitForVerification ? { waitForVerification: true } : {}),
        },
        this.options(one, plain),
      );
    }
  }

  private topic(): FeedbackTopic | undefined {
    const { topic } = this.spec;
    return (
      topic &&
      new FeedbackTopic(
        this.words.component(topic.name),
        { ...this.common(topic), ...this.subscribers(topic.subscribers, topic.region) },
        this.options(topic),
      )
    );
  }

  /** As somebody makes it who reads the docs: whoever takes it comes after its policy and its subscribers. */
  private plain(): Given | undefined {
    const { plain } = this.spec;
    if (plain === undefined) return undefined;
    const { topicName, region, queues } = plain;
    const name = this.words.component("plain");
    const topic = new Topic(name, { name: this.words.topic(topicName), region });
    const statement = topic.arn.apply((topicArn) => sesTopicPolicyStatement(topicArn));
    const policy = new TopicPolicy(name, {
      arn: topic.arn,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] }),
      region,
    });
    const { queues: endpoints = {} } = this.subscribers({ ...NOBODY, queues }, region);
    const subscriptions = Object.entries(endpoints).map(
      ([key, endpoint]) =>
        new TopicSubscription(`${name}-${queues[key]}`, { topic: topic.arn, protocol: "sqs", endpoint, region }),
    );
    return { topicArn: topic.arn, dependsOn: [policy, ...subscriptions] };
  }

  private set(plain: Given | undefined): MonitoredConfigurationSet | undefined {
    const { set } = this.spec;
    if (set === undefined) return undefined;
    const destination = (given: DestinationSpec) => ({
      ...(given.way === "own" ? this.subscribers(given, set.region) : {}),
      ...(given.way === "given" ? { topicArn: givenTopic(set.region, this.spec.place) } : {}),
      ...(given.way === "plain" ? { topicArn: plain?.topicArn } : {}),
      ...(given.way === "bus" ? { busTargets: this.named(given.targets, (name) => targetArn(name, set.region)) } : {}),
    });
    return new MonitoredConfigurationSet(
      this.words.component(set.name),
      {
        ...this.common(set),
        ...(set.setName === undefined ? {} : { configurationSetName: this.words.set(set.setName) }),
        failures: set.failures,
        bounces: destination(set.bounces),
        complaints: destination(set.complaints),
        ...(set.deliveries ? { deliveries: destination(set.deliveries) } : {}),
      },
      this.options(set, plain),
    );
  }

  private common({ region, kmsKeyId }: Named) {
    return { region, ...(kmsKeyId === undefined ? {} : { kmsKeyId }) };
  }

  private options({ formerName }: Named, given?: Given): pulumi.ComponentResourceOptions {
    return {
      ...(given ? { dependsOn: given.dependsOn } : {}),
      ...(formerName === undefined ? {} : { aliases: [{ name: this.words.component(formerName) }] }),
    };
  }

  private subscribers(given: Subscribers, region: string): Partial<Record<Kind, Record<string, pulumi.Input<string>>>> {
    return Object.fromEntries(
      KINDS.filter((kind) => Object.keys(given[kind]).length > 0).map((kind) => [
        kind,
        Object.fromEntries(
          Object.entries(given[kind]).map(([key, name]) => [
            key,
            name === HANDLER ? this.handlerIn(region) : ENDPOINTS[kind](this.words.endpoint(name), region),
          ]),
        ),
      ]),
    );
  }

  private named<T>(entries: Record<string, string>, make: (name: string) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(entries).map(([key, name]) => [key, make(this.words.endpoint(name))]));
  }

  private handlerIn(region: string) {
    const handler =
      this.handlers.get(region) ??
      new FeedbackHandler(this.words.component(`feedback-${region}`), { region, unwatched: true });
    this.handlers.set(region, handler);
    return handler.queueArn;
  }
}
