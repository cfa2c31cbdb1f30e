import {
  type Position,
  parsePosition,
  parseUrn,
  providerUrn,
  type ResourceRecord,
  type StackRecords,
} from "../../policies/model/resource";
import { isObject, isUnknownString, type Json } from "../../policies/model/value";
import { printable } from "../../policies/text/printable";
import { KnownError } from "../io/errors";
import { parseJson, tryParseObject } from "../io/json";

/** One document, read; with what `mergeViews` needs to join a preview with the state below it. */
export interface StackDocument extends StackRecords {
  /** As messages call it. */
  name: string;
  kind: "state" | "preview";
  /** `project/stack`; undefined where the document has no resource. */
  stack: string | undefined;
  /** URNs that the preview deletes. */
  removed: ReadonlySet<string>;
}

const EXPECTED = "expected what `pulumi stack export` or `pulumi preview --json` writes";
const PREVIEW_KEYS = ["steps", "changeSummary", "diagnostics", "duration"];

/**
 * Reads a `pulumi stack export`, a checkpoint file or a `pulumi preview --json`, recognised from its content, as
 * what will exist afterwards. Properties stay where the parser put them: no copies. A resource that is odd in itself
 * keeps a record that says so (`odd`); a document that can't be understood throws `KnownError`, which names it.
 *
 * Formats: pulumi/pulumi `sdk/go/common/apitype/core.go` (`UntypedDeployment`, `VersionedCheckpoint`, `ResourceV3`)
 * and `pkg/display/json.go` (`PreviewDigest`).
 */
export function readDocument(text: string, name: string): StackDocument {
  const source = printable(name);
  if (!/\S/.test(text)) throw new KnownError(`${source}: the file is empty; ${EXPECTED}`);
  const content = parseDocument(text, source);
  if (!isObject(content)) throw new KnownError(`${source}: found ${kindOf(content)}; ${EXPECTED}`);
  if (Object.hasOwn(content, "deployment")) {
    const deployment = object(content, "deployment", source) ?? {};
    // The engine leaves out the resources of an empty stack, never the manifest.
    if (Object.hasOwn(deployment, "resources") || Object.hasOwn(deployment, "manifest")) {
      return readState(deployment, source, "deployment");
    }
  }
  if (Object.hasOwn(content, "checkpoint")) {
    const checkpoint = object(content, "checkpoint", source) ?? {};
    return readState(object(checkpoint, "latest", source) ?? {}, source, "checkpoint.latest");
  }
  if (PREVIEW_KEYS.some((key) => Object.hasOwn(content, key))) return readPreview(content, source);
  throw new KnownError(`${source}: found ${describe(content)}; ${EXPECTED}`);
}

/**
 * One entry per stack: a state and a preview of the same stack become one, by URN, preview on top. A preview that
 * leaves unchanged resources out is complete on top of its state. Throws `KnownError` for two states, or two
 * previews, of one stack: nothing says which of them will be true.
 */
export function mergeViews(documents: readonly StackDocument[]): StackRecords[] {
  const views: StackRecords[] = [];
  const byStack = new Map<string, { state?: StackDocument; preview?: StackDocument }>();
  for (const document of documents) {
    if (document.stack === undefined) {
      views.push(document);
      continue;
    }
    const pair = byStack.get(document.stack) ?? {};
    const other = pair[document.kind];
    if (other !== undefined) {
      const stack = printable(document.stack);
      throw new KnownError(
        `${other.name} and ${document.name} are both a ${document.kind} of ${stack}; give one of them`,
      );
    }
    pair[document.kind] = document;
    byStack.set(document.stack, pair);
  }
  for (const { state, preview } of byStack.values()) {
    if (state !== undefined && preview !== undefined) views.push(overlay(state, preview));
    else views.push((state ?? preview) as StackDocument);
  }
  return views;
}

function overlay(state: StackDocument, preview: StackDocument): StackRecords {
  const resources = new Map<string, ResourceRecord>();
  for (const record of state.resources) if (!preview.removed.has(record.urn)) resources.set(record.urn, record);
  for (const record of preview.resources) resources.set(record.urn, record);
  return { resources: [...resources.values()], configRegion: preview.configRegion, stacks: preview.stacks };
}

function readState(deployment: Json, source: string, path: string): StackDocument {
  const rows = array(deployment, "resources", source, `${path}.resources`) ?? [];
  const stack = firstStack(rows, "resources", source);
  const toRecord = recordReader(stack ?? "");
  const resources: ResourceRecord[] = [];
  const seen = new Set<string>();
  const duplicate = new Set<string>();
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    // An old copy that waits for its deletion after a replacement.
    if (isObject(row) && row.delete === true) continue;
    const record = toRecord(row, `resource[${index}]`);
    if (seen.has(record.urn)) duplicate.add(record.urn);
    else resources.push(record);
    seen.add(record.urn);
  }
  if (duplicate.size > 0) {
    for (const record of resources) {
      if (duplicate.has(record.urn)) record.odd ??= "the document has two resources with this URN";
    }
  }
  return document("state", source, stack, resources);
}

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

function readPreview(content: Json, source: string): StackDocument {
  failOnErrors(array(content, "diagnostics", source) ?? [], source);
  const steps = array(content, "steps", source) ?? [];
  const summary = object(content, "changeSummary", source) ?? {};
  const region = object(content, "config", source)?.["aws:region"];
  const stack = firstStack(steps, "steps", source);
  const toRecord = recordReader(stack ?? "");

  const resources = new Map<string, ResourceRecord>();
  const removed = new Set<string>();
  const operations = new Map<string, unknown>();
  for (const [index, step] of steps.entries()) {
    const place = isObject(step) && typeof step.urn === "string" ? step.urn : `step[${index}]`;
    if (!isObject(step)) {
      resources.set(place, toRecord(step, place));
      continue;
    }
    const op = step.op;
    if (typeof op === "string" && IGNORED.has(op)) continue;
    if (typeof op === "string" && typeof step.urn === "string" && GONE.has(op)) {
      // A pending deletion is of an old copy: the resource itself lives on in another step.
      if (isObject(step.oldState) && step.oldState.delete === true) continue;
      resources.delete(step.urn);
      removed.add(step.urn);
      continue;
    }
    const record = readStep(step, place, toRecord);
    // A refresh that comes with other steps of the same resource says less than they do.
    if (op === "refresh" && resources.has(record.urn)) continue;
    if (operations.get(record.urn) === op) record.odd ??= "the document has two steps of this kind with this URN";
    operations.set(record.urn, op);
    removed.delete(record.urn);
    resources.set(record.urn, record);
  }
  // `pulumi refresh` counts resources that it found unchanged as `same`, too.
  const shown = [...operations.values()].filter((op) => op === "same" || op === "refresh").length;
  return {
    ...document("preview", source, stack, [...resources.values()], removed),
    configRegion: typeof region === "string" && !isUnknownString(region) ? region : undefined,
    partial: (count(summary, "same", source) ?? 0) > shown,
  };
}

function readStep(step: Json, place: string, toRecord: RecordReader): ResourceRecord {
  const { op, oldState, newState } = step;
  const kind = typeof op === "string" && Object.hasOwn(PRESENT, op) ? PRESENT[op] : undefined;
  const row = newState ?? oldState;
  const record = toRecord(isObject(row) && row.urn === undefined ? { ...row, urn: step.urn } : (row ?? step), place);
  if (kind === undefined) record.odd = "its step has an operation that is not known";
  else if (newState === undefined) record.odd = "its step has no newState";
  else if (step.urn !== undefined && step.urn !== record.urn) record.odd ??= "its step has another URN";
  else if (op === "read" || op === "read-replacement") record.external = true;
  // The engine writes steps before it has run them: what stays as it is stands only in the old state.
  if (kind !== "new" && isObject(oldState)) {
    record.id ??= oldState.id;
    if (kind === "updated") record.outputs = { ...computed(oldState, record.inputs), ...record.outputs };
    else if (isObject(oldState.outputs)) record.outputs ??= oldState.outputs;
  }
  return record;
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

/** The position is parsed when it is asked for: only resources with findings need theirs. */
class Row implements ResourceRecord {
  type = "";
  urn = "";
  stack = "";
  id: unknown;
  inputs: Json | undefined;
  outputs: Json | undefined;
  parent: string | undefined;
  provider: string | undefined;
  propertyDependencies: ResourceRecord["propertyDependencies"];
  external: boolean | undefined;
  odd: string | undefined;
  sourcePosition: unknown;

  get position(): Position | undefined {
    return parsePosition(this.sourcePosition);
  }
}

type RecordReader = (row: unknown, place: string) => ResourceRecord;

/** Rows of one document come from one stack and a few providers: what they share is worked out once. */
function recordReader(documentStack: string): RecordReader {
  let prefix = "";
  let stack = documentStack;
  let reference = "";
  let provider = "";

  const knowsStack = (urn: string): boolean => {
    if (prefix === "" || !urn.startsWith(prefix)) {
      const parts = parseUrn(urn);
      if (parts === undefined) return false;
      stack = parts.stack;
      prefix = urn.slice(0, urn.indexOf("::", urn.indexOf("::") + 2) + 2);
    }
    return urn.indexOf("::", prefix.length) > prefix.length;
  };

  // One closure for all rows: a document has tens of thousands of them, with a dozen members each.
  let odd: string | undefined;
  const optional = <T>(row: Json, key: string, is: (value: unknown) => value is T, wanted: string): T | undefined => {
    const value = row[key];
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    odd ??= `its ${key} is ${kindOf(value)}, not ${wanted}`;
    return undefined;
  };

  return (row, place) => {
    if (!isObject(row)) {
      return { type: "", urn: place, stack: documentStack, odd: `it is ${kindOf(row)}, not an object` };
    }
    odd = undefined;
    const urn = optional(row, "urn", isString, "a string");
    const sound = urn !== undefined && knowsStack(urn);
    if (!sound) odd ??= urn === undefined ? "it has no URN" : "its URN is broken";
    const type = optional(row, "type", isString, "a string");
    if (type === undefined) odd ??= "it has no type";
    const providerReference = optional(row, "provider", isString, "a string");
    if (providerReference !== undefined && providerReference !== reference) {
      reference = providerReference;
      provider = providerUrn(reference);
    }
    const record = new Row();
    record.type = type ?? (sound ? parseUrn(urn)?.type : undefined) ?? "";
    record.urn = urn || place;
    record.stack = sound ? stack : documentStack;
    record.id = row.id;
    record.inputs = optional(row, "inputs", isObject, "an object");
    record.outputs = optional(row, "outputs", isObject, "an object");
    record.parent = optional(row, "parent", isString, "a string");
    record.provider = providerReference === undefined ? undefined : provider;
    record.propertyDependencies = dependencies(
      optional(row, "propertyDependencies", isDependencies, "lists of URNs by property"),
    );
    record.external = optional(row, "external", isBoolean, "true or false");
    record.sourcePosition = row.sourcePosition;
    optional(row, "delete", isBoolean, "true or false");
    record.odd = odd;
    return record;
  };
}

const isString = (value: unknown): value is string => typeof value === "string";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

type RawDependencies = Record<string, readonly string[] | null>;

function isDependencies(value: unknown): value is RawDependencies {
  if (!isObject(value)) return false;
  for (const key in value) {
    const urns = value[key];
    if (urns === null) continue;
    if (!Array.isArray(urns)) return false;
    for (const urn of urns) if (typeof urn !== "string") return false;
  }
  return true;
}

/** The engine, written in Go, writes an empty list also as null. */
function dependencies(raw: RawDependencies | undefined): Record<string, readonly string[]> | undefined {
  for (const key in raw) {
    if (raw[key] === null)
      return Object.fromEntries(Object.entries(raw).map(([property, urns]) => [property, urns ?? []]));
  }
  return raw as Record<string, readonly string[]> | undefined;
}

function document(
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
function firstStack(rows: readonly unknown[], what: string, source: string): string | undefined {
  for (const row of rows) {
    const urn = isObject(row) ? row.urn : undefined;
    const parts = typeof urn === "string" ? parseUrn(urn) : undefined;
    if (parts !== undefined) return parts.stack;
  }
  if (rows.length === 0) return undefined;
  throw new KnownError(`${source}: none of its ${what} has a Pulumi URN; ${EXPECTED}`);
}

function object(container: Json, key: string, source: string): Json | undefined {
  return field(container, key, isObject, "an object", source, key);
}

function array(container: Json, key: string, source: string, path = key): readonly unknown[] | undefined {
  return field(container, key, Array.isArray, "an array", source, path);
}

function count(container: Json, key: string, source: string): number | undefined {
  const isNumber = (value: unknown): value is number => typeof value === "number";
  return field(container, key, isNumber, "a number", source, key);
}

function field<T>(
  container: Json,
  key: string,
  is: (value: unknown) => value is T,
  wanted: string,
  source: string,
  path: string,
): T | undefined {
  const value = Object.hasOwn(container, key) ? container[key] : undefined;
  if (value === undefined) return undefined;
  if (!is(value)) throw new KnownError(`${source}: \`${path}\` is ${kindOf(value)}, not ${wanted}; ${EXPECTED}`);
  return value;
}

function parseDocument(text: string, source: string): unknown {
  try {
    return parseJson(text, source);
  } catch (error) {
    const first = tryParseObject(text.slice(0, Math.max(0, text.indexOf("\n"))));
    if (first === undefined || !("sequence" in first)) throw error;
    throw new KnownError(`${source}: found ${describe(first)}; ${EXPECTED}`);
  }
}

/** What the keys of an object say it is. */
function describe(content: Json): string {
  const has = (...keys: string[]) => keys.every((key) => Object.hasOwn(content, key));
  if (has("AWSTemplateFormatVersion") || has("Resources")) return "a CloudFormation template";
  if (has("planned_values") || has("resource_changes")) return "a Terraform plan";
  if (has("terraform_version") || has("lineage")) return "a Terraform state";
  if (has("sequence", "timestamp")) return "a stream of engine events, one per line";
  if (has("findings", "tool")) return "a report of ses-guard";
  const keys = Object.keys(content);
  if (keys.length === 0) return "an empty object";
  return `an object with the keys ${printable(keys.slice(0, 5).join(", ").slice(0, 100))}${keys.length > 5 ? ", …" : ""}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
