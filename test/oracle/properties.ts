import { capital, token } from "./tokens";
import {
  accountOf,
  allOf,
  type Bus,
  type BusRule,
  type Destination,
  type FilterKind,
  find,
  type Identity,
  type PolicyKind,
  type Ref,
  type Resource,
  regionOf,
  type Topic,
  type World,
} from "./world";

/** What stands for a value that is not known: in a state a secret, beforehand the engine's sentinel. */
export const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:AAAA" };

export type Json = Record<string, unknown>;
/** A value, whether somebody knows it, and the resources that it is made of. */
export interface Value {
  value: unknown;
  behind: string[];
}

export interface Written {
  inputs: Json;
  /** What the provider computes. */
  computed: Json;
  id: string;
  behind: Record<string, string[]>;
}

export class Writer {
  /** @param state whether all resources exist, so that their values are known and what is unknown is a secret */
  constructor(
    private readonly world: World,
    private readonly state: boolean,
  ) {}

  written(one: Resource): Written {
    const inputs: Record<string, Value> = this.inputs(one);
    const known = Object.entries(inputs).filter(([, { value }]) => value !== undefined);
    return {
      inputs: Object.fromEntries(known.map(([name, { value }]) => [name, value])),
      behind: Object.fromEntries(known.map(([name, { behind }]) => [name, behind])),
      computed: this.computed(one),
      id: this.id(one),
    };
  }

  private get unknown(): unknown {
    return this.state ? SECRET : SENTINEL;
  }

  private inputs(one: Resource): Record<string, Value> {
    const region: Record<string, Value> = one.region === undefined ? {} : { region: plain(one.region) };
    switch (one.type) {
      case "identity":
        return { ...this.identity(one), ...region };
      case "notification":
        return {
          identity: this.ref(one, one.identity, "name"),
          notificationType: plain(capital(one.on)),
          topicArn:
            one.topic === "absent"
              ? plain(undefined)
              : one.topic === "empty"
                ? plain("")
                : this.ref(one, one.topic, "arn"),
          ...region,
        };
      case "forwarding":
        return {
          emailIdentity: this.ref(one, one.identity, "name"),
          emailForwardingEnabled: plain(this.flag(one.enabled)),
          ...region,
        };
      case "set":
        return { configurationSetName: plain(one.name), ...region };
      case "destination":
        return { ...this.destination(one), ...region };
      case "topic":
        return {
          name: plain(one.fifo ? `${one.name}.fifo` : one.name),
          fifoTopic: plain(one.fifo ? true : undefined),
          policy: plain(one.policy === null ? undefined : this.policy(one, one.policy)),
          ...region,
        };
      case "topic-policy":
        return { arn: this.ref(one, one.topic, "arn"), policy: plain(this.policy(one, one.policy)), ...region };
      case "subscription": {
        const endpoint = { https: "https://hooks.example.net/ses", email: "postmaster@corp.example", sqs: undefined };
        return {
          topic: this.ref(one, one.topic, "arn"),
          protocol: plain(one.protocol),
          endpoint: one.queue === null ? plain(endpoint[one.protocol]) : this.ref(one, one.queue, "queue"),
          ...this.filter(one.filter),
          ...region,
        };
      }
      case "queue":
        return { name: plain(one.name), policy: plain(QUEUE_POLICY), ...region };
      case "bus-rule":
        return { eventPattern: plain(pattern(one)), state: plain(one.enabled ? undefined : "DISABLED"), ...region };
    }
  }

  private identity(one: Identity): Record<string, Value> {
    const name = one.late && !this.state && one.change === "new" ? plain(SENTINEL) : plain(one.name);
    const set = one.set === null ? plain(undefined) : this.ref(one, one.set, "set");
    switch (one.api) {
      case "v1":
      case "bridged":
        return one.name.includes("@") ? { email: name } : { domain: name };
      case "v2":
        return { emailIdentity: name, configurationSetName: set };
      case "native":
        return {
          emailIdentity: name,
          configurationSetAttributes:
            set.value === undefined ? set : { value: { configurationSetName: set.value }, behind: set.behind },
          feedbackAttributes: plain(one.forwarding === null ? undefined : { emailForwardingEnabled: one.forwarding }),
        };
    }
  }

  private destination(one: Destination): Record<string, Value> {
    const enabled = this.flag(one.enabled);
    const common = {
      ...(enabled !== undefined && { enabled }),
      matchingEventTypes: one.types.map((type) => type.toUpperCase()),
    };
    const to = one.to;
    const region = regionOf(this.world, one);
    const account = accountOf(this.world, one);
    let sent: Value;
    switch (to.kind) {
      case "sns": {
        const { value, behind } = this.ref(one, to.topic, "arn");
        sent = { value: { snsDestination: { topicArn: value } }, behind };
        break;
      }
      case "bus":
        sent = plain({ eventBridgeDestination: { eventBusArn: busArn(to.bus, region, account) } });
        break;
      case "firehose":
        sent = plain({
          kinesisFirehoseDestination: {
            deliveryStreamArn: `arn:aws:firehose:${region}:${account}:deliverystream/${to.name}`,
            iamRoleArn: `arn:aws:iam::${account}:role/ses-to-firehose`,
          },
        });
        break;
      case "cloudwatch":
        sent = plain({
          cloudWatchDestination: {
            dimensionConfigurations: [
              { dimensionName: "kind", dimensionValueSource: "MESSAGE_TAG", defaultDimensionValue: "none" },
            ],
          },
        });
        break;
      case "pinpoint":
        sent = plain({
          pinpointDestination: { applicationArn: `arn:aws:mobiletargeting:${region}:${account}:apps/0123456789abcdef` },
        });
    }
    return {
      configurationSetName: this.ref(one, one.set, "set"),
      eventDestinationName: plain(one.label),
      eventDestination: { value: { ...common, ...(sent.value as Json) }, behind: sent.behind },
    };
  }

  private flag(value: boolean | "absent" | "unknown"): unknown {
    return value === "absent" ? undefined : value === "unknown" ? this.unknown : value;
  }

  private filter(kind: FilterKind): Record<string, Value> {
    const body = (content: Json) => ({
      filterPolicyScope: plain("MessageBody"),
      filterPolicy: plain(JSON.stringify(content)),
    });
    switch (kind) {
      case "none":
        return {};
      case "empty":
        return { filterPolicy: plain("{}") };
      case "attributes":
        return { filterPolicy: plain(JSON.stringify({ notificationType: ["Bounce", "Complaint"] })) };
      case "bounces":
        return body({ notificationType: ["Bounce"] });
      case "deliveries":
        return body({ notificationType: ["Delivery"] });
      case "events":
        return body({ eventType: ["Bounce", "Complaint"] });
      case "unknown":
        return { filterPolicyScope: plain("MessageBody"), filterPolicy: plain(this.unknown) };
    }
  }

  private policy(one: Resource, kind: PolicyKind): unknown {
    if (kind === "unknown") return this.unknown;
    const account = kind === "foreign" ? "999999999999" : accountOf(this.world, one);
    const scoped = kind === "scoped" || kind === "foreign";
    const statement = (effect: string, service: string) => ({
      Effect: effect,
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: "*",
      ...(scoped && { Condition: { StringEquals: { "AWS:SourceAccount": account } } }),
    });
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        statement("Allow", kind === "other-service" ? "events.amazonaws.com" : "ses.amazonaws.com"),
        ...(kind === "denies" ? [statement("Deny", "ses.amazonaws.com")] : []),
      ],
    });
  }

  /** A reference as it stands in a property. */
  private ref(from: Resource, ref: Ref, want: "name" | "set" | "arn" | "queue"): Value {
    switch (ref.is) {
      case "name":
      case "text":
        return plain(ref.is === "name" ? ref.name : ref.text);
      case "arn": {
        const service = want === "arn" ? "sns" : want === "queue" ? "sqs" : "ses";
        const prefix = want === "name" ? "identity/" : want === "set" ? "configuration-set/" : "";
        return plain(`arn:aws:${service}:${ref.region}:${ref.account}:${prefix}${ref.name}`);
      }
      case "unknown":
        return { value: this.unknown, behind: ref.among.flatMap((label) => this.urns(from, label)) };
      case "link": {
        const to = find(this.world, from, ref.label);
        if (to === undefined) throw new Error(`${from.label} refers to ${ref.label}, which is not there`);
        // The SDK gives inputs back, so a name is known; an ARN is what only the provider can say.
        const late = !this.state && to.change === "new";
        const value =
          to.type === "identity"
            ? late && to.late
              ? SENTINEL
              : to.name
            : to.type === "set"
              ? to.name
              : late
                ? SENTINEL
                : arnOf(this.world, to);
        return { value, behind: this.urns(from, ref.label) };
      }
    }
  }

  private urns(from: Resource, label: string): string[] {
    const to = find(this.world, from, label);
    return to === undefined ? [] : [urnOf(this.world, to)];
  }

  private id(one: Resource): string {
    switch (one.type) {
      case "identity":
      case "set":
        return one.name;
      case "topic":
        return arnOf(this.world, one) as string;
      case "queue":
        return `https://sqs.${regionOf(this.world, one)}.amazonaws.com/${accountOf(this.world, one)}/${one.name}`;
      case "notification": {
        const name = this.plainName(one, one.identity);
        return name === undefined ? `${one.label}-id` : `${name}|${capital(one.on)}`;
      }
      default:
        return `${one.label}-id`;
    }
  }

  private plainName(from: Resource, ref: Ref): string | undefined {
    if (ref.is === "link") return (find(this.world, from, ref.label) as Identity).name;
    if (ref.is === "arn") return String(this.ref(from, ref, "name").value);
    return ref.is === "name" ? ref.name : undefined;
  }

  private computed(one: Resource): Json {
    const region = regionOf(this.world, one);
    const arn = arnOf(this.world, one);
    switch (one.type) {
      case "identity":
        return one.api === "native" ? {} : { arn, ...(one.api !== "bridged" && { region }) };
      case "set":
        return { arn, region };
      case "topic":
        return { arn, region, owner: accountOf(this.world, one), fifoTopic: one.fifo };
      case "queue":
        return { arn, region, url: this.id(one) };
      case "bus-rule":
        return { arn, region, name: one.label };
      case "subscription":
        return { region, pendingConfirmation: one.pending, filterPolicyScope: "", filterPolicy: "" };
      case "notification":
        return { region, ...this.lastWritten(one) };
      default:
        return { region };
    }
  }

  /** Two resources for one setting: the later one's topic is what both find there. */
  private lastWritten(one: Resource & { type: "notification" }): Json {
    const id = this.id(one);
    const last = allOf(this.world, "notification").findLast(
      (other) =>
        other.stack === one.stack &&
        other.change !== "deleted" &&
        // What the deployment has yet to make has written nothing.
        (this.state || other.change !== "new") &&
        this.id(other) === id &&
        regionOf(this.world, other) === regionOf(this.world, one) &&
        accountOf(this.world, other) === accountOf(this.world, one),
    );
    if (last === undefined || last === one || typeof last.topic === "string" || last.topic.is === "unknown") return {};
    return { topicArn: this.ref(last, last.topic, "arn").value };
  }
}

const QUEUE_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ],
});

const DETAIL_TYPES = { bounce: "Email Bounced", complaint: "Email Complaint Received", delivery: "Email Delivered" };

function pattern({ detailTypes }: BusRule): string {
  return JSON.stringify({
    source: ["aws.ses"],
    ...(detailTypes !== "all" && { "detail-type": detailTypes.map((type) => DETAIL_TYPES[type]) }),
  });
}

function busArn(bus: Bus, region: string, account: string): string {
  const at = bus === "other-region" ? (region === "us-east-1" ? "eu-west-1" : "us-east-1") : region;
  return `arn:aws:events:${at}:${bus === "other-account" ? "999999999999" : account}:event-bus/${bus === "custom" ? "mail" : "default"}`;
}

function plain(value: unknown): Value {
  return { value, behind: [] };
}

export function topicName({ name, fifo }: Topic): string {
  return fifo ? `${name}.fifo` : name;
}

/** The ARN that a resource has or will have. */
export function arnOf(world: World, one: Resource): string | undefined {
  const at = `${regionOf(world, one)}:${accountOf(world, one)}`;
  switch (one.type) {
    case "identity":
      return `arn:aws:ses:${at}:identity/${one.name}`;
    case "set":
      return `arn:aws:ses:${at}:configuration-set/${one.name}`;
    case "topic":
      return `arn:aws:sns:${at}:${topicName(one)}`;
    case "queue":
      return `arn:aws:sqs:${at}:${one.name}`;
    case "bus-rule":
      return `arn:aws:events:${at}:rule/${one.label}`;
    default:
      return undefined;
  }
}

export function urnOf(world: World, one: Resource, label = one.label): string {
  const stack = world.stacks[one.stack];
  return `urn:pulumi:${stack?.stack}::${stack?.project}::${token(one)}::${label}`;
}
