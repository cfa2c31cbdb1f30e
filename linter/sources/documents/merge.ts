import type { ResourceRecord, StackRecords } from "../../../policies/model/record";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { omissionsOf, type StackDocument } from "./document";

/**
 * One entry per stack: a state and a preview of the same stack become one, by URN, preview on top. A preview that
 * leaves unchanged resources out is complete on top of its state. Throws `KnownError` for two states, or two
 * previews, of one stack, and for one URN in the documents of two: nothing says which of them will be true.
 */
export function mergeDocuments(documents: readonly StackDocument[]): StackRecords[] {
  const stacks: StackRecords[] = [];
  const pairs = new Map<string, Pair>();
  for (const document of documents) {
    if (document.stack === undefined) stacks.push(document);
    else pairs.set(document.stack, withDocument(pairs.get(document.stack) ?? {}, document, document.stack));
  }
  refuseSharedUrns([...pairs.values()]);
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

/** Rows name their own stack, so the documents of two stacks may hold one URN all the same. */
function refuseSharedUrns(pairs: readonly Pair[]): void {
  if (pairs.length < 2) return;
  const owners = new Map<string, readonly [Pair, StackDocument]>();
  for (const pair of pairs) {
    for (const document of [pair.state, pair.preview].filter((one) => one !== undefined)) {
      for (const { urn } of document.resources.filter(isNamed)) {
        const [owner, other] = owners.get(urn) ?? [];
        if (other !== undefined && owner !== pair) {
          throw new KnownError(
            `${other.name} and ${document.name} both hold ${printable(urn)}, and are of two stacks; give one of them`,
          );
        }
        owners.set(urn, [pair, document]);
      }
    }
  }
}

/** A row without a URN is called by its place, which other documents have too. */
function isNamed({ urn }: ResourceRecord): boolean {
  return urn.startsWith("urn:");
}

function overlay(state: StackDocument, preview: StackDocument): StackRecords {
  const before = new Map(state.resources.map((record) => [record.urn, record]));
  const shown = new Set(preview.resources.map(({ urn }) => urn));
  const isReplaced = ({ urn }: ResourceRecord) =>
    preview.removed.has(urn) || preview.renamed.has(urn) || shown.has(urn);
  const kept = state.resources.filter((record) => !isReplaced(record));
  for (const record of kept) useNewUrns(record, preview.renamed);
  for (const record of preview.resources) if (record.gone) completeFrom(before.get(record.urn), record);
  const { configRegion, configRegions, config, stacks, untargeted = [], hidden } = preview;
  // An older state may lack some of what the preview leaves out.
  const unchanged = Math.max(0, hidden.unchanged - kept.filter(isCounted).length);
  const omissions = omissionsOf({ ...hidden, unchanged }, untargeted);
  return {
    resources: [...kept, ...preview.resources],
    configRegion,
    configRegions,
    config,
    stacks,
    untargeted,
    partial: omissions.length > 0,
    omissions,
  };
}

/** A preview counts neither what waits for its deletion nor the providers that the engine makes by itself. */
function isCounted({ urn, type, gone }: ResourceRecord): boolean {
  return !gone && !(type.startsWith("pulumi:providers:") && /::default(_|$)/.test(urn));
}

function useNewUrns(record: ResourceRecord, renamed: ReadonlyMap<string, string>): void {
  if (renamed.size === 0) return;
  const current = (urn: string) => renamed.get(urn) ?? urn;
  if (record.parent !== undefined) record.parent = current(record.parent);
  if (record.provider !== undefined) record.provider = current(record.provider);
  if (record.propertyDependencies !== undefined) {
    const entries = Object.entries(record.propertyDependencies);
    record.propertyDependencies = Object.fromEntries(entries.map(([property, urns]) => [property, urns.map(current)]));
  }
}

/** A deletion may be told without what was there. */
function completeFrom(row: ResourceRecord | undefined, record: ResourceRecord): void {
  record.id ??= row?.id;
  record.inputs ??= row?.inputs;
  record.outputs ??= row?.outputs;
  record.provider ??= row?.provider;
}
