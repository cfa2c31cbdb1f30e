/**
 * What is done about one message: suppress, list, publish, remember, in this order. Every step may be repeated, and a
 * crash in between repeats a step and never leaves one out.
 */
import { type Admission, admit, RefusedMessage } from "./admit";
import { UnreadableMessage } from "./json";
import { type Feedback, type Ignored, type Message, readMessage } from "./read";

export type Reason = "BOUNCE" | "COMPLAINT";

/** One address that must not be mailed any more, and why. */
export interface Suppression {
  address: string;
  reason: Reason;
  /** Whose list; null: the account's. */
  tenant: string | null;
  /** Region of the list: where the mail was sent. */
  region: string;
}

/** Feedback with what became of it. */
export interface Handled extends Feedback {
  /** Recipients that are no addresses, or that SES refuses to suppress. */
  unresolved: number;
}

/**
 * Calls to AWS, each of which is repeated until `deadline` (milliseconds since the epoch) where a repetition can help.
 * `find`, `list` and `store` are there where a table is, `publish` where a bus is, `bury` and `delay` where queues are.
 *
 * They throw `DeferredCall` where time ran out, `RefusedCall` where no repetition can help, anything else where a
 * later one may.
 */
export interface Services {
  suppress?(suppression: Suppression, deadline: number): Promise<void>;
  /** How many recipients were left unresolved when this was stored; null where it was not. */
  find?(feedbackId: string, deadline: number): Promise<number | null>;
  list?(suppression: Suppression, feedback: Feedback, deadline: number): Promise<void>;
  store?(feedback: Handled, deadline: number): Promise<void>;
  publish?(feedback: Handled, deadline: number): Promise<void>;
  /** Moves a message to the dead letters, with what is wrong about it. */
  bury?(text: string, why: string, deadline: number): Promise<void>;
  /** Makes messages of the queue visible again after so many seconds. */
  delay?(messages: readonly { receiptHandle: string; seconds: number }[], deadline: number): Promise<void>;
}

/** A request that the service will never accept. It carries the name of the error only: messages quote addresses. */
export class RefusedCall extends Error {}

/** Until when, in milliseconds since the epoch. */
export interface Deadlines {
  /** Waiting for a rate limit; ends first, so that what needs no waiting is done in any case. */
  suppress: number;
  /** Everything else. */
  rest: number;
}

export type Outcome =
  | { kind: "ignored"; what: Ignored }
  | { kind: "duplicate"; feedback: Feedback }
  | { kind: "handled"; feedback: Handled };

/** Why a message can't be handled, now or ever; null: a later attempt may succeed. */
export function hopeless(error: unknown): Hopeless | null {
  if (error instanceof UnreadableMessage) return { kind: "unreadable", why: error.message };
  if (error instanceof RefusedMessage) return { kind: "notAdmitted", why: error.message };
  if (error instanceof RefusedCall) return { kind: "refused", why: error.message };
  return null;
}

export interface Hopeless {
  /** `unreadable`, `notAdmitted` (not from an admitted topic, or forged), `refused` by a service, or partly `unresolved`. */
  kind: "unreadable" | "notAdmitted" | "refused" | "unresolved";
  /** Never a word of the message. */
  why: string;
}

/** Remembers what it did: duplicates mostly come close together. What is forgotten is at worst done again. */
export class Actor {
  private readonly done = new Set<string>();

  constructor(
    private readonly services: Services,
    private readonly admission: Admission,
  ) {}

  /** @throws {UnreadableMessage | RefusedMessage} and what the services throw */
  async handle(text: string, deadlines: Deadlines): Promise<Outcome> {
    const message = read(text);
    if (typeof message === "string") return { kind: "ignored", what: message };
    const region = admit(message.origin, this.admission);
    const { feedback } = message;
    const failures: unknown[] = [];
    const before = await this.before(feedback.feedbackId, deadlines, failures);
    if (before === 0) {
      this.remember(feedback.feedbackId);
      return { kind: "duplicate", feedback };
    }
    const handled = await this.suppressAll(message, region, deadlines, failures);
    // As long as one of them can be mended, the message gets another try.
    if (failures.length > 0) throw failures.find((failure) => hopeless(failure) === null) ?? failures[0];
    // Told before, and nothing new about it.
    if (before !== handled.unresolved) {
      await this.services.publish?.(handled, deadlines.rest);
      await this.services.store?.(handled, deadlines.rest);
    }
    if (handled.unresolved === 0) this.remember(feedback.feedbackId);
    return { kind: "handled", feedback: handled };
  }

  /** Unresolved recipients of this feedback when it was handled last; null where it was not, or where nobody can say. */
  private async before(feedbackId: string, deadlines: Deadlines, failures: unknown[]): Promise<number | null> {
    if (this.done.has(feedbackId)) return 0;
    try {
      return (await this.services.find?.(feedbackId, deadlines.rest)) ?? null;
    } catch (error) {
      // Suppressing must not wait for the table.
      failures.push(error);
      return null;
    }
  }

  /** Every recipient gets its turn before the first failure counts. */
  private async suppressAll(
    message: Message,
    region: string,
    deadlines: Deadlines,
    failures: unknown[],
  ): Promise<Handled> {
    const { feedback } = message;
    const { suppress, list } = this.services;
    const suppressed: string[] = [];
    const refused = new Set<string>();
    const attempt = async (address: string, step: Promise<void>): Promise<boolean> => {
      try {
        await step;
        return true;
      } catch (error) {
        if (error instanceof RefusedCall) refused.add(address);
        else failures.push(error);
        return false;
      }
    };
    const reason = feedback.type === "Complaint" ? "COMPLAINT" : "BOUNCE";
    for (const address of message.suppress) {
      const suppression: Suppression = { address, reason, tenant: feedback.tenant, region };
      if (suppress && (await attempt(address, suppress(suppression, deadlines.suppress)))) suppressed.push(address);
      if (list) await attempt(address, list(suppression, feedback, deadlines.rest));
    }
    return { ...feedback, suppressed, unresolved: message.malformed + refused.size };
  }

  private remember(feedbackId: string): void {
    if (this.done.size >= 10_000) this.done.clear();
    this.done.add(feedbackId);
  }
}

/** Whatever goes wrong while reading is the message's fault: JSON that is nested too deep, for one. */
function read(text: string): Message | Ignored {
  try {
    return readMessage(text);
  } catch (error) {
    throw error instanceof UnreadableMessage ? error : new UnreadableMessage("not processable");
  }
}
