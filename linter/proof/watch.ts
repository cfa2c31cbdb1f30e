import { EVENTS } from "../../policies/generated/facts";
import { defaultBus, type Home } from "./names";
import type { Notification } from "./notification";
import type { FeedbackType, Mail, Trial, Way } from "./plan";

/** What came for a mail. */
export interface Sighting extends Omit<Notification, "topic" | "messageId"> {
  readonly target: string;
  /** Milliseconds of the clock. */
  readonly at: number;
}

/** A mail that SES took. */
export interface Sent {
  readonly trial: Trial;
  readonly mail: Mail;
  readonly messageId: string;
  readonly at: number;
}

const NAMES: Readonly<Record<FeedbackType, string>> = {
  bounce: EVENTS.BOUNCE.eventType,
  complaint: EVENTS.COMPLAINT.eventType,
  delivery: EVENTS.DELIVERY.eventType,
};

/** Mails that were sent, and what has come back, by SES's id of the mail. */
export class Watch {
  readonly sent: Sent[] = [];
  private readonly sightings = new Map<string, Sighting[]>();
  private readonly bus: string;

  constructor(home: Home) {
    this.bus = defaultBus(home);
  }

  /** Of mails of others nothing is kept but this. */
  see({ messageId, topic, ...rest }: Notification, at: number): void {
    const own = this.sightings.get(messageId) ?? [];
    own.push({ ...rest, target: topic ?? this.bus, at });
    this.sightings.set(messageId, own);
  }

  of({ messageId }: Sent): readonly Sighting[] {
    return this.sightings.get(messageId) ?? [];
  }

  /** When what was waited for came by a way; undefined where it has not. */
  arrival(sent: Sent, { channel, target }: Way): number | undefined {
    const found = this.of(sent).find(
      (one) => one.channel === channel && one.target === target && one.type === NAMES[sent.mail.type],
    );
    return found?.at;
  }

  /** How many arrivals are waited for, and how many of them there are. */
  count(isCertain: boolean): { expected: number; arrived: number } {
    const waits = this.sent
      .filter(({ mail }) => mail.isCertain === isCertain)
      .flatMap((sent) => sent.trial.ways[sent.mail.type].heard.map((way) => this.arrival(sent, way)));
    return { expected: waits.length, arrived: waits.filter((at) => at !== undefined).length };
  }
}
