import { parseArn, parseFunction } from "../../../policies/model/arn";
import type { StackRecords } from "../../../policies/model/record";
import { asString, isKnown } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { addBus } from "./bus";
import { Calls, mapInParallel, type Reading } from "./calls";
import type { Api, Operation } from "./client";
import { type Doubt, Doubts, sayDoubt } from "./doubts";
import { addIdentities } from "./identities";
import { CLOCK, type Clock, Limits } from "./limits";
import { Place, stackOf } from "./place";
import { addFunction, addKey, addQueue } from "./receivers";
import { addSets } from "./sets";
import { addEndpoints, addStanding, addTenants } from "./standing";
import { addTopic } from "./topics";

export type { Api } from "./client";
export { type Doubt, sayDoubt } from "./doubts";
export { leastPolicy } from "./permissions";

/** An account that could be signed in to. */
export interface OpenAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly partition: string;
  /** Whose credentials they are, as an ARN. */
  readonly caller?: string;
  readonly api: Api;
  readonly regions: readonly string[];
  /** What is already known not to be known, as the end of a sentence, by what it is about. */
  readonly notes?: readonly (readonly [subject: string, problem: string])[];
}

/** One that could not: of it nothing is known but that. */
export interface ClosedAccount {
  readonly id: string;
  readonly problem: string;
}

export interface AuditOptions {
  /** Leaves out what takes a call for each identity: default sets, DKIM, policies. They are unverified. */
  quick?: boolean;
  signal?: AbortSignal;
  clock?: Clock;
  onCall?: (region: string, operation: Operation) => void;
}

/**
 * What SES and its destinations hold, one stack for each account, as the resources that would have made it. Never
 * throws for what can't be read: what depends on it is unknown, and a resource with a defect says why.
 */
export async function readAccounts(
  open: readonly OpenAccount[],
  closed: readonly ClosedAccount[],
  options: AuditOptions = {},
): Promise<StackRecords[]> {
  const survey = new Survey(open, options);
  await survey.run();
  return [...survey.stacks(), ...closed.map(closedStack)];
}

/** Some identities of one account and Region, by name, and the sets that are named beside their default ones. */
export interface Chosen {
  readonly identities: readonly string[];
  readonly sets: readonly string[];
}

/**
 * Of one account and Region only these identities and sets, and of their topics what SES needs to publish. The doubts
 * are those of the stacks, by the call that failed.
 */
export async function readChosen(
  account: OpenAccount,
  chosen: Chosen,
  options: Omit<AuditOptions, "quick"> = {},
): Promise<{ stacks: StackRecords[]; doubts: readonly Doubt[] }> {
  const survey = new Survey([account], options);
  await survey.runChosen(account, chosen);
  return { stacks: survey.stacks(), doubts: survey.doubts };
}

class Survey {
  private readonly places = new Map<string, Place>();
  private readonly readings: ReadonlyMap<string, Reading>;
  private readonly seen = new Set<string>();

  constructor(
    private readonly open: readonly OpenAccount[],
    private readonly options: AuditOptions,
  ) {
    const { signal = new AbortController().signal, clock = CLOCK, onCall = () => {} } = options;
    this.readings = new Map(
      open.map(({ id, api }) => [id, { api, limits: new Limits(clock), doubts: new Doubts(), signal, onCall }]),
    );
  }

  async run(): Promise<void> {
    const jobs = this.open.flatMap((account) => account.regions.map((region) => ({ account, region })));
    await Promise.all(jobs.map(({ account, region }) => this.readRegion(account, region)));
  }

  async runChosen({ id, partition, regions }: OpenAccount, { identities, sets }: Chosen): Promise<void> {
    const [region = ""] = regions;
    const calls = this.callsOf(id, region);
    const place = this.placeOf(id, region, partition);
    const topics = await addIdentities(calls, place, { names: identities });
    const found = await addSets(calls, place, [...defaultSets(place), ...sets], { others: false });
    await mapInParallel([...new Set([...topics, ...found.topics])], async (topic) => {
      const at = this.ownerOf(id, topic, "sns");
      if (at === undefined) return;
      const { key } = await addTopic(at.calls, at.place, topic, { subscribers: false });
      if (key !== undefined) await this.readKey(at.account, at.place, key);
    });
  }

  get doubts(): readonly Doubt[] {
    return [...this.readings.values()].flatMap(({ doubts }) => doubts.all);
  }

  private async readRegion({ id, partition }: OpenAccount, region: string): Promise<void> {
    const calls = this.callsOf(id, region);
    const place = this.placeOf(id, region, partition);
    const [topics] = await Promise.all([
      addIdentities(calls, place, { quick: this.options.quick }),
      addStanding(calls, place),
      addTenants(calls, place),
      addEndpoints(calls, place),
    ]);
    if (this.options.quick !== true) {
      const found = await addSets(calls, place, defaultSets(place));
      for (const topic of found.topics) topics.add(topic);
      if (found.usesBus) await addBus(calls, place);
    }
    await mapInParallel([...topics], (topic) => this.readTopic(id, topic));
  }

  /** By whoever owns it, where that account is audited too; else as its user sees it. */
  private async readTopic(user: string, arn: string): Promise<void> {
    const at = this.ownerOf(user, arn, "sns");
    if (at === undefined) return;
    const { account, calls, place } = at;
    const { key, endpoints, deadLetters } = await addTopic(calls, place, arn);
    if (key !== undefined) await this.readKey(account, place, key);
    const queues = [...endpoints.filter(([protocol]) => protocol === "sqs").map(([, queue]) => queue), ...deadLetters];
    await mapInParallel(queues, (queue) => this.readQueue(account, queue));
    const functions = endpoints.filter(([protocol]) => protocol === "lambda").map(([, name]) => name);
    await mapInParallel(functions, (name) => this.readFunction(account, name));
  }

  private async readQueue(user: string, arn: string): Promise<void> {
    const at = this.ownerOf(user, arn, "sqs", true);
    if (at === undefined) return;
    const key = await addQueue(at.calls, at.place, arn);
    if (key !== undefined) await this.readKey(at.account, at.place, key);
  }

  private async readFunction(user: string, endpoint: string): Promise<void> {
    const at = this.ownerOf(user, parseFunction(endpoint).reference, "lambda", true, endpoint);
    if (at !== undefined) await addFunction(at.calls, at.place, endpoint);
  }

  /** A key is named by ARN, or by id or alias in the place of what it encrypts. */
  private async readKey(user: string, of: Place, reference: string): Promise<void> {
    const arn = reference.startsWith("arn:") ? reference : of.arn("kms", reference);
    const at = this.ownerOf(user, arn, "kms", true, `${of.account} ${of.region} ${reference}`);
    if (at !== undefined) await addKey(at.calls, at.place, reference);
  }

  /**
   * Who reads a resource, and where it stands; undefined where it is read already, is none of the service, or belongs
   * to an account that only its own owner can ask.
   */
  private ownerOf(user: string, arn: string, service: string, onlyOwner = false, key = arn) {
    const parsed = parseArn(arn);
    if (parsed === undefined || parsed.service !== service || this.seen.has(`${service} ${key}`)) return undefined;
    const { account: owner, region, partition } = parsed;
    if (onlyOwner && !this.readings.has(owner)) return undefined;
    this.seen.add(`${service} ${key}`);
    const account = this.readings.has(owner) ? owner : user;
    return { account, calls: this.callsOf(account, region), place: this.placeOf(owner, region, partition) };
  }

  private callsOf(account: string, region: string): Calls {
    const reading = this.readings.get(account);
    if (reading === undefined) throw new Error(`account ${account} is not open`);
    return new Calls(reading, region);
  }

  private placeOf(account: string, region: string, partition: string): Place {
    const key = `${account} ${region}`;
    const known = this.places.get(key) ?? new Place(account, region, partition);
    this.places.set(key, known);
    return known;
  }

  stacks(): StackRecords[] {
    for (const { id, notes = [], regions, partition } of this.open) {
      const home = this.placeOf(id, regions[0] ?? "", partition);
      for (const [subject, problem] of notes) home.add("ses-guard:account:Call", subject, { problem });
      for (const doubt of this.readings.get(id)?.doubts.all ?? []) {
        const place = this.placeOf(id, doubt.region, partition);
        const [, operation = doubt.operation] = doubt.operation.split(":");
        const name = this.nameOf(operation, place);
        place.add("ses-guard:account:Call", name, { problem: sayDoubt(doubt) });
      }
    }
    const byStack = new Map<string, StackRecords>();
    for (const place of this.places.values()) {
      const records = byStack.get(place.stack) ?? { resources: [], stacks: [place.stack] };
      records.resources.push(...place.resources);
      byStack.set(place.stack, records);
    }
    return [...byStack.values()];
  }

  /** Several errors of one call are told apart by a number. */
  private nameOf(operation: string, place: Place): string {
    const taken = place.resources.filter(
      ({ urn, type }) => type === "ses-guard:account:Call" && urn.includes(`/${operation}`),
    ).length;
    return taken === 0 ? operation : `${operation} ${taken + 1}`;
  }
}

/** Names of the default sets of a Region's identities. */
function defaultSets({ resources }: Place): string[] {
  return resources.flatMap(({ inputs }) => {
    const block = inputs?.configurationSetAttributes;
    const name =
      typeof block === "object" && block !== null && "configurationSetName" in block
        ? asString(block.configurationSetName)
        : undefined;
    return isKnown(name) ? [name] : [];
  });
}

function closedStack({ id, problem }: ClosedAccount): StackRecords {
  const stack = stackOf(id);
  const urn = `urn:pulumi:${id}::account::ses-guard:account:Call::AssumeRole`;
  return {
    resources: [{ type: "ses-guard:account:Call", urn, stack, inputs: { problem: printable(problem) } }],
    stacks: [stack],
  };
}
