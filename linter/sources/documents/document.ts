import { parseUrn, type ResourceRecord, type StackRecords } from "../../../policies/model/record";
import { isObject } from "../../../policies/model/value";
import { KnownError } from "../../io/errors";
import { EXPECTED } from "./fields";

/** One document, read; with what `mergeDocuments` needs to join a preview with the state below it. */
export interface StackDocument extends StackRecords {
  /** As messages call it. */
  name: string;
  kind: "state" | "preview";
  /** `project/stack`; undefined where the document has no resource. */
  stack: string | undefined;
  /** URNs that the preview deletes. */
  removed: ReadonlySet<string>;
}

export function stackDocument(
  kind: StackDocument["kind"],
  name: string,
  stack: string | undefined,
  resources: ResourceRecord[],
  removed: ReadonlySet<string> = new Set(),
): StackDocument {
  return { kind, name, stack, stacks: stack === undefined ? [] : [stack], resources, removed };
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
