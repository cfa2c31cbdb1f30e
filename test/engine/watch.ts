import { ACCOUNT } from "./aws/kinds";
import { type Listener, listeners } from "./aws/listening";
import type { World } from "./aws/world";
import {
  ENDPOINTS,
  givenTopic,
  HANDLER,
  type IdentitySpec,
  KINDS,
  mailFromOf,
  NOBODY,
  type Spec,
  type Subscribers,
  targetArn,
  wordsOf,
} from "./life-program";

const PROTOCOLS = { emails: "email", webhooks: "https", queues: "sqs", functions: "lambda" } as const;
const TYPES = { bounces: "Bounce", complaints: "Complaint", deliveries: "Delivery" } as const;
const identityOf = (listener: Listener) => listener.slice(0, listener.indexOf(" "));

/** Endpoints of the one queue that a program makes for itself are called alike, whatever AWS called them. */
export function plain(listener: Listener): Listener {
  return listener.replace(new RegExp(` arn:aws:sqs:[^:]+:${ACCOUNT}:.*$`), ` ${HANDLER}`);
}

const heard = (world: World): Set<Listener> => new Set([...listeners(world)].map(plain));
const published = (world: World): Set<string> => new Set(world.all("record").map(([rest]) => rest));

/** What a program says, in the terms of the world. */
class Wanted {
  private readonly words: ReturnType<typeof wordsOf>;

  constructor(readonly spec: Spec) {
    this.words = wordsOf(spec);
  }

  key({ region, identity }: IdentitySpec): string {
    return `${region}/${this.words.identity(identity)}`;
  }

  find(identity: string): IdentitySpec | undefined {
    return this.spec.identities.find((one) => this.key(one) === identity);
  }

  /** Who is to hear of an identity. */
  listeners(one: IdentitySpec): Set<Listener> {
    const forwards = one.bounces.forwardByEmail || one.complaints.forwardByEmail;
    const found: Listener[] = [];
    for (const path of ["bounces", "complaints", "deliveries"] as const) {
      const start = `${this.key(one)} ${TYPES[path]}`;
      if (forwards && path !== "deliveries") found.push(`${start} forwarding`);
      found.push(...[...this.byTopic(one, path), ...this.bySet(one, path)].map((endpoint) => `${start} ${endpoint}`));
    }
    return new Set(found);
  }

  /** Which records are to be in which zone, as `ZONE/NAME|TYPE`. */
  records(one: IdentitySpec): string[] {
    const { zone, region } = one;
    if (!zone) return [];
    const domain = this.words.identity(one.identity);
    const found = [
      // Tokens of the stand-in.
      ...(zone.dkim ? ["one", "two", "three"].map((token) => `${token}-${region}._domainkey.${domain}|CNAME`) : []),
      ...(zone.mailFrom && one.mailFrom ? [`${mailFromOf(domain)}|MX`, `${mailFromOf(domain)}|TXT`] : []),
      ...(zone.dmarc ? [`_dmarc.${domain}|TXT`] : []),
    ];
    return found.map((record) => `${this.words.zone(zone.id)}/${record}`);
  }

  byTopic(one: IdentitySpec, path: keyof typeof TYPES): string[] {
    const given = one[path];
    if (given?.way === "own") return this.endpoints(given, one.region);
    if (given?.way === "given") return [this.owner(one.region)];
    if (given?.way === "plain" && this.spec.plain) {
      return this.endpoints({ ...NOBODY, queues: this.spec.plain.queues }, one.region);
    }
    if (given?.way === "shared" && this.spec.topic) return this.endpoints(this.spec.topic.subscribers, one.region);
    return [];
  }

  bySet(one: IdentitySpec, path: keyof typeof TYPES): string[] {
    const given = one.attached ? this.spec.set?.[path] : undefined;
    if (given?.way === "own") return this.endpoints(given, one.region);
    if (given?.way === "given") return [this.owner(one.region)];
    if (given?.way === "plain" && this.spec.plain) {
      return this.endpoints({ ...NOBODY, queues: this.spec.plain.queues }, one.region);
    }
    if (given?.way !== "bus") return [];
    return Object.values(given.targets).map((name) => `target ${targetArn(this.words.endpoint(name), one.region)}`);
  }

  private owner(region: string): string {
    return `owner ${givenTopic(region, this.spec.place)}`;
  }

  private endpoints(given: Subscribers, region: string): string[] {
    return KINDS.flatMap((kind) =>
      Object.values(given[kind]).map((name) =>
        name === HANDLER
          ? `${PROTOCOLS[kind]} ${HANDLER}`
          : `${PROTOCOLS[kind]} ${ENDPOINTS[kind](this.words.endpoint(name), region)}`,
      ),
    );
  }
}

/**
 * Types of feedback that the set takes another way, while one who heard of them by it alone is to hear by an identity's
 * topic. Two components, neither of which knows of the other: nothing orders what they do, and the docs ask for two updates.
 */
export function movedFromSet(before: Spec, after: Spec): (keyof typeof TYPES)[] {
  const [old, now] = [new Wanted(before), new Wanted(after)];
  const moved = (type: keyof typeof TYPES) =>
    before.identities.some((one) => {
      const heir = after.identities.find(({ lineage }) => lineage === one.lineage);
      if (!heir) return false;
      const heard = new Set([...old.byTopic(one, type), ...now.bySet(heir, type)]);
      const toHear = now.byTopic(heir, type);
      return old.bySet(one, type).some((listener) => !heard.has(listener) && toHear.includes(listener));
    });
  const otherTopic = before.plain?.topicName !== after.plain?.topicName;
  const turns = (type: keyof typeof TYPES) => {
    const [was, is] = [before.set?.[type]?.way, after.set?.[type]?.way];
    return was !== is || (is === "plain" && otherTopic);
  };
  return (["bounces", "complaints", "deliveries"] as const).filter((type) => turns(type) && moved(type));
}

/**
 * Watches over an update from one program to another: after every operation, whoever listened before and still stands in
 * the program is listening, nobody's bounces and complaints go to nobody, and no record is gone that stays.
 */
export class Watch {
  private readonly kept: Listener[];
  private readonly keptRecords: string[];
  private readonly before: Wanted;
  private readonly after: Wanted;
  readonly faults: string[] = [];

  private constructor(
    before: Spec,
    after: Spec,
    private readonly listening: Set<Listener>,
    private readonly mayPause: (listener: Listener) => boolean,
    records: Set<string>,
  ) {
    this.before = new Wanted(before);
    this.after = new Wanted(after);
    this.kept = [...listening].filter((listener) => this.stays(listener));
    const wanted = after.identities.flatMap((one) => this.after.records(one));
    this.keptRecords = wanted.filter((record) => records.has(record));
  }

  /** @param mayPause who is replaced on demand, and hears again at the end. Default: nobody */
  static begin(
    before: Spec,
    after: Spec,
    world: World,
    mayPause: (listener: Listener) => boolean = () => false,
  ): Watch {
    return new Watch(before, after, heard(world), mayPause, published(world));
  }

  private stays(listener: Listener): boolean {
    const identity = identityOf(listener);
    const now = this.after.find(identity);
    if (now) return this.after.listeners(now).has(listener);
    // The identity goes. Until then, whoever stands in its successor hears of its bounces and complaints, and all do where
    // there is none.
    if (listener.startsWith(`${identity} Delivery `)) return false;
    const old = this.before.find(identity);
    const heir = old && this.after.spec.identities.find(({ lineage }) => lineage === old.lineage);
    if (!old || !heir) return true;
    return this.after.listeners({ ...heir, identity: old.identity, region: old.region }).has(listener);
  }

  /** To be asked after every operation. */
  check(world: World, operation: string): void {
    const paused = [...this.listening].filter((listener) => this.mayPause(listener));
    const now = new Set([...heard(world), ...paused]);
    for (const listener of this.kept) {
      const identity = identityOf(listener);
      const gone = !world.has(`identity ${identity}`);
      if (gone ? this.after.find(identity) : !now.has(listener)) {
        this.faults.push(`after ${operation}: ${listener} no longer hears`);
      }
    }
    for (const [identity, { configurationSetName }] of world.all("identity")) {
      const set = `${identity.slice(0, identity.indexOf("/"))}/${configurationSetName}`;
      if (configurationSetName !== undefined && !world.has(`set ${set}`)) {
        this.faults.push(`after ${operation}: ${identity} can't send, its set ${set} is gone`);
      }
      for (const type of ["Bounce", "Complaint"]) {
        if ([...now].some((listener) => listener.startsWith(`${identity} ${type} `))) continue;
        this.faults.push(`after ${operation}: nobody hears of ${identity} ${type}`);
      }
    }
    for (const record of this.keptRecords) {
      if (!world.has(`record ${record}`)) this.faults.push(`after ${operation}: the record ${record} is gone`);
    }
  }

  /** To be asked once the update has succeeded: everybody listens whom the program names, and nobody else. */
  end(world: World): void {
    const now = heard(world);
    const records = new Set(this.after.spec.identities.flatMap((one) => this.after.records(one)));
    for (const record of records) {
      if (!world.has(`record ${record}`)) this.faults.push(`at the end: there is no record ${record}`);
    }
    for (const record of published(world)) {
      if (!records.has(record)) this.faults.push(`at the end: the record ${record} is left`);
    }
    for (const one of this.after.spec.identities) {
      const names = this.after.listeners(one);
      for (const listener of names) if (!now.has(listener)) this.faults.push(`at the end: ${listener} does not hear`);
      for (const listener of now) {
        if (listener.startsWith(`${this.after.key(one)} `) && !names.has(listener)) {
          this.faults.push(`at the end: ${listener} hears, and the program does not say so`);
        }
      }
    }
  }
}
