// C0, C1, bidirectional and zero-width characters: they could rewrite a terminal line or hide part of a name. Halves
// of surrogate pairs: no encoding can write them.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from outside, safe to print on one line: what can't be seen is written as its code, `\u{1b}`. */
export function printable(text: string): string {
  return replaceHidden(text, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** Replaces every character that can't be seen, for formats with an escape of their own. */
export function replaceHidden(text: string, replace: (character: string) => string): string {
  return text.replace(HIDDEN, replace);
}
