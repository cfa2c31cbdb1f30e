import fc from "fast-check";
import { arnOf, topicName } from "./properties";
import { normal } from "./view";
import {
  accountOf,
  type Bus,
  type Change,
  type FilterKind,
  type Identity,
  type PolicyKind,
  type Provider,
  type Ref,
  type Region,
  type Resource,
  regionOf,
  type Stack,
  type Topic,
  type Type,
  type World,
} from "./world";

const ACCOUNTS = ["111111111111", "222222222222"] as const;
const REGIONS: readonly Region[] = ["us-east-1", "eu-west-1"];
const QUEUE_ARN = "arn:aws:sqs:us-east-1:111111111111:inbox";

/** Choices, the first one most often and what a failure shrinks to. */
const pick = <T>(...weighted: readonly (readonly [number, T])[]) =>
  fc.oneof(
    { withCrossShrink: true },
    ...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })),
  );
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number, minLength = 0) =>
  fc.array(arbitrary, { minLength, maxLength, size: "max" });
const seldom = <T>(weight: number, all: fc.Arbitrary<T[]>) =>
  fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: all });
const index = fc.nat(11);

const identityName = pick(
  [5, "example.com"],
  [3, "ceo@example.com"],
  [2, "mail.example.com"],
  [2, "other.example"],
  [1, "ceo+news@example.com"],
  [1, "ceo@mail.example.com"],
  [1, "EXAMPLE.com."],
);
const setName = pick([3, "transactional"], [1, "marketing"]);
const type = pick<Type>([5, "bounce"], [4, "complaint"], [1, "delivery"]);
const change = pick<Change>([6, "new"], [6, "same"], [1, "renamed"], [1, "deleted"]);
const where = fc.record({
  stack: pick([4, 0], [2, 1]),
  provider: pick([5, 0], [2, 1], [1, 2]),
  region: pick<Region | undefined>([9, undefined], [1, "us-east-1"], [1, "eu-west-1"]),
  change,
});
type Where = typeof where extends fc.Arbitrary<infer T> ? T : never;

const refKind = pick(
  [10, "link"],
  [4, "written"],
  [1, "arn"],
  [1, "outside"],
  [1, "nothing"],
  [1, "unknown"],
  [1, "one of one"],
  [1, "one of two"],
);
const reference = fc.record({ kind: refKind, to: index, other: index, name: identityName, set: setName });
type Reference = typeof reference extends fc.Arbitrary<infer T> ? T : never;

const flag = pick<boolean | "absent" | "unknown">([5, true], [3, false], [1, "absent"], [1, "unknown"]);
const enabled = pick<boolean | "absent" | "unknown">([8, true], [1, false], [1, "absent"], [2, "unknown"]);
const policy = pick<PolicyKind>(
  [4, "open"],
  [3, "scoped"],
  [1, "other-service"],
  [1, "denies"],
  [1, "foreign"],
  [1, "unknown"],
);
const noPolicy: fc.Arbitrary<PolicyKind | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: policy },
);

const specification = fc.record({
  stacks: some(
    fc.record({
      project: pick([3, "mail"], [1, "shop"]),
      account: index,
      region: pick<Region>([3, "us-east-1"], [1, "eu-west-1"]),
      native: pick<Region>([3, "us-east-1"], [1, "eu-west-1"]),
      told: pick<Provider["tells"]>([5, "nothing"], [1, "allowedAccountIds"], [1, "assumeRoles"], [1, "profile"]),
      inConfiguration: pick([3, false], [1, true]),
      fresh: pick([1, false], [1, true]),
      providers: some(
        fc.record({
          region: pick<Region>([1, "us-east-1"], [2, "eu-west-1"]),
          tells: pick<Provider["tells"]>([4, "nothing"], [1, "assumeRoles"], [1, "allowedAccountIds"], [1, "profile"]),
          account: index,
        }),
        2,
      ),
    }),
    2,
    1,
  ),
  topics: some(fc.record({ where, name: index, fifo: pick([5, false], [1, true]), policy: noPolicy }), 3),
  sets: some(fc.record({ where, name: setName, removed: pick([3, false], [1, true]) }), 2),
  queues: some(fc.record({ where }), 1),
  identities: some(
    fc.record({
      where,
      api: pick<Identity["api"]>([4, "v2"], [3, "v1"], [2, "native"], [1, "bridged"]),
      name: identityName,
      late: pick([14, false], [1, true]),
      external: pick([14, false], [1, true]),
      set: fc.option(reference, { freq: 2, nil: null }),
      forwarding: pick<boolean | null>([2, null], [1, true], [1, false]),
    }),
    4,
    1,
  ),
  /** Bounces and complaints, as most programs write them. */
  pairs: some(fc.record({ where, identity: reference, topic: reference }), 2),
  notifications: some(
    fc.record({
      where,
      identity: reference,
      on: type,
      topic: reference,
      without: pick<"empty" | "absent" | null>([6, null], [3, "empty"], [1, "absent"]),
    }),
    3,
  ),
  forwardings: some(fc.record({ where, identity: reference, enabled: flag }), 2),
  destinations: some(
    fc.record({
      where,
      set: reference,
      enabled,
      types: pick<Type[]>([5, ["bounce", "complaint"]], [1, ["bounce"]], [1, ["complaint", "delivery"]]),
      to: pick<"sns" | "firehose" | "cloudwatch" | "pinpoint" | Bus>(
        [6, "sns"],
        [2, "firehose"],
        [3, "default"],
        [1, "custom"],
        [1, "other-region"],
        [1, "other-account"],
        [1, "cloudwatch"],
        [1, "pinpoint"],
      ),
      topic: reference,
    }),
    2,
  ),
  policies: some(fc.record({ where, topic: reference, policy }), 2),
  subscriptions: some(
    fc.record({
      where,
      topic: reference,
      protocol: pick<"https" | "email" | "sqs">([3, "https"], [2, "email"], [2, "sqs"]),
      queue: reference,
      pending: pick([3, false], [1, true]),
      filter: pick<FilterKind>(
        [6, "none"],
        [1, "empty"],
        [1, "attributes"],
        [1, "bounces"],
        [1, "events"],
        [1, "deliveries"],
        [1, "unknown"],
      ),
    }),
    3,
  ),
  busRules: some(
    fc.record({
      where,
      detailTypes: pick<Type[] | "all">([2, "all"], [2, ["bounce", "complaint"]], [1, ["bounce"]], [2, ["delivery"]]),
      enabled: pick([2, true], [1, false]),
      target: pick([4, true], [1, false]),
    }),
    2,
  ),
  emailForwarding: pick<World["emailForwarding"]>([6, "when-declared"], [2, "accept"], [1, "reject"]),
  sendTime: seldom(5, some(fc.record({ set: setName, identities: some(identityName, 2, 1) }), 2)),
  overrides: seldom(6, some(identityName, 1)),
  exceptions: seldom(
    8,
    some(fc.record({ rule: pick([1, "bounce-handling"], [1, "address-shadows-domain"]), identity: identityName }), 1),
  ),
  inventory: seldom(
    8,
    some(
      fc.record({ identity: identityName, account: index, region: pick<Region>([1, "us-east-1"], [1, "eu-west-1"]) }),
      2,
    ),
  ),
});
type Specification = typeof specification extends fc.Arbitrary<infer T> ? T : never;

export interface Options {
  stacks?: 1;
  /** Without `accounts` in the configuration. */
  accounts?: false;
}

export function worlds({ stacks, accounts }: Options = {}): fc.Arbitrary<World> {
  return specification.map((spec) => new Builder(spec, stacks === 1, accounts !== false).build());
}

const at = <T>(all: readonly T[], position: number): T | undefined => all[position % Math.max(all.length, 1)];

/** Turns choices into a world that could be: names that are unique are, what exists refers to what exists. */
class Builder {
  private readonly stacks: Stack[];
  private readonly resources: Resource[] = [];
  private count = 0;

  constructor(
    private readonly spec: Specification,
    single: boolean,
    private readonly accounts: boolean,
  ) {
    this.stacks = spec.stacks.slice(0, single ? 1 : 2).map((one, position) => this.stack(one, position));
  }

  build(): World {
    const { spec } = this;
    for (const { where, name, fifo, policy } of spec.topics) {
      const called = ["alpha-topic", "beta-topic", "gamma-topic"][name % 3] as string;
      this.add({ type: "topic", name: called, fifo, policy, ...this.place(where, called) });
    }
    for (const { where, name, removed } of spec.sets) {
      const change = removed ? ("deleted" as const) : where.change;
      this.add({ type: "set", name, ...this.place({ ...where, change }, name) });
    }
    for (const { where } of spec.queues) this.add({ type: "queue", name: "inbox", ...this.place(where, "inbox") });
    for (const one of spec.identities) this.identity(one);
    for (const { where, identity, topic } of spec.pairs) {
      for (const on of ["bounce", "complaint"] as const)
        this.notification({ where, identity, topic, on, without: null });
    }
    for (const one of spec.notifications) this.notification(one);
    for (const { where, identity, enabled } of spec.forwardings) {
      const common = this.place(where, "forwarding");
      const ref = this.ref(common, identity, "identity");
      this.add({ type: "forwarding", identity: ref, enabled, ...this.beside(common, ref) });
    }
    for (const one of spec.destinations) this.destination(one);
    for (const { where, topic, policy } of spec.policies) {
      const common = this.place(where, "policy");
      const ref = this.ref(common, topic, "topic");
      this.add({ type: "topic-policy", topic: ref, policy, ...this.beside(common, ref) });
    }
    for (const one of spec.subscriptions) this.subscription(one);
    for (const { where, detailTypes, enabled, target } of spec.busRules) {
      this.add({ type: "bus-rule", detailTypes, enabled, target, ...this.place(where, "rule") });
    }
    for (const one of this.resources) this.settle(one);
    return {
      ...this.world(),
      emailForwarding: spec.emailForwarding,
      sendTime: spec.sendTime,
      overrides: [...new Set(spec.overrides)],
      exceptions: spec.exceptions,
      inventory: spec.inventory.map(({ identity, account, region }) => ({
        identity: normal(identity),
        account: at(ACCOUNTS, account) as string,
        region,
        bounceTopic: `arn:aws:sns:${region}:${at(ACCOUNTS, account)}:far-topic`,
      })),
    };
  }

  private world(): World {
    const none = {
      emailForwarding: "when-declared" as const,
      sendTime: [],
      overrides: [],
      exceptions: [],
      inventory: [],
    };
    return { stacks: this.stacks, resources: this.resources, ...none };
  }

  private stack(spec: Specification["stacks"][number], position: number): Stack {
    const account = at(ACCOUNTS, spec.account) as string;
    const all = [{ region: spec.region, tells: spec.told, account: spec.account }, ...spec.providers];
    const told = (tells: Provider["tells"]) => tells === "assumeRoles" || tells === "allowedAccountIds";
    const profile = all.some(({ tells }) => tells === "profile");
    // What differs in nothing is of one account, and all profiles have one name.
    const ofProfile = at(ACCOUNTS, all.find(({ tells }) => tells === "profile")?.account ?? 0) as string;
    const providers = all.map(({ region, tells, account: other }, at_) => ({
      name: at_ === 0 ? "default" : `provider-${at_}`,
      region,
      tells,
      account:
        tells === "profile" ? ofProfile : tells === "nothing" || at_ === 0 ? account : (at(ACCOUNTS, other) as string),
    }));
    return {
      project: spec.project,
      stack: ["dev", "prod"][position] as string,
      providers,
      nativeRegion: spec.native,
      inConfiguration: this.accounts && spec.inConfiguration && !profile && (!told(spec.told) || all.length === 1),
    };
  }

  private place({ stack, provider, region, change }: Where, name: string) {
    const own = stack % this.stacks.length;
    const providers = (this.stacks[own] as Stack).providers;
    this.count++;
    return {
      label: `${name.replace(/[@+]/g, "-at-").toLowerCase()}-${this.count}`,
      stack: own,
      provider: (provider % providers.length) as number | null,
      ...(region !== undefined && { region }),
      change: this.spec.stacks[own]?.fresh && change !== "deleted" ? ("new" as Change) : change,
    };
  }

  private add(one: Resource): void {
    const arn = arnOf(this.world(), one);
    const unique = one.type === "topic" || one.type === "set" || one.type === "queue";
    if (
      unique &&
      this.resources.some((other) => arnOf(this.world(), other)?.replace(".fifo", "") === arn?.replace(".fifo", ""))
    )
      return;
    this.resources.push(one);
  }

  private identity({
    where,
    api: wanted,
    name,
    late,
    external,
    set,
    forwarding,
  }: Specification["identities"][number]): void {
    const common = this.place(where, name.replace(/\.$/, ""));
    const told = this.stacks[common.stack]?.providers[0]?.tells;
    const native = wanted === "native" && told !== "profile" && told !== "assumeRoles";
    const api = wanted === "native" && !native ? "v2" : wanted;
    if (api === "native") {
      common.provider = null;
      delete common.region;
    }
    if (api === "bridged") delete common.region;
    if (external) common.change = "same";
    const takes = (api === "v2" || api === "native") && set !== null && !external;
    this.add({
      type: "identity",
      api,
      name,
      ...common,
      late: late && common.change === "new",
      set: takes ? this.ref(common, set as Reference, "set") : null,
      forwarding: api === "native" && !external ? forwarding : null,
      external,
    });
  }

  private notification({ where, identity, on, topic, without }: Specification["notifications"][number]): void {
    const common = this.place(where, `${on}-notification`);
    const ref = this.ref(common, identity, "identity");
    const own = { ...common, ...this.beside(common, ref) };
    this.add({ type: "notification", identity: ref, on, topic: without ?? this.ref(own, topic, "topic"), ...own });
  }

  private destination({ where, set, enabled, types, to, topic }: Specification["destinations"][number]): void {
    const common = this.place(where, "destination");
    const ref = this.ref(common, set, "set");
    const own = { ...common, ...this.beside(common, ref) };
    const target = (): Extract<Resource, { type: "destination" }>["to"] => {
      switch (to) {
        case "sns":
          return { kind: "sns", topic: this.ref(own, topic, "topic") };
        case "firehose":
          return { kind: "firehose", name: own.label };
        case "cloudwatch":
        case "pinpoint":
          return { kind: to };
        default:
          return { kind: "bus", bus: to };
      }
    };
    this.add({ type: "destination", set: ref, enabled, types, to: target(), ...own });
  }

  private subscription({
    where,
    topic,
    protocol,
    queue,
    pending,
    filter,
  }: Specification["subscriptions"][number]): void {
    const common = this.place(where, "subscription");
    const ref = this.ref(common, topic, "topic");
    const own = { ...common, ...this.beside(common, ref) };
    const there = this.resources.filter((one) => one.type === "queue" && one.stack === own.stack);
    const to: Ref | null =
      protocol !== "sqs"
        ? null
        : there[0] !== undefined && queue.kind === "link"
          ? { is: "link", label: there[0].label }
          : {
              is: "arn",
              account: ACCOUNTS[0],
              region: "us-east-1",
              name: queue.kind === "written" ? "inbox" : "elsewhere",
            };
    this.add({
      type: "subscription",
      topic: ref,
      protocol,
      queue: to,
      pending: pending && protocol !== "sqs",
      filter,
      ...own,
    });
  }

  /** A reference from a resource to one of its own stack, or to what the program writes out. */
  private ref(
    from: { stack: number; label: string; provider: number | null; region?: Region },
    spec: Reference,
    want: "identity" | "set" | "topic",
  ): Ref {
    const here = this.resources.filter((one) => one.stack === from.stack && one.type === want);
    const near = want === "set" && from.label.startsWith("destination") === false ? this.near(here, from) : here;
    const one = at(near, spec.to);
    const other = at(here, spec.other);
    const written = (): Ref =>
      want === "topic" ? this.writtenTopic(spec) : { is: "name", name: want === "set" ? spec.set : spec.name };
    switch (spec.kind) {
      case "link":
        return one === undefined ? written() : { is: "link", label: one.label };
      case "written":
        return written();
      case "arn": {
        if (want !== "identity") return written();
        const place = { ...from, change: "new" as const, type: "queue" as const, name: "" };
        return {
          is: "arn",
          account: at(ACCOUNTS, spec.to) as string,
          region: regionOf(this.world(), place),
          name: spec.name.replace(/\.$/, "").toLowerCase(),
        };
      }
      case "outside":
        if (want !== "topic") return written();
        return {
          is: "arn",
          account: at(ACCOUNTS, spec.to) as string,
          region: at(REGIONS, spec.other) as Region,
          name: spec.to % 4 === 3 ? "far-topic.fifo" : "far-topic",
        };
      case "nothing":
        return want === "topic" ? { is: "text", text: spec.to % 2 === 0 ? "TODO" : QUEUE_ARN } : written();
      case "unknown":
        return { is: "unknown", among: [] };
      case "one of one":
        return { is: "unknown", among: one === undefined ? [] : [one.label] };
      case "one of two": {
        const labels = [one, other].flatMap((each) => (each === undefined ? [] : [each.label]));
        return { is: "unknown", among: [...new Set(labels)] };
      }
      default:
        throw new Error(`no reference is ${spec.kind}`);
    }
  }

  private near(all: Resource[], from: { stack: number; provider: number | null; region?: Region }): Resource[] {
    const place = { ...from, label: "", change: "new" as const, type: "queue" as const, name: "" };
    return all.filter(
      (one) =>
        regionOf(this.world(), one) === regionOf(this.world(), place) &&
        accountOf(this.world(), one) === accountOf(this.world(), place),
    );
  }

  private writtenTopic(spec: Reference): Ref {
    const topic = at(
      this.resources.filter((one): one is Topic => one.type === "topic"),
      spec.to,
    );
    if (topic === undefined) return { is: "arn", account: ACCOUNTS[0], region: "us-east-1", name: "far-topic" };
    return {
      is: "arn",
      account: accountOf(this.world(), topic),
      region: regionOf(this.world(), topic),
      name: topicName(topic),
    };
  }

  /** Where a setting has to stand to be one of what it refers to. */
  private beside<T extends { stack: number; provider: number | null; region?: Region }>(common: T, ref: Ref): T {
    const label =
      ref.is === "link" ? ref.label : ref.is === "unknown" && ref.among.length === 1 ? ref.among[0] : undefined;
    const to = this.resources.find((one) => one.stack === common.stack && one.label === label);
    if (to === undefined) return common;
    const { region: _, ...rest } = common;
    const native = to.provider === null;
    const region = native ? regionOf(this.world(), to) : to.region;
    return { ...rest, provider: native ? 0 : to.provider, ...(region !== undefined && { region }) } as T;
  }

  /** What exists already refers to nothing that does not exist yet. */
  private settle(one: Resource): void {
    const refs = refsOf(one);
    const labels = refs.flatMap((ref) => (ref.is === "link" ? [ref.label] : ref.is === "unknown" ? ref.among : []));
    const later = this.resources.some(
      (other) => other.stack === one.stack && labels.includes(other.label) && other.change === "new",
    );
    const names = refs.flatMap((ref) => (ref.is === "name" || ref.is === "arn" ? [normal(ref.name)] : []));
    const called = this.resources.filter(
      (other) =>
        (other.type === "identity" || other.type === "set") &&
        other.stack === one.stack &&
        names.includes(normal(other.name)),
    );
    const namesLater = called.length > 0 && called.every((other) => other.change === "new");
    if ((later || namesLater) && !(one.type === "identity" && one.external)) one.change = "new";
    if (one.type === "subscription" && one.change === "new") one.pending = false;
  }
}

/** What a resource refers to. */
export function refsOf(one: Resource): Ref[] {
  switch (one.type) {
    case "identity":
      return one.set === null ? [] : [one.set];
    case "notification":
      return typeof one.topic === "string" ? [one.identity] : [one.identity, one.topic];
    case "forwarding":
      return [one.identity];
    case "destination":
      return one.to.kind === "sns" ? [one.set, one.to.topic] : [one.set];
    case "topic-policy":
      return [one.topic];
    case "subscription":
      return one.queue === null ? [one.topic] : [one.topic, one.queue];
    default:
      return [];
  }
}
