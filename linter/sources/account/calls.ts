import type { Api, Input, Operation, Output } from "./client";
import { codeOf, type Doubts, INTERRUPTED, isAbsence, isPassing, isThrottling } from "./doubts";
import type { Limits } from "./limits";

/** What came of a call. What could not be read has left a doubt. */
export type Answer<T> =
  | { readonly kind: "read"; readonly value: T }
  /** The thing does not exist. */
  | { readonly kind: "absent" }
  | { readonly kind: "not-read" };

export const NOT_READ_ANSWER = { kind: "not-read" } as const;

const MAX_THROTTLED = 8;
const MAX_PASSING = 3;
const MAX_PAGES = 100_000;

/** What everybody who reads one account needs. */
export interface Reading {
  readonly api: Api;
  readonly limits: Limits;
  readonly doubts: Doubts;
  readonly signal: AbortSignal;
  /** Told after every call. */
  readonly onCall: (region: string, operation: Operation) => void;
}

/** Calls to one Region with one account's credentials: paced, repeated where that helps, and never throwing. */
export class Calls {
  constructor(
    private readonly reading: Reading,
    readonly region: string,
  ) {}

  /** @param quietly an error leaves no doubt: the caller says what it means */
  async ask<K extends Operation>(operation: K, input: Input<K>): Promise<Answer<Output<K>>> {
    const { doubts, signal } = this.reading;
    try {
      const value = await this.persist(operation, input);
      if (value !== undefined) return { kind: "read", value };
      doubts.add(this.region, operation, INTERRUPTED);
    } catch (error) {
      const code = codeOf(error);
      if (isAbsence(code)) return { kind: "absent" };
      doubts.add(this.region, operation, signal.aborted ? INTERRUPTED : code);
    }
    return NOT_READ_ANSWER;
  }

  /** Undefined where the audit was interrupted. */
  private async persist<K extends Operation>(operation: K, input: Input<K>): Promise<Output<K> | undefined> {
    const { api, limits, signal, onCall } = this.reading;
    const pace = limits.of(this.region, operation);
    for (let throttled = 0, passing = 0; ; ) {
      await pace.turn(signal);
      if (signal.aborted) return undefined;
      try {
        const value = await api.call(this.region, operation, input);
        pace.succeeded();
        onCall(this.region, operation);
        return value;
      } catch (error) {
        if (isThrottling(codeOf(error)) && ++throttled < MAX_THROTTLED) pace.throttled();
        else if (!isPassing(error) || ++passing >= MAX_PASSING) throw error;
      }
    }
  }

  /** All pages. `complete` is false where one could not be read; the items before it are there all the same. */
  async list<K extends Operation, T>(
    operation: K,
    input: Input<K>,
    itemsOf: (page: Output<K>) => readonly T[] | undefined,
  ): Promise<{ items: T[]; complete: boolean; absent: boolean }> {
    const items: T[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.ask(operation, token === undefined ? input : { ...input, NextToken: token });
      if (page.kind === "absent") return { items, complete: true, absent: true };
      if (page.kind === "not-read") return { items, complete: false, absent: false };
      for (const item of itemsOf(page.value) ?? []) items.push(item);
      token = nextToken(page.value);
      if (token === undefined) return { items, complete: true, absent: false };
      if (seen.has(token)) break;
      seen.add(token);
    }
    this.reading.doubts.add(this.region, operation, "pages that do not end");
    return { items, complete: false, absent: false };
  }
}

function nextToken(page: object): string | undefined {
  const token = "NextToken" in page ? page.NextToken : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}

const WIDTH = 64;

/** The results in the order of the items, so many at a time. */
export async function mapInParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, worker));
  return results;
}
