import type { Problem } from "../checks/problem";
import { show } from "../checks/show";

/** Refuses an endpoint that already stands under another name, once both are known. */
export class UniqueEndpoints {
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly path: string,
    private readonly refuse: (problem: Problem) => Error,
  ) {}

  /** @throws naming both */
  add(key: string, endpoint: string): void {
    const other = this.keys.get(endpoint);
    if (other !== undefined) throw this.refuse(sameEndpoint(`${this.path}.${key}`, other));
    this.keys.set(endpoint, key);
  }
}

export function sameEndpoint(path: string, other: string): Problem {
  return { path, given: `the same endpoint as ${show(other)}`, allowed: "each endpoint once" };
}
