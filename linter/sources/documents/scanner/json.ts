/**
 * Where values of JSON end, held against the grammar (RFC 8259) byte by byte, without making anything of them.
 * AssemblyScript, as `rows.ts` says.
 *
 * The text must end in a zero byte and 15 more of any kind: nothing in JSON is zero, so that no loop runs past it.
 */

/** The text ends before the value does. Results from here on are no addresses. */
export const MORE: u32 = 0xffffffff;
/** It is not JSON, or nested more deeply than there is room for. */
export const BAD: u32 = 0xfffffffe;

/** The ends of what is open, the innermost last. */
const OPEN: u32 = 4096;
const MAX_DEPTH: u32 = 65536;
export const BEHIND_OPEN: u32 = OPEN + MAX_DEPTH;

/** Set where a string is written with escapes. */
export let hasEscapes: bool = false;

export function forgetEscapes(): void {
  hasEscapes = false;
}

/** Past white space. */
export function blank(start: u32): u32 {
  let at = start;
  while (true) {
    const sign = load<u8>(at);
    if (sign > 32) return at;
    if (sign === 10) at = indentation(at + 1);
    else if (sign === 32 || sign === 9 || sign === 13) at++;
    else return at;
  }
}

function indentation(start: u32): u32 {
  let at = start;
  while (true) {
    const signs = v128.load(at);
    const others = i8x16.bitmask(v128.or(i8x16.eq(signs, i8x16.splat(32)), i8x16.eq(signs, i8x16.splat(9)))) ^ 0xffff;
    if (others !== 0) return at + ctz(others);
    at += 16;
  }
}

/** How many objects and lists are open. */
let depth: u32 = 0;
/** The value that was read last is opened and not closed. */
let isInside: bool = false;

/** Past a value. */
export function skip(start: u32, end: u32): u32 {
  let at = start;
  depth = 0;
  while (true) {
    at = enter(blank(at), end);
    if (at >= BAD) return at;
    if (isInside) continue;
    at = leave(at);
    if (depth === 0) return at;
    at = next(at, end);
    if (at >= BAD) return at;
  }
}

/** Past a value that holds no others, or to the first that it holds. */
function enter(at: u32, end: u32): u32 {
  const sign = load<u8>(at);
  isInside = false;
  if (sign !== 0x7b && sign !== 0x5b) return sign === 0x22 ? text(at + 1, end) : literal(at, end);
  const first = blank(at + 1);
  // In ASCII, brackets and braces close two after they open.
  if (load<u8>(first) === sign + 2) return first + 1;
  if (depth === MAX_DEPTH) return BAD;
  store<u8>(OPEN + depth++, sign + 2);
  isInside = true;
  return sign === 0x7b ? key(first, end) : first;
}

/** Past all that ends here. */
function leave(start: u32): u32 {
  let at = start;
  while (depth > 0) {
    at = blank(at);
    if (load<u8>(at) !== load<u8>(OPEN + depth - 1)) return at;
    at++;
    depth--;
  }
  return at;
}

/** Past a comma, and the key where one must follow. */
function next(at: u32, end: u32): u32 {
  if (load<u8>(at) !== 0x2c) return stop(at, end);
  return load<u8>(OPEN + depth - 1) === 0x7d ? key(blank(at + 1), end) : at + 1;
}

/** Past a key and its colon. */
export function key(start: u32, end: u32): u32 {
  if (load<u8>(start) !== 0x22) return stop(start, end);
  const at = text(start + 1, end);
  return at >= BAD ? at : colon(at, end);
}

export function colon(start: u32, end: u32): u32 {
  const at = blank(start);
  return load<u8>(at) === 0x3a ? at + 1 : stop(at, end);
}

export function stop(at: u32, end: u32): u32 {
  return at < end ? BAD : MORE;
}

/** Past the end of a string, from its first character on. */
export function text(start: u32, end: u32): u32 {
  let at = start;
  while (true) {
    const signs = v128.load(at);
    const marks = v128.or(i8x16.eq(signs, i8x16.splat(0x22)), i8x16.eq(signs, i8x16.splat(0x5c)));
    const stops = i8x16.bitmask(v128.or(marks, i8x16.lt_u(signs, i8x16.splat(0x20))));
    if (stops === 0) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    const sign = load<u8>(at);
    if (sign === 0x22) return at + 1;
    if (sign !== 0x5c) return stop(at, end);
    hasEscapes = true;
    at = escaped(at + 1, end);
    if (at >= BAD) return at;
  }
}

function escaped(at: u32, end: u32): u32 {
  const sign = load<u8>(at);
  // " \ / b f n r t
  if (sign === 0x22 || sign === 0x5c || sign === 0x2f || sign === 0x62 || sign === 0x66) return at + 1;
  if (sign === 0x6e || sign === 0x72 || sign === 0x74) return at + 1;
  if (sign !== 0x75) return stop(at, end);
  for (let digit: u32 = 1; digit <= 4; digit++) if (!isHex(load<u8>(at + digit))) return stop(at + digit, end);
  return at + 5;
}

function isHex(sign: u8): bool {
  return isDigit(sign) || ((sign | 0x20) >= 0x61 && (sign | 0x20) <= 0x66);
}

function isDigit(sign: u8): bool {
  return sign >= 0x30 && sign <= 0x39;
}

/** Past a number, `true`, `false` or `null`. */
function literal(at: u32, end: u32): u32 {
  const sign = load<u8>(at);
  if (sign === 0x2d || isDigit(sign)) return number(at, end);
  const word = load<u32>(at);
  if (word === 0x65757274 || word === 0x6c6c756e) return at + 4;
  if (word === 0x736c6166 && load<u8>(at + 4) === 0x65) return at + 5;
  // The word may be cut off.
  return stop(at + 4, end);
}

function number(start: u32, end: u32): u32 {
  let at = load<u8>(start) === 0x2d ? start + 1 : start;
  at = load<u8>(at) === 0x30 ? at + 1 : digits(at, end);
  if (at < BAD && load<u8>(at) === 0x2e) at = digits(at + 1, end);
  if (at < BAD && (load<u8>(at) | 0x20) === 0x65) {
    const sign = load<u8>(at + 1);
    at = digits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1, end);
  }
  // A number may go on where the text does.
  return at < BAD && at >= end ? MORE : at;
}

/** Past one digit or more. */
function digits(start: u32, end: u32): u32 {
  let at = start;
  while (isDigit(load<u8>(at))) at++;
  return at === start ? stop(at, end) : at;
}
