import type { Account } from "../account";
import type { ResourceRecord } from "../record";
import type { Region } from "../region";
import type { Value } from "../value";

/** Something that others refer to. `resource` is missing where it is only named and stands outside the view. */
export interface Entity {
  readonly resource?: ResourceRecord | undefined;
  readonly name: Value<string>;
  readonly arn: Value<string>;
  readonly region: Region;
  readonly account: Account;
  /** The preview deletes it: whatever refers to it leads nowhere. */
  readonly gone?: true | undefined;
}

export type Link<T> =
  | { readonly kind: "absent" }
  | { readonly kind: "found"; readonly target: T }
  /** Known, and not in view. */
  | { readonly kind: "outside"; readonly value: string }
  /** `candidates` undefined: it could be any. `pending`: the deployment itself will settle it. */
  | { readonly kind: "unknown"; readonly candidates: readonly T[] | undefined; readonly pending: boolean };

export const NO_LINK = { kind: "absent" } as const;

/** More candidates than this are as good as any, and nobody pays for looking at all of them every time. */
export const MANY = 32;

/** A link to one of several; to any, where they are too many. */
export function oneOf<T>(candidates: readonly T[], pending = false): Link<T> {
  return { kind: "unknown", candidates: candidates.length > MANY ? undefined : candidates, pending };
}

/** What a link means, or may mean. */
export function targetsOf<T>(link: Link<T>): readonly T[] {
  if (link.kind === "found") return [link.target];
  return link.kind === "unknown" ? (link.candidates ?? []) : [];
}
