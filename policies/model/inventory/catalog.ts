import { type Account, sameAccount } from "../account";
import { nameInReference, parseArn } from "../arn";
import type { Reading } from "../reading";
import { mayExist, type ResourceRecord } from "../record";
import { type Region, sameRegion } from "../region";
import { isKnown, UNKNOWN, type Value } from "../value";
import type { Graph } from "./graph";
import { type Entity, type Link, MANY, NO_LINK, oneOf } from "./links";

/** Text that contains the Region itself, such as a queue's URL. */
function namesRegion({ region }: Entity, reference: string): boolean {
  return reference.includes(`.${region}.`);
}

const NONE: readonly never[] = [];

/** All entities of one kind, found by what others call them. */
export class Catalog<T extends Entity> {
  readonly all: T[] = [];
  // One entity or several: nearly every value means one, and there are tens of thousands of values.
  private readonly byValue = new Map<string, T | T[]>();
  private readonly byUrn = new Map<string, T>();
  private readonly unnamed: T[] = [];
  private readonly candidates = new Map<readonly ResourceRecord[], readonly T[]>();

  constructor(private readonly graph: Graph) {}

  add(entity: T, ...values: Value<string>[]): T {
    const { arn, name, resource } = entity;
    this.all.push(entity);
    if (resource) this.byUrn.set(resource.urn, entity);
    this.name(entity, arn, name, isKnown(arn) && !isKnown(name) ? nameInReference(arn) : undefined, ...values);
    // What does not exist yet gets a name that nobody can have written down, unless the program gives it one.
    if (isKnown(arn) || isKnown(name)) return entity;
    if (name === UNKNOWN || (resource !== undefined && mayExist(resource))) this.unnamed.push(entity);
    return entity;
  }

  /** Further names (an alias) and a further resource that means the entity. */
  name(entity: T, ...values: Value<string>[]): void {
    for (const value of values) {
      if (!isKnown(value)) continue;
      const known = this.byValue.get(value);
      if (known === undefined) this.byValue.set(value, entity);
      else if (!Array.isArray(known)) {
        if (known !== entity) this.byValue.set(value, [known, entity]);
      } else if (!known.includes(entity)) known.push(entity);
    }
  }

  /** The entity has one more name, which nobody knows. */
  nameUnknown(entity: T): void {
    this.unnamed.push(entity);
  }

  alias(urn: string, entity: T): void {
    this.byUrn.set(urn, entity);
  }

  named(value: string): readonly T[] {
    const known = this.byValue.get(value);
    return known === undefined ? [] : Array.isArray(known) ? known : [known];
  }

  ofResource(resource: ResourceRecord): T | undefined {
    return this.byUrn.get(resource.urn);
  }

  /** Follows a reference. */
  resolve(reference: Reading<string>): Link<T> {
    const { value, resource, property } = reference;
    if (value === undefined) return NO_LINK;
    if (value !== UNKNOWN) return this.lookUp(value, resource);
    const candidates = this.candidatesOf(this.graph.dependencies(resource, property));
    const only = candidates[0];
    if (only && candidates.length === 1) return { kind: "found", target: only };
    if (candidates.length > 1) return oneOf(candidates, reference.pending);
    return { kind: "unknown", candidates: undefined, pending: reference.pending };
  }

  private candidatesOf(resources: readonly ResourceRecord[]): readonly T[] {
    let found = this.candidates.get(resources);
    if (!found) {
      found = [...new Set(resources.map(({ urn }) => this.byUrn.get(urn)).filter((one) => one !== undefined))];
      this.candidates.set(resources, found);
    }
    return found;
  }

  private lookUp(reference: string, from: ResourceRecord): Link<T> {
    const whole = this.byValue.get(reference);
    // An ARN means one thing in the world, as long as that is there.
    if (whole !== undefined && !Array.isArray(whole) && whole.arn === reference && !whole.gone)
      return { kind: "found", target: whole };
    const named = this.placeNamed(reference, from);
    const chosen = this.choose(reference, named);
    const [only] = chosen;
    if (only === undefined) return this.perhapsUnnamed(reference, named);
    if (chosen.length === 1) return isSure(only, reference, named) ? { kind: "found", target: only } : oneOf([only]);
    // Whether one took the place of another that is deleted depends on accounts that are not known.
    if (chosen.some(({ gone }) => gone) && chosen.some(({ gone }) => !gone)) return oneOf(chosen);
    const own = chosen.filter((entity) => entity.resource?.stack === from.stack && isSure(entity, reference, named));
    const [first] = own;
    return first && own.length === 1 ? { kind: "found", target: first } : oneOf(chosen);
  }

  /** Where the reference points to: an ARN says it, a name means something in its own Region and account only. */
  private placeNamed(reference: string, from: ResourceRecord): Place {
    const arn = parseArn(reference);
    const own = this.graph.locate(from);
    if (!arn) return own;
    return { region: arn.region || undefined, account: arn.account || undefined, name: arn.resource };
  }

  /** Entities of the name that may be meant: those whose own reference is known first, the nearest of them. */
  private choose(reference: string, home: Place): readonly T[] {
    const names = [...(home.name === undefined ? [] : [home.name]), nameInReference(reference)];
    // Most references that are followed to here lead out of the view.
    if (!this.byValue.has(reference) && !names.some((name) => this.byValue.has(name))) return NONE;
    const exact = this.named(reference).filter((entity) => mayBeAt(entity, home));
    // Its ARN is not known yet, but its name is: what is known of both decides.
    const byName = names
      .flatMap((name) => this.named(name))
      .filter((entity) => (home.name === undefined || !isKnown(entity.arn)) && mayBeAt(entity, home));
    const isThere = exact.some(({ gone }) => !gone);
    const found = [...new Set(isThere ? exact : [...exact, ...byName])];
    const near = found.filter((entity) => entity.region === home.region && entity.account === home.account);
    const chosen = near.length > 0 ? near : found;
    // What replaces a deleted resource under the same name is what the name means.
    const staying = chosen.filter(({ gone }) => !gone);
    if (staying.length > 0) return staying;
    return found.some(({ gone }) => !gone) ? found : chosen;
  }

  private perhapsUnnamed(reference: string, home: Place): Link<T> {
    const perhaps = this.unnamed.length > MANY ? this.unnamed : this.unnamed.filter((one) => mayBeAt(one, home));
    return perhaps.length > 0 ? oneOf(perhaps) : { kind: "outside", value: reference };
  }
}

/** Where a reference points to, as far as that is said; `name` where it is an ARN. */
interface Place {
  readonly region: Region | undefined;
  readonly account: Account | undefined;
  readonly name?: string;
}

function mayBeAt(entity: Entity, { region, account }: Place): boolean {
  if (region !== undefined && sameRegion(entity.region, region) === false) return false;
  return account === undefined || sameAccount(entity.account, account) !== false;
}

/** A match that rests on the name alone is certain in one Region and one account only. */
function isSure(entity: Entity, reference: string, { region, account }: Place): boolean {
  if (entity.arn === reference) return true;
  const isHere = region === undefined || namesRegion(entity, reference) || sameRegion(entity.region, region) === true;
  return isHere && (account === undefined || sameAccount(entity.account, account) === true);
}
