import type { ResourceRecord } from "../../../policies/model/record";
import { isObject, isUnknownString, type Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { firstStack, type StackDocument, stackDocument } from "./document";
import { array, count, object } from "./fields";
import { RecordReader, type SourceRoots } from "./record";

/** Steps after which the resource exists, and what becomes of its id and of the outputs in its old state. */
const PRESENT: Record<string, "kept" | "updated" | "new"> = {
  same: "kept",
  read: "kept",
  refresh: "kept",
  update: "updated",
  create: "new",
  replace: "new",
  "create-replacement": "new",
  "read-replacement": "new",
  import: "new",
  "import-replacement": "new",
};
const GONE = new Set(["delete", "discard"]);
/** Halves of a replacement: another step of the same URN says what exists afterwards. */
const IGNORED = new Set([
  "delete-replaced",
  "discard-replaced",
  "remove-pending-replace",
  "diff",
  "extend-parameterize",
]);

/** Reads a `PreviewDigest`. Throws `KnownError` where the preview itself failed. */
export function readPreview(content: Json, source: string, roots: SourceRoots): StackDocument {
  failOnErrors(array(content, "diagnostics", source) ?? [], source);
  const rows = array(content, "steps", source) ?? [];
  const summary = object(content, "changeSummary", source) ?? {};
  const region = object(content, "config", source)?.["aws:region"];
  const stack = firstStack(rows, "steps", source);

  const steps = new Steps(new RecordReader(stack ?? "", roots));
  for (const [index, step] of rows.entries()) {
    const place = isObject(step) && typeof step.urn === "string" ? step.urn : `step[${index}]`;
    steps.take(step, place);
  }
  return {
    ...stackDocument("preview", source, stack, [...steps.resources.values()], steps.removed),
    configRegion: typeof region === "string" && !isUnknownString(region) ? region : undefined,
    partial: (count(summary, "same", source) ?? 0) > steps.countUnchanged(),
  };
}

/** What the steps taken so far leave behind. */
class Steps {
  readonly resources = new Map<string, ResourceRecord>();
  readonly removed = new Set<string>();
  private readonly operations = new Map<string, unknown>();

  constructor(private readonly reader: RecordReader) {}

  take(step: unknown, place: string): void {
    if (!isObject(step)) this.resources.set(place, this.reader.read(step, place));
    else if (isOneOf(step.op, GONE) && typeof step.urn === "string") this.remove(step, step.urn);
    else if (!isOneOf(step.op, IGNORED)) this.add(step.op, readStep(step, place, this.reader));
  }

  /** `pulumi refresh` counts resources that it found unchanged as `same`, too. */
  countUnchanged(): number {
    return [...this.operations.values()].filter((op) => op === "same" || op === "refresh").length;
  }

  private remove({ oldState }: Json, urn: string): void {
    // A pending deletion is of an old copy: the resource itself lives on in another step.
    if (isObject(oldState) && oldState.delete === true) return;
    this.resources.delete(urn);
    this.removed.add(urn);
  }

  private add(op: unknown, record: ResourceRecord): void {
    // A refresh that comes with other steps of the same resource says less than they do.
    if (op === "refresh" && this.resources.has(record.urn)) return;
    if (this.operations.get(record.urn) === op)
      record.defect ??= "the document has two steps of this kind with this URN";
    this.operations.set(record.urn, op);
    this.removed.delete(record.urn);
    this.resources.set(record.urn, record);
  }
}

function isOneOf(op: unknown, operations: ReadonlySet<string>): boolean {
  return typeof op === "string" && operations.has(op);
}

function readStep(step: Json, place: string, reader: RecordReader): ResourceRecord {
  const { op, oldState, newState } = step;
  const kind = typeof op === "string" && Object.hasOwn(PRESENT, op) ? PRESENT[op] : undefined;
  const row = newState ?? oldState;
  const record = reader.read(isObject(row) && row.urn === undefined ? { ...row, urn: step.urn } : (row ?? step), place);
  if (kind === undefined) record.defect = "its step has an operation that is not known";
  else if (newState === undefined) record.defect = "its step has no newState";
  else if (step.urn !== undefined && step.urn !== record.urn) record.defect ??= "its step has another URN";
  else if (op === "read" || op === "read-replacement") record.external = true;
  if (kind !== "new" && isObject(oldState)) complete(record, oldState, kind === "updated");
  return record;
}

/** The engine writes steps before it has run them: what stays as it is stands only in the old state. */
function complete(record: ResourceRecord, oldState: Json, isUpdated: boolean): void {
  record.id ??= oldState.id;
  if (isUpdated) record.outputs = { ...computed(oldState, record.inputs), ...record.outputs };
  else if (isObject(oldState.outputs)) record.outputs ??= oldState.outputs;
}

/** The outputs that no input sets, neither before nor after: a replacement changes them, an update does not. */
function computed({ inputs: oldInputs, outputs }: Json, inputs: Json | undefined): Json {
  const isSet = (property: string) =>
    (isObject(oldInputs) && Object.hasOwn(oldInputs, property)) ||
    (inputs !== undefined && Object.hasOwn(inputs, property));
  return Object.fromEntries(Object.entries(isObject(outputs) ? outputs : {}).filter(([property]) => !isSet(property)));
}

function failOnErrors(diagnostics: readonly unknown[], source: string): void {
  const errors = diagnostics.filter(
    (diagnostic): diagnostic is Json => isObject(diagnostic) && diagnostic.severity === "error",
  );
  const first = errors[0];
  if (first === undefined) return;
  const message = typeof first.message === "string" ? first.message.trim().split("\n", 1)[0] : "";
  throw new KnownError(
    `${source}: the preview failed with ${errors.length === 1 ? "an error" : `${errors.length} errors`}` +
      `${message ? ` (${printable(message.slice(0, 200))})` : ""}; make it succeed, then lint what it writes`,
  );
}
