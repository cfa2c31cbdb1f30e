/**
 * What can't be seen: control characters, whatever Unicode calls default-ignorable (zero-width and bidirectional marks,
 * tags, variation selectors, fillers), line separators, interlinear annotations, the blank of Braille, noncharacters,
 * and halves of surrogate pairs, which no encoding can write. They could rewrite a terminal line or hide part of a name.
 * Source: Unicode Standard, DerivedCoreProperties.txt and PropList.txt.
 */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffb]/gu;

// Nearly all text is plain, and there is a lot of it.
const PLAIN = /^[ -~]*$/;

/** Text from outside, safe to print on one line: what can't be seen is written as its code, `\u{1b}`. */
export function printable(text: string): string {
  return PLAIN.test(text) ? text : replaceHidden(text, escaped);
}

/** Replaces every character that can't be seen, for formats with an escape of their own; it may be a surrogate pair. */
export function replaceHidden(text: string, replace: (character: string) => string): string {
  return text.replace(HIDDEN, replace);
}

/** True for a text in which nothing can be read. */
export function isBlank(text: string): boolean {
  return replaceHidden(text, () => "").trim() === "";
}

/** `\u{1b}` */
export function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
