import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { codeOf, isAbsence, isDenial, isPassing, isThrottling } from "../sources/account/doubts";
import type { Clock } from "../sources/account/limits";
import type { Input, Operation, Output, ProofApi } from "./client";
import { ACTIONS } from "./permissions";

/** Somebody interrupted the run. */
export class Interrupted extends Error {}

/** A call that failed for good. The message is the end of a sentence: why, and what to do. */
export class StepFailure extends Error {
  readonly isAbsence: boolean;
  /** False where it may have done its work all the same. */
  readonly didNothing: boolean;

  constructor(
    readonly operation: Operation,
    error: unknown,
  ) {
    const code = codeOf(error);
    super(sayFailure(operation, code, error));
    this.isAbsence = isAbsence(code);
    this.didNothing = isThrottling(code) || (hasFault(error) && error.$fault === "client");
  }
}

function hasFault(error: unknown): error is { $fault: unknown } {
  return typeof error === "object" && error !== null && "$fault" in error;
}

function sayFailure(operation: Operation, code: string, error: unknown): string {
  const actions = ACTIONS[operation].actions.join(" and ");
  if (isDenial(code)) {
    const policy = operation === "sns:Subscribe" ? ", and in the policy of a topic that another account owns" : "";
    return `AWS denied ${operation}; allow ${actions} to whoever runs this${policy}`;
  }
  if (isThrottling(code)) return `AWS kept throttling ${operation}; run it again later`;
  // What SES says of a mail that it refuses names identities, and nothing else that one could not know.
  const words = operation === "ses:SendEmail" && error instanceof Error ? `: ${error.message.slice(0, 300)}` : "";
  return printable(`${operation} failed with ${code}${words}`);
}

const NEVER = new AbortController().signal;
const MAX_THROTTLED = 6;
const MAX_PASSING = 3;
const FIRST_PAUSE = 1_000;

/** How often one call is repeated. */
class Patience {
  private throttled = 0;
  private passing = 0;

  constructor(private readonly isRepeatable: boolean) {}

  /** Milliseconds until the next try; undefined where there is none. */
  pauseAfter(error: unknown): number | undefined {
    if (isThrottling(codeOf(error))) {
      return ++this.throttled < MAX_THROTTLED ? FIRST_PAUSE * 2 ** (this.throttled - 1) : undefined;
    }
    return this.isRepeatable && isPassing(error) && ++this.passing < MAX_PASSING ? FIRST_PAUSE : undefined;
  }
}

export interface StepOptions {
  /** Nothing is begun after it. */
  signal?: AbortSignal;
  /** Ends a call that waits, too. */
  waits?: boolean;
  /** False for what must not be done twice: it is repeated only where the service says that it did nothing. */
  repeatable?: boolean;
}

/** Calls to one Region that are repeated where that helps. */
export class Steps {
  constructor(
    private readonly api: ProofApi,
    readonly clock: Clock,
    readonly region: string,
  ) {}

  /** Throws `StepFailure`, and `Interrupted` where the signal came before the call began. */
  async do<K extends Operation>(operation: K, input: Input<K>, options: StepOptions = {}): Promise<Output<K>> {
    const { signal = NEVER, waits = false, repeatable = true } = options;
    const patience = new Patience(repeatable);
    for (;;) {
      if (signal.aborted) throw new Interrupted();
      try {
        return await this.api.call(this.region, operation, input, waits ? signal : undefined);
      } catch (error) {
        if (waits && signal.aborted) throw new Interrupted();
        const pause = patience.pauseAfter(error);
        if (pause === undefined) throw new StepFailure(operation, error);
        await this.clock.sleep(pause, signal);
      }
    }
  }

  /** All pages. */
  async list<K extends Operation, T>(
    operation: K,
    input: Input<K>,
    itemsOf: (page: Output<K>) => readonly T[] | undefined,
  ): Promise<T[]> {
    const items: T[] = [];
    const seen = new Set<string>();
    for (let token: string | undefined; ; ) {
      const page = await this.do(operation, token === undefined ? input : { ...input, NextToken: token });
      items.push(...(itemsOf(page) ?? []));
      token = "NextToken" in page && typeof page.NextToken === "string" ? page.NextToken : "";
      if (token === "") return items;
      if (seen.has(token)) throw new KnownError(`${operation} answers with pages that do not end`);
      seen.add(token);
    }
  }
}
