import { SCANNER } from "../../generated/scanner";
import type { Pieces } from "../../io/files";

/** What `scanner/rows.ts` compiles to. Numbers are addresses in its memory. */
interface Scanner {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  /** Where the text starts at the earliest. */
  TEXT: { value: number };
  FOUND: { value: number };
  PREFIX: { value: number };
  PREFIX_SIZE: { value: number };
  HASHES: { value: number };
  setPrefix(length: number): void;
  passOver(): void;
  getPassed(): number;
  getRowStart(): number;
  hash(start: number, end: number): number;
  blank(at: number): number;
  skip(at: number, end: number): number;
  row(at: number, end: number): number;
  step(at: number, end: number): number;
}

/** The text can't be read in pieces: it is broken, cut off, or otherwise than it is written by the engine. */
export class Unreadable extends Error {}

const MORE = 0xffffffff;
const BAD = 0xfffffffe;
/** Read at once; more only where a value is longer. */
const CHUNK = 2 ** 20;
/** Behind the text: the scanner reads sixteen bytes at once. */
const MARGIN = 32;
const PAGE = 2 ** 16;
/** Where the hash stands in what was found. */
const HASH = 48;

let compiled: WebAssembly.Module | undefined;

/** The part of a text that is in memory, and where in it one is. */
export class Window {
  private readonly scanner: Scanner;
  private readonly first: number;
  private readonly found: number;
  private bytes: Buffer;
  private words: Uint32Array;
  private at: number;
  private end: number;

  constructor(private readonly pieces: Pieces) {
    compiled ??= new WebAssembly.Module(Buffer.from(SCANNER, "base64"));
    // What the compiler exports is no type of ours.
    this.scanner = new WebAssembly.Instance(compiled).exports as unknown as Scanner;
    this.first = this.scanner.TEXT.value;
    this.found = this.scanner.FOUND.value / Uint32Array.BYTES_PER_ELEMENT;
    this.at = this.first;
    this.end = this.first;
    [this.bytes, this.words] = this.grow(this.first + CHUNK + MARGIN);
  }

  /** The character after white space, as a number; undefined at the end. */
  peek(): number | undefined {
    do {
      this.at = this.scanner.blank(this.at) >>> 0;
      if (this.at < this.end) return this.bytes[this.at];
    } while (this.readOn());
    return undefined;
  }

  /** Past one character, which is returned. */
  step(): string {
    return this.text(this.at, ++this.at);
  }

  /** Past a value, whose text is returned. */
  value(): string {
    const start = this.past("skip");
    return this.text(start, this.at);
  }

  /** Past a value or a step of a preview; returns where it starts. What was found in a step is asked with `slot`. */
  past(what: "skip" | "step"): number {
    for (;;) {
      const next = this.scanner[what](this.at, this.end) >>> 0;
      const start = this.moveTo(next, this.at);
      if (start !== undefined) return start;
    }
  }

  /**
   * Past a row of a state, as `past`, and those before it that are passed over.
   * @param passed is told hashes of the URNs of these
   */
  pastRow(passed: (hashes: Float64Array) => void): number {
    const { row, getPassed, getRowStart, HASHES } = this.scanner;
    for (;;) {
      const next = row(this.at, this.end) >>> 0;
      const count = getPassed();
      if (count > 0) passed(new Float64Array(this.bytes.buffer, HASHES.value, count));
      const start = this.moveTo(next, getRowStart() >>> 0);
      if (start !== undefined) return start;
    }
  }

  /** Moves behind what starts there, or to its start and reads on, where more is needed. */
  private moveTo(next: number, start: number): number | undefined {
    this.at = next < BAD ? next : start;
    if (next < BAD) return start;
    if (next !== MORE || !this.readOn()) throw new Unreadable();
    return undefined;
  }

  /** From now on, plain rows of the type of the last one are passed over. */
  passOver(): void {
    this.scanner.passOver();
  }

  /** What was found, by its place: a number for each. */
  slot(index: number): number {
    return this.words[this.found + index] ?? 0;
  }

  /** The text from an address to another, or to where one is. */
  text(start: number, end = this.at): string {
    return this.bytes.toString("utf8", start, end);
  }

  /** The hash that was found. */
  get hash(): number {
    return this.bytes.readDoubleLE(this.scanner.FOUND.value + HASH);
  }

  /** The hash of a text. Nothing is read on afterwards. */
  hashOf(text: string): number {
    const size = Buffer.byteLength(text);
    const room = this.bytes.length - MARGIN - this.first;
    if (size > room) [this.bytes, this.words] = this.grow(this.first + size + MARGIN);
    this.bytes.write(text, this.first);
    return this.scanner.hash(this.first, this.first + size);
  }

  /** Says what all URNs of a stack start with; empty where that is not known. */
  setPrefix(text: string): void {
    const { PREFIX, PREFIX_SIZE, setPrefix } = this.scanner;
    const isShort = Buffer.byteLength(text) <= PREFIX_SIZE.value;
    setPrefix(isShort ? this.bytes.write(text, PREFIX.value) : 0);
  }

  /** Lets go of what is behind, and reads what follows. */
  private readOn(): boolean {
    const rest = this.end - this.at;
    this.bytes.copyWithin(this.first, this.at, this.end);
    this.at = this.first;
    this.end = this.first + rest;
    const room = this.bytes.length - MARGIN - this.end;
    if (room < CHUNK / 2) [this.bytes, this.words] = this.grow(this.bytes.length * 2);
    const count = this.pieces.read(this.bytes.subarray(this.end, this.bytes.length - MARGIN));
    this.end += count;
    this.bytes[this.end] = 0;
    return count > 0;
  }

  private grow(size: number): [Buffer, Uint32Array] {
    const { memory } = this.scanner;
    try {
      memory.grow(Math.ceil((size - memory.buffer.byteLength) / PAGE));
    } catch {
      throw new Unreadable();
    }
    return [Buffer.from(memory.buffer), new Uint32Array(memory.buffer)];
  }
}
