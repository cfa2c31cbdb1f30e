import { ANY_PART, type Maybe, UNKNOWN } from "../value";

export { ANY_PART };

// Unicode noncharacters, like `ANY_PART`: no name, ARN or policy contains them.
/** In a pattern: any text, and any one character. Apart from `*` and `?`, so that these can also be meant literally. */
export const STAR = "\uFDD0";
export const ONE = "\uFDD1";
// A ONE next to a STAR: the two together only ask for a length, so an unknown part may stand between them.
const LOOSE_ONE = "\uFDD3";

export const MARK = /[\uFDD0-\uFDD3]/;

/**
 * Compares a text with a pattern (wildcards written as `STAR` and `ONE`), both with unknown parts: true where they
 * match whatever the unknown parts are, false where they can't match.
 */
export function glob(pattern: string, text: string): Maybe {
  if (!MARK.test(pattern) && !text.includes(ANY_PART)) return pattern === text;
  // Equal beginnings and ends are most of what there is to compare.
  let start = 0;
  let end = 0;
  const shorter = Math.min(pattern.length, text.length);
  for (; start < shorter && isPlain(pattern, text, start, start); start++) {
    if (pattern[start] !== text[start]) return false;
  }
  for (; end < shorter - start && isPlain(pattern, text, pattern.length - 1 - end, text.length - 1 - end); end++) {
    if (pattern[pattern.length - 1 - end] !== text[text.length - 1 - end]) return false;
  }
  const rest = pattern.slice(start, pattern.length - end).replace(MIXED_RUN, (run) => {
    const ones = run.replaceAll(STAR, "").length;
    return ones === run.length ? run : LOOSE_ONE.repeat(ones) + STAR;
  });
  if (rest === STAR) return true;
  const remaining = text.slice(start, text.length - end);
  if (!accepts(rest, remaining, false)) return false;
  if (rest.includes(ANY_PART)) return UNKNOWN;
  return !remaining.includes(ANY_PART) || accepts(rest, remaining, true) || UNKNOWN;
}

const MIXED_RUN = /[\uFDD0\uFDD1]{2,}/g;

function isPlain(pattern: string, text: string, inPattern: number, inText: number): boolean {
  const code = pattern.charCodeAt(inPattern);
  return (code < 0xfdd0 || code > 0xfdd3) && text[inText] !== ANY_PART;
}

/**
 * Follows all ways through the pattern at once. `surely`: only a STAR may take an unknown part of the text, so
 * whatever it is will match; otherwise an unknown part may be whatever helps.
 */
function accepts(pattern: string, text: string, surely: boolean): boolean {
  const end = pattern.length;
  let states = new Uint8Array(end + 1);
  let next = new Uint8Array(end + 1);
  states[0] = 1;
  skip(states, pattern, false);
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    next.fill(0);
    for (let i = 0; i <= end; i++) {
      if (!states[i]) continue;
      const steps = stepsFor(pattern[i], char, surely);
      if (steps !== undefined) next[i + steps] = 1;
    }
    skip(next, pattern, char === ANY_PART && !surely);
    [states, next] = [next, states];
  }
  return states[end] === 1;
}

/** How far a character of the text leads in the pattern; undefined where the pattern does not take it. */
function stepsFor(wanted: string | undefined, char: string | undefined, surely: boolean): 0 | 1 | undefined {
  if (char === ANY_PART) return !surely || wanted === STAR || wanted === LOOSE_ONE ? 0 : undefined;
  if (wanted === STAR || (wanted === ANY_PART && char !== ":")) return 0;
  return wanted === ONE || wanted === LOOSE_ONE || wanted === char ? 1 : undefined;
}

/** What may be empty may be passed over; an unknown part of the text may also stand for any of the pattern but colons. */
function skip(states: Uint8Array, pattern: string, anything: boolean): void {
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern[i];
    if (states[i] && (wanted === STAR || wanted === ANY_PART || (anything && wanted !== ":"))) states[i + 1] = 1;
  }
}
