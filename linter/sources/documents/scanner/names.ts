/** Members of rows and steps that say something. AssemblyScript, as `rows.ts` says. */

// The first five have slots for their texts.
export const URN: u32 = 0;
export const TYPE: u32 = 1;
export const PARENT: u32 = 2;
export const POSITION: u32 = 3;
export const OP: u32 = 4;
export const PROVIDER: u32 = 5;
export const INPUTS: u32 = 6;
export const OUTPUTS: u32 = 7;
/** Says something where it is true. */
export const DELETE: u32 = 8;
export const EXTERNAL: u32 = 9;
export const PENDING: u32 = 10;
export const TAINT: u32 = 11;
/** Says something in steps, or of rows that wait for their deletion. */
export const RETAIN: u32 = 12;
export const ERRORS: u32 = 13;
export const ALIASES: u32 = 14;
export const DEPENDENCIES: u32 = 15;
export const OLD_STATE: u32 = 16;
export const NEW_STATE: u32 = 17;
export const ID: u32 = 18;
export const CUSTOM: u32 = 19;
export const OTHER: u32 = 31;
/** No member: the object ends. */
export const NONE: u32 = 32;

/** The name that a key of that length is. */
export function nameOf(start: u32, length: u32): u32 {
  switch (length) {
    case 2:
      return either(start, "id", ID, "op", OP);
    case 3:
      return only(start, "urn", URN);
    case 4:
      return only(start, "type", TYPE);
    case 5:
      return only(start, "taint", TAINT);
    case 6: {
      const found = either(start, "parent", PARENT, "inputs", INPUTS);
      return found === OTHER ? either(start, "custom", CUSTOM, "delete", DELETE) : found;
    }
    case 7:
      return either(start, "outputs", OUTPUTS, "aliases", ALIASES);
    case 8: {
      const found = either(start, "provider", PROVIDER, "external", EXTERNAL);
      return found === OTHER ? either(start, "oldState", OLD_STATE, "newState", NEW_STATE) : found;
    }
    case 10:
      return only(start, "initErrors", ERRORS);
    case 14:
      return either(start, "sourcePosition", POSITION, "retainOnDelete", RETAIN);
    case 18:
      return only(start, "pendingReplacement", PENDING);
    case 20:
      return only(start, "propertyDependencies", DEPENDENCIES);
    default:
      return OTHER;
  }
}

function only(start: u32, word: string, meaning: u32): u32 {
  return is(start, word) ? meaning : OTHER;
}

function either(start: u32, word: string, meaning: u32, other: string, otherMeaning: u32): u32 {
  return is(start, word) ? meaning : only(start, other, otherMeaning);
}

function is(start: u32, word: string): bool {
  for (let index = 0; index < word.length; index++) {
    if (load<u8>(start + index) !== word.charCodeAt(index)) return false;
  }
  return true;
}
