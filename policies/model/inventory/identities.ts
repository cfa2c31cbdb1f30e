import type { Account } from "../account";
import { parseArn } from "../arn";
import { push } from "../collections";
import { type Home, sameHome } from "../home";
import { type IdentityKind, normaliseIdentity } from "../identity";
import type { ResourceRecord } from "../record";
import type { Region } from "../region";
import { isKnown, UNKNOWN, type Value } from "../value";
import { Catalog } from "./catalog";
import type { Draft, Drafts } from "./drafts";
import type { IdentityFact, Reference } from "./facts";
import type { Graph } from "./graph";
import { type Entity, type Link, oneOf, targetsOf } from "./links";
import type { Identity } from "./types";

type IdentityDraft = Draft<Identity>;

/** An identity that a setting is for: where it is, and its name as far as it is known. */
interface IdentityLink {
  readonly identity: Link<IdentityDraft>;
  readonly identityName: Value<string>;
  readonly region: Region;
  readonly account: Account;
}

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

  /**
   * One that the configuration names: managed elsewhere. A resource in view that manages it is believed instead.
   * @param external undefined where its settings are not known
   */
  addExternal(
    name: string,
    kind: IdentityKind,
    region: Region,
    account: Account,
    external: Identity["external"],
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
    if (external === undefined) return;
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

  /** Follows a setting's reference to its identity; name and place are told also where that is not in view. */
  link(reference: Reference): IdentityLink {
    const { resource, value } = reference;
    if (isKnown(value)) return this.linkByName(resource, value);
    const home = this.graph.locate(resource);
    const link = this.catalog.resolve(reference);
    const meant = link.kind === "found" ? [link.target] : link.kind === "unknown" ? link.candidates : [];
    const unknown = { identityName: UNKNOWN, ...home } as const;
    if (meant === undefined) return { identity: link, ...unknown };
    // Only the name is taken from another identity: it means the one of that name in the setting's own place.
    const names = new Set(meant.flatMap((one) => (one.nameKnown ? [one.label] : [])));
    const unnamed = meant.filter((one) => !one.nameKnown);
    const [name] = names;
    if (name !== undefined && names.size === 1 && unnamed.length === 0) return this.linkByName(resource, name);
    const byName = [...names].flatMap((one) => targetsOf(this.linkByName(resource, one).identity));
    const here = unnamed.filter((one) => sameHome(one, home) !== false);
    const candidates = [...new Set([...byName, ...here])];
    const [only] = candidates;
    if (link.kind === "found" && only && sameHome(only, home) === true) {
      return { identity: { kind: "found", target: only }, ...unknown };
    }
    return { identity: oneOf(candidates, reference.pending), ...unknown };
  }

  private linkByName(resource: ResourceRecord, raw: string): IdentityLink {
    const { name } = normaliseIdentity(raw);
    const arn = parseArn(raw);
    const own = this.graph.locate(resource);
    const home = { region: arn?.region || own.region, account: arn?.account || own.account };
    const namesakes = this.named(name).filter((one) => sameHome(one, home) !== false);
    const unnamed = this.unnamedAt(home);
    const inView = unnamed.length > 0 || namesakes.some(({ resource }) => resource !== undefined);
    // An entry of an inventory takes nothing from a managed identity that may be the same.
    const found = namesakes.find((one) => sameHome(one, home) === true && (one.resource !== undefined || !inView));
    const told = { identityName: name, ...home };
    if (found) return { identity: { kind: "found", target: found }, ...told };
    // What may be in the same place may be the one; so may an identity there whose name is not known.
    const candidates = namesakes.length > 0 ? [...namesakes, ...unnamed] : unnamed;
    return { identity: candidates.length > 0 ? oneOf(candidates) : { kind: "outside", value: name }, ...told };
  }

  private unnamedAt(home: Home): readonly IdentityDraft[] {
    const all = [...this.unnamed.values()].filter((those) => those[0] && sameHome(those[0], home) !== false);
    return all.length > 1 ? all.flat() : (all[0] ?? []);
  }
}

function manage(identity: IdentityDraft, resource: ResourceRecord): void {
  identity.managedBy.push(resource);
  identity.judged = true;
  if (identity.managedBy.length > 1) return;
  identity.resource = resource;
  identity.stack = resource.stack;
}
