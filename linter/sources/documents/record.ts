import {
  type Position,
  parsePosition,
  parseUrn,
  providerUrn,
  type ResourceRecord,
} from "../../../policies/model/record";
import { isObject, type Json } from "../../../policies/model/value";
import { kindOf } from "./fields";

/** Marks a row of which only `urn`, `type`, `parent` and `sourcePosition` were read: its type is none that is read. */
export const IN_PART = Symbol("in part");

/** Stands for a row of a state that is left out, because nothing hangs on it. */
export const LEAF = Symbol("leaf");

/** Folders of projects' sources, by project: positions are relative to the project's own. */
export type SourceRoots = Readonly<Record<string, string>>;

/** The rows of a document, for those that look for others. */
class Rows {
  private readonly all: ResourceRecord[] = [];
  // Made when somebody looks: most documents have no place in a package, and tens of thousands of rows.
  private byUrn: Map<string, ResourceRecord> | undefined;

  constructor(private readonly roots: SourceRoots) {}

  add(record: ResourceRecord): void {
    this.all.push(record);
    this.byUrn = undefined;
  }

  find(urn: string | undefined): ResourceRecord | undefined {
    if (urn === undefined) return undefined;
    this.byUrn ??= new Map(this.all.map((record) => [record.urn, record]));
    return this.byUrn.get(urn);
  }

  withRoot(position: Position, stack: string): Position {
    const root = this.roots[stack.slice(0, stack.indexOf("/"))];
    return root === undefined ? position : { ...position, path: `${root}/${position.path}` };
  }
}

function isOfPackage(path: string): boolean {
  return /(?:^|\/)node_modules\//.test(path);
}

/** The position is parsed when it is asked for: only resources with findings need theirs. */
abstract class Placed implements ResourceRecord {
  type = "";
  urn = "";
  stack = "";
  parent: string | undefined;
  defect: string | undefined;
  sourcePosition: unknown;

  // Hidden from whoever writes a record as JSON: it leads to all the others.
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Its own place, or where that is in a package, the place of the nearest component around it that is not. */
  get position(): Position | undefined {
    const own = parsePosition(this.sourcePosition);
    if (own === undefined || !isOfPackage(own.path)) return own && this.#rows.withRoot(own, this.stack);
    const above = this.#rows.find(this.parent)?.position;
    return above && { path: above.path, line: above.line, column: above.column, inner: own };
  }
}

class Row extends Placed {
  id: unknown;
  inputs: Json | undefined;
  outputs: Json | undefined;
  provider: string | undefined;
  propertyDependencies: ResourceRecord["propertyDependencies"];
  external: boolean | undefined;
  gone?: true;
  created?: true;
  superseded?: ResourceRecord["superseded"];
}

/** There are tens of thousands, so it has no room for what a row may hold. */
class RowInPart extends Placed {}

/**
 * URNs of rows that were read in part and whose content matters after all: something is wrong with them, which is
 * reported with their place, or others name them as their provider.
 */
export function missingIn(records: readonly ResourceRecord[]): string[] {
  const providers = new Set(records.map(({ provider }) => provider));
  return records
    .filter((record) => record instanceof RowInPart)
    .filter(({ urn, defect }) => defect !== undefined || providers.has(urn))
    .map(({ urn }) => urn.replace(/ \(replaced\)$/, ""));
}

/** Rows of one document come from one stack and a few providers: what they share is worked out once. */
export class RecordReader {
  private prefix = "";
  private stack: string;
  private reference = "";
  private provider = "";
  /** What is wrong with the row that is being read. */
  private defect: string | undefined;

  private readonly rows: Rows;

  constructor(
    private readonly documentStack: string,
    roots: SourceRoots = {},
  ) {
    this.stack = documentStack;
    this.rows = new Rows(roots);
  }

  /** @param place stands for the URN of a row that has none */
  read(row: unknown, place: string): ResourceRecord {
    if (!isObject(row)) {
      return { type: "", urn: place, stack: this.documentStack, defect: `it is ${kindOf(row)}, not an object` };
    }
    this.defect = undefined;
    const urn = this.optional(row, "urn", isString, "a string");
    const isSound = urn !== undefined && this.knowsStack(urn);
    if (!isSound) this.defect ??= urn === undefined ? "it has no URN" : "its URN is broken";
    const type = this.optional(row, "type", isString, "a string");
    if (type === undefined) this.defect ??= "it has no type";
    const record = IN_PART in row ? new RowInPart(this.rows) : new Row(this.rows);
    record.type = type ?? (isSound ? parseUrn(urn)?.type : undefined) ?? "";
    record.urn = urn || place;
    // Of one stack is what one document tells, whatever a row says of itself.
    record.stack = this.documentStack;
    record.sourcePosition = row.sourcePosition;
    this.fill(record, row);
    record.defect = this.defect;
    if (isSound && this.stack !== this.documentStack) record.defect ??= "its URN is of another stack";
    if (isSound && !this.isOfType(record)) record.defect ??= "its type is not the one in its URN";
    this.rows.add(record);
    return record;
  }

  private fill(record: Row | RowInPart, row: Json): void {
    if (record instanceof RowInPart) {
      record.parent = this.optional(row, "parent", isString, "a string");
      return;
    }
    record.provider = this.providerOf(this.optional(row, "provider", isString, "a string"));
    record.id = row.id;
    record.inputs = this.optional(row, "inputs", isObject, "an object");
    record.outputs = this.optional(row, "outputs", isObject, "an object");
    record.parent = this.optional(row, "parent", isString, "a string");
    record.propertyDependencies = dependencies(
      this.optional(row, "propertyDependencies", isDependencies, "lists of URNs by property"),
    );
    record.external = this.optional(row, "external", isBoolean, "true or false");
    this.optional(row, "delete", isBoolean, "true or false");
  }

  private optional<T>(row: Json, key: string, is: (value: unknown) => value is T, wanted: string): T | undefined {
    const value = row[key];
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    this.defect ??= `its ${key} is ${kindOf(value)}, not ${wanted}`;
    return undefined;
  }

  private knowsStack(urn: string): boolean {
    if (this.prefix === "" || !urn.startsWith(this.prefix)) {
      const parts = parseUrn(urn);
      if (parts === undefined) return false;
      this.stack = parts.stack;
      this.prefix = urn.slice(0, urn.indexOf("::", urn.indexOf("::") + 2) + 2);
    }
    return urn.indexOf("::", this.prefix.length) > this.prefix.length;
  }

  private isOfType({ urn, type }: ResourceRecord): boolean {
    const start = urn.indexOf("::", this.prefix.length) - type.length;
    return urn.startsWith(type, start) && (start === this.prefix.length || urn[start - 1] === "$");
  }

  private providerOf(reference: string | undefined): string | undefined {
    if (reference === undefined) return undefined;
    if (reference !== this.reference) {
      this.reference = reference;
      this.provider = providerUrn(reference);
    }
    return this.provider;
  }
}

const isString = (value: unknown): value is string => typeof value === "string";
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every(isString);
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

type RawDependencies = Record<string, readonly string[] | null>;

function isDependencies(value: unknown): value is RawDependencies {
  if (!isObject(value)) return false;
  for (const key in value) if (value[key] !== null && !isStrings(value[key])) return false;
  return true;
}

/** The engine, written in Go, writes an empty list also as null. */
function dependencies(raw: RawDependencies | undefined): ResourceRecord["propertyDependencies"] {
  return raw === undefined || hasOnlyLists(raw)
    ? raw
    : Object.fromEntries(Object.entries(raw).map(([property, urns]) => [property, urns ?? []]));
}

function hasOnlyLists(raw: RawDependencies): raw is Record<string, readonly string[]> {
  for (const key in raw) if (raw[key] === null) return false;
  return true;
}
