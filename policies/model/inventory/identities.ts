import { type Account, sameAccount } from "../account";
import { parseArn } from "../arn";
import { push } from "../collections";
import { type IdentityKind, normaliseIdentity } from "../identity";
import type { ResourceRecord } from "../record";
import { type Region, sameRegion } from "../region";
import { both, isKnown, type Maybe, UNKNOWN, type Value } from "../value";
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
  /** Entries of the configuration beside an identity that a resource manages. */
  readonly contradicted: { identity: IdentityDraft; external: NonNullable<Identity["external"]> }[] = [];
  private readonly catalog: Catalog<IdentityDraft>;
  private readonly byName = new Map<string, IdentityDraft[]>();
  /** By Region and account. */
  private readonly unnamed = new Map<string, IdentityDraft[]>();

  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
  ) {
    this.catalog = new Catalog(graph);
  }

  find(name: string, region: Region, account: Account): IdentityDraft | undefined {
    return this.named(name).find((one) => one.region === region && one.account === account);
  }

  named(name: string): readonly IdentityDraft[] {
    return this.byName.get(name) ?? [];
  }

  ofResource(resource: ResourceRecord): IdentityDraft | undefined {
    return this.catalog.ofResource(resource);
  }

  /** One that the configuration names: managed elsewhere. A resource in view that manages it is believed instead. */
  addExternal(
    name: string,
    kind: IdentityKind,
    region: Region,
    account: Account,
    external: NonNullable<Identity["external"]>,
  ): void {
    const entity = { name, arn: undefined, region, account };
    const managed = this.find(name, region, account);
    const identity =
      managed ??
      this.keep(
        this.drafts.identity(entity, {
          label: name,
          nameKnown: true,
          namePending: false,
          kind,
          kindKnown: true,
          stack: "",
        }),
      );
    if (managed?.judged) this.contradicted.push({ identity: managed, external });
    else identity.external = external;
  }

  addDeclared(resource: ResourceRecord, fact: IdentityFact): void {
    const raw = fact.name.value;
    const nameKnown = isKnown(raw);
    const { name, kind } = nameKnown ? normaliseIdentity(raw) : { name: resource.urn, kind: fact.kind ?? "domain" };
    const { region, account } = this.graph.locate(resource);
    const entity: Entity = {
      resource,
      name: nameKnown ? name : UNKNOWN,
      arn: fact.arn,
      region,
      account,
      gone: resource.gone,
    };
    let identity = nameKnown && !resource.gone ? this.find(name, region, account) : undefined;
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
    if (!resource.external && !resource.gone) manage(identity, resource);
    this.catalog.alias(resource.urn, identity);
    this.catalog.name(identity, name, fact.arn, isKnown(resource.id) ? String(resource.id) : undefined);
  }

  private keep(identity: IdentityDraft): IdentityDraft {
    // One that the preview deletes is nobody's: what refers to it by name means the next of that name.
    if (identity.gone) return identity;
    this.all.push(identity);
    if (identity.nameKnown) push(this.byName, identity.label, identity);
    else push(this.unnamed, `${identity.region}\n${identity.account}`, identity);
    return identity;
  }

  /** Follows a setting's reference to its identity; the name is told also where the identity is not in view. */
  link(reference: Reference): { identity: Link<IdentityDraft>; identityName: Value<string> } {
    const { resource, value } = reference;
    if (isKnown(value)) return this.linkByName(resource, value);
    const identity = this.catalog.resolve(reference);
    if (identity.kind !== "found") return { identity, identityName: UNKNOWN };
    const { target } = identity;
    // Only the name is taken from another identity: it means the one of that name in the setting's own place.
    if (target.nameKnown) return this.linkByName(resource, target.label);
    const same = this.isHere(target, this.graph.locate(resource));
    if (same === true) return { identity, identityName: UNKNOWN };
    return { identity: oneOf(same === false ? [] : [target]), identityName: UNKNOWN };
  }

  private linkByName(resource: ResourceRecord, raw: string): { identity: Link<IdentityDraft>; identityName: string } {
    const { name } = normaliseIdentity(raw);
    const arn = parseArn(raw);
    const own = this.graph.locate(resource);
    const place = { region: arn?.region || own.region, account: arn?.account || own.account };
    const namesakes = this.named(name).filter((one) => this.isHere(one, place) !== false);
    const found = namesakes.find((one) => this.isHere(one, place) === true);
    if (found) return { identity: { kind: "found", target: found }, identityName: name };
    // What may be in the same place may be the one; so may an identity whose name is not known, in the same place only.
    const unnamed = this.unnamed.get(`${place.region}\n${place.account}`) ?? [];
    const candidates = namesakes.length > 0 ? [...namesakes, ...unnamed] : unnamed;
    return {
      identity: candidates.length > 0 ? oneOf(candidates) : { kind: "outside", value: name },
      identityName: name,
    };
  }

  private isHere(identity: IdentityDraft, { region, account }: { region: Region; account: Account }): Maybe {
    return both(sameRegion(identity.region, region), sameAccount(identity.account, account));
  }
}

function manage(identity: IdentityDraft, resource: ResourceRecord): void {
  identity.managedBy.push(resource);
  identity.judged = true;
  if (identity.managedBy.length > 1) return;
  identity.resource = resource;
  identity.stack = resource.stack;
}
