import type { Json } from "../../../policies/model/value";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import type { Operation } from "./client";
import { ACTIONS } from "./permissions";

/** Stands for a property that could not be read: not known, and no deployment will settle it. */
export const NOT_READ: Json = { [SIGNATURE_KEY]: SECRET_SIGNATURE };

/** A call that failed for good. */
export interface Doubt {
  readonly operation: Operation;
  readonly region: string;
  /** What the service or the network says. */
  readonly code: string;
  /** How many calls of the kind failed so. */
  count: number;
}

/** What one account did not tell, once per operation, Region and error. */
export class Doubts {
  private readonly byKey = new Map<string, Doubt>();

  add(region: string, operation: Operation, code: string): void {
    const key = `${region} ${operation} ${code}`;
    const known = this.byKey.get(key);
    if (known) known.count++;
    else this.byKey.set(key, { operation, region, code, count: 1 });
  }

  get all(): readonly Doubt[] {
    return [...this.byKey.values()];
  }
}

export const INTERRUPTED = "interrupted";
const DENIED = /AccessDenied|AuthorizationError|NotAuthorized|Unauthorized/i;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceededException/i;
const ABSENT = /NotFound|NonExistent|DoesNotExist/i;
/** What a Region that the account has not opted in to says of credentials that are good elsewhere. */
const NOT_ENABLED = /^(UnrecognizedClientException|InvalidClientTokenId|OptInRequired)$/;

/** The end of a sentence: why it is not known, and what to do. */
export function sayDoubt({ operation, code, count, region }: Doubt): string {
  const times = count === 1 ? "" : ` (${count} calls)`;
  const action = ACTIONS[operation];
  if (code === INTERRUPTED) return `the audit was interrupted before this was read${times}; the report is partial`;
  if (NOT_ENABLED.test(code)) return `${region} is not enabled in this account`;
  if (DENIED.test(code)) return `AWS denied it${times}; allow ${action ?? operation} to whoever runs this`;
  if (THROTTLED.test(code)) return `AWS kept throttling it${times}; run it again when fewer others make this call`;
  return `it failed with ${printable(code)}${times}; needed is ${action ?? operation}`;
}

/** The code of an error of the SDK or of the network. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown error";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const name = "name" in error && typeof error.name === "string" ? error.name : undefined;
  return (name === "Error" ? code : (name ?? code)) ?? name ?? "unknown error";
}

export function isDenial(code: string): boolean {
  return DENIED.test(code);
}

export function isThrottling(code: string): boolean {
  return THROTTLED.test(code);
}

/** The thing that was asked for does not exist. */
export function isAbsence(code: string): boolean {
  return ABSENT.test(code) && code !== "ENOTFOUND";
}

/** Worth another try: a fault of the service, or of the network. */
export function isPassing(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("$fault" in error && error.$fault === "server") return true;
  return /^(ECONNRESET|ETIMEDOUT|EPIPE|TimeoutError|RequestTimeout|ServiceUnavailable)$/.test(codeOf(error));
}
