/**
 * A small description of what an organisation runs: stacks, what each of them declares, and what is known about it.
 * Neither documents nor rules: `render.ts` writes it down as Pulumi would, `oracle.ts` says what is wrong with it.
 */

export type Region = "us-east-1" | "eu-west-1";
export type Type = "bounce" | "complaint" | "delivery";
export const TYPES: readonly Type[] = ["bounce", "complaint", "delivery"];

/**
 * How the world is shown. `state` is what is there after the deployment; `preview` is one with `--show-sames`; `both` is
 * the state before the deployment and the preview; `partial` is a preview without `--show-sames`; `pack` is what the
 * engine gives to a policy pack in a preview.
 */
export type Form = "state" | "preview" | "both" | "partial" | "pack";
export const FORMS: readonly Form[] = ["state", "preview", "both", "partial", "pack"];

/** What the deployment does to a resource. A renamed one has an alias. */
export type Change = "new" | "same" | "renamed" | "deleted";

export interface Provider {
  /** The first of a stack is its default provider. */
  name: string;
  region: Region;
  /** The truth, whether or not something tells it. */
  account: string;
  tells: "nothing" | "profile" | "assumeRoles" | "allowedAccountIds";
}

export interface Stack {
  project: string;
  stack: string;
  providers: Provider[];
  /** Region of `aws-native`; the account is the default provider's. */
  nativeRegion: Region;
  /** `accounts` of the configuration names it. */
  inConfiguration: boolean;
}

export type Ref =
  /** A resource of the same stack. */
  | { is: "link"; label: string }
  /** A name that the program writes out: of an identity or a configuration set. */
  | { is: "name"; name: string }
  /** An ARN that the program writes out. */
  | { is: "arn"; account: string; region: Region; name: string }
  /** Text that refers to nothing. */
  | { is: "text"; text: string }
  /** A secret, made of these resources. */
  | { is: "unknown"; among: string[] };

interface Common {
  label: string;
  stack: number;
  /** Index into the stack's providers; null is the provider of `aws-native`. */
  provider: number | null;
  /** The resource's own `region`. */
  region?: Region;
  change: Change;
}

export interface Identity extends Common {
  type: "identity";
  api: "v1" | "v2" | "native" | "bridged";
  name: string;
  /** The name is made of something that only the deployment knows. */
  late: boolean;
  set: Ref | null;
  /** Native identities declare it inline. */
  forwarding: boolean | null;
  /** Only read. */
  external: boolean;
}

export interface Notification extends Common {
  type: "notification";
  identity: Ref;
  on: Type;
  /** `empty` is `""`, as a refreshed state shows it. */
  topic: Ref | "empty" | "absent";
}

export interface Forwarding extends Common {
  type: "forwarding";
  identity: Ref;
  /** Absent means false. */
  enabled: boolean | "absent" | "unknown";
}

export interface ConfigurationSet extends Common {
  type: "set";
  name: string;
}

export type Bus = "default" | "custom" | "other-region" | "other-account";

export interface Destination extends Common {
  type: "destination";
  set: Ref;
  /** Absent means false. */
  enabled: boolean | "absent" | "unknown";
  types: Type[];
  to:
    | { kind: "sns"; topic: Ref }
    | { kind: "bus"; bus: Bus }
    | { kind: "firehose"; name: string }
    | { kind: "cloudwatch" }
    | { kind: "pinpoint" };
}

export type PolicyKind = "open" | "scoped" | "other-service" | "denies" | "foreign" | "unknown";

export interface Topic extends Common {
  type: "topic";
  name: string;
  fifo: boolean;
  policy: PolicyKind | null;
}

export interface TopicPolicy extends Common {
  type: "topic-policy";
  topic: Ref;
  policy: PolicyKind;
}

export type FilterKind = "none" | "empty" | "attributes" | "bounces" | "events" | "deliveries" | "unknown";

export interface Subscription extends Common {
  type: "subscription";
  topic: Ref;
  protocol: "https" | "email" | "sqs";
  /** Only for `sqs`. */
  queue: Ref | null;
  pending: boolean;
  filter: FilterKind;
}

export interface Queue extends Common {
  type: "queue";
  name: string;
}

/** A rule on the default bus of its account and Region, for events of SES. */
export interface BusRule extends Common {
  type: "bus-rule";
  detailTypes: Type[] | "all";
  enabled: boolean;
  target: boolean;
}

export type Resource =
  | Identity
  | Notification
  | Forwarding
  | ConfigurationSet
  | Destination
  | Topic
  | TopicPolicy
  | Subscription
  | Queue
  | BusRule;

export interface World {
  stacks: Stack[];
  resources: Resource[];
  emailForwarding: "when-declared" | "accept" | "reject";
  /** Name of the set, names of identities. */
  sendTime: { set: string; identities: string[] }[];
  overrides: string[];
  exceptions: { rule: string; identity: string }[];
  /** Entries of an inventory. They have no channels. */
  inventory: { identity: string; account: string; region: Region; bounceTopic: string | null }[];
}

export type Of<T extends Resource["type"]> = Extract<Resource, { type: T }>;

export function allOf<T extends Resource["type"]>(world: World, type: T): Of<T>[] {
  return world.resources.filter((one): one is Of<T> => one.type === type);
}

export function stackName({ project, stack }: Stack): string {
  return `${project}/${stack}`;
}

export function stackOf(world: World, { stack }: Common): Stack {
  return world.stacks[stack] as Stack;
}

export function regionOf(world: World, one: Common): Region {
  const stack = stackOf(world, one);
  return (
    one.region ?? (one.provider === null ? stack.nativeRegion : (stack.providers[one.provider] as Provider).region)
  );
}

/** The account where it really is. */
export function accountOf(world: World, one: Common): string {
  return (stackOf(world, one).providers[one.provider ?? 0] as Provider).account;
}

export function find(world: World, from: Common, label: string): Resource | undefined {
  return world.resources.find((one) => one.stack === from.stack && one.label === label);
}
