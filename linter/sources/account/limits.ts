import type { Operation } from "./client";

/** Time as the limits need it, so that tests need not wait. Milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves after the time, at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done, { once: true });
    }),
};

/**
 * Calls a second that a service allows, by operation; per account and Region. Source: Amazon SES API reference, v1 and
 * v2; Amazon SNS and EventBridge quotas.
 */
const PER_SECOND: Partial<Record<Operation, number>> = {
  "ses:GetIdentityNotificationAttributes": 1,
  "sesv2:GetAccount": 1,
  "sesv2:ListEmailIdentities": 1,
  "sesv2:GetEmailIdentity": 1,
  "sesv2:ListConfigurationSets": 1,
  "sesv2:GetConfigurationSet": 1,
  "sesv2:GetConfigurationSetEventDestinations": 1,
  "sesv2:ListTenants": 1,
  "sesv2:GetTenant": 1,
  "sesv2:ListTenantResources": 1,
  "sesv2:ListMultiRegionEndpoints": 1,
  "sns:GetTopicAttributes": 30,
  "sns:ListSubscriptionsByTopic": 30,
  "sns:GetSubscriptionAttributes": 30,
  "sns:GetDataProtectionPolicy": 10,
  "cloudwatch:DescribeAlarmsForMetric": 9,
};
const OTHERS_PER_SECOND = 20;

/** How much slower than allowed it may get. */
const SLOWEST = 16;

/** Paces the calls of one operation in one Region, and slows down where the service says so. */
export class Pace {
  private readonly least: number;
  private interval: number;
  private next = 0;

  constructor(
    operation: Operation,
    private readonly clock: Clock,
  ) {
    this.least = 1000 / (PER_SECOND[operation] ?? OTHERS_PER_SECOND);
    this.interval = this.least;
  }

  /** Resolves when the next call may start. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + this.interval;
    if (at > now) await this.clock.sleep(at - now, signal);
  }

  /** Somebody else uses the same limit. */
  throttled(): void {
    this.interval = Math.min(this.interval * 2, this.least * SLOWEST);
    this.next = Math.max(this.next, this.clock.now() + this.interval);
  }

  succeeded(): void {
    this.interval = Math.max(this.interval * 0.8, this.least);
  }
}

/** The paces of one account. */
export class Limits {
  private readonly paces = new Map<string, Pace>();

  constructor(readonly clock: Clock) {}

  of(region: string, operation: Operation): Pace {
    const key = `${region} ${operation}`;
    const known = this.paces.get(key) ?? new Pace(operation, this.clock);
    this.paces.set(key, known);
    return known;
  }
}
