import { Interrupted, StepFailure } from "./steps";
import type { Left, Thing } from "./things";

interface Entry extends Thing {
  remove(): Promise<void>;
}

/** What a run has made. Whatever enters is taken away at the end, also where nobody knows whether it was made. */
export class Ledger {
  private readonly entries: Entry[] = [];

  /** Makes a thing. Throws what `create` throws. */
  async make<T>(entry: Entry, create: () => Promise<T>): Promise<T> {
    this.entries.push(entry);
    try {
      return await create();
    } catch (error) {
      const isNotMade = error instanceof Interrupted || (error instanceof StepFailure && error.didNothing);
      if (isNotMade) this.forget(entry);
      throw error;
    }
  }

  private forget(entry: Entry): void {
    const at = this.entries.indexOf(entry);
    if (at >= 0) this.entries.splice(at, 1);
  }

  /** What is there, the oldest first. */
  get things(): Thing[] {
    return this.entries.map(({ kind, name }) => ({ kind, name }));
  }

  /**
   * Takes everything away, the latest first, and gives what could not be. A queue stays as long as a subscription of it
   * does: by the queue's tags the subscription is found again.
   */
  async removeAll(): Promise<Left[]> {
    const left: Left[] = [];
    for (const entry of [...this.entries].reverse()) {
      const { kind, name } = entry;
      const subscribed = left.some((one) => one.kind === "subscription");
      if (kind === "queue" && subscribed) {
        left.push({ kind, name, problem: "it stays as long as a subscription of it does" });
        continue;
      }
      try {
        await entry.remove();
        this.forget(entry);
      } catch (error) {
        left.push({ kind, name, problem: error instanceof Error ? error.message : String(error) });
      }
    }
    return left;
  }
}
