import type { ResourceRecord } from "../../../policies/model/record";
import { isObject, type Json } from "../../../policies/model/value";
import { firstStack, isLeftBehind, type StackDocument, stackDocument } from "./document";
import { array } from "./fields";
import { LEAF, RecordReader, type SourceRoots } from "./record";

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
  const operations = array(deployment, "pending_operations", source, `${path}.pending_operations`) ?? [];
  const interrupted = operations.map((operation) => (isObject(operation) ? operation.resource : undefined));
  const stack = firstStack([...rows, ...interrupted.filter(isObject)], "resources", source);

  const state = new State(new RecordReader(stack ?? "", roots));
  for (const [index, row] of rows.entries()) if (row !== LEAF) state.take(row, `resource[${index}]`);
  state.addDeleted();
  for (const [index, operation] of operations.entries()) state.doubt(operation, `pending_operations[${index}]`);
  return stackDocument("state", source, stack, [...state.resources.values()]);
}

/**
 * Operations that an update began and whose end nobody saw. Reading changes nothing.
 * Source: pulumi/pulumi `sdk/go/common/apitype/core.go`, `OperationType`.
 */
const INTERRUPTED: Readonly<Record<string, string>> = {
  creating: "an update was interrupted while it created it, so whether it is there is not known",
  importing: "an update was interrupted while it imported it, so whether it is there is not known",
  updating: "an update was interrupted while it changed it, so which of its values hold is not known",
  deleting: "an update was interrupted while it deleted it, so whether it is still there is not known",
};

/** The rows taken so far, by URN. */
class State {
  readonly resources = new Map<string, ResourceRecord>();
  private readonly waiting: [row: Json, place: string][] = [];

  constructor(private readonly reader: RecordReader) {}

  take(row: unknown, place: string): void {
    if (isObject(row) && row.delete === true) {
      this.waiting.push([row, place]);
      return;
    }
    const record = this.reader.read(row, place);
    if (isObject(row)) record.defect ??= doubtAbout(row);
    const other = this.resources.get(record.urn);
    if (other) other.defect ??= "the document has two resources with this URN";
    else this.resources.set(record.urn, record);
  }

  /**
   * A row that waits for its deletion is the old copy of a replaced resource. Where no new copy has its URN, the engine
   * deletes the resource itself before it does anything else.
   */
  addDeleted(): void {
    for (const [row, place] of this.waiting) {
      if (isLeftBehind(row)) continue;
      const record = this.reader.read(row, place);
      if (this.resources.has(record.urn)) continue;
      record.gone = true;
      this.resources.set(record.urn, record);
    }
  }

  doubt(operation: unknown, place: string): void {
    if (!isObject(operation) || operation.type === "reading") return;
    const { type, resource } = operation;
    const record = this.reader.read(resource, place);
    const doubt =
      typeof type === "string" && Object.hasOwn(INTERRUPTED, type)
        ? INTERRUPTED[type]
        : "an update was interrupted in an operation on it that is not known";
    const known = this.resources.get(record.urn);
    if (known) known.defect ??= doubt;
    else this.resources.set(record.urn, asUncertain(record, doubt));
  }
}

/** What may exist supplies a name and a doubt; nobody can be blamed for what it lacks. */
function asUncertain(record: ResourceRecord, doubt: string | undefined): ResourceRecord {
  record.external = true;
  record.defect ??= doubt;
  return record;
}

/**
 * Why a row may not say what will be there. The next update replaces what is tainted: what AWS computes for it changes,
 * and a mailbox has to confirm again. Source: pulumi/pulumi `sdk/go/common/apitype/core.go`, `ResourceV3`.
 */
function doubtAbout({ pendingReplacement, initErrors, taint }: Json): string | undefined {
  if (pendingReplacement === true)
    return "a replacement was interrupted after it deleted it and before it made it again";
  if (Array.isArray(initErrors) && initErrors.length > 0) {
    return "its creation or last update failed in part, so which of its values hold is not known";
  }
  if (taint === true)
    return "it is tainted, so the next update replaces it, and what AWS answers for it then is not known";
  return undefined;
}
