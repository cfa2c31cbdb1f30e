/** Calls at the rate that the service admits: slower when it throttles, faster again when it does not. */

/** Time, as far as the handler knows it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/** There was no time left for the call: nothing is wrong with the message, later it will do. */
export class DeferredCall extends Error {}

/** What an error of a service means for a later attempt. */
export type ErrorKind = "throttled" | "transient" | "hopeless" | "other";

/** Shortest wait after a throttled call, and the longest between two calls, in milliseconds. */
const FIRST_WAIT = 50;
const LONGEST_WAIT = 5_000;
/** How often one call that fails for another reason, such as a lost connection, is repeated on the spot. */
const TRANSIENT_ATTEMPTS = 4;

/**
 * One limit of one service in one Region, as this process has come to know it: calls keep a distance, which grows by
 * half when one is throttled and shrinks by a thirtieth with each that succeeds. It outlives an invocation, so that the
 * next one starts at the rate that was found.
 */
export class Pace {
  /** Between two calls, in milliseconds. */
  private distance = 0;
  /** When the next call may begin, and before when throttling says nothing new; milliseconds since the epoch. */
  private next = 0;
  private settled = 0;

  constructor(
    private readonly clock: Clock,
    private readonly kindOf: (error: unknown) => ErrorKind,
  ) {}

  /**
   * The answer of the call, however often it is throttled before `deadline` (milliseconds since the epoch).
   *
   * @throws {DeferredCall} once waiting would pass the deadline; every other error as the service gives it
   */
  async run<T>(deadline: number, call: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; ) {
      await this.turn(deadline);
      try {
        const answer = await call();
        this.faster();
        return answer;
      } catch (error) {
        const kind = this.kindOf(error);
        if (kind === "throttled") {
          this.slower();
        } else if (kind === "transient" && ++failures < TRANSIENT_ATTEMPTS) {
          this.next = Math.max(this.next, this.clock.now() + this.jittered(FIRST_WAIT * 4 ** failures));
        } else {
          throw error;
        }
      }
    }
  }

  private async turn(deadline: number): Promise<void> {
    const now = this.clock.now();
    const start = Math.max(now, this.next);
    if (start >= deadline) throw new DeferredCall("no time left");
    this.next = start + this.distance;
    if (start > now) await this.clock.sleep(start - now);
  }

  private faster(): void {
    this.distance = this.distance < FIRST_WAIT / 10 ? 0 : this.distance * (29 / 30);
  }

  private slower(): void {
    const now = this.clock.now();
    // Calls that are throttled shortly after each other are one sign, not several.
    if (now >= this.settled) {
      this.distance = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, this.distance * 1.5));
      this.settled = now + 2 * this.distance;
    }
    this.next = Math.max(this.next, now + this.jittered(this.distance));
  }

  /** Between half of it and all of it, so that instances that were throttled together do not come back together. */
  private jittered(milliseconds: number): number {
    return milliseconds * (0.5 + this.clock.random() / 2);
  }
}
