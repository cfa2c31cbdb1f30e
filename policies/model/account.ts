import { type Maybe, UNKNOWN } from "./value";

/** Twelve digits; undefined where nobody has told it. */
export type Account = string | undefined;

/** Whether two things are of one account, as far as accounts are known. */
export function sameAccount(a: Account, b: Account): Maybe {
  return a === undefined || b === undefined ? UNKNOWN : a === b;
}
