/** What URNs of rows say. AssemblyScript, as `rows.ts` says. */

/** Where the beginning of all URNs of a stack is written, up to its project, and what there is room for. */
export const PREFIX: u32 = 512;
export const PREFIX_SIZE: u32 = 448;

let prefixLength: u32 = 0;

/** Says how long what was written at `PREFIX` is. */
export function setPrefix(length: u32): void {
  prefixLength = length;
}

/** A number with 53 bits: equal texts have equal ones, others nearly never. */
export function hash(start: u32, end: u32): f64 {
  let sum: u64 = 0x1f83d9abfb41bd ^ (end - start);
  let at = start;
  while (at + 8 <= end) {
    sum = mixed(sum ^ load<u64>(at));
    at += 8;
  }
  let rest: u64 = 0;
  while (at < end) rest = (rest << 8) | load<u8>(at++);
  return <f64>(mixed(sum ^ rest) >>> 11);
}

function mixed(bits: u64): u64 {
  const product = bits * 0x1b873593cc9e2d;
  return product ^ (product >>> 32);
}

/** Whether a URN is of the stack and of a type, and of ASCII only. */
export function isPlain(start: u32, end: u32, type: u32, typeEnd: u32): bool {
  const body = start + prefixLength;
  if (prefixLength === 0 || body >= end || memory.compare(start, PREFIX, prefixLength) !== 0) return false;
  const name = nameOf(body, end);
  if (name - body < typeEnd - type || name < body) return false;
  const typeStart = name - (typeEnd - type);
  if (memory.compare(typeStart, type, typeEnd - type) !== 0) return false;
  return (typeStart === body || load<u8>(typeStart - 1) === 0x24) && isAscii(body, end);
}

/** Where the two colons before the name stand; 0 where there are none. */
function nameOf(start: u32, end: u32): u32 {
  let at = start;
  while (at + 1 < end) {
    if (load<u8>(at) === 0x3a && load<u8>(at + 1) === 0x3a) return at;
    at++;
  }
  return 0;
}

function isAscii(start: u32, end: u32): bool {
  let at = start;
  while (at < end) if (load<u8>(at++) > 0x7f) return false;
  return true;
}
