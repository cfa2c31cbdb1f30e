import { type Account, sameAccount } from "../account";
import { parseArn } from "../arn";
import { push } from "../collections";
import { type IdentityKind, normaliseIdentity } from "../identity";
import type { ResourceRecord } from "../record";
import { type Region, sameRegion } from "../region";
import { isKnown, UNKNOWN, type Value } from "../value";
import { Catalog } from "./catalog";
import type { Draft, Drafts } from "./drafts";
import type { IdentityFact, Reference } from "./facts";
import type { Graph } from "./graph";
import { type Entity, type Link, oneOf } from "./links";
import type { Identity } from "./types";

type IdentityDraft = Draft<Identity>;

/** All identities of a view: resources of one name, account and Region are one identity. */
export class Identities {
  readonly all: IdentityDraft[] = [];
  private readonly catalog: Catalog<IdentityDraft>;
  private readonly byName = new Map<string, IdentityDraft[]>();
  private readonly unnamed = new Map<Region, IdentityDraft[]>();

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
  ) {
    this.catalog = new Catalog(graph);
  }

  find(name: string, region: Region, account: Account): IdentityDraft | undefined {
    return this.named(name).find((one) => one.region === region && sameAccount(one.account, account) !== false);
  }

  named(name: string): readonly IdentityDraft[] {
    return this.byName.get(name) ?? [];
  }

  ofResource(resource: ResourceRecord): IdentityDraft | undefined {
    return this.catalog.ofResource(resource);
  }

  /** One that the configuration names: managed elsewhere, unless a resource in view has its name. */
  addNamed(name: string, kind: IdentityKind, region: Region, account: Account): IdentityDraft {
    const entity = { name, arn: undefined, region, account };
    return (
      this.find(name, region, account) ??
      this.keep(
        this.drafts.identity(entity, {
          label: name,
          nameKnown: true,
          namePending: false,
          kind,
          kindKnown: true,
          stack: "",
        }),
      )
    );
  }

  addDeclared(resource: ResourceRecord, fact: IdentityFact): void {
    const raw = fact.name.value;
    const nameKnown = isKnown(raw);
    const { name, kind } = nameKnown ? normaliseIdentity(raw) : { name: resource.urn, kind: fact.kind ?? "domain" };
    const { region, account } = this.graph.locate(resource);
    const entity: Entity = { resource, name: nameKnown ? name : UNKNOWN, arn: fact.arn, region, account };
    let identity = nameKnown ? this.find(name, region, account) : undefined;
    identity ??= this.keep(
      this.drafts.identity(entity, {
        label: name,
        nameKnown,
        namePending: fact.name.pending,
        kind,
        kindKnown: fact.kind !== undefined,
        stack: resource.stack,
      }),
    );
    identity.account ??= account;
    if (!resource.external) manage(identity, resource);
    this.catalog.alias(resource.urn, identity);
    this.catalog.name(identity, name, fact.arn, isKnown(resource.id) ? String(resource.id) : undefined);
  }

  private keep(identity: IdentityDraft): IdentityDraft {
    this.all.push(identity);
    if (identity.nameKnown) push(this.byName, identity.label, identity);
    else push(this.unnamed, identity.region, identity);
    return identity;
  }

  /** Follows a setting's reference to its identity; the name is told also where the identity is not in view. */
  link(reference: Reference): { identity: Link<IdentityDraft>; identityName: Value<string> } {
    const { resource, value } = reference;
    if (isKnown(value)) return this.linkByName(resource, value);
    const identity = this.catalog.resolve(reference);
    if (identity.kind !== "found") return { identity, identityName: UNKNOWN };
    const { target } = identity;
    const identityName = target.nameKnown ? target.label : UNKNOWN;
    const here = this.graph.regionOf(resource);
    const same = sameRegion(target.region, here);
    if (same === true) return { identity, identityName };
    if (same === UNKNOWN) {
      const namesakes = target.nameKnown ? this.named(target.label) : [target];
      return { identity: oneOf(namesakes.filter((one) => sameRegion(one.region, here) !== false)), identityName };
    }
    // Only the name is taken from an identity of another Region: it means the one of that name here.
    if (identityName === UNKNOWN) return { identity: oneOf<IdentityDraft>([]), identityName };
    return this.linkByName(resource, identityName);
  }

  private linkByName(resource: ResourceRecord, raw: string): { identity: Link<IdentityDraft>; identityName: string } {
    const { name } = normaliseIdentity(raw);
    const arn = parseArn(raw);
    const region = arn?.region || this.graph.regionOf(resource);
    const found = this.find(name, region, arn?.account || this.graph.accountOf(resource));
    if (found) return { identity: { kind: "found", target: found }, identityName: name };
    // An identity whose Region is not known may be the one; one whose name is not known only beside its provider.
    const twins = this.named(name).filter((one) => sameRegion(one.region, region) === UNKNOWN);
    const candidates = [...twins, ...(this.unnamed.get(region) ?? [])];
    return {
      identity: candidates.length > 0 ? oneOf(candidates) : { kind: "outside", value: name },
      identityName: name,
    };
  }
}

function manage(identity: IdentityDraft, resource: ResourceRecord): void {
  identity.managedBy.push(resource);
  identity.judged = true;
  if (identity.managedBy.length > 1) return;
  identity.resource = resource;
  identity.stack = resource.stack;
}
