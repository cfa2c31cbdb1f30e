import { push } from "../collections";
import { isKnown, UNKNOWN } from "../value";
import type { Entities } from "./entities";
import type { TenantAssociationFact } from "./facts";
import type { Graph } from "./graph";
import type { Identities } from "./identities";
import type { Link } from "./links";
import type { ConfigurationSet, Identity } from "./types";

const NO_SETS: readonly never[] = [];

/** Tenants: mail of a tenant names one of the tenant's sets when it is sent (F19). */
export class Tenants {
  private readonly sets = new Map<string, Link<ConfigurationSet>[]>();
  private readonly tenantsOf = new Map<Identity, Set<string>>();

  constructor(
    private readonly graph: Graph,
    private readonly identities: Identities,
    private readonly entities: Entities,
  ) {}

  add({ tenant, associated }: TenantAssociationFact): void {
    const name = this.nameOf(tenant);
    if (isKnown(associated.value)) {
      if (associated.value.includes(":configuration-set/")) push(this.sets, name, this.entities.setLink(associated));
      else this.addIdentity(name, associated);
      return;
    }
    const set = this.entities.sets.resolve(associated);
    if (set.kind === "found") push(this.sets, name, set);
    else this.addIdentity(name, associated);
  }

  private addIdentity(name: string, associated: TenantAssociationFact["associated"]): void {
    const { identity } = this.identities.link(associated);
    if (identity.kind !== "found") return;
    const names = this.tenantsOf.get(identity.target) ?? new Set();
    this.tenantsOf.set(identity.target, names.add(name));
  }

  /** A tenant by its name, else by the resource behind it. */
  private nameOf({ value, resource, property }: TenantAssociationFact["tenant"]): string {
    const { region, account } = this.graph.locate(resource);
    const behind = value === UNKNOWN ? this.graph.dependencies(resource, property).map(({ urn }) => urn) : [value];
    return [region, account, ...behind.map(String).sort()].join("\n");
  }

  setsOf(identity: Identity): readonly Link<ConfigurationSet>[] {
    const names = this.tenantsOf.get(identity);
    return names ? [...names].flatMap((name) => this.sets.get(name) ?? []) : NO_SETS;
  }
}
