import { nameInReference, parseArn } from "./arn";
import { push } from "./collections";
import { isDeclared, type ResourceRecord, read, readOutput, type StackRecords } from "./resource";
import { asString, hasSentinel, isKnown, UNKNOWN, type Unknown, type Value } from "./value";

/** A Region's name, or `?` and the URN it hangs on: an unknown Region equals only that of the same provider. */
export type Region = string;

export function regionName(region: Region): string | null {
  return region.startsWith("?") ? null : region;
}

export function sameRegion(a: Region, b: Region): boolean | Unknown {
  if (a === b) return true;
  return a.startsWith("?") || b.startsWith("?") ? UNKNOWN : false;
}

/** Something that others refer to. `resource` is missing where it is only named and stands outside the view. */
export interface Entity {
  resource?: ResourceRecord;
  name: Value<string>;
  arn: Value<string>;
  region: Region;
  account?: string;
}

export type Link<T> =
  | { kind: "absent" }
  | { kind: "found"; target: T }
  /** Known, and not in view. */
  | { kind: "outside"; value: string }
  /** `candidates` undefined: it could be any. `pending`: the deployment itself will settle it. */
  | { kind: "unknown"; candidates: readonly T[] | undefined; pending: boolean };

/** More candidates than this are as good as any, and nobody pays for looking at all of them every time. */
const MANY = 32;

/** A link to one of several; to any, where they are too many. */
export function among<T>(candidates: readonly T[], pending = false): Link<T> {
  return { kind: "unknown", candidates: candidates.length > MANY ? undefined : candidates, pending };
}

/** All resources of a view: who is where, who belongs to whom. */
export class Graph {
  readonly byUrn = new Map<string, ResourceRecord>();
  /** Some source left resources out, so that absence proves nothing. */
  readonly partial: boolean;
  private readonly configRegions = new Map<string, string>();
  private readonly regions = new Map<string | undefined, Region | undefined>();
  private readonly accounts = new Map<string | undefined, string>();
  private readonly arnRegions = new Map<string | undefined, string>();
  private children: Map<string, ResourceRecord[]> | undefined;
  private readonly expanded = new Map<string, readonly ResourceRecord[]>();

  constructor(readonly views: readonly StackRecords[]) {
    this.partial = views.some((view) => view.partial === true);
    for (const { resources, configRegion } of views) {
      for (const resource of resources) {
        this.byUrn.set(resource.urn, resource);
        if (configRegion !== undefined) this.configRegions.set(resource.stack, configRegion);
      }
    }
  }

  /** Own Region, else the provider's, else the stack's configuration, else the one in its own ARN. */
  regionOf(resource: ResourceRecord): Region {
    const own = asString(read(resource, "region"));
    if (own !== undefined) return own === UNKNOWN ? `?${resource.urn}` : own;
    const { provider, stack } = resource;
    return (
      this.scopeRegion(resource) ??
      (arnOf(resource)?.region || (this.arnRegions.get(provider) ?? `?${provider ?? stack}`))
    );
  }

  /** Of the provider, else of the stack's configuration. */
  private scopeRegion(resource: ResourceRecord): Region | undefined {
    const scope = resource.provider ?? resource.stack;
    if (!this.regions.has(scope)) this.regions.set(scope, this.providerRegion(resource));
    return this.regions.get(scope);
  }

  private providerRegion(resource: ResourceRecord): Region | undefined {
    const provider = resource.provider === undefined ? undefined : this.byUrn.get(resource.provider);
    const declared = provider ? asString(read(provider, "region")) : undefined;
    if (declared === UNKNOWN) return `?${resource.provider}`;
    return declared ?? this.configRegions.get(resource.stack);
  }

  /** Remembers the account and the Region a provider works in, from any ARN it answered. */
  learn(resource: ResourceRecord): void {
    const { provider } = resource;
    if (provider === undefined) return;
    const wantsAccount = !this.accounts.has(provider);
    const wantsRegion =
      !this.arnRegions.has(provider) &&
      this.scopeRegion(resource) === undefined &&
      read(resource, "region") === undefined;
    const arn = wantsAccount || wantsRegion ? arnOf(resource) : undefined;
    if (wantsAccount && arn?.account) this.accounts.set(provider, arn.account);
    if (wantsRegion && arn?.region) this.arnRegions.set(provider, arn.region);
  }

  accountOf(resource: ResourceRecord): string | undefined {
    return arnOf(resource)?.account || this.accounts.get(resource.provider);
  }

  /** Resources behind a top-level property; a component stands for its children. */
  dependencies(resource: ResourceRecord, property: string): readonly ResourceRecord[] {
    const urns = dependenciesOf(resource, property);
    if (urns.length === 0) return [];
    const key = urns.join("\n");
    let resources = this.expanded.get(key);
    if (!resources) {
      resources = this.expand(urns);
      this.expanded.set(key, resources);
    }
    return resources;
  }

  private expand(urns: readonly string[]): ResourceRecord[] {
    const resources: ResourceRecord[] = [];
    const queue = [...urns];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length; at++) {
      const found = this.byUrn.get(queue[at] as string);
      if (!found) continue;
      resources.push(found);
      for (const child of this.childrenOf(found)) {
        if (!seen.has(child.urn)) {
          seen.add(child.urn);
          queue.push(child.urn);
        }
      }
    }
    return resources;
  }

  private childrenOf(resource: ResourceRecord): readonly ResourceRecord[] {
    // Resources of a provider package are never expanded: their children are not what an output of theirs names.
    if (/^(aws|aws-native|pulumi):/.test(resource.type)) return [];
    if (!this.children) {
      this.children = new Map();
      for (const record of this.byUrn.values()) {
        if (record.parent === undefined) continue;
        push(this.children, record.parent, record);
      }
    }
    return this.children.get(resource.urn) ?? [];
  }

  /**
   * True where an unknown property waits for what the deployment creates. A preview says so by a sentinel inside the
   * value; dependencies alone would not do: the answer of a function that was called with such a value has none.
   */
  isPending(resource: ResourceRecord, property: string): boolean {
    return isDeclared(resource, property) && hasSentinel((resource.inputs ?? resource.outputs)?.[property]);
  }
}

// A property's name comes from a document: `__proto__` and its like have no dependencies.
function dependenciesOf({ propertyDependencies }: ResourceRecord, property: string): readonly string[] {
  return propertyDependencies && Object.hasOwn(propertyDependencies, property)
    ? (propertyDependencies[property] ?? [])
    : [];
}

function arnOf(resource: ResourceRecord): { region: string; account: string } | undefined {
  // Elsewhere `topicArn` names the topic that a setting is about.
  const arn = asString(readOutput(resource, resource.type === "aws-native:sns:Topic" ? "topicArn" : "arn"));
  return isKnown(arn) ? parseArn(arn) : undefined;
}

/** Text that contains the Region itself, such as a queue's URL. */
function namesRegion({ region }: Entity, reference: string): boolean {
  return reference.includes(`.${region}.`);
}

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
    if (!isKnown(arn) && !isKnown(name) && (name === UNKNOWN || isKnown(resource?.id))) this.unnamed.push(entity);
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

  /** Follows a reference that stands in `property` of `from`; `raw` where it is deeper inside that property. */
  resolve(from: ResourceRecord, property: string, raw: unknown = read(from, property)): Link<T> {
    const value = asString(raw);
    if (value === undefined) return { kind: "absent" };
    if (value !== UNKNOWN) return this.lookUp(value, from);
    const pending = this.graph.isPending(from, property);
    const candidates = this.candidatesOf(this.graph.dependencies(from, property));
    if (candidates.length === 1) return { kind: "found", target: candidates[0] as T };
    if (candidates.length > 1) return among(candidates, pending);
    return { kind: "unknown", candidates: undefined, pending };
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
    // An ARN means one thing in the world.
    if (whole !== undefined && !Array.isArray(whole) && whole.arn === reference)
      return { kind: "found", target: whole };
    const arn = parseArn(reference);
    const exact = this.named(reference).filter((entity) => this.mayBe(entity, arn, from));
    // Its ARN is not known yet, but its name is: what is known of both decides.
    const byName = arn
      ? [arn.resource, nameInReference(reference)]
          .flatMap((name) => this.named(name))
          .filter((entity) => !isKnown(entity.arn) && this.mayBe(entity, arn, from))
      : this.named(nameInReference(reference)).filter((entity) => this.mayBe(entity, arn, from));
    const found = [...new Set(exact.length > 0 ? exact : byName)];
    const near = found.filter((entity) => entity.region === (arn?.region || this.graph.regionOf(from)));
    const chosen = near.length > 0 ? near : found;
    if (chosen.length === 0) {
      const perhaps = this.unnamed.length > MANY ? this.unnamed : this.unnamed.filter((e) => this.mayBe(e, arn, from));
      return perhaps.length > 0 ? among(perhaps) : { kind: "outside", value: reference };
    }
    const [only] = chosen;
    if (chosen.length === 1 && only) {
      // A name means something in its Region only.
      const region = arn?.region || this.graph.regionOf(from);
      const sure = only.arn === reference || namesRegion(only, reference) || sameRegion(only.region, region);
      return sure === true ? { kind: "found", target: only } : among([only]);
    }
    const own = chosen.filter((entity) => entity.resource?.stack === from.stack);
    return own.length === 1 ? { kind: "found", target: own[0] as T } : among(chosen);
  }

  private mayBe(entity: T, arn: ReturnType<typeof parseArn>, from: ResourceRecord): boolean {
    const region = arn ? arn.region : this.graph.regionOf(from);
    const account = arn ? arn.account : this.graph.accountOf(from);
    if (region && sameRegion(entity.region, region) === false) return false;
    return !account || entity.account === undefined || entity.account === account;
  }
}
