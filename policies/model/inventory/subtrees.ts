import { push } from "../collections";
import type { ResourceRecord } from "../record";
import { MANY } from "./links";

/** What components are made of. Their children are looked at once, however deep they are and however often one asks. */
export class Subtrees {
  private readonly children = new Map<string, ResourceRecord[]>();
  private readonly known = new Map<string, readonly ResourceRecord[]>();

  constructor(resources: Iterable<ResourceRecord>) {
    for (const record of resources) if (record.parent !== undefined) push(this.children, record.parent, record);
  }

  /**
   * The resources of AWS inside a component; of one type not more than make a choice among them as good as any.
   * Iterative, because a document nests components as deeply as its author likes.
   */
  inside(component: ResourceRecord): readonly ResourceRecord[] {
    const path = [new Visit(component.urn, this.childrenOf(component))];
    const open = new Map([[component.urn, 0]]);
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const child = visit.next();
      if (child) this.enter(child, visit, path, open);
      else this.leave(visit, path, open);
    }
    return this.known.get(component.urn) ?? [];
  }

  private enter(child: ResourceRecord, visit: Visit, path: Visit[], open: Map<string, number>): void {
    const known = isComponent(child) ? this.known.get(child.urn) : [child];
    const above = open.get(child.urn);
    if (known) visit.found.addAll(known);
    // Parents in a circle have one content: the uppermost collects it.
    else if (above !== undefined) visit.top = Math.min(visit.top ?? above, above);
    else {
      open.set(child.urn, path.length);
      path.push(new Visit(child.urn, this.childrenOf(child)));
    }
  }

  private leave(visit: Visit, path: Visit[], open: Map<string, number>): void {
    const depth = path.length - 1;
    path.pop();
    open.delete(visit.urn);
    const parent = path.at(-1);
    parent?.found.addAll(visit.found.all);
    if (parent && visit.top !== undefined && visit.top < depth) {
      parent.top = Math.min(parent.top ?? visit.top, visit.top);
      parent.circle.push(visit.urn, ...visit.circle);
      return;
    }
    for (const urn of [visit.urn, ...visit.circle]) this.known.set(urn, visit.found.all);
  }

  /** Resources of a provider package are never expanded: their children are not what an output of theirs names. */
  private childrenOf(resource: ResourceRecord): readonly ResourceRecord[] {
    return isComponent(resource) ? (this.children.get(resource.urn) ?? []) : [];
  }
}

function isComponent({ type }: ResourceRecord): boolean {
  return !/^(aws|aws-native|pulumi):/.test(type);
}

/** A component on the way down. */
class Visit {
  readonly found = new Found();
  /** Other members of a circle of parents, which have this one's content. */
  readonly circle: string[] = [];
  /** How far up a circle leads, as a position on the way. */
  top: number | undefined;
  private at = 0;

  constructor(
    readonly urn: string,
    private readonly children: readonly ResourceRecord[],
  ) {}

  next(): ResourceRecord | undefined {
    return this.children[this.at++];
  }
}

class Found {
  readonly all: ResourceRecord[] = [];
  private readonly perType = new Map<string, number>();

  addAll(resources: readonly ResourceRecord[]): void {
    for (const resource of resources) {
      const count = this.perType.get(resource.type) ?? 0;
      if (count > MANY) continue;
      this.perType.set(resource.type, count + 1);
      this.all.push(resource);
    }
  }
}
