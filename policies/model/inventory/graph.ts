import type { Account } from "../account";
import { parseArn } from "../arn";
import { push } from "../collections";
import type { Location } from "../reading";
import { type ResourceRecord, read, readOutput, type StackRecords } from "../record";
import type { Region } from "../region";
import { asString, isKnown, UNKNOWN } from "../value";

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

  constructor(views: readonly StackRecords[]) {
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

  accountOf(resource: ResourceRecord): Account {
    return arnOf(resource)?.account || this.accounts.get(resource.provider);
  }

  /** Region and account of a resource. */
  readonly locate = (resource: ResourceRecord): Location => ({
    region: this.regionOf(resource),
    account: this.accountOf(resource),
  });

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
      const found = this.byUrn.get(queue[at] ?? "");
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
