import { BAD, blank, colon, forgetEscapes, hasEscapes, key, skip, stop, text } from "./json";

import {
  ALIASES,
  CUSTOM,
  DELETE,
  DEPENDENCIES,
  ERRORS,
  ID,
  INPUTS,
  NEW_STATE,
  NONE,
  nameOf,
  OLD_STATE,
  OP,
  OTHER,
  OUTPUTS,
  PROVIDER,
  RETAIN,
  TAINT,
  TYPE,
  URN,
} from "./names";
import { BEHIND_TYPES, isRemembered, remember } from "./types";
import { hash, isPlain } from "./urns";

export { blank, skip } from "./json";
export { hash, PREFIX, PREFIX_SIZE, setPrefix } from "./urns";

/**
 * Finds in rows of states and steps of previews the few members that matter where the type is none that is read.
 * AssemblyScript: `npm run generate` compiles it into linter/generated/scanner.ts.
 */

/**
 * What was found: `WHOLE` or `PLAIN` or neither; then start and end of its texts by name, 0 where there is none; of a
 * plain row the hash of its URN.
 */
export const FOUND: u32 = 256;
/** The row must be read whole. */
const WHOLE: u32 = 1;
/** The row is of a resource of a provider, and its URN of the stack and the type. */
const PLAIN: u32 = 2;
const HASH: u32 = 48;
const SLOTS: u32 = 4;
/** Of what was found in one object: a step is followed by its old and its new state. */
const SIZE: u32 = 64;

/** Of the member whose key was read last. */
let name: u32 = NONE;
/** Something is not as the engine writes it, or says more than a row of an unread type may. */
let isOdd: bool = false;
let isCustom: bool = false;

/** Hashes of the URNs of rows that were passed over. */
export const HASHES: u32 = BEHIND_TYPES;
const MOST_HASHES: u32 = 4096;
/** Where the text starts at the earliest. */
export const TEXT: u32 = HASHES + MOST_HASHES * 8;

/** How many rows were passed over. */
let passed: u32 = 0;
/** Where the row starts that was read last. */
let rowStart: u32 = 0;

export function getPassed(): u32 {
  return passed;
}

export function getRowStart(): u32 {
  return rowStart;
}

/** From now on, plain rows of the type of the one that was read last are passed over. */
export function passOver(): void {
  remember(load<u32>(slot(FOUND, TYPE)), load<u32>(slot(FOUND, TYPE) + 4));
}

/**
 * Past a row of a state, or any other value, with what was found in it. Rows before it that are passed over are counted;
 * the last of a list never is.
 */
export function row(start: u32, end: u32): u32 {
  let at = start;
  passed = 0;
  while (true) {
    rowStart = at;
    at = oneRow(at, end);
    if (at >= BAD || load<u32>(FOUND) !== PLAIN || passed === MOST_HASHES) return at;
    if (!isRemembered(load<u32>(slot(FOUND, TYPE)), load<u32>(slot(FOUND, TYPE) + 4))) return at;
    const next = blank(at);
    if (load<u8>(next) !== 0x2c) return at;
    store<f64>(HASHES + passed++ * 8, load<f64>(FOUND + HASH));
    at = next + 1;
  }
}

function oneRow(start: u32, end: u32): u32 {
  isCustom = false;
  const at = resource(start, end, FOUND, false);
  if (at < BAD && isCustom && load<u32>(FOUND) === 0)
    judge(load<u32>(slot(FOUND, URN)), load<u32>(slot(FOUND, URN) + 4));
  return at;
}

function judge(urn: u32, end: u32): void {
  if (!isPlain(urn, end, load<u32>(slot(FOUND, TYPE)), load<u32>(slot(FOUND, TYPE) + 4))) return;
  store<u32>(FOUND, PLAIN);
  store<f64>(FOUND + HASH, hash(urn, end));
}

/** Where start and end of a member's text stand. */
function slot(out: u32, own: u32): u32 {
  return out + SLOTS + own * 8;
}

/** Past a step of a preview, as `row`; the states before it and after follow what was found in it. */
export function step(start: u32, end: u32): u32 {
  memory.fill(FOUND, 0, 3 * SIZE);
  let at = begin(start, FOUND);
  if (load<u8>(at) !== 0x7b) return whole(at, end, FOUND);
  let isFirst = true;
  let seen: u32 = 0;
  while (true) {
    at = isFirst ? firstKey(at, end) : nextKeyOf(at, end);
    if (at >= BAD) return at;
    if (name === NONE) return finish(at, FOUND, seen, (1 << URN) | (1 << OP) | (1 << NEW_STATE));
    isFirst = false;
    const own = name;
    isOdd = isOdd || (own !== OTHER && (seen & (1 << own)) !== 0);
    seen |= 1 << own;
    at = own === OLD_STATE || own === NEW_STATE ? state(at, end, own) : member(at, end, FOUND, own, true);
    if (at >= BAD) return at;
  }
}

/** A state in a step: one without id and properties may be of a creation that was left out. */
function state(start: u32, end: u32, own: u32): u32 {
  const wasOdd = isOdd;
  const out = FOUND + SIZE * (own - OLD_STATE + 1);
  const at = resource(start, end, out, true);
  isOdd = wasOdd || load<u32>(out) !== 0;
  return at;
}

function resource(start: u32, end: u32, out: u32, isOfStep: bool): u32 {
  let at = begin(start, out);
  if (load<u8>(at) !== 0x7b) return whole(at, end, out);
  let isFirst = true;
  let seen: u32 = 0;
  while (true) {
    at = isFirst ? firstKey(at, end) : nextKeyOf(at, end);
    if (at >= BAD) return at;
    if (name === NONE) {
      const isEmpty = (seen & ((1 << ID) | (1 << INPUTS) | (1 << OUTPUTS))) === 0;
      isOdd = isOdd || (isOfStep && isEmpty);
      return finish(at, out, seen, (1 << URN) | (1 << TYPE));
    }
    isFirst = false;
    const own = name;
    isOdd = isOdd || (own !== OTHER && (seen & (1 << own)) !== 0);
    seen |= 1 << own;
    at = member(at, end, out, own, isOfStep);
    if (at >= BAD) return at;
  }
}

function begin(start: u32, out: u32): u32 {
  memory.fill(out, 0, SIZE);
  isOdd = false;
  return blank(start);
}

function whole(at: u32, end: u32, out: u32): u32 {
  store<u32>(out, WHOLE);
  return skip(at, end);
}

function finish(at: u32, out: u32, seen: u32, needed: u32): u32 {
  if (isOdd || (seen & needed) !== needed) store<u32>(out, WHOLE);
  return at;
}

function firstKey(start: u32, end: u32): u32 {
  const at = blank(start + 1);
  if (load<u8>(at) !== 0x7d) return ownKey(at, end);
  name = NONE;
  return at + 1;
}

function nextKeyOf(start: u32, end: u32): u32 {
  const at = blank(start);
  if (load<u8>(at) === 0x2c) return ownKey(blank(at + 1), end);
  name = NONE;
  return load<u8>(at) === 0x7d ? at + 1 : stop(at, end);
}

/** Past a key and its colon, to the value. One with escapes may be any. */
function ownKey(start: u32, end: u32): u32 {
  if (load<u8>(start) !== 0x22) return stop(start, end);
  forgetEscapes();
  let at = text(start + 1, end);
  if (at >= BAD) return at;
  isOdd = isOdd || hasEscapes;
  name = nameOf(start + 1, at - start - 2);
  at = colon(at, end);
  return at >= BAD ? at : blank(at);
}

function member(start: u32, end: u32, out: u32, own: u32, isOfStep: bool): u32 {
  const sign = load<u8>(start);
  if (own === DEPENDENCIES && sign === 0x7b) return lists(start, end);
  forgetEscapes();
  const at = skip(start, end);
  if (at >= BAD) return at;
  if (own === CUSTOM) isCustom = sign === 0x74;
  if (own > PROVIDER) isOdd = isOdd || !(sign === 0x6e || isExpected(own, sign, isOfStep));
  else if (sign === 0x22) {
    isOdd = isOdd || hasEscapes || at === start + 2;
    if (own !== PROVIDER) store<u32>(slot(out, own), start + 1);
    if (own !== PROVIDER) store<u32>(slot(out, own) + 4, at - 1);
  } else isOdd = isOdd || sign !== 0x6e || own === URN || own === TYPE || own === OP;
  return at;
}

/** Of what is not null. */
function isExpected(own: u32, sign: u8, isOfStep: bool): bool {
  if (own === INPUTS || own === OUTPUTS) return sign === 0x7b;
  if (own === RETAIN) return !isOfStep || sign === 0x66;
  if (own >= DELETE && own <= TAINT) return sign === 0x66;
  if (own === ALIASES) return !isOfStep;
  return own !== ERRORS && own !== DEPENDENCIES;
}

/** Past an object of lists of texts. */
function lists(start: u32, end: u32): u32 {
  let at = blank(start + 1);
  if (load<u8>(at) === 0x7d) return at + 1;
  while (true) {
    at = key(at, end);
    if (at >= BAD) return at;
    at = list(blank(at), end);
    if (at >= BAD) return at;
    at = blank(at);
    if (load<u8>(at) === 0x7d) return at + 1;
    if (load<u8>(at) !== 0x2c) return stop(at, end);
    at = blank(at + 1);
  }
}

function list(start: u32, end: u32): u32 {
  if (load<u8>(start) !== 0x5b) {
    isOdd = isOdd || load<u8>(start) !== 0x6e;
    return skip(start, end);
  }
  let at = blank(start + 1);
  if (load<u8>(at) === 0x5d) return at + 1;
  while (true) {
    isOdd = isOdd || load<u8>(at) !== 0x22;
    at = skip(at, end);
    if (at >= BAD) return at;
    at = blank(at);
    if (load<u8>(at) === 0x5d) return at + 1;
    if (load<u8>(at) !== 0x2c) return stop(at, end);
    at = blank(at + 1);
  }
}
