import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, rmdirSync } from "node:fs";
import { join } from "node:path";

export type Thing = Record<string, unknown>;

/** One operation on AWS, as the log remembers it. */
export interface Entry {
  op: "create" | "update" | "delete" | "read";
  /** The resource that asked for it. */
  urn: string;
  /** What AWS answered instead of doing it. */
  refused?: string;
  /** Everything that is otherwise than before, by key; null where it is gone. */
  changes: Record<string, Thing | null>;
}

/** What AWS holds: things by a key that says what they are, such as `subscription arn:aws:sns:…`. */
export class World {
  private readonly things = new Map<string, Thing>();
  private changes: Record<string, Thing | null> = {};
  /** Operations so far; with it, made-up names never repeat. */
  count = 0;

  get(key: string): Thing | undefined {
    return this.things.get(key);
  }

  has(key: string): boolean {
    return this.things.has(key);
  }

  set(key: string, thing: Thing): void {
    this.things.set(key, thing);
    this.changes[key] = thing;
  }

  remove(key: string): void {
    if (this.things.delete(key)) this.changes[key] = null;
  }

  /** Things of one kind, with what follows the kind in their keys. */
  all(kind: string): [rest: string, thing: Thing][] {
    return [...this.things]
      .filter(([key]) => key.startsWith(`${kind} `))
      .map(([key, thing]) => [key.slice(kind.length + 1), thing]);
  }

  replay({ changes }: Entry): void {
    this.count += 1;
    for (const [key, thing] of Object.entries(changes)) {
      if (thing === null) this.things.delete(key);
      else this.things.set(key, thing);
    }
  }

  /** Does something and tells what is otherwise afterwards, also where it was refused half-way. */
  perform(op: Entry["op"], urn: string, action: () => void): Entry {
    this.changes = {};
    let refused: unknown;
    try {
      action();
    } catch (error) {
      refused = error;
    }
    this.count += 1;
    const entry: Entry = { op, urn, changes: this.changes };
    if (refused === undefined) return entry;
    if (!(refused instanceof Refusal)) throw refused;
    return { ...entry, refused: refused.message };
  }
}

/** AWS says no. */
export class Refusal extends Error {}

/**
 * A world that several processes share and that outlives them: an append-only log of operations in a folder. Whoever
 * reads it from the start sees AWS as it was after every single one of them.
 */
export class SharedWorld {
  readonly world = new World();
  private read = 0;

  constructor(private readonly folder: string) {}

  /** Does something while nobody else does. */
  perform(op: Entry["op"], urn: string, action: (world: World) => void): Entry {
    return this.exclusively(() => {
      const entry = this.world.perform(op, urn, () => action(this.world));
      const line = `${JSON.stringify(entry)}\n`;
      appendFileSync(join(this.folder, LOG), line);
      this.read += Buffer.byteLength(line);
      return entry;
    });
  }

  look<T>(question: (world: World) => T): T {
    return this.exclusively(() => question(this.world));
  }

  private exclusively<T>(action: () => T): T {
    const lock = join(this.folder, "lock");
    for (;;) {
      try {
        mkdirSync(lock);
        break;
      } catch {
        Atomics.wait(PAUSE, 0, 0, 2);
      }
    }
    try {
      for (const entry of entries(this.folder, this.read)) {
        this.world.replay(entry.entry);
        this.read = entry.end;
      }
      return action();
    } finally {
      rmdirSync(lock);
    }
  }
}

const LOG = "log";
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** The operations of a folder's log, from a byte on. */
export function entries(folder: string, from = 0): { entry: Entry; end: number }[] {
  const path = join(folder, LOG);
  if (!existsSync(path)) return [];
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
    readSync(file, buffer, 0, buffer.length, from);
    let end = from;
    return buffer
      .toString("utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => {
        end += Buffer.byteLength(line) + 1;
        return { entry: JSON.parse(line) as Entry, end };
      });
  } finally {
    closeSync(file);
  }
}
