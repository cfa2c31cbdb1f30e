import { arnOf, topicName } from "./properties";
import {
  accountOf,
  allOf,
  type ConfigurationSet,
  type Form,
  find,
  type Identity,
  type Of,
  type Provider,
  type Ref,
  type Resource,
  regionOf,
  type Stack,
  stackOf,
  type Topic,
  type World,
} from "./world";

export type Sameness = "yes" | "maybe" | "no";

/** One identity, managed by one resource or by several that are certainly of one account and Region. */
export interface Owner {
  /** Null where it is not known. */
  name: string | null;
  region: string;
  members: Identity[];
  /** Somebody manages it; otherwise it is only read. */
  managed: boolean;
}

export interface Owners {
  certain: Owner[];
  maybe: Owner[];
  /** Owners that it could be in another account, although it has one already. */
  weak: Owner[];
}

export type Target =
  | { is: "topic"; topic: Topic }
  | { is: "outside"; arn: string; name: string; region: string }
  /** Only the name and the Region agree. */
  | { is: "maybe"; arn: string; name: string; region: string; topics: Topic[] }
  | { is: "nothing"; text: string }
  | { is: "unknown"; among: Topic[] };

/** What a form of the world shows, and what the contract lets a reader conclude from it about accounts and references. */
export class View {
  readonly owners: Owner[];

  constructor(
    readonly world: World,
    readonly form: Form,
  ) {
    this.owners = this.group();
  }

  visible(one: Resource): boolean {
    const external = one.type === "identity" && one.external;
    if (one.change === "deleted") return false;
    if (this.form === "pack") return !external;
    return external || this.form !== "partial" || one.change === "new";
  }

  all<T extends Resource["type"]>(type: T): Of<T>[] {
    return allOf(this.world, type).filter((one) => this.visible(one));
  }

  gone(one: Resource): boolean {
    return one.change === "deleted" && ["preview", "both", "partial"].includes(this.form);
  }

  /** What the provider computed is known. */
  exists(one: Resource): boolean {
    return this.form === "state" || one.change !== "new";
  }

  /** Absence in the stack proves nothing for what was there before. */
  hides(one: Resource): boolean {
    return this.form === "partial" && one.change !== "new" && this.partial(one);
  }

  partial({ stack }: Resource): boolean {
    return (
      this.form === "partial" &&
      this.world.resources.some(
        (one) =>
          one.stack === stack &&
          (one.change === "same" || one.change === "renamed") &&
          !(one.type === "identity" && one.external),
      )
    );
  }

  region(one: Resource): string {
    return regionOf(this.world, one);
  }

  name(one: Identity): string | null {
    return one.late && !this.exists(one) ? null : normal(one.name);
  }

  // Accounts

  account(one: Resource): string | undefined {
    const told = this.told(one.stack, one.provider);
    if (told !== undefined) return told;
    const stack = stackOf(this.world, one);
    const alike = [null, ...stack.providers.keys()].filter(
      (provider) => !this.differ(one.stack, one.provider, provider),
    );
    const known = [
      ...new Set(alike.map((provider) => this.told(one.stack, provider)).filter((id) => id !== undefined)),
    ];
    if (known.length === 1) return known[0];
    // Another sign-in than the stack's own may be another account's.
    if (this.tells(one.stack, one.provider) === "profile") return undefined;
    if (stack.inConfiguration) return (stack.providers[0] as Provider).account;
    const inventory = [...new Set(this.world.inventory.map(({ account }) => account))];
    return inventory.length === 1 ? inventory[0] : undefined;
  }

  private told(stack: number, index: number | null): string | undefined {
    const provider = (this.world.stacks[stack] as Stack).providers[index ?? 0] as Provider;
    if (this.tells(stack, index) !== "nothing" && provider.tells !== "profile") return provider.account;
    const byArn = this.world.resources.some(
      (one) =>
        one.stack === stack &&
        one.provider === index &&
        (this.gone(one) || (this.visible(one) && this.exists(one))) &&
        !(one.type === "identity" && one.api === "native") &&
        arnOf(this.world, one) !== undefined,
    );
    return byArn ? provider.account : undefined;
  }

  private tells(stack: number, index: number | null): Provider["tells"] {
    const { tells } = (this.world.stacks[stack] as Stack).providers[index ?? 0] as Provider;
    // `aws-native` is told no roles and no profile.
    return index === null && tells !== "allowedAccountIds" ? "nothing" : tells;
  }

  /** Something about the providers says that they may be of two accounts. All profiles have one name. */
  private differ(stack: number, a: number | null, b: number | null): boolean {
    const [one, other] = [this.tells(stack, a), this.tells(stack, b)];
    if (one === "profile" && other === "profile") return false;
    return a !== b && (one !== "nothing" || other !== "nothing");
  }

  same(a: Resource, b: Resource): Sameness {
    const [known, other] = [this.account(a), this.account(b)];
    if (known !== undefined && other !== undefined) return known === other ? "yes" : "no";
    return a.stack === b.stack && !this.differ(a.stack, a.provider, b.provider) ? "yes" : "maybe";
  }

  /** The account that SES publishes for: an ARN names the identity's. */
  publisher(from: Resource): string | undefined {
    return from.type === "notification" && from.identity.is === "arn" ? from.identity.account : this.account(from);
  }

  /** Whether something is of the account that SES publishes for. */
  ofPublisher(from: Resource, to: Resource): Sameness {
    return from.type === "notification" && from.identity.is === "arn"
      ? this.is(to, from.identity.account)
      : this.same(from, to);
  }

  is(one: Resource, account: string): Sameness {
    const known = this.account(one);
    return known === undefined ? "maybe" : known === account ? "yes" : "no";
  }

  // Identities

  private group(): Owner[] {
    const owners: Owner[] = [];
    for (const one of this.all("identity")) {
      const name = this.name(one);
      const owner = owners.find(
        (other) =>
          name !== null &&
          other.name === name &&
          other.region === this.region(one) &&
          other.members.some((member) => this.same(member, one) === "yes"),
      );
      if (owner === undefined) {
        owners.push({ name, region: this.region(one), members: [one], managed: !one.external });
      } else {
        owner.members.push(one);
        owner.managed ||= !one.external;
      }
    }
    return owners;
  }

  /** Whose a setting is. */
  ownersOf(from: Resource, ref: Ref): Owners {
    switch (ref.is) {
      case "name":
        return this.named(from, normal(ref.name), (owner) => this.of(from, owner));
      case "arn":
        if (ref.region !== this.region(from)) return { certain: [], maybe: [], weak: [] };
        return this.named(from, normal(ref.name), (owner) =>
          best(owner.members.map((member) => this.is(member, ref.account))),
        );
      case "text":
        return { certain: [], maybe: [], weak: [] };
      case "link":
        return this.linked(from, ref.label);
      case "unknown": {
        const among = this.among(from, ref.among, "identity");
        const [first] = among;
        if (first === undefined) {
          const here = this.owners.filter(({ region }) => region === this.region(from));
          return { certain: [], maybe: here.filter((owner) => this.of(from, owner) !== "no"), weak: [] };
        }
        // What the property holds is a name, and all of them have it.
        const names = new Set(among.map((one) => this.name(one)));
        if (among.length === 1 || (names.size === 1 && !names.has(null))) return this.linked(from, first.label);
        const all = among.map(({ label }) => this.linked(from, label));
        return { certain: [], maybe: [...new Set(all.flatMap((one) => [...one.certain, ...one.maybe]))], weak: [] };
      }
    }
  }

  /** The name of the identity that a reference means; undefined where it is not known. */
  called(from: Resource, ref: Ref): string | undefined {
    if (ref.is === "name" || ref.is === "arn") return normal(ref.name);
    const linked = ref.is === "link" ? find(this.world, from, ref.label) : undefined;
    if (linked?.type === "identity") return this.name(linked) ?? undefined;
    const names = new Set(
      ref.is === "unknown" ? this.among(from, ref.among, "identity").map((one) => this.name(one)) : [],
    );
    return names.size === 1 ? ([...names][0] ?? undefined) : undefined;
  }

  /** The resources behind a value that nobody knows, as far as the documents tell anything about them. */
  private among<T extends Resource["type"]>(from: Resource, labels: readonly string[], type: T): Of<T>[] {
    return allOf(this.world, type).filter(
      (one) => one.stack === from.stack && labels.includes(one.label) && (this.visible(one) || this.gone(one)),
    );
  }

  private linked(from: Resource, label: string): Owners {
    const identity = find(this.world, from, label) as Identity;
    const own = this.owners.filter(({ members }) => members.includes(identity));
    const name = this.name(identity);
    if (name === null) {
      const here = own.filter(({ region }) => region === this.region(from));
      return {
        certain: here.filter((owner) => this.of(from, owner) === "yes"),
        maybe: here.filter((owner) => this.of(from, owner) === "maybe"),
        weak: [],
      };
    }
    // Only the name is taken from it: it means the identity of that name where the setting stands.
    return this.named(from, name, (owner) => this.of(from, owner));
  }

  private of(from: Resource, { members }: Pick<Owner, "members">): Sameness {
    return best(members.map((member) => this.same(from, member)));
  }

  private named(from: Resource, name: string, how: (owner: Owner) => Sameness): Owners {
    const here = this.owners.filter(({ region }) => region === this.region(from));
    const certain = here.filter((owner) => owner.name === name && how(owner) === "yes");
    const maybe = here.filter(
      (owner) => (owner.name === name || owner.name === null) && how(owner) === "maybe" && !certain.includes(owner),
    );
    // It could be the name of one that has none yet.
    const unnamed = here.filter((owner) => owner.name === null && how(owner) === "yes");
    const others = [...maybe, ...unnamed.filter((owner) => !maybe.includes(owner) && !certain.includes(owner))];
    return certain.length > 0 ? { certain, maybe: [], weak: others } : { certain, maybe: others, weak: [] };
  }

  // Topics

  target(from: Resource, ref: Ref): Target {
    switch (ref.is) {
      case "name":
      case "text":
        return { is: "nothing", text: ref.is === "name" ? ref.name : ref.text };
      case "link":
        return this.topic(find(this.world, from, ref.label) as Topic);
      case "unknown": {
        const among = this.among(from, ref.among, "topic");
        if (among.length === 1) return this.topic(among[0] as Topic);
        return { is: "unknown", among };
      }
      case "arn": {
        const arn = `arn:aws:sns:${ref.region}:${ref.account}:${ref.name}`;
        const called = allOf(this.world, "topic").filter(
          (one) => topicName(one) === ref.name && this.region(one) === ref.region,
        );
        // What exists has an ARN that can be compared; of what does not, the account may be told.
        const how = (one: Topic): Sameness =>
          one.change !== "new" && !this.visible(one)
            ? accountOf(this.world, one) === ref.account
              ? "yes"
              : "no"
            : this.is(one, ref.account);
        const there = called.filter((one) => one.change !== "deleted" && how(one) === "yes");
        if (there.length > 1) return { is: "maybe", arn, name: ref.name, region: ref.region, topics: there };
        if (there[0] !== undefined) return { is: "topic", topic: there[0] };
        const topics = called.filter((one) => this.visible(one) && how(one) === "maybe");
        // One that takes the place of a deleted one is what is meant, if it is of the same account.
        const isGone = called.some((one) => this.gone(one) && how(one) === "yes");
        if (isGone && topics.length > 0) return { is: "unknown", among: topics };
        if (topics.length > 0) return { is: "maybe", arn, name: ref.name, region: ref.region, topics };
        if (isGone) return { is: "nothing", text: arn };
        return { is: "outside", arn, name: ref.name, region: ref.region };
      }
    }
  }

  private topic(topic: Topic): Target {
    if (this.gone(topic)) {
      const [name, account, region] = [topicName(topic), accountOf(this.world, topic), regionOf(this.world, topic)];
      return this.target(topic, { is: "arn", account, region, name });
    }
    if (topic.change === "deleted") {
      return {
        is: "outside",
        arn: arnOf(this.world, topic) as string,
        name: topicName(topic),
        region: this.region(topic),
      };
    }
    return { is: "topic", topic };
  }

  // Configuration sets

  /** The set's name, or undefined where it is not known. */
  setName(from: Resource, ref: Ref): string | undefined {
    switch (ref.is) {
      case "name":
      case "arn":
        return ref.name;
      case "text":
        return ref.text;
      case "link":
        return (find(this.world, from, ref.label) as ConfigurationSet).name;
      case "unknown": {
        const names = new Set(this.among(from, ref.among, "set").map(({ name }) => name));
        return names.size === 1 ? [...names][0] : undefined;
      }
    }
  }

  /** The sets of a name that somebody may mean. */
  sets(from: Resource, name: string): { there: Sameness; gone: Sameness; several: boolean } {
    const called = allOf(this.world, "set").filter(
      (one) => one.name === name && this.region(one) === this.region(from),
    );
    return {
      there: best(called.filter((one) => this.visible(one)).map((one) => this.same(from, one))),
      gone: best(called.filter((one) => this.gone(one)).map((one) => this.same(from, one))),
      several: called.filter((one) => this.visible(one) && this.same(from, one) === "yes").length > 1,
    };
  }
}

export function best(all: readonly Sameness[]): Sameness {
  return all.includes("yes") ? "yes" : all.includes("maybe") ? "maybe" : "no";
}

/** Domain names compare without case, what is before @ does not. */
export function normal(name: string): string {
  const at = name.lastIndexOf("@");
  return (
    name.slice(0, at + 1) +
    name
      .slice(at + 1)
      .toLowerCase()
      .replace(/\.$/, "")
  );
}

/** Names whose settings a name would inherit, nearest first. */
export function ancestors(name: string): string[] {
  const at = name.lastIndexOf("@");
  const local = name.slice(0, at + 1);
  const domain = name.slice(at + 1);
  const labels = domain.split(".");
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
  if (at < 0) return domains.slice(1);
  const plus = local.indexOf("+");
  return [...(plus > 0 ? [`${local.slice(0, plus)}@${domain}`] : []), ...domains];
}

/** What a target can be compared by; undefined where nobody knows. */
export function targetKey(target: Target | null): string | undefined {
  switch (target?.is) {
    case "topic":
      return `topic ${target.topic.stack} ${target.topic.label}`;
    case "outside":
    case "maybe":
      return target.arn;
    case "nothing":
      return target.text;
    default:
      return undefined;
  }
}

export function sameTarget(a: Target, b: Target): Sameness {
  const [one, other] = [targetKey(a), targetKey(b)];
  if (one === undefined || other === undefined) return "maybe";
  if (one === other) return "yes";
  return perhapsOne(a, b) || perhapsOne(b, a) ? "maybe" : "no";
}

/** An ARN whose account may be that of a topic in view. */
function perhapsOne(a: Target, b: Target): boolean {
  return a.is === "maybe" && b.is === "topic" && a.topics.includes(b.topic);
}
