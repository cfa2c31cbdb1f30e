import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import type { StackDocument } from "./document";

/**
 * One entry per stack: a state and a preview of the same stack become one, by URN, preview on top. A preview that
 * leaves unchanged resources out is complete on top of its state. Throws `KnownError` for two states, or two
 * previews, of one stack: nothing says which of them will be true.
 */
export function mergeDocuments(documents: readonly StackDocument[]): StackRecords[] {
  const stacks: StackRecords[] = [];
  const pairs = new Map<string, Pair>();
  for (const document of documents) {
    if (document.stack === undefined) stacks.push(document);
    else pairs.set(document.stack, withDocument(pairs.get(document.stack) ?? {}, document, document.stack));
  }
  for (const { state, preview } of pairs.values()) {
    if (state !== undefined && preview !== undefined) stacks.push(overlay(state, preview));
    else stacks.push(...[state, preview].filter((document) => document !== undefined));
  }
  return stacks;
}

interface Pair {
  state?: StackDocument;
  preview?: StackDocument;
}

function withDocument(pair: Pair, document: StackDocument, stack: string): Pair {
  const other = pair[document.kind];
  if (other === undefined) return { ...pair, [document.kind]: document };
  const what = `a ${document.kind} of ${printable(stack)}`;
  throw new KnownError(`${other.name} and ${document.name} are both ${what}; give one of them`);
}

function overlay(state: StackDocument, preview: StackDocument): StackRecords {
  const resources = new Map<string, ResourceRecord>();
  for (const record of state.resources) if (!preview.removed.has(record.urn)) resources.set(record.urn, record);
  for (const record of preview.resources) resources.set(record.urn, record);
  return { resources: [...resources.values()], configRegion: preview.configRegion, stacks: preview.stacks };
}
