import type { ResourceRecord } from "../../../policies/model/record";
import { isObject, isUnknownString, type Json } from "../../../policies/model/value";
import { printable } from "../../../policies/text/printable";
import { KnownError } from "../../io/errors";
import { firstStack, type Hidden, isLeftBehind, omissionsOf, type StackDocument, stackDocument } from "./document";
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
const DELETED = "delete";
/** A resource that was only read is forgotten, and lives on with its owner. */
const FORGOTTEN = "discard";
/** Halves of a replacement: another step of the same URN says what exists afterwards. */
const REPLACED = "delete-replaced";
const IGNORED = new Set([REPLACED, "discard-replaced", "remove-pending-replace", "diff", "extend-parameterize"]);

/** Reads a `PreviewDigest`. Throws `KnownError` where the preview itself failed. */
export function readPreview(content: Json, source: string, roots: SourceRoots): StackDocument {
  failOnErrors(array(content, "diagnostics", source) ?? [], source);
  const rows = array(content, "steps", source) ?? [];
  const summary = object(content, "changeSummary", source) ?? {};
  const config = awsConfig(object(content, "config", source) ?? {});
  const stack = firstStack(rows, "steps", source);

  const steps = new Steps(new RecordReader(stack ?? "", roots));
  for (const [index, step] of rows.entries()) {
    const place = isObject(step) && typeof step.urn === "string" ? step.urn : `step[${index}]`;
    steps.take(step, place);
  }
  const hidden = steps.missingFrom((operation) => count(summary, operation, source) ?? 0);
  const omissions = omissionsOf(hidden, steps.untargeted);
  const isPartial = omissions.length > 0;
  return {
    ...stackDocument("preview", source, stack, steps.finish(isPartial)),
    removed: steps.removed,
    renamed: steps.renamed,
    hidden,
    configRegion: regionIn(config, "aws"),
    configRegions: { aws: regionIn(config, "aws"), "aws-native": regionIn(config, "aws-native") },
    config,
    partial: isPartial,
    omissions,
    untargeted: steps.untargeted,
  };
}

/** What the steps taken so far leave behind. */
class Steps {
  readonly removed = new Set<string>();
  readonly renamed = new Map<string, string>();
  readonly untargeted: string[] = [];
  private readonly resources = new Map<string, ResourceRecord>();
  private readonly operations = new Map<string, unknown>();
  private readonly oldCopies: ResourceRecord[] = [];
  private readonly taken = new Map<unknown, number>();

  constructor(private readonly reader: RecordReader) {}

  take(step: unknown, place: string): void {
    if (!isObject(step)) {
      this.resources.set(place, this.reader.read(step, place));
      return;
    }
    const { op, urn } = step;
    this.taken.set(op, this.count(op) + 1);
    if ((op === DELETED || op === FORGOTTEN) && typeof urn === "string") this.remove(step, urn);
    else if (op === REPLACED && typeof urn === "string") this.removeOld(step, urn);
    else if (isSkippedCreation(step)) this.skip(step, place);
    else if (!isOneOf(op, IGNORED)) this.add(step, readStep(step, place, this.reader));
  }

  private count(op: unknown): number {
    return this.taken.get(op) ?? 0;
  }

  /**
   * What the summary counts above the steps. It counts a replacement once, whatever its steps are, and a refresh by
   * what it found: same, update or delete.
   * Source: pulumi/pulumi `pkg/engine/update.go`, `Ops`.
   */
  missingFrom(summary: (operation: string) => number): Hidden {
    const above = (operation: string, ...shownAs: string[]) =>
      Math.max(0, summary(operation) - Math.max(...[operation, ...shownAs].map((one) => this.count(one))));
    const unchanged = above("same");
    const found = above("update") + above("delete", "discard");
    const others =
      above("create") + above("import") + above("read") + above("replace", "create-replacement", "import-replacement");
    const refreshed = this.count("refresh");
    return {
      unchanged: Math.max(0, unchanged - refreshed),
      changed: others + Math.max(0, found - Math.max(0, refreshed - unchanged)),
    };
  }

  /** All that is known of what exists afterwards, and of what the preview deletes. */
  finish(isPartial: boolean): ResourceRecord[] {
    for (const record of this.oldCopies) {
      // In a partial preview the resource itself may be among those that stay as they are.
      if (!isPartial && !this.resources.has(record.urn)) this.resources.set(record.urn, record);
    }
    return [...this.resources.values()];
  }

  private remove({ op, oldState }: Json, urn: string): void {
    const row = isObject(oldState) ? oldState : {};
    const record = this.reader.read({ ...row, urn }, urn);
    record.gone = true;
    // A pending deletion is of an old copy: the resource itself lives on in another step.
    if (row.delete === true) {
      if (!isLeftBehind(row)) this.oldCopies.push(record);
      return;
    }
    this.removed.add(urn);
    if (op === FORGOTTEN || isLeftBehind(row)) this.resources.delete(urn);
    else this.resources.set(urn, record);
  }

  /** What a replacement leaves nothing of: others may still call it by the name or ARN that it had. */
  private removeOld({ oldState }: Json, urn: string): void {
    if (!isObject(oldState) || isLeftBehind(oldState)) return;
    const record = this.reader.read({ ...oldState, urn }, urn);
    record.gone = true;
    record.superseded = this.resources.has(urn) ? "afterwards" : "before";
    record.urn = `${urn} (replaced)`;
    this.resources.set(record.urn, record);
  }

  private add(step: Json, record: ResourceRecord): void {
    const { op } = step;
    // A refresh that comes with other steps of the same resource says less than they do.
    if (op === "refresh" && this.resources.has(record.urn)) return;
    if (this.operations.get(record.urn) === op)
      record.defect ??= "the document has two steps of this kind with this URN";
    this.operations.set(record.urn, op);
    // What a refresh missed and the program makes again was there before: others may still refer to it.
    if (op === "create" && !this.removed.has(record.urn)) record.created = true;
    this.removed.delete(record.urn);
    for (const urn of formerUrns(step)) if (urn !== record.urn) this.renamed.set(urn, record.urn);
    this.resources.set(record.urn, record);
  }

  private skip(step: Json, place: string): void {
    this.operations.set(place, step.op);
    this.untargeted.push(place);
  }
}

/**
 * A resource to create that `--target` or `--exclude` leaves out comes as `same`, without inputs and without the id
 * that every resource of a provider has.
 * Source: pulumi/pulumi `pkg/resource/deploy/step.go`, `NewSkippedCreateStep`.
 */
function isSkippedCreation({ op, urn, oldState, newState }: Json): boolean {
  if (op !== "same" || typeof urn !== "string" || !isObject(oldState) || !isObject(newState)) return false;
  const isEmpty = ({ id, inputs, outputs }: Json) => [id, inputs, outputs].every((value) => value === undefined);
  return newState.custom === true && isEmpty(oldState) && isEmpty(newState);
}

/** The URNs that the resource of a step may have had before. */
function formerUrns({ oldState, newState }: Json): string[] {
  const old = isObject(oldState) ? oldState.urn : undefined;
  const aliases = isObject(newState) && Array.isArray(newState.aliases) ? newState.aliases : [];
  return [old, ...aliases].filter((urn) => typeof urn === "string");
}

/** What the stack sets for the AWS packages; the engine writes structured values as JSON. */
function awsConfig(config: Json): Json {
  const entries = Object.entries(config).filter(([key]) => /^aws(-native)?:/.test(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, structured(value)]));
}

function structured(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function regionIn(config: Json, name: "aws" | "aws-native"): string | undefined {
  const region = config[`${name}:region`];
  return typeof region === "string" && !isUnknownString(region) ? region : undefined;
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
