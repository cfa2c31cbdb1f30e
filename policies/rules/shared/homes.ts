import { push } from "../../model/collections";
import { sameHome } from "../../model/home";
import type { Identity } from "../../model/inventory/types";

/** Identities by their home, Region and account: who may stand beside whom is asked of homes, of which there are few. */
export class Homes {
  private readonly all = new Map<string, Identity[]>();

  constructor(identities: readonly Identity[]) {
    for (const identity of identities) {
      push(this.all, keyOf(identity), identity);
    }
  }

  /** Whether another identity is, or may be, of the identity's home. */
  hasCompany(identity: Identity): boolean {
    return this.find(identity, identity) !== undefined;
  }

  /** One of the identities that is, or may be, of the home; `other` is not counted. */
  find(home: Identity, other?: Identity): Identity | undefined {
    for (const all of this.all.values()) {
      const first = all[0];
      if (first === undefined || sameHome(first, home) === false) continue;
      const one = first === other ? all[1] : first;
      if (one) return one;
    }
    return undefined;
  }
}

function keyOf({ region, account }: Identity): string {
  return `${region}\n${account}`;
}
