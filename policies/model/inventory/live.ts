import type { ResourceRecord } from "../record";
import type { Region } from "../region";
import type { Value } from "../value";

/** How a live account stands in one Region. Only the account itself can tell. */
export interface LiveAccountFact {
  fact: "live-account";
  sending: Value<boolean>;
  /** `HEALTHY`, `PROBATION`, `SHUTDOWN`. */
  enforcement: Value<string>;
  suppressedReasons: Value<readonly unknown[]>;
  /** Whether an alarm watches the account's rate. */
  bounceAlarm: Value<boolean>;
  complaintAlarm: Value<boolean>;
}

/** What may stop to send on its own: an identity, a configuration set, a tenant. */
export interface LiveSenderFact {
  fact: "live-sender";
  kind: "identity" | "set" | "tenant";
  name: Value<string>;
  sending: Value<boolean>;
  /** Of identities: `SUCCESS`, `PENDING`, `FAILED`, `TEMPORARY_FAILURE`, `NOT_STARTED`. */
  verification: Value<string>;
}

interface Stands {
  readonly resource: ResourceRecord;
  readonly region: Region;
}

export type LiveAccount = Readonly<LiveAccountFact> & Stands;
export type LiveSender = Readonly<LiveSenderFact> & Stands;
