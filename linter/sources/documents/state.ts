import type { ResourceRecord } from "../../../policies/model/record";
import { isObject, type Json } from "../../../policies/model/value";
import { firstStack, type StackDocument, stackDocument } from "./document";
import { array } from "./fields";
import { RecordReader, type SourceRoots } from "./record";

export interface StateOptions {
  /** The document, as messages call it. */
  source: string;
  /** Where the deployment stands in it. */
  path: string;
  roots: SourceRoots;
}

/** Reads a deployment or a checkpoint. */
export function readState(deployment: Json, { source, path, roots }: StateOptions): StackDocument {
  const rows = array(deployment, "resources", source, `${path}.resources`) ?? [];
  const stack = firstStack(rows, "resources", source);
  const reader = new RecordReader(stack ?? "", roots);
  const resources: ResourceRecord[] = [];
  const seen = new Set<string>();
  const duplicate = new Set<string>();
  for (const [index, row] of rows.entries()) {
    // An old copy that waits for its deletion after a replacement.
    if (isObject(row) && row.delete === true) continue;
    const record = reader.read(row, `resource[${index}]`);
    if (seen.has(record.urn)) duplicate.add(record.urn);
    else resources.push(record);
    seen.add(record.urn);
  }
  if (duplicate.size > 0) {
    for (const record of resources) {
      if (duplicate.has(record.urn)) record.defect ??= "the document has two resources with this URN";
    }
  }
  return stackDocument("state", source, stack, resources);
}
