import { BEHIND_OPEN } from "./json";
import { hash } from "./urns";

/** Types of which rows are left out, in a table by hash. AssemblyScript, as `rows.ts` says. */

const TABLE: u32 = BEHIND_OPEN;
const ENTRIES: u32 = 256;
/** A length, then the type; longer ones are not remembered. */
const ENTRY: u32 = 128;
/** So that looking for one that is not there ends soon. */
const MOST: u32 = 128;
export const BEHIND_TYPES: u32 = TABLE + ENTRIES * ENTRY;

let count: u32 = 0;

/** Remembers a type that is not remembered yet. */
export function remember(start: u32, end: u32): void {
  const length = end - start;
  if (count === MOST || length === 0 || length > ENTRY - 4) return;
  const entry = find(start, end);
  if (load<u32>(entry) !== 0) return;
  store<u32>(entry, length);
  memory.copy(entry + 4, start, length);
  count++;
}

export function isRemembered(start: u32, end: u32): bool {
  return load<u32>(find(start, end)) !== 0;
}

/** The type's entry, or an empty one where it belongs. */
function find(start: u32, end: u32): u32 {
  let index = <u32>(<u64>hash(start, end) & (ENTRIES - 1));
  while (!isEmptyOr(TABLE + index * ENTRY, start, end - start)) index = (index + 1) & (ENTRIES - 1);
  return TABLE + index * ENTRY;
}

function isEmptyOr(entry: u32, start: u32, length: u32): bool {
  const own = load<u32>(entry);
  return own === 0 || (own === length && memory.compare(entry + 4, start, length) === 0);
}
