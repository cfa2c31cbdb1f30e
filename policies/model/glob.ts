import { UNKNOWN, type Unknown } from "./value";

/** True, false, or not known. */
export type Maybe = boolean | Unknown;

/**
 * Stands in a text for a part that is not known: not empty, without a colon (an account, a Region, a name inside an
 * ARN). A text that is nothing but this mark exists and may be anything, colons included.
 * Unicode noncharacters are used because no name, ARN or policy contains them.
 */
export const ANY_PART = "\uFDD2";
/** In a pattern: any text, and any one character. Apart from `*` and `?`, so that these can also be meant literally. */
export const STAR = "\uFDD0";
export const ONE = "\uFDD1";
// A ONE next to a STAR: the two together only ask for a length, so an unknown part may stand between them.
const LOOSE_ONE = "\uFDD3";

export const MARK = /[\uFDD0-\uFDD3]/;

export function not(value: Maybe): Maybe {
  return value === UNKNOWN ? UNKNOWN : !value;
}

/** True where one item surely passes, false where surely none does. */
export function any<T>(items: readonly T[], test: (item: T, index: number) => Maybe): Maybe {
  let result: Maybe = false;
  for (let i = 0; i < items.length; i++) {
    const one = test(items[i] as T, i);
    if (one === true) return true;
    if (one === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/** False where one item surely fails, true where all surely pass. */
export function all<T>(items: readonly T[], test: (item: T, index: number) => Maybe): Maybe {
  return not(any(items, (item, index) => not(test(item, index))));
}

/**
 * Compares a text with a pattern (wildcards written as `STAR` and `ONE`), both with unknown parts: true where they
 * match whatever the unknown parts are, false where they can't match.
 */
export function glob(pattern: string, text: string): Maybe {
  if (!MARK.test(pattern) && !text.includes(ANY_PART)) return pattern === text;
  let start = 0;
  while (start < pattern.length && start < text.length) {
    if (MARK.test(pattern[start] as string) || text[start] === ANY_PART) break;
    if (pattern[start] !== text[start]) return false;
    start++;
  }
  const rest = pattern.slice(start).replace(/[\uFDD0\uFDD1]{2,}/g, (run) => {
    const ones = run.replaceAll(STAR, "").length;
    return ones === run.length ? run : LOOSE_ONE.repeat(ones) + STAR;
  });
  const remaining = text.slice(start);
  if (!accepts(rest, remaining, false)) return false;
  if (rest.includes(ANY_PART)) return UNKNOWN;
  return !remaining.includes(ANY_PART) || accepts(rest, remaining, true) || UNKNOWN;
}

/**
 * Follows all ways through the pattern at once. `surely`: only a STAR may take an unknown part of the text, so
 * whatever it is will match; otherwise an unknown part may be whatever helps.
 */
function accepts(pattern: string, text: string, surely: boolean): boolean {
  const end = pattern.length;
  let states = new Uint8Array(end + 1);
  states[0] = 1;
  skip(states, pattern, false);
  for (const char of text.split("")) {
    const next = new Uint8Array(end + 1);
    const unknown = char === ANY_PART;
    for (let i = 0; i <= end; i++) {
      if (!states[i]) continue;
      const wanted = pattern[i];
      if (unknown) {
        if (!surely || wanted === STAR || wanted === LOOSE_ONE) next[i] = 1;
      } else if (wanted === STAR || (wanted === ANY_PART && char !== ":")) {
        next[i] = 1;
      } else if (wanted === ONE || wanted === LOOSE_ONE || wanted === char) {
        next[i + 1] = 1;
      }
    }
    skip(next, pattern, unknown && !surely);
    states = next;
  }
  return states[end] === 1;
}

/** What may be empty may be passed over; an unknown part of the text may also stand for any of the pattern but colons. */
function skip(states: Uint8Array, pattern: string, anything: boolean): void {
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern[i];
    if (states[i] && (wanted === STAR || wanted === ANY_PART || (anything && wanted !== ":"))) states[i + 1] = 1;
  }
}
