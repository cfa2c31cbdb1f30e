import type { ResourceRecord, StackRecords } from "../../policies/model/record";
import {
  isObject,
  type Json,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  UNKNOWN_STRING,
} from "../../policies/model/value";
import { ACCOUNT, answersOf } from "./aws-answers";

/**
 * The three shapes in which one program reaches the rules: what `pulumi stack export` says afterwards, what
 * `pulumi preview --json` says beforehand, and what a policy pack sees in a preview (outputs only).
 */
export type Form = "state" | "preview" | "pack";
export const FORMS: readonly Form[] = ["state", "preview", "pack"];

export { ACCOUNT };

/** A value of another resource: known once that exists, unknown before. */
export class Ref {
  constructor(
    readonly behind: readonly Handle[],
    readonly value: unknown,
  ) {}
}

/** Text made of a value that may hold references: unknown as a whole while one of them is. */
class JsonText {
  constructor(readonly value: unknown) {}
}

/** Never known: a secret in a state, the sentinel before. `behind`: the resources that the value comes from. */
export function unknown(...behind: Handle[]): Ref {
  return new Ref(behind, undefined);
}

export function json(value: unknown): unknown {
  return new JsonText(value);
}

export interface Handle {
  urn: string;
  name: string;
  id: Ref;
  arn: Ref;
  out(property: string): Ref;
}

interface Options {
  id?: unknown;
  outputs?: Json;
  parent?: Handle;
  provider?: Handle;
  external?: boolean;
  opaque?: true;
  /** The preview deletes it. */
  gone?: true;
  odd?: string;
  /** Inputs that lose their dependencies: the program took the value apart. */
  loose?: readonly string[];
  /** Already there before: known in a preview and in the pack, too. */
  exists?: boolean;
}

interface Row extends Options {
  type: string;
  urn: string;
  inputs: Json;
  computed: Json;
}

/** A program, written once and shown in any form. */
export class Stack {
  readonly rows: Row[] = [];
  private readonly region: string | undefined;
  private readonly account: string;
  partial = false;
  private count = 0;

  constructor(
    readonly name = "mail/prod",
    { region, account }: { region?: string | null; account?: string } = {},
  ) {
    this.region = region === null ? undefined : (region ?? "us-east-1");
    this.account = account ?? ACCOUNT;
  }

  add(type: string, name: string, inputs: Json = {}, options: Options = {}): Handle {
    const [project, stack] = this.name.split("/");
    const urn = `urn:pulumi:${stack}::${project}::${type}::${name}`;
    const own = typeof inputs.region === "string" ? inputs.region : undefined;
    const provided = options.provider && this.rows.find((row) => row.urn === options.provider?.urn)?.inputs.region;
    const region = own ?? (provided as string | undefined) ?? this.region ?? "us-east-1";
    const known = plain(inputs, "state") as Json;
    const place = { region, account: this.account, name, confirmed: true };
    const computed = { ...answersOf(type, known, place), region };
    this.rows.push({ ...options, type, urn, inputs, computed });
    const handle: Handle = {
      urn,
      name,
      get id() {
        return handle.out("id");
      },
      get arn() {
        return handle.out(type === "aws-native:sns:Topic" ? "topicArn" : "arn");
      },
      out: (property) =>
        new Ref(
          [handle],
          { ...known, ...computed, ...options.outputs, ...(options.id !== undefined && { id: options.id }) }[property],
        ),
    };
    return handle;
  }

  records(form: Form): StackRecords {
    const resources = this.rows.map((row) => this.record(row, form));
    const view: StackRecords = { resources, stacks: [this.name] };
    if (this.region === undefined || form !== "state")
      return {
        ...view,
        ...(form === "preview" &&
          this.region && {
            configRegion: this.region,
            configRegions: { "aws-native": this.region },
          }),
        ...(this.partial && { partial: true }),
        ...(form === "pack" && this.region && { resources: [...resources, ...this.providers()] }),
      };
    return { ...view, resources: [...resources, ...this.providers()], ...(this.partial && { partial: true }) };
  }

  private record(row: Row, form: Form): ResourceRecord {
    const { type, urn, parent, external, opaque, gone, odd, loose = [] } = row;
    const before = form === "preview" && !row.exists && !external;
    const inPack = form === "pack" && !row.exists && !external;
    const seen: Form = before ? "preview" : inPack ? "pack" : "state";
    const { id, ...computed } = { ...row.computed, ...(row.id !== undefined && { id: row.id }) };
    const inputs = plain(row.inputs, row.exists ? form : seen) as Json;
    const record: ResourceRecord = {
      type,
      urn,
      stack: this.name,
      position: { path: "index.ts", line: this.rows.indexOf(row) + 1, column: 1 },
      ...(parent && { parent: parent.urn }),
      ...(/^aws(-native)?:/.test(type) && { provider: row.provider?.urn ?? this.providerOf(type) }),
      ...(external && { external }),
      ...(opaque && { opaque }),
      ...(gone && { gone }),
      ...(odd !== undefined && { defect: odd }),
      propertyDependencies: Object.fromEntries(
        Object.entries(row.inputs).map(([property, value]) => [
          property,
          loose.includes(property) ? [] : behind(value).map((handle) => handle.urn),
        ]),
      ),
    };
    const answered = plain(row.outputs ?? {}, seen) as Json;
    if (form === "pack") {
      const outputs = inPack
        ? { ...Object.fromEntries(Object.keys(computed).map((property) => [property, UNKNOWN])), ...inputs }
        : { ...inputs, ...computed, ...answered };
      return { ...record, outputs, ...(!inPack && { id }) };
    }
    if (before) return { ...record, inputs };
    return { ...record, id, inputs: external ? {} : inputs, outputs: { ...computed, ...inputs, ...answered } };
  }

  private providerOf(type: string): string {
    const [project, stack] = this.name.split("/");
    return `urn:pulumi:${stack}::${project}::pulumi:providers:${type.split(":")[0]}::default`;
  }

  private providers(): ResourceRecord[] {
    const urns = [
      ...new Set(this.rows.filter((row) => /^aws(-native)?:/.test(row.type)).map(({ type }) => this.providerOf(type))),
    ];
    return urns.map((urn) => ({
      type: urn.split("::")[2] as string,
      urn,
      stack: this.name,
      id: "provider",
      inputs: { region: this.region },
      outputs: { region: this.region },
    }));
  }

  // What programs of SES are made of, in short.

  private next(name: string): string {
    this.count++;
    return `${name}-${this.count}`;
  }

  provider(name: string, region: string): Handle {
    return this.add("pulumi:providers:aws", name, { region });
  }

  domain(domain: unknown, more: Json = {}, options: Options & { as?: string } = {}): Handle {
    return this.add(
      "aws:ses/domainIdentity:DomainIdentity",
      options.as ?? this.label(domain),
      { domain, ...more },
      options,
    );
  }

  address(email: unknown, more: Json = {}, options: Options & { as?: string } = {}): Handle {
    return this.add(
      "aws:ses/emailIdentity:EmailIdentity",
      options.as ?? this.label(email),
      { email, ...more },
      options,
    );
  }

  /** v2: domain or address. */
  identity(emailIdentity: unknown, more: Json = {}, options: Options & { as?: string } = {}): Handle {
    return this.add(
      "aws:sesv2/emailIdentity:EmailIdentity",
      options.as ?? this.label(emailIdentity),
      { emailIdentity, ...more },
      options,
    );
  }

  nativeIdentity(emailIdentity: unknown, more: Json = {}, options: Options & { as?: string } = {}): Handle {
    return this.add(
      "aws-native:ses:EmailIdentity",
      options.as ?? this.label(emailIdentity),
      { emailIdentity, ...more },
      options,
    );
  }

  private label(name: unknown): string {
    return typeof name === "string" ? name : "unnamed";
  }

  topic(name = "feedback", more: Json = {}, options: Options = {}): Handle {
    return this.add("aws:sns/topic:Topic", name, { name, ...more }, options);
  }

  notify(
    identity: unknown,
    notificationType: unknown,
    topicArn?: unknown,
    more: Json = {},
    options: Options & { as?: string } = {},
  ): Handle {
    return this.add(
      "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
      options.as ?? this.next("notification"),
      { identity, notificationType, ...(topicArn !== undefined && { topicArn }), ...more },
      options,
    );
  }

  forwarding(
    emailIdentity: unknown,
    emailForwardingEnabled?: unknown,
    more: Json = {},
    options: Options & { as?: string } = {},
  ): Handle {
    return this.add(
      "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
      options.as ?? this.next("forwarding"),
      { emailIdentity, ...(emailForwardingEnabled !== undefined && { emailForwardingEnabled }), ...more },
      options,
    );
  }

  subscribe(
    topic: unknown,
    protocol: unknown = "https",
    endpoint: unknown = "https://example.org/hook",
    more: Json = {},
    options: Options = {},
  ): Handle {
    return this.add(
      "aws:sns/topicSubscription:TopicSubscription",
      this.next("subscription"),
      { topic, protocol, endpoint, ...more },
      options,
    );
  }

  topicPolicy(topic: unknown, policy: unknown, options: Options = {}): Handle {
    return this.add("aws:sns/topicPolicy:TopicPolicy", this.next("topic-policy"), { arn: topic, policy }, options);
  }

  set(configurationSetName: unknown, more: Json = {}, options: Options = {}): Handle {
    return this.add(
      "aws:sesv2/configurationSet:ConfigurationSet",
      this.label(configurationSetName),
      { configurationSetName, ...more },
      options,
    );
  }

  /** An event destination, v2. */
  destination(
    configurationSetName: unknown,
    eventDestination: unknown,
    more: Json = {},
    options: Options & { as?: string } = {},
  ): Handle {
    return this.add(
      "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
      options.as ?? this.next("destination"),
      { configurationSetName, eventDestinationName: "events", eventDestination, ...more },
      options,
    );
  }

  queue(name = "inbox", more: Json = {}, options: Options = {}): Handle {
    return this.add("aws:sqs/queue:Queue", name, { name, ...more }, options);
  }

  key(name = "key", more: Json = {}, options: Options = {}): Handle {
    return this.add("aws:kms/key:Key", name, more, options);
  }
}

/** What SNS and SES need, scoped as the guide asks for it. */
export function allow(service: string, action: unknown, resource: unknown = "*", condition?: Json): Json {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: action,
        Resource: resource,
        ...(condition && { Condition: condition }),
      },
    ],
  };
}

export const SES_MAY_PUBLISH = allow("ses.amazonaws.com", "sns:Publish", "*", {
  StringEquals: { "AWS:SourceAccount": ACCOUNT },
});
export const KEY_FOR_SES = allow("ses.amazonaws.com", ["kms:GenerateDataKey*", "kms:Decrypt"]);
export const KEY_FOR_SNS = allow("sns.amazonaws.com", ["kms:GenerateDataKey*", "kms:Decrypt"]);

/** A topic that somebody hears, with the policy it needs. */
export function heardTopic(stack: Stack, name = "feedback", more: Json = {}): Handle {
  const topic = stack.topic(name, more);
  stack.topicPolicy(topic.arn, json(SES_MAY_PUBLISH));
  stack.subscribe(topic.arn);
  return topic;
}

/** Bounces and complaints of an identity go to the topic, and nowhere else. */
export function listen(stack: Stack, identity: unknown, topic: Handle, more: Json = {}): void {
  stack.notify(identity, "Bounce", topic.arn, more);
  stack.notify(identity, "Complaint", topic.arn, more);
  stack.forwarding(identity, false, more);
}

/** A topic that carries the bounces and complaints of example.com to one subscriber. */
export function feed(stack: Stack, protocol: unknown, endpoint: unknown, more: Json = {}): Handle {
  const topic = stack.topic();
  stack.topicPolicy(topic.arn, json(SES_MAY_PUBLISH));
  stack.domain("example.com");
  listen(stack, "example.com", topic);
  stack.subscribe(topic.arn, protocol, endpoint, more);
  return topic;
}

function behind(value: unknown): Handle[] {
  if (value instanceof Ref) return [...value.behind];
  if (value instanceof JsonText) return behind(value.value);
  if (Array.isArray(value)) return value.flatMap(behind);
  return isObject(value) ? Object.values(value).flatMap(behind) : [];
}

function hasRef(value: unknown): boolean {
  if (value instanceof Ref) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasRef);
}

const SECRET = { [SIGNATURE_KEY]: SECRET_SIGNATURE, ciphertext: "v1:AAAA" };

/** A property as it stands in a document of the form. */
function plain(value: unknown, form: Form): unknown {
  const notKnown = form === "state" ? SECRET : form === "preview" ? UNKNOWN_STRING : UNKNOWN;
  if (value instanceof Ref) return form === "state" && value.value !== undefined ? value.value : notKnown;
  if (value instanceof JsonText) {
    return form !== "state" && hasRef(value.value) ? notKnown : JSON.stringify(plain(value.value, form));
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, form));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, form)]));
  return value;
}
