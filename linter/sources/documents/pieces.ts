import { isRead } from "../../../policies/model/readers";
import { parseUrn, type ResourceRecord } from "../../../policies/model/record";
import { isObject, type Json } from "../../../policies/model/value";
import type { Pieces } from "../../io/files";
import { Leaves } from "./leaves";
import { IN_PART, LEAF } from "./record";
import { Unreadable, Window } from "./window";

/** What stands at a key: rows of a state, steps of a preview, or keys that lead to them. */
type Place = "row" | "step" | Places;
interface Places extends ReadonlyMap<string, Place> {}

const DEPLOYMENT: Places = new Map([["resources", "row"]]);
const DOCUMENT: Places = new Map<string, Place>([
  ["deployment", DEPLOYMENT],
  ["checkpoint", new Map([["latest", DEPLOYMENT]])],
  ["steps", "step"],
]);

export interface PiecesOptions {
  /** URNs of rows that are made whatever their type is. */
  wanted: ReadonlySet<string>;
  /** Leave out rows of a state that nothing hangs on, as long as nobody names them. */
  withoutLeaves: boolean;
}

export interface ReadPieces {
  /** The value of the document. */
  content: unknown;
  /** Whether the resources stand for all: none of them names one that was left out, and no two of those are one. */
  isEnoughFor(resources: readonly ResourceRecord[]): boolean;
}

/**
 * Reads a document piece by piece. Rows and steps of types that nobody reads are not made: in their place stands what
 * every row has. Undefined where the document can't be read so, because it is broken or odd, or where most of its rows are
 * made anyway, so that it is faster read whole.
 */
export function readPieces(pieces: Pieces, options: PiecesOptions): ReadPieces | undefined {
  if (pieces.isText && isDense(pieces.samples())) return undefined;
  try {
    const window = new Window(pieces);
    const rows = new RowReader(window, options);
    const content = new PieceReader(window, rows).read();
    return { content, isEnoughFor: (resources) => rows.isEnoughFor(resources) };
  } catch (error) {
    if (error instanceof Unreadable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Types of resources, as rows tell them. */
const TYPES = /"type":\s*"([\w-]+:[^":]*:[^":]+)"/g;

function isDense(samples: readonly string[]): boolean {
  const types = samples.flatMap((text) => [...text.matchAll(TYPES)].map(([, type = ""]) => type));
  return types.filter(isRead).length > types.length / 2;
}

const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...Buffer.from('",:[]{}')];

class PieceReader {
  /** The document without its rows: their lists are empty. */
  private skeleton = "";
  private readonly lists: (readonly [path: readonly string[], rows: unknown[]])[] = [];

  constructor(
    private readonly window: Window,
    private readonly rows: RowReader,
  ) {}

  read(): unknown {
    this.readValue(DOCUMENT, []);
    if (this.window.peek() !== undefined) throw new Unreadable();
    const content: unknown = JSON.parse(this.skeleton);
    for (const [path, rows] of this.lists) insert(content, path, rows);
    return content;
  }

  private readValue(place: Place | undefined, path: readonly string[]): void {
    const sign = this.window.peek();
    if (sign === OPEN && isMap(place)) this.readMembers(place, path);
    else if (sign === OPEN_LIST && (place === "row" || place === "step")) this.readList(place, path);
    else this.skeleton += this.window.value();
  }

  private readMembers(places: Places, path: readonly string[]): void {
    const seen = new Set<string>();
    this.keep(OPEN);
    while (this.window.peek() !== CLOSE) {
      if (seen.size > 0) this.keep(COMMA);
      this.readMember(places, path, seen);
    }
    this.keep(CLOSE);
  }

  private readMember(places: Places, path: readonly string[], seen: Set<string>): void {
    if (this.window.peek() !== QUOTE) throw new Unreadable();
    const text = this.window.value();
    const key = String(JSON.parse(text));
    const place = places.get(key);
    // Of members with one key the last counts.
    if (place !== undefined && seen.has(key)) throw new Unreadable();
    seen.add(key);
    this.skeleton += text;
    this.keep(COLON);
    this.readValue(place, [...path, key]);
  }

  private keep(sign: number | undefined): void {
    if (this.window.peek() !== sign) throw new Unreadable();
    this.skeleton += this.window.step();
  }

  private readList(what: "row" | "step", path: readonly string[]): void {
    const rows: unknown[] = [];
    this.lists.push([path, rows]);
    this.skeleton += "[]";
    this.window.step();
    this.rows.begin();
    if (this.window.peek() !== CLOSE_LIST) {
      do this.rows.readInto(rows, what);
      while (this.isFollowed());
    }
    this.window.step();
  }

  private isFollowed(): boolean {
    const sign = this.window.peek();
    if (sign !== COMMA && sign !== CLOSE_LIST) throw new Unreadable();
    if (sign === COMMA) this.window.step();
    return sign === COMMA;
  }
}

function isMap(place: Place | undefined): place is Places {
  return place !== undefined && typeof place !== "string";
}

function insert(content: unknown, path: readonly string[], rows: unknown[]): void {
  let container = content;
  for (const key of path.slice(0, -1)) container = isObject(container) ? container[key] : undefined;
  const last = path.at(-1);
  if (isObject(container) && last !== undefined) container[last] = rows;
}

// What the scanner finds in an object, by place: what it is, then start and end of each text.
const [KIND, URN, TYPE, PARENT, POSITION, OP] = [0, 1, 3, 5, 7, 9];
/** Of what is found in one object; the old state and the new follow their step. */
const SIZE = 16;
// Kinds.
const WHOLE = 1;
const PLAIN = 2;

class RowReader {
  /** Types that are seen, which are few, and whether they are read. */
  private readonly types = new Map<string, readonly [type: string, isRead: boolean]>();
  private readonly leaves = new Leaves();
  // Most rows have the parent of the one before.
  private parent = "";
  private knowsStack = false;

  constructor(
    private readonly window: Window,
    private readonly options: PiecesOptions,
  ) {}

  /** A list begins, whose stack is not known. */
  begin(): void {
    this.window.setPrefix("");
    this.knowsStack = !this.options.withoutLeaves;
  }

  readInto(rows: unknown[], what: "row" | "step"): void {
    const start =
      what === "step" ? this.window.past(what) : this.window.pastRow((hashes) => this.leaveOut(rows, hashes));
    const kind = this.window.slot(KIND);
    if (kind === PLAIN && !this.typeAt(TYPE)[1] && !this.options.wanted.has(this.text(URN))) {
      // Those that follow need not be asked about, unless some are wanted.
      if (this.options.wanted.size === 0) this.window.passOver();
      this.leaveOut(rows, [this.window.hash]);
      return;
    }
    const part = kind === WHOLE ? undefined : what === "row" ? this.inPart(0) : this.stepInPart();
    const row: unknown = part ?? JSON.parse(this.window.text(start));
    if (!this.knowsStack && what === "row") this.learnStack(row);
    rows.push(row);
  }

  private leaveOut(rows: unknown[], hashes: ArrayLike<number>): void {
    this.leaves.add(hashes);
    for (let count = hashes.length; count > 0; count--) rows.push(LEAF);
  }

  isEnoughFor(resources: readonly ResourceRecord[]): boolean {
    const { leaves } = this;
    if (leaves.isEmpty) return true;
    const names = new Set(resources.flatMap(({ urn, parent, provider }) => [urn, parent, provider]));
    return !leaves.hasTwins && ![...names].some((name) => name !== undefined && leaves.has(this.window.hashOf(name)));
  }

  /** From the first sound URN on, it is known which are of the stack. */
  private learnStack(row: unknown): void {
    const urn = isObject(row) ? row.urn : undefined;
    if (typeof urn !== "string" || parseUrn(urn) === undefined) return;
    this.window.setPrefix(urn.slice(0, urn.indexOf("::", urn.indexOf("::") + 2) + 2));
    this.knowsStack = true;
  }

  private stepInPart(): Json | undefined {
    const newState = this.inPart(2 * SIZE);
    const hasOld = this.window.slot(SIZE + URN) !== 0;
    const oldState = hasOld ? this.inPart(SIZE) : undefined;
    const urn = this.text(URN);
    if (newState === undefined || (hasOld && oldState === undefined) || this.options.wanted.has(urn)) return undefined;
    return { op: this.text(OP), urn, ...(oldState && { oldState }), newState };
  }

  /** What every row has; undefined where its type is read, or it is wanted. */
  private inPart(place: number): Json | undefined {
    const [type, isOfReaders] = this.typeAt(place + TYPE);
    if (isOfReaders) return undefined;
    const urn = this.text(place + URN);
    if (this.options.wanted.has(urn)) return undefined;
    const parent = this.text(place + PARENT);
    if (parent !== this.parent) this.parent = parent;
    const sourcePosition = this.text(place + POSITION);
    return { urn, type, parent: parent === "" ? undefined : this.parent, sourcePosition, [IN_PART]: true };
  }

  private typeAt(place: number): readonly [type: string, isRead: boolean] {
    const type = this.text(place);
    let known = this.types.get(type);
    if (known === undefined) {
      known = [type, isRead(type)];
      this.types.set(type, known);
    }
    return known;
  }

  private text(place: number): string {
    return this.window.text(this.window.slot(place), this.window.slot(place + 1));
  }
}
