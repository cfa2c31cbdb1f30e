import { type Maybe, UNKNOWN } from "./value";

/**
 * Twelve digits, or `?` and what the account hangs on: an unknown account equals only that of the same program and the
 * same way of signing in.
 */
export type Account = string;

/** The number, or null where it is not known. */
export function accountNumber(account: Account): string | null {
  return account.startsWith("?") ? null : account;
}

/** Whether two things are of one account. */
export function sameAccount(a: Account, b: Account): Maybe {
  if (a === b) return true;
  return a.startsWith("?") || b.startsWith("?") ? UNKNOWN : false;
}
