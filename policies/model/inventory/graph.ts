import type { Account } from "../account";
import { parseArn } from "../arn";
import type { Home } from "../home";
import { isDeclared, type Omission, type ResourceRecord, read, readOutput, type StackRecords } from "../record";
import type { Region } from "../region";
import { asString, isKnown, UNKNOWN } from "../value";
import { Accounts } from "./accounts";
import { Subtrees } from "./subtrees";

const UNCHANGED: readonly Omission[] = ["unchanged"];

/** All resources of a view: who is where, who belongs to whom. */
export class Graph {
  readonly byUrn = new Map<string, ResourceRecord>();
  /** Stacks of which the source left resources out, so that absence proves nothing there; and why it did. */
  readonly partialStacks = new Map<string, readonly Omission[]>();
  private readonly configRegions = new Map<string, string>();
  private readonly regions = new Map<string | undefined, Region | undefined>();
  private readonly accounts: Accounts;
  private readonly arnRegions = new Map<string | undefined, string>();
  /** Providers of which an ARN can tell nothing more. */
  private readonly settled = new Set<string>();
  private readonly locations = new Map<ResourceRecord, Home>();
  private subtrees: Subtrees | undefined;
  private readonly expanded = new Map<string, readonly ResourceRecord[]>();

  /**
   * @param told accounts of stacks, from the configuration
   * @param assumed account of stacks that nobody told the account of
   */
  constructor(
    stacks: readonly StackRecords[],
    told: Readonly<Record<string, string>> = {},
    assumed: string | undefined = undefined,
  ) {
    for (const records of stacks) this.add(records);
    this.accounts = new Accounts(this.byUrn, stacks, told, assumed);
  }

  private add({
    resources,
    configRegion,
    configRegions,
    partial,
    omissions = UNCHANGED,
    stacks: names,
  }: StackRecords): void {
    for (const resource of resources) this.byUrn.set(resource.urn, resource);
    const regions = { aws: configRegion, ...configRegions };
    // A preview without steps names no stack.
    if (partial && resources.length === 0 && !names?.length) this.leaveOut("a stack that it does not name", omissions);
    for (const stack of new Set([...(names ?? []), ...resources.map((resource) => resource.stack)])) {
      if (partial) this.leaveOut(stack, omissions);
      for (const [name, region] of Object.entries(regions)) {
        if (region !== undefined) this.configRegions.set(`${name} ${stack}`, region);
      }
    }
  }

  private leaveOut(stack: string, omissions: readonly Omission[]): void {
    this.partialStacks.set(stack, [...new Set([...(this.partialStacks.get(stack) ?? []), ...omissions])]);
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
    const scope = resource.provider ?? `${packageOf(resource)} ${resource.stack}`;
    if (!this.regions.has(scope)) this.regions.set(scope, this.providerRegion(resource));
    return this.regions.get(scope);
  }

  private providerRegion(resource: ResourceRecord): Region | undefined {
    const provider = resource.provider === undefined ? undefined : this.byUrn.get(resource.provider);
    const declared = provider ? asString(read(provider, "region")) : undefined;
    if (declared === UNKNOWN) return `?${resource.provider}`;
    return declared ?? this.configRegions.get(`${packageOf(resource)} ${resource.stack}`);
  }

  /** Remembers the account and the Region a provider works in, from any ARN it answered. */
  learn(resource: ResourceRecord): void {
    const { provider } = resource;
    if (provider !== undefined && this.settled.has(provider)) return;
    const arn = arnOf(resource);
    if (arn?.account) this.accounts.learn(resource, arn.account);
    const knowsRegion =
      provider === undefined || this.arnRegions.has(provider) || this.scopeRegion(resource) !== undefined;
    if (!knowsRegion && arn?.region && read(resource, "region") === undefined) {
      this.arnRegions.set(provider, arn.region);
    }
    if (provider !== undefined && arn?.account && knowsRegion) this.settled.add(provider);
  }

  private accountOf(resource: ResourceRecord): Account {
    return arnOf(resource)?.account || this.accounts.of(resource);
  }

  /** Region and account of a resource. */
  readonly locate = (resource: ResourceRecord): Home => {
    // Asked several times of each resource, once all accounts are learnt.
    let location = this.locations.get(resource);
    if (!location) {
      location = { region: this.regionOf(resource), account: this.accountOf(resource) };
      this.locations.set(resource, location);
    }
    return location;
  };

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
    this.subtrees ??= new Subtrees(this.byUrn.values());
    const resources = new Set<ResourceRecord>();
    for (const urn of urns) {
      const found = this.byUrn.get(urn);
      if (!found) continue;
      resources.add(found);
      for (const inner of this.subtrees.inside(found)) resources.add(inner);
    }
    return [...resources];
  }
}

// A property's name comes from a document: `__proto__` and its like have no dependencies.
function dependenciesOf({ propertyDependencies }: ResourceRecord, property: string): readonly string[] {
  return propertyDependencies && Object.hasOwn(propertyDependencies, property)
    ? (propertyDependencies[property] ?? [])
    : [];
}

/** `aws`, `aws-native`: each is configured on its own. */
function packageOf({ type }: ResourceRecord): string {
  return type.slice(0, type.indexOf(":"));
}

/** The ARN of the resource itself; elsewhere `topicArn`, and `arn` of a policy, name what the resource is about. */
function arnOf(resource: ResourceRecord): { region: string; account: string } | undefined {
  if (resource.type.endsWith("Policy") || isDeclared(resource, "arn")) return undefined;
  const arn = asString(readOutput(resource, resource.type === "aws-native:sns:Topic" ? "topicArn" : "arn"));
  return isKnown(arn) ? parseArn(arn) : undefined;
}
