import { type Omission, parseUrn, type ResourceRecord, type StackRecords } from "../../../policies/model/record";
import { isObject, type Json } from "../../../policies/model/value";
import { KnownError } from "../../io/errors";
import { EXPECTED } from "./fields";

/** One document, read; with what `mergeDocuments` needs to join a preview with the state below it. */
export interface StackDocument extends StackRecords {
  /** As messages call it. */
  name: string;
  kind: "state" | "preview";
  /** `project/stack`; undefined where the document has no resource. */
  stack: string | undefined;
  /** URNs that the preview deletes or leaves to others. */
  removed: ReadonlySet<string>;
  /** URNs that resources had before the preview, by the old one (aliases). */
  renamed: ReadonlyMap<string, string>;
  /** How many resources the preview counts and does not show. */
  hidden: Hidden;
}

export interface Hidden {
  unchanged: number;
  /** What it creates, updates, replaces, imports, reads or deletes. */
  changed: number;
}

const NOTHING_HIDDEN: Hidden = { unchanged: 0, changed: 0 };

/** Why resources are missing; nothing where none is. */
export function omissionsOf({ unchanged, changed }: Hidden, untargeted: readonly string[]): Omission[] {
  return [
    ...(unchanged > 0 ? (["unchanged"] as const) : []),
    ...(untargeted.length > 0 ? (["untargeted"] as const) : []),
    ...(changed > 0 ? (["cut"] as const) : []),
  ];
}

export function stackDocument(
  kind: StackDocument["kind"],
  name: string,
  stack: string | undefined,
  resources: ResourceRecord[],
): StackDocument {
  const stacks = stack === undefined ? [] : [stack];
  return { kind, name, stack, stacks, resources, removed: new Set(), renamed: new Map(), hidden: NOTHING_HIDDEN };
}

/**
 * The stack of the first row or step with a sound URN: the others, odd ones included, belong to it too. Undefined
 * where there is nothing; rows without a single URN are not Pulumi's.
 */
export function firstStack(rows: readonly unknown[], what: string, source: string): string | undefined {
  for (const row of rows) {
    const urn = isObject(row) ? row.urn : undefined;
    const parts = typeof urn === "string" ? parseUrn(urn) : undefined;
    if (parts !== undefined) return parts.stack;
  }
  if (rows.length === 0) return undefined;
  throw new KnownError(`${source}: none of its ${what} has a Pulumi URN; ${EXPECTED}`);
}

/** True where the engine drops the row and leaves the resource itself alone: it never owned it, or was told to. */
export function isLeftBehind({ external, retainOnDelete }: Json): boolean {
  return external === true || retainOnDelete === true;
}
