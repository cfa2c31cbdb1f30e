import { any, every, type State } from "./verdicts";
import { best, normal, type Owner, type Owners, type Sameness, type Target, type View } from "./view";
import {
  allOf,
  type Destination,
  type Forwarding,
  type Identity,
  type Notification,
  type Resource,
  type Type,
} from "./world";

export interface Setting<T> {
  one: T;
  owners: Owners;
}

export interface Sent {
  destination: Destination;
  /** Whether it is a destination of the set in question. */
  sure: Sameness;
}

export type ForwardingState = "on" | "off" | "undeclared" | "unknown" | "conflict";

/** A setting that may be an owner's: each serves one of them at most. */
export interface Candidate {
  setting: Resource;
  owners: Owner[];
}

/** How notifications leave identities. */
export class Channels {
  readonly notifications: (Setting<Notification> & { target: Target | null; takenBack: boolean })[];
  readonly forwardings: Setting<Forwarding>[];
  private readonly offBefore: Setting<Forwarding>[];
  readonly destinations: { one: Destination; set: string | undefined; target: Target | null }[];

  constructor(readonly view: View) {
    const deleted = this.deleted(allOf(view.world, "notification"));
    this.notifications = view.all("notification").map((one) => {
      const owners = view.ownersOf(one, one.identity);
      const isUndone = (other: Setting<Notification>) =>
        other.one.on === one.on && other.owners.certain.some((owner) => owners.certain.includes(owner));
      const target = typeof one.topic === "string" ? null : view.target(one, one.topic);
      return { one, owners, target, takenBack: deleted.some(isUndone) };
    });
    this.offBefore = this.deleted(allOf(view.world, "forwarding"));
    this.forwardings = view.all("forwarding").map((one) => ({ one, owners: view.ownersOf(one, one.identity) }));
    this.destinations = view.all("destination").map((one) => ({
      one,
      set: view.setName(one, one.set),
      target: one.to.kind === "sns" ? view.target(one, one.to.topic) : null,
    }));
  }

  /** Settings that the preview deletes: that comes last, and takes back what AWS knows by the same key. */
  private deleted<T extends Notification | Forwarding>(all: readonly T[]): Setting<T>[] {
    return all
      .filter((one) => this.view.gone(one))
      .map((one) => ({ one, owners: this.view.ownersOf(one, one.identity) }));
  }

  notificationsOf(owner: Owner, type: Type) {
    return this.notifications.filter(({ one, owners }) => one.on === type && owners.certain.includes(owner));
  }

  forwarding(owner: Owner): ForwardingState {
    if (this.offBefore.some(({ owners }) => owners.certain.includes(owner))) return "off";
    const values = [
      ...owner.members.map(({ api, forwarding }) => (api === "native" ? forwarding : null)),
      ...this.forwardings
        .filter(({ owners }) => owners.certain.includes(owner))
        .map(({ one }) => (one.enabled === "absent" ? false : one.enabled)),
    ].filter((value) => value !== null);
    const known = new Set(values.filter((value) => value !== "unknown"));
    if (known.size > 1) return "conflict";
    if (values.includes("unknown")) return "unknown";
    return values.length === 0 ? "undeclared" : known.has(true) ? "on" : "off";
  }

  /** Event destinations of the set that `from` means by the name. */
  sentBy(from: Resource, set: string): Sent[] {
    return this.destinations
      .filter(({ one, set: name }) => name === set && this.view.region(one) === this.view.region(from))
      .map(({ one }) => ({ destination: one, sure: this.view.same(from, one) }))
      .filter(({ sure }) => sure !== "no");
  }

  private carries({ destination, sure }: Sent, type: Type): State {
    const { enabled, types, to } = destination;
    if (enabled === false || enabled === "absent" || !types.includes(type)) return "no";
    if (to.kind === "cloudwatch" || to.kind === "pinpoint") return "no";
    const target = this.destinations.find(({ one }) => one === destination)?.target;
    if (target?.is === "nothing") return "no";
    if (enabled === "unknown" || sure === "maybe" || target?.is === "unknown") return "doubt";
    return "yes";
  }

  setState(from: Resource, set: string, type: Type): State {
    const { there, gone, several } = this.view.sets(from, set);
    if (gone === "yes" && there === "no") return "no";
    // Two sets of one name in one account can't both be made.
    const isOpen = ({ sure }: Sent) => several || (sure === "maybe" && there === "yes");
    const states = this.sentBy(from, set).map((sent): State => {
      const state = this.carries(sent, type);
      return state !== "no" && (several || state === "doubt") && isOpen(sent) ? "open" : state;
    });
    if (there === "maybe") states.push("open");
    // Somebody else's set: what it does is not in view.
    if (there === "no") states.push(gone === "maybe" ? "open" : "soft");
    if (there === "yes" && this.view.partial(from) && from.change !== "new") states.push("doubt");
    if (there === "yes" && this.unknownSets(from, type).length > 0) states.push("open");
    return any(states);
  }

  /** Destinations of a set that nobody knows, and that could be any of this account and Region. */
  private unknownSets(from: Resource, type: Type): Destination[] {
    return this.destinations
      .filter(({ one, set }) => set === undefined && this.view.region(one) === this.view.region(from))
      .map(({ one }) => one)
      .filter((one) => this.view.same(from, one) !== "no")
      .filter((destination) => this.carries({ destination, sure: "maybe" }, type) !== "no");
  }

  private defaultSets(owner: Owner): { from: Identity; set: string | undefined }[] {
    return owner.members
      .filter(({ set }) => set !== null)
      .map((from) => ({ from, set: this.view.setName(from, from.set as NonNullable<Identity["set"]>) }));
  }

  sendTimeSets(owner: Owner): string[] {
    return this.view.world.sendTime
      .filter(({ identities }) => identities.some((name) => normal(name) === owner.name))
      .map(({ set }) => set);
  }

  /** On each path that a mail may take, by event destinations alone. */
  private events(owner: Owner, type: Type): State {
    const states = this.defaultSets(owner).map(({ from, set }) =>
      set === undefined ? ("doubt" as const) : this.setState(from, set, type),
    );
    const differ = new Set(this.defaultSets(owner).map(({ set }) => set)).size > 1;
    const byDefault: State | undefined = differ ? "open" : states.length > 0 ? any(states) : undefined;
    const sendTime = this.sendTimeSets(owner).map((set) => this.setState(owner.members[0] as Identity, set, type));
    if (sendTime.length === 0) return byDefault ?? "no";
    const named = every(sendTime);
    if (byDefault === undefined || named === "no") return named;
    if (byDefault === "no") return "open";
    // Who names a set may name it for every mail: then the default one carries none.
    return every([named, byDefault === "doubt" || byDefault === "open" ? "soft" : byDefault]);
  }

  /** By topics and event destinations. */
  withoutForwarding(owner: Owner, type: Type): State {
    const topics = this.notificationsOf(owner, type).map(({ target, takenBack }): State => {
      if (takenBack || target === null || target.is === "nothing") return "no";
      return target.is === "unknown" ? "doubt" : "yes";
    });
    return any([...topics, this.events(owner, type)]);
  }

  byForwarding(owner: Owner): State {
    const { emailForwarding: policy } = this.view.world;
    if (policy === "reject") return "no";
    const maybe = this.forwardings.some(({ owners }) => owners.maybe.includes(owner) || owners.weak.includes(owner));
    switch (this.forwarding(owner)) {
      case "on":
        return "yes";
      case "off":
        return "no";
      case "undeclared":
        return policy === "accept" ? (maybe ? "soft" : "yes") : "no";
      case "unknown":
        return "doubt";
      case "conflict":
        return "open";
    }
  }

  handled(owner: Owner, type: Type): State {
    return any([this.withoutForwarding(owner, type), this.byForwarding(owner)]);
  }

  /** Settings for the type that could be one of several owners'. */
  candidates(type: Type, forwardingToo: boolean): Candidate[] {
    const forwards = forwardingToo && this.view.world.emailForwarding !== "reject";
    return [
      ...this.notifications
        .filter(({ one, target }) => one.on === type && target !== null && target.is !== "nothing")
        .map(({ one, owners }) => ({ setting: one, owners: owners.maybe })),
      ...this.forwardings
        .filter(({ one }) => forwards && (one.enabled === true || one.enabled === "unknown"))
        .map(({ one, owners }) => ({ setting: one, owners: owners.maybe })),
    ].filter(({ owners }) => owners.length > 0);
  }

  /** Settings that have an owner, and could be this one's only if two accounts are one. */
  weak(owner: Owner): boolean {
    const own = [...this.notifications, ...this.forwardings].some(({ owners }) => owners.weak.includes(owner));
    return (
      own || this.twins(owner).some(({ members }) => members.some((one) => one.set !== null || one.forwarding !== null))
    );
  }

  /** Other owners of the name, which are the same one if two accounts are one. */
  private twins(owner: Owner): Owner[] {
    return this.view.owners.filter(
      (other) =>
        other !== owner &&
        other.name !== null &&
        other.name === owner.name &&
        other.region === owner.region &&
        other.members.some((a) => owner.members.some((b) => this.view.same(a, b) === "maybe")),
    );
  }

  touched(owner: Owner): boolean {
    return (
      this.weak(owner) ||
      [...this.notifications, ...this.forwardings].some(({ owners }) => owners.maybe.includes(owner)) ||
      this.destinations.some(
        ({ set, one }) => set === undefined && best(owner.members.map((m) => this.view.same(m, one))) !== "no",
      )
    );
  }
}
